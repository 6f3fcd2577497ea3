"""Tests of a probability: the level is kept exactly, and bounds cover as often as they say."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, inf, log

import pytest

from derive.chance.betting import at_most, log_wealth, refutes

LEVEL = Fraction(1, 10**6)


def chances(runs: int, p: Fraction) -> list[Fraction]:
    """The binomial law."""
    return [comb(runs, k) * p**k * (1 - p) ** (runs - k) for k in range(runs + 1)]


@pytest.mark.parametrize(("runs", "claimed"), [(1, "1/2"), (7, "1/10"), (40, "1/4"), (60, "1/100")])
def test_under_the_claim_a_bet_gains_nothing_in_the_mean(runs: int, claimed: str) -> None:
    """E[wealth] <= 1 for every failure probability that the claim allows, summed over the exact law."""
    p = Fraction(claimed)
    for true in (p, p / 2, p / 10):
        mean = sum(float(chance) * exp(log_wealth(k, runs, p)) for k, chance in enumerate(chances(runs, true)))
        assert mean <= 1


def test_a_bet_never_gains_in_the_mean_by_one_more_draw() -> None:
    """The wealth is a supermartingale: given k failures of n, the next draw cannot raise it in the mean."""
    p = Fraction(1, 20)
    for n in range(1, 30):
        for k in range(1, n + 1):
            after = p * Fraction(exp(log_wealth(k + 1, n + 1, p))) + (1 - p) * Fraction(exp(log_wealth(k, n + 1, p)))
            assert float(after) <= exp(log_wealth(k, n, p)) * (1 + 1e-12)


def reached(claimed: Fraction, true: Fraction, level: Fraction, most: int) -> float:
    """The exact probability that the test ever refutes within ``most`` draws, looking after each."""
    law, gone = {0: 1.0}, 0.0
    for n in range(1, most + 1):
        after: dict[int, float] = {}
        for k, chance in law.items():
            after[k] = after.get(k, 0.0) + chance * float(1 - true)
            after[k + 1] = after.get(k + 1, 0.0) + chance * float(true)
        stopped = {k for k in after if refutes(k, n, claimed, level)}
        gone += sum(after[k] for k in stopped)
        law = {k: chance for k, chance in after.items() if k not in stopped}
    return gone


def test_a_true_claim_is_refuted_at_most_as_often_as_the_level_says() -> None:
    """By the exact law of 150 draws, looked at after each of them."""
    p = Fraction(1, 10)
    assert 0 < reached(p, p, Fraction(1, 20), 150) <= 1 / 20


def test_a_false_claim_is_refuted() -> None:
    assert reached(Fraction(1, 10), Fraction(2, 5), Fraction(1, 20), 100) > 0.99


def test_without_a_failure_nothing_speaks_against_a_claim() -> None:
    assert log_wealth(0, 10**6, Fraction(1, 2)) == -inf


def test_one_failure_refutes_that_nothing_may_fail() -> None:
    assert refutes(1, 10**6, Fraction(0), LEVEL)


def test_nothing_refutes_that_everything_may_fail() -> None:
    assert not refutes(100, 100, Fraction(1), LEVEL)


def test_so_few_draws_say_nothing_against_a_probability_far_below() -> None:
    """With p = 1e-9 a single failure in 1e5 draws is unlikely (1e-4), and no refutation at level 1e-6."""
    assert not refutes(1, 10**5, Fraction(1, 10**9), LEVEL)
    assert refutes(3, 10**5, Fraction(1, 10**9), LEVEL)


@pytest.mark.parametrize(("failures", "runs"), [(3, 2), (-1, 2)])
def test_more_failures_than_runs_are_refused(failures: int, runs: int) -> None:
    with pytest.raises(ValueError, match="failures"):
        log_wealth(failures, runs, Fraction(1, 2))


@pytest.mark.parametrize(("runs", "confidence"), [(1, "19/20"), (10, "19/20"), (30, "999/1000")])
def test_the_bound_covers_every_probability_as_often_as_it_says(runs: int, confidence: str) -> None:
    """By the exact law, for failure probabilities on a grid."""
    bounds = [Fraction(at_most(k, runs, Fraction(confidence))) for k in range(runs + 1)]
    for p in (Fraction(k, 50) for k in range(1, 50)):
        covered = sum(chance for bound, chance in zip(bounds, chances(runs, p), strict=True) if p <= bound)
        assert covered >= Fraction(confidence)


def test_the_bound_without_a_failure_is_known_in_closed_form() -> None:
    """(1 - p)^n = 1 - confidence, so that p = 1 - (1 - confidence)^(1/n)."""
    closed = 1 - exp(log(1 - 0.95) / 100)
    assert closed <= at_most(0, 100, Fraction(19, 20)) <= closed * (1 + 1e-12)


def test_that_a_probability_is_negative_needs_no_draw_to_fall() -> None:
    assert log_wealth(0, 50, Fraction(-1, 2)) == inf
