"""One call of an author's function with numbers of a system in the place of floats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from derive.evaluate.generic.arithmetic import Arithmetic, NotGeneric
from derive.evaluate.generic.array import unwrapped, wrapped
from derive.evaluate.generic.number import Number
from derive.evaluate.system import Array, boxed


def run(function: Callable[..., Any], arguments: Sequence[Any], arithmetic: Arithmetic) -> Array:
    """What ``function`` returns, as an array of numbers of ``arithmetic.system``.

    Args:
        arguments: object arrays are taken to hold numbers of the system; anything else is passed as it is.

    Raises:
        NotGeneric: the function made floats of its numbers and went on with them. A float that it returns at once, as
            in ``return float(loss)``, stands for the number.
        EvaluationError: a value that does not exist, or a comparison that cannot be decided.
        Exception: whatever else the function raises.
    """
    arithmetic.casts.clear()
    with np.errstate(all="ignore"):  # of floats that the function makes; such a run is given up
        result = function(*(_argument(x, arithmetic) for x in arguments))
    casts = arithmetic.casts
    if casts:
        if len(casts) > 1 or result is not casts[0][0]:  # the same object: an equal float may have been computed
            raise NotGeneric("the function makes floats of its numbers")
        return boxed(casts[0][1])
    return _settled(result, arithmetic)


def _argument(argument: Any, arithmetic: Arithmetic) -> Any:
    if not isinstance(argument, np.ndarray) or argument.dtype != object:
        return argument
    return wrapped(argument if argument.ndim else argument[()], arithmetic)


def _settled(result: Any, arithmetic: Arithmetic) -> Array:
    """The numbers of a result; arrays of floats, lists and tuples are taken too."""
    if isinstance(result, Number):
        return boxed(result.value)
    array = result if isinstance(result, np.ndarray) else np.asarray(result)
    return unwrapped(array, arithmetic)
