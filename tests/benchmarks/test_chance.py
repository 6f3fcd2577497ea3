"""The benchmark of tests of a probability: its claims are what it says, and its peer is the binomial test."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from flint import arb, ctx

from benchmarks.chance import CLAIMED, MOST, THRESHOLDS, allowed, least_refuting, looks, path, tests as every_test
from derive.chance.sequence import FIRST

LEVEL = Fraction(1, 20)


@pytest.mark.parametrize(("claim", "chance"), [("true", "0.01"), ("false", "0.02")])
def test_the_thresholds_are_those_of_the_claims(claim: str, chance: str) -> None:
    """True by less than a part in 1e9, and false by as little more."""
    with ctx.workprec(100):
        threshold = arb(THRESHOLDS[claim].numerator) / THRESHOLDS[claim].denominator
        beyond = (threshold / arb(2).sqrt()).erfc()
        assert abs(beyond - arb(chance)) < 1e-11
        assert beyond < arb(chance) if claim == "true" else beyond > arb(chance)


@pytest.mark.parametrize("runs", [50, 300])
def test_the_peer_refutes_at_its_level_and_no_later(runs: int) -> None:
    least = least_refuting(runs, LEVEL)
    tails = [
        sum(comb(runs, j) * CLAIMED**j * (1 - CLAIMED) ** (runs - j) for j in range(k, runs + 1))
        for k in (least, least - 1)
    ]
    assert tails[0] <= LEVEL < tails[1]


def test_one_looks_from_the_first_time_to_the_last_draw() -> None:
    found = looks()
    assert (found[0], found[-1]) == (FIRST, MOST)
    assert found == sorted(set(found))


def test_a_test_at_a_level_refutes_no_more_than_a_few_of_true_claims() -> None:
    assert 50 < allowed(1000, LEVEL) < 80
    assert allowed(1000, Fraction(1, 10**6)) == 0


@pytest.mark.parametrize("number", range(3))
def test_the_false_claim_is_refuted_by_the_same_draws(number: int) -> None:
    draws = path("false", number)
    assert all(test(draws) is not None for test in every_test(LEVEL).values())
    assert sum(counts.runs for counts in draws) == MOST
