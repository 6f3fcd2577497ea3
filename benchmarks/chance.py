"""Tests of a probability: how often a true claim is refuted, and after how many draws a false one is.

    python -m benchmarks.chance [--repetitions N]

The claim is that |g| exceeds a threshold with probability 0.01 at most. It is true with the threshold at which that
holds exactly, and false with the one that is exceeded with probability 0.02. All tests see the same draws, up to
20,000 of them, and look after every tenth more: derive's sequential test at two levels, the exact binomial test of all
draws, fixed beforehand, and the same binomial test looked at each time, which is not valid. The exit code is 0 where
derive refutes the true claim no more often than its level allows, and the false one always.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import quantiles

import numpy as np
from flint import arb, ctx

from derive.chance.question import Limit
from derive.chance.sampling import Counts, Trials
from derive.chance.sequence import FIRST, GROWTH, outcome
from derive.evaluate.point import Point
from derive.instances.seeds import stream
from derive.language import api as dv
from derive.language.chance import Probability

CLAIMED = Fraction(1, 100)
THRESHOLDS = {"true": Fraction("2.575829303549"), "false": Fraction("2.326347874040")}
"""Rounded up where the claim is true, so that it is, and down where it is false."""

MOST = 20_000
REPETITIONS = 1000
LEVELS = (Fraction(1, 20), Fraction(1, 10**6))
CHANCE = 1e-3
"""With less than this probability a valid test refutes more often than is taken for a miss."""


@dataclass
class Replayed(Trials):
    """Draws that were made before: the counts after each look."""

    counts: Iterator[Counts]

    def more(self, count: int) -> Counts:
        return next(self.counts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    repetitions = parser.parse_args().repetitions
    paths = {name: [path(name, k) for k in range(repetitions)] for name in THRESHOLDS}
    print(f"claimed: at most {float(CLAIMED)} fail; {repetitions} repetitions of at most {MOST} draws")
    print(f"{'refuted':44}{'true, 0.01':>12}{'false, 0.02':>12}   draws: median    90 %    most")
    good = []
    for level in LEVELS:
        for name, test in tests(level).items():
            found = {claim: [test(draws) for draws in paths[claim]] for claim in paths}
            print(line(f"{name}, level {float(level):g}", found), flush=True)
            if name.startswith("derive"):
                alarms = sum(runs is not None for runs in found["true"])
                good.append(alarms <= allowed(repetitions, level) and None not in found["false"])
    return 0 if all(good) else 1


Test = Callable[[Sequence[Counts]], int | None]
"""The draws after which the claim is refuted, from the counts between the looks; None where it is not."""


def tests(level: Fraction) -> dict[str, Test]:
    after, some = looks(), trials("true", 0)
    critical = [least_refuting(runs, level) for runs in after]

    def sequential(draws: Sequence[Counts]) -> int | None:
        found = outcome(Limit(True, CLAIMED), Replayed(some.sampler, some.generator, 1.0, iter(draws)), MOST, level)
        return found.counts.runs if found.refuted else None

    def fixed(draws: Sequence[Counts]) -> int | None:
        return MOST if sum(counts.failed for counts in draws) >= critical[-1] else None

    def peeking(draws: Sequence[Counts]) -> int | None:
        failed = np.cumsum([counts.failed for counts in draws])
        return next((runs for runs, k, least in zip(after, failed, critical, strict=True) if k >= least), None)

    return {"derive, sequential": sequential, "binomial, fixed": fixed, "binomial, each time (invalid)": peeking}


def looks() -> list[int]:
    """After how many draws one looks: as ``derive.chance.sequence`` does."""
    found: list[int] = []
    look = float(FIRST)
    while not found or found[-1] < MOST:
        found.append(min(MOST, int(look)))
        look = max(look * GROWTH, look + 1)
    return found


def trials(claim: str, number: int) -> Trials:
    event = dv.probability(abs(dv.gaussian("g")) <= THRESHOLDS[claim])
    assert isinstance(event, Probability)
    return Trials.of(event, Point({}, {}, {}), stream(number, "benchmark", claim))


def path(claim: str, number: int) -> list[Counts]:
    """The draws between looks, of one repetition."""
    drawn, before = trials(claim, number), 0
    found = []
    for look in looks():
        found.append(drawn.more(look - before))
        before = look
    return found


def least_refuting(runs: int, level: Fraction) -> int:
    """The fewest failures whose exact binomial p-value is at most ``level``, by bisection."""
    low, high = 0, runs
    with ctx.workprec(128):
        while high - low > 1:
            middle = (low + high) // 2
            tail = (arb(CLAIMED.numerator) / CLAIMED.denominator).beta_lower(
                middle, runs - middle + 1, regularized=True
            )
            low, high = (low, middle) if tail <= float(level) else (middle, high)
    return high


def allowed(repetitions: int, level: Fraction) -> int:
    """The most refutations of a true claim that are no miss."""
    count = 0
    with ctx.workprec(128):
        chance = arb(level.numerator) / level.denominator
        while count < repetitions and chance.beta_lower(count + 1, repetitions - count, regularized=True) > CHANCE:
            count += 1
    return count


def line(name: str, found: dict[str, list[int | None]]) -> str:
    refuted = {claim: [runs for runs in rows if runs is not None] for claim, rows in found.items()}
    rates = "".join(f"{len(refuted[claim]) / len(found[claim]):>12.4f}" for claim in THRESHOLDS)
    runs = refuted["false"]
    if len(runs) < 2:
        return f"{name:44}{rates}"
    deciles = quantiles(runs, n=10)
    return f"{name:44}{rates}{deciles[4]:>17.0f}{deciles[8]:>8.0f}{max(runs):>8}"


if __name__ == "__main__":
    raise SystemExit(main())
