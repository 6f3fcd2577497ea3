"""The test of one limit at one setting: fresh draws until the claim is refuted, or so many as the budget has."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log

from derive.chance.betting import at_most, log_wealth, refutes
from derive.chance.question import Limit
from derive.chance.sampling import Counts, Draws

LEVEL = Fraction(1, 10**6)
"""The probability with which a true claim may be refuted."""

CONFIDENCE = 1 - LEVEL
"""Of the bound on the failure probability where nothing is refuted."""

FEWEST, MOST = 200, 400_000
"""Draws of a test."""

FIRST, GROWTH = 50, 1.1
"""Draws after which one looks for the first time, and by how much more each time: to look costs no level."""


@dataclass(frozen=True)
class Outcome:
    """What a test ended with.

    Attributes:
        failures: draws that certainly fail; those that are undecided are not among them.
    """

    limit: Limit
    counts: Counts
    refuted: bool
    level: Fraction

    @property
    def failures(self) -> int:
        return failures(self.counts, self.limit)

    @property
    def log10_wealth(self) -> float:
        return log_wealth(self.failures, self.counts.runs, self.limit.allowed) / log(10)

    @property
    def bound(self) -> float:
        """Above the failure probability with ``CONFIDENCE``, every undecided draw taken for a failure.

        For tests that were not stopped by a refutation: then the number of draws was fixed.
        """
        return at_most(self.failures + self.counts.undecided, self.counts.runs, CONFIDENCE)

    @property
    def powerless(self) -> bool:
        """Is less allowed than could be told from zero by so many draws, all of them in favour?"""
        return self.limit.allowed < at_most(0, max(1, self.counts.runs), CONFIDENCE)


def failures(counts: Counts, limit: Limit) -> int:
    """The draws that certainly are what the limit allows few of."""
    return counts.failed if limit.at_least else counts.happened


def outcome(limit: Limit, trials: Draws, work: float, level: Fraction = LEVEL) -> Outcome:
    """The test of ``limit`` with draws of ``trials``, on which nothing may have been decided yet."""
    most = int(min(MOST, max(FEWEST, work / trials.work_a_draw)))
    counts, drawn, look = Counts(), 0, float(FIRST)
    while drawn < most:
        size = min(most, int(look)) - drawn
        counts += trials.more(size)
        drawn, look = drawn + size, max(look * GROWTH, look + 1)
        if counts.runs and refutes(failures(counts, limit), counts.runs, limit.allowed, level):
            return Outcome(limit, counts, True, level)
    return Outcome(limit, counts, False, level)
