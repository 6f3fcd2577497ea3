"""The evidence of an attack: a verified witness, or how hard it was tried and what was reached."""

from __future__ import annotations

from typing import Any

import pytest

from derive.bracket.bracket import bracket
from derive.evaluate.point import Point
from derive.evidence.attack import examine
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import TURNED, Obligation

n, d = dv.dims("n d")
x, y = dv.vector("x", n), dv.vector("y", n)


def obliged(relation: Any, *given: Any) -> Obligation:
    assert isinstance(relation, Relation)
    sign = TURNED.get(relation.sign, relation.sign)
    left, right = relation.left, relation.right
    if relation.sign in TURNED:
        left, right = right, left
    return Obligation("paper/claim", sign, left, right, given)


def examined(relation: Any, *given: Any, seed: int = 0) -> Evidence:
    obligation = obliged(relation, *given)
    found = examine(obligation, Drawn(obligation, seed))
    assert isinstance(found, Evidence)
    return found


def reached(relation: Any, found: Evidence) -> float:
    """What the nearest instance certainly makes of the constant."""
    record = bracket(obliged(relation), [found])
    assert record is not None
    return float(record.attack_lower)


def test_a_refutation_has_a_witness_that_is_verified_again() -> None:
    relation = dv.norm(dv.softmax(x) - dv.softmax(y)) <= 0.4 * dv.norm(x - y)
    found = examined(relation)
    assert found.outcome == "refutation"
    assert found.witness is not None
    point = Point(found.witness.sizes, found.witness.indices, found.witness.values)
    assert verify(obliged(relation), point) is not None


def test_a_true_inequality_is_supported_and_nothing_more() -> None:
    found = examined(dv.norm(x + y) <= dv.norm(x) + dv.norm(y))
    assert (found.outcome, found.strength, found.witness) == ("support", "float64", None)
    assert found.kept > 0
    assert found.sizes


def test_the_ratio_that_is_reached_is_a_lower_bound() -> None:
    """Softmax is 1/2-Lipschitz: of a claimed 1 half is reached, and not more."""
    relation = dv.norm(dv.softmax(x) - dv.softmax(y)) <= dv.norm(x - y)
    assert 0.49 < reached(relation, examined(relation)) <= 0.5


def test_the_largest_eigenvalue_that_is_reached_is_a_lower_bound() -> None:
    p = dv.softmax(x)
    relation = dv.diag(p) - dv.outer(p, p) << dv.eye(n)
    assert 0.45 < reached(relation, examined(relation)) <= 0.5


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_gives_the_same_evidence(seed: int) -> None:
    relation = dv.norm(x, 1) <= 2 * dv.norm(x)
    first, second = (examined(relation, seed=seed) for _ in range(2))
    assert (first.witness, first.note, first.nearest) == (second.witness, second.note, second.nearest)


def test_an_identity_is_no_inequality() -> None:
    obligation = obliged(dv.norm(x) ** 2 == x @ x)
    assert isinstance(examine(obligation, Drawn(obligation, 0)), Inapplicable)


def test_hypotheses_that_nothing_satisfies_give_nothing_to_climb_on() -> None:
    obligation = obliged(x @ x <= 1, dv.norm(x) <= -1)
    assert isinstance(examine(obligation, Drawn(obligation, 0)), Inapplicable)
