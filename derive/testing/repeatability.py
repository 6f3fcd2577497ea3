"""Code called twice with the same arguments: of what differs then, such as a loss with fresh noise, nothing is told."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from derive.estimate.line import Floats
from derive.testing.finding import Finding
from derive.testing.question import Question

METHOD = "two calls at the same point"


def unrepeatable(question: Question) -> Finding | None:
    """The finding that the function, or the claimed code, is random; None where two calls give the same bits."""
    claimed, function = question.claimed, question.function
    if _varies(lambda: function.floats(question.point)):
        name = function.name
    elif claimed.code is not None and _varies(lambda: claimed.sample(question.point)):
        name = claimed.code.name if claimed.code.name != "the function" else "the claimed derivative"
    else:
        return None
    return question.finding("undecided", f"{name} gives different values at the same point: fix its seed", METHOD)


def _varies(value: Callable[[], Floats]) -> bool:
    try:
        first, second = value(), value()
    except Exception:  # raised again, and told, where the value is needed
        return False
    return not np.array_equal(first, second, equal_nan=True)
