"""Planted claims of chance: what is false is refuted in balls, what is true is not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from derive import (
    Paper,
    dims,
    exp,
    expectation,
    gaussian,
    index,
    log,
    matrix,
    max,
    norm,
    probability,
    rademacher,
    scalar,
    sphere,
    sqrt,
    vector,
)
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.exact_tail import examine
from derive.evidence.witness.verification import admitted
from derive.instances.drawn import Drawn
from derive.language.relations import Relation
from derive.obligation import Obligation, obligations

n, d, m = dims("n d m")
X, a = matrix("X", n, d), vector("a", d)
W, g, h, s, u = gaussian("W", d, m), gaussian("g", d), gaussian("h"), rademacher("s", d), sphere("u", d)
delta, B = scalar("delta", positive=True), scalar("B", positive=True)
i, j = index("i", n), index("j", n)
BELOW_ONE = [delta < 1]

Claim = tuple[Relation, Sequence[Relation]]


def gram() -> object:
    return (X[i] @ X[j]) * exp(W.T @ (X[i] + X[j])).sum() / m


TRUE: dict[str, Claim] = {
    "largest of many forms": (
        probability(max(abs(X @ W)) <= sqrt(2 * log(2 * n * m / delta))) >= 1 - delta,
        [norm(X[i]) <= 1, *BELOW_ONE],
    ),
    "chi-square (Laurent and Massart 2000)": (
        probability(norm(g) ** 2 <= d + 2 * sqrt(d * log(1 / delta)) + 2 * log(1 / delta)) >= 1 - delta,
        BELOW_ONE,
    ),
    "chi-square from below": (probability(norm(g) ** 2 <= d - 2 * sqrt(d * log(1 / delta))) <= delta, BELOW_ONE),
    "Hoeffding for signs": (probability(s.sum() >= sqrt(2 * d * log(1 / delta))) <= delta, BELOW_ONE),
    "a sign and its opposite are alike": (probability(a @ s >= B) == probability(a @ s <= -B), []),
    "half of a sphere": (probability(a @ u >= 0) == Fraction(1, 2), [norm(a) >= 1, norm(a) <= 9]),
    "a square is smaller under a bound": (expectation(h**2, given=abs(h) <= B) <= 1, []),
}

FALSE: dict[str, Claim] = {
    "largest of many forms, without the 2": (
        probability(max(abs(X @ W)) <= sqrt(log(2 * n * m / delta))) >= 1 - delta,
        [norm(X[i]) <= 1, *BELOW_ONE],
    ),
    "chi-square without its last term": (
        probability(norm(g) ** 2 <= d + 2 * sqrt(d * log(1 / delta))) >= 1 - delta,
        BELOW_ONE,
    ),
    "Hoeffding with half of the exponent": (probability(s.sum() >= sqrt(d * log(1 / delta))) <= delta, BELOW_ONE),
    "Gaussian tail one too small": (probability(h >= B) <= exp(-(B**2)), [B >= 1]),
    "truncation leaves the mean": (expectation(gram(), given=max(abs(X @ W)) <= B) == expectation(gram()), []),
    "a tail that no draw would find": (probability(abs(h) <= Fraction(11, 2)) >= 1 - Fraction(1, 10**8), []),
}

CLOSED: dict[str, Claim] = {
    "two sides of a Gaussian": (probability(abs(h) <= 2.5759) >= 0.99, []),
    "far out": (probability(abs(h) <= 6) >= 1 - Fraction(1, 10**8), []),
    "a condition": (probability(h <= 1, given=h <= 2) >= 0.86, []),
}


def obligation(claim: Claim) -> Obligation:
    paper = Paper("planted", title="Planted")
    return obligations(paper.claim("claim", claim[0], given=list(claim[1])))[0]


def found(claim: Claim) -> Evidence | Inapplicable:
    stated = obligation(claim)
    return examine(stated, Drawn(stated, 0))


@pytest.mark.parametrize("claim", FALSE.values(), ids=FALSE)
def test_what_is_false_is_refuted(claim: Claim) -> None:
    evidence = found(claim)
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "refutation"
    assert evidence.witness is not None
    assert evidence.witness.arithmetic == "balls"
    assert evidence.witness.left != evidence.witness.right


@pytest.mark.parametrize("claim", FALSE.values(), ids=FALSE)
def test_a_witness_satisfies_the_hypotheses_and_gives_no_value_to_chance(claim: Claim) -> None:
    evidence = found(claim)
    assert isinstance(evidence, Evidence)
    witness = evidence.witness
    assert witness is not None
    assert admitted(obligation(claim), Point(witness.sizes, witness.indices, witness.values))
    assert witness.values.keys().isdisjoint({"W", "g", "h", "s", "u"})


@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE)
def test_what_is_true_is_supported_and_not_proved(claim: Claim) -> None:
    """A claim with free symbols holds at the settings that were looked at, and that is all that is said."""
    evidence = found(claim)
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "support"
    assert evidence.kept > 5


@pytest.mark.parametrize("claim", CLOSED.values(), ids=CLOSED)
def test_where_nothing_is_free_balls_prove(claim: Claim) -> None:
    evidence = found(claim)
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "proof"


def test_an_equality_is_never_proved_by_balls() -> None:
    evidence = found((probability(h >= 0) == Fraction(1, 2), []))
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "support"


@pytest.mark.parametrize("relation", [expectation(g @ g) <= d, norm(a) >= 0])
def test_without_a_tail_there_is_nothing_to_say(relation: Relation) -> None:
    assert isinstance(found((relation, [])), Inapplicable)


def test_a_law_that_is_not_known_is_named() -> None:
    evidence = found((probability(exp(h) <= g[0]) <= delta, []))
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "inconclusive"
    assert "functions of draws" in evidence.note
