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

    ``direction`` has the shape of ``point``. An arithmetic or value error at another place than the point itself means
    that the function has no value there; at the point it is raised.
    """

    function: Callable[[Floats], Any]
    point: Floats
    direction: Floats

    def values(self, ts: Sequence[float]) -> Floats:
        return stacked([self._outputs(t) for t in ts])

    def _outputs(self, t: float) -> Floats | None:
        try:
            return np.ravel(np.asarray(self.function(self.point + t * self.direction), np.float64))
        except (ArithmeticError, ValueError):
            if t == 0:
                raise
            return None


def stacked(rows: Sequence[Floats | None]) -> Floats:
    """Rows of outputs as one array; not a number throughout a row that is missing."""
    outputs = next((len(row) for row in rows if row is not None), 1)
    missing = np.full(outputs, np.nan)
    return np.array([missing if row is None else row for row in rows], np.float64)
