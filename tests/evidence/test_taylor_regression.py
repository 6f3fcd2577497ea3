"""The Taylor regression supports right derivatives, refutes wrong ones with a witness, and is silent at kinks."""

from __future__ import annotations

from typing import Any

import pytest

from derive.evaluate.point import Point
from derive.evidence import taylor_regression
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.derivatives import Definition
from derive.language.relations import Relation
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, X = dv.matrix("A", n, d), dv.matrix("X", d, d)
x, y, b = dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
f = dv.softmax(A @ x)
c = f - b
L = c @ c / 2
G = A.T @ (f * c - f * (f @ c))
s = dv.softmax(x)
S = dv.diag(s) - dv.outer(s, s)


def obliged(relation: Relation) -> Obligation:
    return Obligation("regression/claim", relation.sign, relation.left, relation.right, ())


def examined(relation: Any, seed: int = 0) -> Evidence:
    obligation = obliged(relation)
    evidence = taylor_regression.examine(obligation, Drawn(obligation, seed))
    assert isinstance(evidence, Evidence)
    return evidence


def one_entry(relative: float) -> Any:
    return G * (1 + relative * dv.eye(d)[0])


PLANTED: dict[str, tuple[Any, Any, Any]] = {
    "factor 2": (dv.grad(L, x), G, 2 * G),
    "sign": (dv.grad(L, x), G, A.T @ (f * c + f * (f @ c))),
    "1 % of a term": (dv.grad(L, x), G, A.T @ (f * c - 1.01 * f * (f @ c))),
    "one entry by 1e-2": (dv.grad(L, x), G, one_entry(1e-2)),
    "one entry by 1e-3": (dv.grad(L, x), G, one_entry(1e-3)),
    "one entry by 1e-4": (dv.grad(L, x), G, one_entry(1e-4)),
    "one entry by 1e-6": (dv.grad(L, x), G, one_entry(1e-6)),
    "next to 1e4": (dv.grad(L + 10**4, x), G, one_entry(1e-4)),
    "scale 1e-12": (dv.grad(1e-12 * L, x), 1e-12 * G, -1e-12 * G),
    "saturated": (dv.grad(dv.softmax(8 * A @ x) @ b + x @ y, x), None, y),
    "on the right": (G, dv.grad(L, x), dv.grad(2 * L, x)),
    "a defined name": (Definition("g", dv.grad(L, x), x.shape), G, 2 * G),
    "Jacobian": (dv.jacobian(s, x), S, dv.diag(s) + dv.outer(s, s)),
    "matrix variable": (dv.grad(x @ X @ y, X), dv.outer(x, y), dv.outer(y, x)),
    "vec": (dv.grad(x @ X @ y, dv.vec(X)), dv.kron(x, y), dv.kron(y, x)),
    "direction": (dv.jvp(L, x, y), G @ y, -(G @ y)),
    "Hessian": (dv.hessian(dv.logsumexp(x), x), S, dv.diag(s)),
    "Hessian that is not symmetric": (dv.hessian(x @ X @ x, x), X + X.T, 2 * X),
    "Hessian of a gradient": (dv.jacobian(dv.grad(dv.logsumexp(x), x), x), S, 1.0001 * S),
    "mixed block": (dv.hessian(dv.exp(x @ X @ y / 10), x, y), None, X / 10),
}
TRUE = {name: (left, right) for name, (left, right, _) in PLANTED.items() if right is not None}
WRONG = {name: (left, wrong) for name, (left, _, wrong) in PLANTED.items()}


@pytest.mark.parametrize(("left", "right"), TRUE.values(), ids=TRUE.keys())
def test_a_right_derivative_is_supported_with_an_error_bar(left: Any, right: Any) -> None:
    evidence = examined(left == right)
    assert evidence.outcome == "support", evidence.note
    assert evidence.error_bar is not None
    assert evidence.worst_margin is not None
    assert evidence.worst_margin < 1e-6
    assert evidence.error_bar < 1e-6
    assert any(max(sizes.values()) > 1 for sizes in evidence.sizes)


