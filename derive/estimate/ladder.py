"""Values at geometric steps of both signs, more of them where a fit asks for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from derive.estimate.line import Floats, Line
from derive.estimate.noise import POINTS, noise
from derive.estimate.windows import RATIO, WIDTH

LARGEST = 1 / 8
"""The first step; the direction is about as long as the point."""

FIRST_STEPS = 16
MORE_SMALLER = 12
MORE_LARGER = 6
SMALLEST_RUNG, LARGEST_RUNG = 62, -8
"""Steps go from 2 down to 2^-34."""

NOISE_STEP = 2.0**-36
"""Steps of the table of ECNoise: tiny, yet so large that the points differ."""


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
        table = line.values([k * NOISE_STEP for k in range(POINTS)])
        self.middle = table[0]
        with np.errstate(all="ignore"):
            self.scatter = np.nan_to_num(noise(table))
        self.ahead, self.behind = self._rungs(range(FIRST_STEPS))

    @property
    def steps(self) -> Floats:
        return LARGEST * RATIO ** -(self.first + np.arange(len(self.ahead), dtype=np.float64))

    @property
    def evaluations(self) -> int:
        return POINTS + 2 * len(self.ahead)

    def extend(self, unsettled: npt.NDArray[np.bool_], best: Floats) -> bool:
        """Add steps beyond the end near which unsettled outputs have their best window; False where there is none."""
        steps = self.steps
        small = unsettled & ~(best > steps[-WIDTH] * RATIO**1.5)
        large = unsettled & ~(best < steps[0] / RATIO**0.5)
        last = self.first + len(steps)
        if np.any(small) and last < SMALLEST_RUNG:
            more = self._rungs(range(last, last + MORE_SMALLER))
            self.ahead, self.behind = (
                np.concatenate(pair) for pair in zip((self.ahead, self.behind), more, strict=True)
            )
            return True
        if np.any(large) and self.first > LARGEST_RUNG:
            more = self._rungs(range(self.first - MORE_LARGER, self.first))
            self.ahead, self.behind = (
                np.concatenate(pair) for pair in zip(more, (self.ahead, self.behind), strict=True)
            )
            self.first -= MORE_LARGER
            return True
        return False

    def _rungs(self, rungs: Sequence[int]) -> tuple[Floats, Floats]:
        steps = [LARGEST * RATIO**-k for k in rungs]
        values = self.line.values([*steps, *(-t for t in steps)])
        return values[: len(steps)], values[len(steps) :]
