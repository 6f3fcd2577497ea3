"""Signed Taylor regression: slope and second derivative on a line, from values in double precision, with error bars.

The values at steps of both signs are fitted by a polynomial, on windows of a geometric ladder of steps. What limits a
window is known from the values alone: the noise from what the fit leaves and from ECNoise, the truncation from what the
highest power changes, a kink from a term in ``|t|``, and from windows of smaller steps that disagree (the balancing
principle of O. V. Lepski, Theory Probab. Appl. 35 (1991), 454-466). The window of least error is taken; no claim is
looked at before. No tolerance enters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from derive.estimate.ladder import Ladder
from derive.estimate.line import Flags, Floats, Line
from derive.estimate.windows import BEND, CURVATURE, KINK, SLOPE, WIDTH, Fitted

EPSILON = float(np.finfo(np.float64).eps)

CERTAIN = 6.0
"""Standard errors beyond which a kink is seen."""

ROUGH = 30.0
"""Times its noise by which a function may scatter at the smallest steps before smaller ones are tried."""

STEP_ROUNDING = 30.0
"""Units in the last place of the point by which a step may be rounded: such scatter is none of the function's."""

DOUBTFUL = 2.5
"""Standard errors beyond which a jump, or a disagreement of two windows, is added to the error."""


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

    def but(self, lost: Flags) -> Coefficient:
        """The same, nothing being told of the outputs ``lost``."""
        return replace(self, error=np.where(lost, np.inf, self.error))


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
        while True:
            windows = _windows(ladder)
            found = windows.expansion()
            wanted = found.slope if order == 1 else found.curvature
            if not ladder.extend(_unsettled(wanted, sufficient), windows.rough, wanted.step):
                return replace(
                    found, slope=found.slope.but(windows.rough), curvature=found.curvature.but(windows.rough)
                )


def _unsettled(found: Coefficient, sufficient: float) -> Flags:
    """The outputs whose error is not small beside the derivative, or beside that of all outputs."""
    size = np.abs(np.where(found.coarse, 0, found.value))
    size = np.maximum(size, 1e-3 * np.max(size, initial=0.0))
    settled: Flags = found.error <= sufficient * size
    return ~settled


@dataclass(frozen=True)
class _Windows:
    """What is known of every window before anything is fitted to it; arrays of shape (windows, outputs).

    Attributes:
        steps: the largest step, of shape (windows, 1).
        noise: standard deviation of one value.
        floor: the same by ECNoise alone, and no less than half a unit in the last place.
        change: by how much values at the smallest window's steps differ from that at zero at most, of shape (outputs,).
        resolved: whether the values have changed from that at zero at every step.
        flat: whether no value of an output has changed at any step.
    """

    ladder: Ladder
    fits: tuple[Fitted, Fitted, Fitted, Fitted]
    steps: Floats
    noise: Floats
    floor: Floats
    change: Floats
    resolved: Flags
    flat: Flags

    @property
    def rough(self) -> Flags:
        """Outputs whose values at the smallest steps scatter by more than their noise: something is smaller still."""
        rounded = STEP_ROUNDING * EPSILON / self.steps[-1] * self.change
        rough: Flags = self.noise[-1] > np.maximum(ROUGH * self.floor[-1], rounded)
        return rough

    def expansion(self) -> Taylor:
        slope, kink, curvature, bend = self.fits
        first, second = self.best(slope, kink), self.best(curvature, kink, bend)
        twice = Coefficient(2 * second.value, 2 * second.error, second.kink, second.step)
        return Taylor(self.ladder.middle, first, twice, self.noise[-1], self.ladder.evaluations)

    def best(self, coefficient: Fitted, *sides: Fitted) -> Coefficient:
        """The coefficient at the window of least error; ``sides`` are fitted differences of the two sides of zero."""
        units = self.steps**coefficient.power
        value, error = coefficient.value / units, self._error(coefficient, units)
        kink = np.zeros(error.shape, bool)
        for side in sides:
            jump, doubt = np.abs(side.value) / units, self._error(side, units)
            error = np.where(jump > DOUBTFUL * doubt, error + 2 * jump, error)
            kink |= jump > CERTAIN * doubt
        error = np.where(self.resolved & np.isfinite(value + error), error, np.inf)
        error += _disagreement(value, error)
        chosen = np.argmin(error, axis=0)[None]

        def at(array: np.ndarray[Any, Any]) -> Any:
            return np.take_along_axis(array, chosen, axis=0)[0]

        lost = self._unchanged() / np.minimum(units[0], 1)
        return Coefficient(
            value=np.where(self.flat, 0.0, at(value)),
            error=np.where(self.flat, lost, at(error)),
            kink=~self.flat & at(kink),
            step=np.where(self.flat, self.steps[0], at(np.broadcast_to(self.steps, error.shape))),
        )

    def _error(self, fit: Fitted, units: Floats) -> Floats:
        """Noise and truncation; where the latter is small by accident, it is not so in the next two windows."""
        change = fit.change / units
        for _ in range(2):
            change = np.fmax(change, np.concatenate([change[1:], change[-1:]]))
        error: Floats = fit.amplification * np.maximum(self.noise, fit.residual) / units + change
        return error

    def _unchanged(self) -> Floats:
        """What may hide in values that do not change at all: half of the digits, lost in a larger intermediate."""
        hidden: Floats = EPSILON**0.5 * np.maximum(np.abs(self.ladder.middle), 1.0)
        return hidden


def _windows(ladder: Ladder) -> _Windows:
    odd, even = (ladder.ahead - ladder.behind) / 2, (ladder.ahead + ladder.behind) / 2 - ladder.middle
    fits = SLOPE.fit(odd), KINK.fit(even), CURVATURE.fit(even), BEND.fit(odd)
    largest = np.maximum(np.maximum(np.abs(ladder.ahead), np.abs(ladder.behind)), np.abs(ladder.middle))
    size = sliding_window_view(largest, WIDTH, axis=0).max(axis=-1)
    still = (ladder.ahead == ladder.middle) & (ladder.behind == ladder.middle)
    resolved = np.asarray(~sliding_window_view(still, WIDTH, axis=0).any(axis=-1))
    slope, kink, _, bend = fits
    residual = np.maximum(np.minimum(slope.residual, bend.residual), kink.residual)
    seen = np.where(resolved & np.isfinite(residual), residual, 0.0)
    seen[1:] = np.maximum(seen[1:], seen[:-1])  # one window may fit by accident
    seen = np.maximum.accumulate(seen[::-1], axis=0)[::-1]  # noise does not grow where steps shrink
    floor = np.maximum(ladder.scatter, EPSILON / 2 * size)
    steps = ladder.steps[: len(size), None]
    change = np.max(np.abs(odd[-WIDTH:]) + np.abs(even[-WIDTH:]), axis=0)
    return _Windows(ladder, fits, steps, np.maximum(seen, floor), floor, change, resolved, still.all(axis=0))


def _disagreement(value: Floats, error: Floats) -> Floats:
    """By how much each window disagrees with some window of smaller steps, beyond what both errors explain."""
    known = np.isfinite(error)
    centre = np.where(known, value, 0.0)
    gap = np.abs(centre[:, None] - centre[None])
    gap = np.where(gap > DOUBTFUL * (error[:, None] + error[None]), gap, 0.0)
    smaller = np.triu(np.ones(gap.shape[:2], bool), 1)[..., None]
    worst: Floats = np.max(np.where(smaller & known[:, None] & known[None], gap, 0.0), axis=1, initial=0.0)
    return worst
