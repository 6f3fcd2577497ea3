"""Signed Taylor regression: slope and second derivative on a line, from values in double precision, with error bars.

The values at steps of both signs are fitted by a polynomial, on windows of a geometric ladder of steps. What limits a
window is known from the values alone: the noise from what the fit leaves and from ECNoise, the truncation from what the
highest power changes, a kink from a term in ``|t|``, and from windows of smaller steps that disagree (the balancing
principle of O. V. Lepski, Theory Probab. Appl. 35 (1991), 454-466). The window of least error is taken; the claim is not
looked at before. No tolerance enters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from derive.estimate.ladder import Ladder
from derive.estimate.line import Floats, Line
from derive.estimate.windows import BEND, CURVATURE, KINK, SLOPE, WIDTH, Fitted, Polynomial

Flags = npt.NDArray[np.bool_]

EPSILON = float(np.finfo(np.float64).eps)

CERTAIN = 6.0
"""Standard errors beyond which two estimates disagree, and a kink is seen."""


@dataclass(frozen=True)
class Coefficient:
    """A derivative along the line in each output, at the window of least error.

    Attributes:
        value, error: the estimate and its standard error, infinite where nothing can be told.
        kink: whether the derivatives of the two sides differ beyond their errors; the error then covers both.
        step: the largest step of the window.
    """

    value: Floats
    error: Floats
    kink: Flags
    step: Floats

    @property
    def coarse(self) -> Flags:
        """Where nothing can be told: no value, or none that the line changes at a resolvable rate."""
        return ~np.isfinite(self.error)


@dataclass(frozen=True)
class Taylor:
    """The expansion of a function on a line about zero, all arrays of shape (outputs,).

    Attributes:
        value: the function at zero.
        slope: its first derivative.
        curvature: its second derivative, ``v'Hv`` for the line ``x + t v``.
        noise: the standard deviation of the values' noise, at the window of the slope.
        evaluations: values computed.
    """

    value: Floats
    slope: Coefficient
    curvature: Coefficient
    noise: Floats
    evaluations: int


def taylor(line: Line, *, sufficient: float = 1e-10, order: int = 1) -> Taylor:
    """The expansion of ``line`` to second order.

    The direction of the line should be about as long as its point: steps begin at 1/8 and smaller ones, then larger
    ones, are tried as long as they promise a smaller error.

    Args:
        sufficient: a relative error beyond which no more values are asked for.
        order: the derivative, first or second, for which steps are chosen.
    """
    with np.errstate(all="ignore"):
        ladder = Ladder(line)
        found = _expansion(ladder)
        while True:
            wanted = found.slope if order == 1 else found.curvature
            if not ladder.extend(_unsettled(wanted, sufficient), wanted.step):
                return found
            found = _expansion(ladder)


def _unsettled(found: Coefficient, sufficient: float) -> Flags:
    """The outputs whose error is not small beside the derivative, or beside that of all outputs."""
    size = np.abs(np.where(found.coarse, 0, found.value))
    size = np.maximum(size, 1e-3 * np.max(size, initial=0.0))
    return ~(found.error <= sufficient * size)


def _expansion(ladder: Ladder) -> Taylor:
    odd = (ladder.ahead - ladder.behind) / 2
    even = (ladder.ahead + ladder.behind) / 2 - ladder.middle
    slope, kink, curvature, bend = SLOPE.fit(odd), KINK.fit(even), CURVATURE.fit(even), BEND.fit(odd)
    windows = _windows(ladder, np.maximum(slope.residual, kink.residual))
    first, second = windows.best(slope, SLOPE, kink, KINK), windows.best(curvature, CURVATURE, bend, BEND)
    twice = Coefficient(2 * second.value, 2 * second.error, second.kink, second.step)
    return Taylor(ladder.middle, first, twice, windows.noise[0], ladder.evaluations)


@dataclass(frozen=True)
class _Windows:
    """What is known of every window before anything is fitted to it; arrays of shape (windows, outputs).

    Attributes:
        steps: the largest step, of shape (windows, 1).
        noise: standard deviation of one value.
        resolved: whether the values have changed from that at zero at every step.
        flat: whether no value of an output has changed at any step.
    """

    steps: Floats
    noise: Floats
    resolved: Flags
    flat: Flags
    size: Floats

    def best(self, fit: Fitted, polynomial: Polynomial, side: Fitted, sided: Polynomial) -> Coefficient:
        """The coefficient at the window of least error; ``side`` is the fitted difference of the two sides."""
        units = self.steps ** polynomial.powers[0]
        error = self._error(fit, polynomial)
        kink = np.maximum(np.abs(side.value) - CERTAIN * self._error(side, sided), 0)
        error = np.where(self.resolved, error + kink, np.inf) / units
        value = fit.value / units
        error = np.where(np.isfinite(value + error), error, np.inf)
        error += _disagreement(value, error)
        chosen = np.argmin(error, axis=0)[None]

        def at(array: Floats) -> Floats:
            return np.take_along_axis(array, chosen, axis=0)[0]

        lost = self._unchanged() / units[0]
        return Coefficient(
            value=np.where(self.flat, 0.0, at(value)),
            error=np.where(self.flat, lost, at(error)),
            kink=~self.flat & (at(kink) > 0),
            step=np.where(self.flat, self.steps[0], at(np.broadcast_to(self.steps, error.shape))),
        )

    def _error(self, fit: Fitted, polynomial: Polynomial) -> Floats:
        return polynomial.amplification * self.noise + fit.change

    def _unchanged(self) -> Floats:
        """What may hide in values that do not change at all: half of the digits, lost in a larger intermediate."""
        return np.asarray(EPSILON**0.5 * np.maximum(self.size, 1.0))


def _windows(ladder: Ladder, residual: Floats) -> _Windows:
    largest = np.maximum(np.maximum(np.abs(ladder.ahead), np.abs(ladder.behind)), np.abs(ladder.middle))
    size = sliding_window_view(largest, WIDTH, axis=0).max(axis=-1)
    still = (ladder.ahead == ladder.middle) & (ladder.behind == ladder.middle)
    resolved = ~sliding_window_view(still, WIDTH, axis=0).any(axis=-1)
    seen = np.where(resolved & np.isfinite(residual), residual, 0.0)
    seen = np.maximum.accumulate(seen[::-1], axis=0)[::-1]  # noise does not grow where steps shrink
    noise = np.maximum(np.maximum(seen, ladder.scatter), EPSILON / 2 * size)
    return _Windows(ladder.steps[: len(size), None], noise, resolved, still.all(axis=0), np.abs(ladder.middle))


def _disagreement(value: Floats, error: Floats) -> Floats:
    """By how much each window disagrees with some window of smaller steps, beyond what both errors explain."""
    known = np.isfinite(error)
    centre = np.where(known, value, 0.0)
    gap = np.abs(centre[:, None] - centre[None]) - CERTAIN * (error[:, None] + error[None])
    smaller = np.triu(np.ones(gap.shape[:2], bool), 1)[..., None]
    return np.asarray(np.max(np.where(smaller & known[:, None] & known[None], gap, 0.0), axis=1, initial=0.0))
