"""Least squares on windows of a geometric ladder of steps: one matrix for all windows and scales.

With steps ``t_k = t_0 r^-k`` the columns of a fit, scaled by the window's largest step, are the same in every window.
So they are inverted once, and a fit to all windows is one product. Odd powers are fitted to the odd part of the values
and even ones to the even part: on symmetric steps they do not mix.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from derive.estimate.line import Floats
from derive.estimate.noise import root_mean_square

RATIO = 2**0.5
WIDTH = 8
"""Steps in a window, which spans a factor 11."""


@dataclass(frozen=True)
class Fitted:
    """A coefficient fitted to each window, arrays of shape (windows, outputs), in the units of the values.

    Attributes:
        value: the coefficient times the window's largest step to its power.
        change: what the highest power of the fit changed in it: a bound of the truncation error wherever the series is
            of any use, as what the next power would change is smaller.
        residual: root mean square of what the fit leaves, with the degrees of freedom taken into account.
        power, amplification: those of the polynomial.
    """

    value: Floats
    change: Floats
    residual: Floats
    power: int
    amplification: float


@dataclass(frozen=True)
class Polynomial:
    """Least squares for the coefficient of the first of ``powers`` of the step."""

    powers: tuple[int, ...]

    @cached_property
    def weights(self) -> Floats:
        """The coefficient as a linear function of the values at the steps of a window."""
        first: Floats = _inverse(self.powers)[0]
        return first

    @cached_property
    def amplification(self) -> float:
        """The largest error of the coefficient for errors of 1 in the values: rounding errors are not independent."""
        return float(np.sum(np.abs(self.weights)))

    @cached_property
    def _matrix(self) -> Floats:
        """Columns: the weights, what the last power changes in them, and the projection on what is left."""
        columns = _columns(self.powers)
        left = np.eye(WIDTH) - columns @ _inverse(self.powers)
        return np.column_stack([self.weights, self.weights - _inverse(self.powers[:-1])[0], left])

    def fit(self, ladder: Floats) -> Fitted:
        """The fit to every window of ``ladder``, values of shape (steps, outputs) with the largest step first."""
        found = sliding_window_view(ladder, WIDTH, axis=0) @ self._matrix
        degrees = WIDTH / (WIDTH - len(self.powers))
        residual = degrees**0.5 * root_mean_square(found[..., 2:], axis=-1)
        return Fitted(found[..., 0], np.abs(found[..., 1]), residual, self.powers[0], self.amplification)


def _columns(powers: tuple[int, ...]) -> Floats:
    steps = RATIO ** -np.arange(WIDTH, dtype=np.float64)
    columns: Floats = steps[:, None] ** np.array(powers)
    return columns


def _inverse(powers: tuple[int, ...]) -> Floats:
    return np.asarray(np.linalg.pinv(_columns(powers)), np.float64)


SLOPE = Polynomial((1, 3, 5, 7))
CURVATURE = Polynomial((2, 4, 6))
KINK = Polynomial((1, 2, 4, 6))
"""Half the jump of the slope at zero: the coefficient of ``|t|`` in the even part."""
BEND = Polynomial((2, 1, 3, 5))
"""Half the jump of the second derivative, halved: the coefficient of ``t |t|`` in the odd part."""