@pytest.mark.parametrize(("left", "wrong"), WRONG.values(), ids=WRONG.keys())
def test_a_planted_error_is_refuted_with_a_witness(left: Any, wrong: Any) -> None:
    evidence = examined(left == wrong)
    assert evidence.outcome == "refutation", evidence.note
    assert evidence.note.startswith("the directional error is ")
    witness = evidence.witness
    assert witness is not None
    assert verify(obliged(left == wrong), Point(witness.sizes, witness.indices, witness.values)) == witness


@pytest.mark.parametrize("seed", range(8))
def test_no_seed_calls_a_right_derivative_wrong(seed: int) -> None:
    assert examined(dv.grad(L, x) == G, seed).outcome == "support"
    assert examined(dv.hessian(dv.logsumexp(x), x) == S, seed).outcome == "support"


def test_kinks_are_named_and_give_no_verdict() -> None:
    evidence = examined(dv.grad(dv.relu(x).sum(), x) == dv.heaviside(x))
    assert evidence.outcome == "support"
    assert "undecided at a kink of relu(x)" in evidence.note
    assert evidence.at_kinks > 0
    assert all(kink.startswith("relu(x)") for kink in evidence.kinks)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (dv.grad(dv.relu(x - x).sum(), x), dv.ones(d)),
        (dv.grad(dv.norm(x - x, 1), x), dv.ones(d)),
        (dv.grad(dv.maximum(x, x).sum(), x), 2 * dv.ones(d)),
    ],
)
def test_a_claim_that_is_always_at_a_kink_is_neither_supported_nor_refuted(left: Any, right: Any) -> None:
    evidence = examined(left == right)
    assert evidence.outcome == "inconclusive"
    assert evidence.kept == 0
    assert evidence.at_kinks > 0
    assert "at a kink of" in evidence.note


INAPPLICABLE = {
    "an inequality": (dv.grad(L, x) <= G, "not an identity"),
    "no derivative": (f.sum() == 1, "neither side is a derivative"),
    "inside an expression": (2 * dv.grad(L, x) == 2 * G, "neither side is a derivative"),
    "third order": (dv.jacobian(dv.hessian((x**3).sum(), x), x) == dv.zeros(d, d, d), "order 3"),
    "nested": (dv.grad(dv.grad(L, x) @ x, x) == G, "inside what is differentiated"),
}


@pytest.mark.parametrize(("relation", "reason"), INAPPLICABLE.values(), ids=INAPPLICABLE.keys())
def test_other_claims_are_left_alone(relation: Relation, reason: str) -> None:
    obligation = obliged(relation)
    found = taylor_regression.examine(obligation, Drawn(obligation, 0))
    assert isinstance(found, Inapplicable)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("relation", "slope"),
    [
        (dv.grad(dv.logsumexp(x), x) == s, 2),
        (dv.grad(dv.logsumexp(x), x) == 2 * s, 1),
        (dv.hessian(dv.logsumexp(x), x) == S, 3),
        (dv.hessian(dv.logsumexp(x), x) == dv.diag(s), 2),
        (dv.hessian(dv.exp(x @ X @ y / 10), x, y) == X / 10, 2),
        (dv.grad(x @ x, x) == 2 * x, 2),
    ],
)
def test_remainder_has_the_slope_of_its_order(relation: Relation, slope: float) -> None:
    remainder = examined(relation).remainder
    assert remainder is not None
    assert remainder.slope == pytest.approx(slope, abs=0.05)


def test_an_exact_model_leaves_no_remainder() -> None:
    remainder = examined(dv.hessian(x @ X @ x, x) == X + X.T).remainder
    assert remainder is not None
    assert remainder.slope is None


def test_the_same_seed_gives_the_same_evidence() -> None:
    first, second = (examined(dv.grad(L, x) == G, seed=5) for _ in range(2))
    assert (first.worst_margin, first.error_bar, first.remainder) == (
        second.worst_margin,
        second.error_bar,
        second.remainder,
    )
