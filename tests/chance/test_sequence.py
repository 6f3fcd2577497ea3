"""The test of one limit: false ones are refuted after a moderate number of draws, true ones are not."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derive import bernoulli, probability
from derive.chance.question import Limit
from derive.chance.sampling import Trials
from derive.chance.sequence import LEVEL, Outcome, outcome
from derive.evaluate.point import Point
from derive.language.chance import Probability

FAILING = Fraction(1, 50)
EVENT = probability(bernoulli("z", p=FAILING) <= 0)
POINT = Point({}, {}, {})
LARGE = 1e12


def run(allowed: str, work: float = LARGE, level: Fraction = LEVEL, seed: int = 0) -> Outcome:
    assert isinstance(EVENT, Probability)
    trials = Trials.of(EVENT, POINT, np.random.default_rng(seed))
    return outcome(Limit(True, Fraction(allowed)), trials, work, level)


@pytest.mark.parametrize("seed", range(5))
def test_half_of_the_failures_is_refuted(seed: int) -> None:
    """Of 0.02 against 0.01 a draw tells 0.0039 nats in the mean, and 13.8 are asked for: some 5,000 draws."""
    found = run("1/100", seed=seed)
    assert found.refuted
    assert 1000 < found.counts.runs < 20_000


@pytest.mark.parametrize("allowed", ["1/50", "1/40", "1/2"])
def test_what_is_true_is_not_refuted(allowed: str) -> None:
    found = run(allowed)
    assert not found.refuted
    assert FAILING <= found.bound <= FAILING + Fraction(1, 500)


def test_the_budget_bounds_the_draws() -> None:
    assert run("1/50", work=1e5).counts.runs < run("1/50", work=1e8).counts.runs


def test_a_claim_that_draws_cannot_tell_is_called_so() -> None:
    assert run("1/1000000000", work=1e4).powerless
    assert not run("1/50").powerless


def test_at_a_looser_level_fewer_draws_suffice() -> None:
    assert run("1/100", level=Fraction(1, 20)).counts.runs < run("1/100").counts.runs
