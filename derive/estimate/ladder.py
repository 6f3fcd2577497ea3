"""Values at geometric steps of both signs, more of them where a fit asks for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from derive.estimate.line import Flags, Floats, Line
from derive.estimate.noise import POINTS, noise
from derive.estimate.windows import RATIO, WIDTH

LARGEST = 1 / 8
"""The first step; the direction is about as long as the point."""

FIRST_STEPS = 16
MORE_SMALLER = 12
MORE_LARGER = 6
SMALLEST_RUNG, LARGEST_RUNG = 52, -6
"""Steps go from 1 down to 2^-29."""

NOISE_STEPS = 2.0**-20, 2.0**-34, 2.0**-10
"""Steps of the tables of ECNoise, the next ones for functions that change too fast or too slowly for the first."""


class Ladder:
    """Values of a line at ``+-t_k``, ``t_k = LARGEST * RATIO^-k``.

    Attributes:
        middle: the value at zero, of shape (outputs,).
        ahead, behind: values at ``t_k`` and ``-t_k``, of shape (steps, outputs), the largest step first.
        scatter: the noise by ECNoise, zero where its table shows none.
    """

    def __init__(self, line: Line) -> None:
        self.line = line
        self.first = 0
        self.evaluations = 0
        self.middle, self.scatter = self._noise()
        self.ahead, self.behind = self._rungs(range(FIRST_STEPS))

    @property
    def steps(self) -> Floats:
        return LARGEST * RATIO ** -(self.first + np.arange(len(self.ahead), dtype=np.float64))

    def extend(self, unsettled: Flags, rough: Flags, best: Floats) -> bool:
        """Add steps where outputs need them; False where that is of no use.

        Smaller ones come first: for outputs that are ``rough``, and unsettled ones whose best window is of the smallest
        steps; then larger ones for those whose best window is of the largest.
        """
        if np.all(np.isnan(self.middle)):  # the function has no value at the point
            return False
        steps = self.steps
        end = self.first + len(steps)
        small = rough | (unsettled & ~(best > steps[-WIDTH] * RATIO**1.5))
        large = unsettled & ~(best < steps[0] / RATIO**0.5)
        if np.any(small) and end < SMALLEST_RUNG:
            self._join(range(end, end + MORE_SMALLER))
        elif np.any(large) and self.first > LARGEST_RUNG:
            self._join(range(self.first - MORE_LARGER, self.first))
        else:
            return False
        return True

    def _join(self, rungs: range) -> None:
        ahead, behind = self._rungs(rungs)
        larger = rungs.start < self.first
        self.first = min(self.first, rungs.start)
        self.ahead = np.concatenate([ahead, self.ahead] if larger else [self.ahead, ahead])
        self.behind = np.concatenate([behind, self.behind] if larger else [self.behind, behind])

    def _noise(self) -> tuple[Floats, Floats]:
        """The value at zero and the noise, by the first table that shows it."""
        tables = []
        for step in NOISE_STEPS:
            tables.append(self._values([k * step for k in range(POINTS)]))
            found = [noise(table) for table in tables]
            changes = np.any(tables[-1] != tables[0][0], axis=0)
            if not np.any(np.isnan(found[-1]) & changes):
                break
        return tables[0][0], np.fmax.reduce([np.zeros_like(found[0]), *found])

    def _values(self, ts: Sequence[float]) -> Floats:
        self.evaluations += len(ts)
        return self.line.values(ts)

    def _rungs(self, rungs: Sequence[int]) -> tuple[Floats, Floats]:
        steps = [LARGEST * RATIO**-k for k in rungs]
        values = self._values([*steps, *(-t for t in steps)])
        if values.shape[1] == 1:  # so it is where all values are missing
            values = np.broadcast_to(values, (len(values), len(self.middle)))
        return values[: len(steps)], values[len(steps) :]
