"""A claim on an experiment whose outcome speaks against it: fresh repetitions, counted by a test valid at any time.

What an experiment with given seeds shows is a number that would be another with other seeds. A claim on it is taken to
say that such experiments show what is claimed at least as often as not. That is a statement about a probability, and
can be refuted at a level: of fresh experiments, or of fresh seeds where the claim is about their frequency.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import isfinite, log

from flint import arb, ctx

from derive.chance.betting import at_most, log_wealth, refutes
from derive.language.experiment import Frequency
from derive.language.tensor import Tensor
from derive.obligation import Obligation
from derive.record import DrawsRecord
from derive.scaling.asked import holds
from derive.scaling.measurement import Measurement
from derive.scaling.slope import CONFIDENCE

LEVEL = Fraction(1, 10**6)
"""The probability with which a true claim may be refuted."""

HALF = Fraction(1, 2)

MOST_REPETITIONS = 200

WORK = 1_000_000_000
"""Entries stepped in all repetitions together, after the first experiment."""

PRECISION, BISECTIONS = 128, 60

Ranges = list[tuple[Measurement, Measurement]]
"""Of each experiment the least and the largest value that roundings leave open."""

Experimenter = Callable[[int], Ranges]
"""Carries out the experiments of a claim for the repetition of this number."""


@dataclass(frozen=True)
class Limit:
    """Of which draws, seeds or whole experiments, at most the part ``allowed`` may fail, and what failing means.

    ``happening`` tells what fails, of seeds: showing the event, or not showing it.
    """

    allowed: Fraction
    seeds: bool
    happening: bool = False

    def failures(self, obligation: Obligation, nodes: list[Tensor], found: Ranges) -> tuple[int, int]:
        """The failures that are beyond roundings, and of how many, in one repetition."""
        if self.seeds:
            least, most = found[0]
            return least.happened if self.happening else most.record.seeds - most.happened, most.record.seeds
        ends = product(*((least.value, (least.value + most.value) / 2, most.value) for least, most in found))
        return int(not any(holds(obligation, dict(zip(nodes, values, strict=True))) for values in ends)), 1


def limit(obligation: Obligation, nodes: list[Tensor]) -> Limit:
    """What the claim says of seeds, where one frequency has to be large, or small; otherwise of experiments."""
    if len(nodes) != 1 or not isinstance(nodes[0], Frequency):
        return Limit(HALF, seeds=False)
    seeds = nodes[0].seeds
    good = [holds(obligation, {nodes[0]: Fraction(k, seeds)}) for k in range(seeds + 1)]
    if good == sorted(good) and any(good) and not all(good):
        return Limit(median_failure(seeds, seeds - good.index(True)), seeds=True)
    if good == sorted(good, reverse=True) and any(good) and not all(good):
        return Limit(median_failure(seeds, sum(good) - 1), seeds=True, happening=True)
    return Limit(HALF, seeds=False)


def median_failure(seeds: int, most: int) -> Fraction:
    """A number above the q with which of so many seeds at most ``most`` fail just as often as not."""
    low, high = 0.0, 1.0
    with ctx.workprec(PRECISION):
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            often = arb(middle).beta_lower(most + 1, seeds - most, regularized=True) < arb(1) / 2
            low, high = (middle, high) if often else (low, middle)
    return Fraction(high)


@dataclass(frozen=True)
class Repeated:
    """What the test ended with: the record of the draws, whether they refute the claim, or show it often enough."""

    draws: DrawsRecord
    refuted: bool
    usual: bool


def repeated(obligation: Obligation, nodes: list[Tensor], carry_out: Experimenter) -> Repeated:
    """The first experiment and fresh ones, until the claim is refuted at ``LEVEL`` or the budget is spent."""
    asked = limit(obligation, nodes)
    first = carry_out(0)
    failures, runs = asked.failures(obligation, nodes, first)
    cost = sum(one.work for one, _ in first)
    spent, number = 0, 1
    while not refutes(failures, runs, asked.allowed, LEVEL) and number <= MOST_REPETITIONS and spent + cost <= WORK:
        found = carry_out(number)
        more, count = asked.failures(obligation, nodes, found)
        failures, runs, number = failures + more, runs + count, number + 1
        spent += sum(one.work for one, _ in found)
    wealth = log_wealth(failures, runs, asked.allowed) / log(10)
    falls = refutes(failures, runs, asked.allowed, LEVEL)
    record = DrawsRecord(
        runs=runs,
        failures=failures,
        allowed=float(asked.allowed),
        level=float(LEVEL),
        at_least=not asked.happening,
        wealth=wealth if isfinite(wealth) else None,
        confidence=None if falls else float(CONFIDENCE),
        bound=None if falls else at_most(failures, runs, CONFIDENCE),
    )
    return Repeated(record, falls, usual=failures <= asked.allowed * runs)
