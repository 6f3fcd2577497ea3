"""A function on a line, ``t -> f(x + t v)``: all that the estimators see of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Line(Protocol):
    """A function of one real variable with several outputs, in double precision."""

    def values(self, ts: Sequence[float]) -> Floats:
        """The outputs at ``ts``, of shape (len(ts), outputs); not a number where the function has no value."""
        ...


@dataclass(frozen=True)
class FunctionLine:
    """``t -> f(point + t * direction)``, the value flattened.

    ``direction`` has the shape of ``point``. What ``function`` raises is not caught.
    """

    function: Callable[[Floats], Any]
    point: Floats
    direction: Floats

    def values(self, ts: Sequence[float]) -> Floats:
        rows = [np.ravel(np.asarray(self.function(self.point + t * self.direction), np.float64)) for t in ts]
        return np.array(rows)
