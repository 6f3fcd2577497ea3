"""Means without a closed form, beside numbers that are known."""

from __future__ import annotations

import pytest

from derive import Paper, dims, expectation, gaussian, max, norm, pi, relu, scalar, sigmoid, sqrt, vector
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.monte_carlo import examine
from derive.instances.drawn import Drawn
from derive.language.relations import Relation
from derive.obligation import obligations

d = dims("d")
g, h, a, t = gaussian("g", d), gaussian("h"), vector("a", d), scalar("t", positive=True)


def found(relation: Relation) -> Evidence | Inapplicable:
    paper = Paper("paper", title="A paper")
    [obligation] = obligations(paper.claim("claim", relation))
    return examine(obligation, Drawn(obligation, 0))


@pytest.mark.parametrize(
    "relation",
    [
        expectation(relu(t * h)) == t / sqrt(2 * pi),
        expectation(abs(a @ g)) == norm(a) * sqrt(2 / pi),
        expectation(sigmoid(t * h)) == 0.5,
        expectation(norm(g)) <= sqrt(d),
        expectation(max(g)) >= 0,
    ],
    ids=repr,
)
def test_what_is_true_is_supported(relation: Relation) -> None:
    evidence = found(relation)
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "support"
    assert evidence.kept > 0


@pytest.mark.parametrize(
    "relation",
    [expectation(relu(t * h)) == t / 2, expectation(abs(a @ g)) == norm(a), expectation(norm(g)) >= d + 1],
    ids=repr,
)
def test_what_is_false_is_neither_supported_nor_refuted(relation: Relation) -> None:
    evidence = found(relation)
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "inconclusive"
    assert "refutes nothing" in evidence.note


@pytest.mark.parametrize("relation", [expectation(h**2) == 1, norm(a) >= 0])
def test_where_means_are_known_nothing_is_drawn(relation: Relation) -> None:
    assert isinstance(found(relation), Inapplicable)
