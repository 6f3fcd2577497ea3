"""Planted claims of chance, tested by draws: what is false is refuted at the level, what is true is not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from derive import (
    Paper,
    bernoulli,
    dims,
    exp,
    expectation,
    gaussian,
    index,
    lambda_max,
    log,
    matrix,
    max,
    norm,
    opnorm,
    probability,
    rademacher,
    scalar,
    sqrt,
)
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.sequential_test import examine
from derive.evidence.witness.verification import admitted
from derive.instances.drawn import Drawn
from derive.language.relations import Relation
from derive.obligation import Obligation, obligations

n, d, m = dims("n d m")
X, W, S = matrix("X", n, d), gaussian("W", d, m), rademacher("S", n, m)
g, h = gaussian("g", d), gaussian("h")
delta, t = scalar("delta", positive=True), scalar("t", positive=True)
i = index("i", n)
GIVEN = [norm(X[i]) <= 1, delta < 1]

Claim = tuple[Relation, Sequence[Relation]]

FALSE: dict[str, Claim] = {
    "twice the failures": (probability(bernoulli("z", p=Fraction(1, 50)) <= 0) >= 1 - Fraction(1, 100), []),
    "largest of many forms": (probability(max(abs(X @ W)) <= sqrt(log(n * m / delta))) >= 1 - delta, GIVEN),
    "the wrong side": (probability(norm(g) ** 2 >= d) >= Fraction(1, 2), []),
    "a spectral norm": (probability(opnorm(W) <= sqrt(d)) >= 1 - delta, [delta < 1]),
    "a mean of exponentials": (
        probability(abs(exp(W.T @ X[i]).sum() / m - exp(norm(X[i]) ** 2 / 2)) <= t) >= 1 - 1 / (8 * m * t**2),
        [norm(X[i]) <= 1],
    ),
    "an equality": (probability(h <= t) == 1 - exp(-(t**2)), [t >= Fraction(1, 10)]),
    "a width that is too small": (
        probability(abs(S.sum()) <= sqrt(n * m) / t) >= 1 - delta,
        [m >= 50 / delta, delta < 1],
    ),
}

TRUE: dict[str, Claim] = {
    "as many failures as allowed": (probability(bernoulli("z", p=Fraction(1, 50)) <= 0) >= 1 - Fraction(1, 50), []),
    "largest of many forms": (probability(max(abs(X @ W)) <= sqrt(2 * log(2 * n * m / delta))) >= 1 - delta, GIVEN),
    "a Gram matrix": (probability(lambda_max(W.T @ W) <= norm(W, "fro") ** 2) >= 1 - delta, [delta < 1]),
    "a condition": (probability(h <= t, given=h <= t) >= 1, []),
    "Chebyshev": (
        probability(abs(exp(W.T @ X[i]).sum() / m - exp(norm(X[i]) ** 2 / 2)) <= t) >= 1 - exp(2) / (m * t**2),
        [norm(X[i]) <= 1],
    ),
}


def obligation(claim: Claim) -> Obligation:
    paper = Paper("planted", title="Planted")
    return obligations(paper.claim("claim", claim[0], given=list(claim[1])))[0]


def found(claim: Claim) -> Evidence:
    stated = obligation(claim)
    drawn = Drawn(stated, 0)
    drawn.settled = True  # a tenth of the budget
    evidence = examine(stated, drawn)
    assert isinstance(evidence, Evidence)
    return evidence


@pytest.mark.parametrize("claim", FALSE.values(), ids=FALSE)
def test_what_is_false_is_refuted_at_the_level(claim: Claim) -> None:
    evidence = found(claim)
    assert evidence.outcome == "refutation"
    assert evidence.witness is not None
    assert evidence.witness.arithmetic == "a test"
    assert evidence.draws is not None
    assert evidence.draws.wealth is None or evidence.draws.wealth >= 6
    point = Point(evidence.witness.sizes, evidence.witness.indices, evidence.witness.values)
    assert admitted(obligation(claim), point)


@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE)
def test_what_is_true_is_supported_with_a_bound(claim: Claim) -> None:
    evidence = found(claim)
    assert evidence.outcome == "support"
    assert evidence.draws is not None
    assert evidence.draws.bound is not None
    assert evidence.draws.bound >= evidence.draws.failures / evidence.draws.runs


def test_a_probability_too_small_for_draws_is_called_so() -> None:
    assert "too small" in found((probability(abs(h) <= 7) >= 1 - Fraction(1, 10**9), [])).note


def test_the_same_seed_gives_the_same_draws() -> None:
    claim = TRUE["largest of many forms"]
    assert found(claim).draws == found(claim).draws


@pytest.mark.parametrize("relation", [expectation(g @ g) <= d, norm(X) >= 0])
def test_without_a_probability_there_is_nothing_to_test(relation: Relation) -> None:
    stated = obligation((relation, []))
    assert isinstance(examine(stated, Drawn(stated, 0)), Inapplicable)
