"""A claim that is wrong on one side of a kink only is refuted; an instance at a kink decides nothing."""

from __future__ import annotations

from typing import Any

import pytest

from derive.evidence import explicit_entries, finite_difference
from derive.evidence.evidence import Evidence
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, x, y = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("y", d)
s, t, p = dv.scalar("s"), dv.scalar("t"), dv.scalar("p", positive=True)
step, relu = dv.heaviside, dv.relu
leaky = dv.maximum(x, x / 10).sum()

PLANTED: dict[str, tuple[Any, Any, Any]] = {
    "negative arguments": (dv.grad(relu(A @ x).sum(), x), A.T @ step(A @ x), A.T @ dv.ones(n)),
    "positive arguments": (dv.grad(relu(A @ x).sum(), x), A.T @ step(A @ x), A.T @ (2 * step(A @ x))),
    "leaky slope": (dv.grad(leaky, x), step(x) + step(-x) / 10, step(x) + step(-x) / 5),
    "abs": (dv.grad(dv.norm(x, 1), x), dv.sign(x), dv.ones(d)),
    "first entry the largest": (dv.grad(x.max(), x), None, dv.eye(d)[0]),
    "one of two": (dv.grad(relu(s) * relu(t), s), step(s) * relu(t), step(s) * t),
    "where they disagree": (dv.grad(dv.maximum(s, t), s), step(s - t), step(s) * step(-t) + step(s) * step(s - t)),
    "beyond a constant": (dv.grad(relu(s - 300), s), step(s - 300), 0 * s),
    "between two kinks": (dv.grad(relu(1 - t), t), -step(1 - t), -step(1.01 - t)),
    "between near kinks": (dv.grad(relu(1 - t), t), -step(1 - t), -step(1 + 1e-7 - t)),
    "between kinks of a product": (dv.grad(relu(A @ x - 1).sum(), x), None, A.T @ step(A @ x - 1.01)),
    "between ties": (dv.grad(dv.maximum(s, t), s), step(s - t), step(s - t - 0.001)),
    "positive symbol": (dv.grad(relu(p - 300), p), step(p - 300), 0 * p),
    "Hessian": (dv.hessian((relu(x) ** 2).sum(), x), 2 * dv.diag(step(x)), 2 * dv.eye(d)),
    "values": (dv.relu(x) + dv.relu(-x), abs(x), x),
}
METHODS = [explicit_entries, finite_difference]
TRUE = {name: (left, right) for name, (left, right, _) in PLANTED.items() if right is not None}


def examined(method: Any, relation: Relation, seed: int = 0, given: tuple[Relation, ...] = ()) -> Evidence:
    obligation = Obligation("planted/region", relation.sign, relation.left, relation.right, given)
    evidence = method.examine(obligation, Drawn(obligation, seed))
    assert isinstance(evidence, Evidence)
    return evidence


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("left", "wrong"), [(pair[0], pair[2]) for pair in PLANTED.values()], ids=PLANTED.keys())
def test_an_error_in_one_region_is_found(left: Any, wrong: Any, seed: int) -> None:
    evidence = examined(explicit_entries, left == wrong, seed)
    assert evidence.outcome == "refutation", evidence.note


@pytest.mark.parametrize(("left", "right"), TRUE.values(), ids=TRUE.keys())
def test_a_true_twin_is_supported_in_several_regions(left: Any, right: Any) -> None:
    evidence = examined(explicit_entries, left == right)
    assert evidence.outcome == "support", evidence.note
    assert evidence.regions >= 2


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.METHOD)
def test_instances_at_kinks_are_counted_and_named(method: Any) -> None:
    """Each says which entry of which subexpression is at its kink."""
    evidence = examined(method, dv.grad(relu(A @ x).sum(), x) == A.T @ step(A @ x))
    assert evidence.outcome == "support"
    assert evidence.at_kinks > 0
    assert set(evidence.kinks) <= {f"relu(A @ x)[{k}]" for k in range(6)}
    assert f"{evidence.at_kinks} instances undecided at a kink of relu(A @ x)" in evidence.note


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.METHOD)
def test_a_convention_at_a_kink_is_never_refuted(method: Any) -> None:
    """Any value is as good as another where there is no derivative."""
    evidence = examined(method, dv.grad(abs(s), s) == dv.sign(s) + 7 * (1 - dv.sign(s) ** 2))
    assert evidence.outcome == "support"
    assert evidence.at_kinks > 0


def test_points_beside_an_instance_satisfy_the_hypotheses() -> None:
    """On the nonnegative side alone the claim holds, so that a point beyond it would be a false alarm."""
    for given in ((s >= 0,), (s >= 0, s <= 1)):
        evidence = examined(explicit_entries, dv.grad(relu(s) * t, t) == s, given=given)
        assert evidence.outcome == "support", evidence.note


def test_a_smooth_claim_has_no_regions() -> None:
    evidence = examined(explicit_entries, dv.grad(dv.exp(x).sum(), x) == dv.exp(x))
    assert (evidence.regions, evidence.at_kinks, evidence.kinks) == (0, 0, ())


def test_a_value_at_a_jump_that_is_settled_is_refuted() -> None:
    """sign(0) is zero; what an indicator is at its edge is left open."""
    assert examined(explicit_entries, dv.sign(x) ** 2 == dv.ones(d)).outcome == "refutation"
    assert examined(explicit_entries, step(x) ** 2 == step(x)).outcome == "support"
