"""Both cross-checks refute every planted error with a verified witness, and never its true twin."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from derive.evaluate import symbolic
from derive.evaluate.point import Point
from derive.evidence import explicit_entries, finite_difference
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, W, X, B = dv.matrix("A", n, d), dv.matrix("W", n, n), dv.matrix("X", d, d), dv.matrix("B", n, d)
x, y, b = dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
i, j = dv.index("i", d), dv.index("j", d)
s = dv.scalar("s", positive=True)
u = dv.exp(A @ x)
f = dv.softmax(A @ x)
c = f - b
L = c @ c / 2
G = A.T @ (f * c - f * (f @ c))
saturated = dv.softmax(50 * A @ x)
E = dv.exp(A @ X @ B.T)
F = E / E.sum(axis=1, keepdims=True)
relu = dv.relu(A @ x)
kinked_gradient = 2 * A.T @ relu
third = dv.hessian((x**3).sum(), x)

PLANTED: dict[str, tuple[Any, Any, Any]] = {
    "sign": (dv.grad(L, x), G, A.T @ (f * c + f * (f @ c))),
    "factor 2": (dv.grad(L, x), G, 2 * G),
    "transpose": (dv.jacobian(W @ b, b), W, W.T),
    "dropped term": (dv.grad(L, x), G, A.T @ (f * c)),
    "swapped index": (dv.grad(x @ X @ x, x)[i], X[i] @ x + X[:, i] @ x, X[j] @ x + X[:, i] @ x),
    "off by 1e-9": (dv.grad(L, x), G, (1 + 1e-9) * G),
    "scale 1e-9": (dv.grad(1e-9 * L, x), 1e-9 * G, -1e-9 * G),
    "one entry off by 1e-6": (dv.grad(L, x), G, G * (1 + 1e-6 * dv.eye(d)[0])),
    "next to 1e8": (dv.grad(L + 10**8, x), G, G * 1.0000001),
    "wrong only for d > 1": (third, 6 * dv.diag(x), 6 * dv.outer(x, dv.ones(d))),
    "right only at symmetric points": (dv.grad(x @ X @ x, x), X @ x + X.T @ x, 2 * X @ x),
    "saturated softmax": (dv.grad(saturated.sum() + dv.norm(x) ** 2, x), 2 * x, 2 * x + 1e-12),
    "Hessian": (dv.hessian(u.sum(), x), A.T @ dv.diag(u) @ A, A.T @ A * u.sum()),
    "attention": (
        dv.grad(((F @ B) ** 2).sum() / 2, X),
        dv.grad(((F @ B) ** 2).sum() / 2, X),
        dv.grad(((F @ B) ** 2).sum(), X),
    ),
    "relu with its kink": (dv.grad((relu**2).sum(), x), kinked_gradient, kinked_gradient / 2),
    "inverse": (dv.grad(dv.trace(dv.inv(W.T @ W + dv.eye(n))), W), None, W),
    "directional": (dv.jvp(L, x, y), G @ y, -(G @ y)),
    "at another point": (dv.subs(dv.grad(x @ X @ x, x), x, y), X @ y + X.T @ y, X @ x + X.T @ x),
}
METHODS = [explicit_entries, finite_difference]
TRUE = {name: (left, right) for name, (left, right, _) in PLANTED.items() if right is not None}
WRONG = {name: (left, wrong) for name, (left, _, wrong) in PLANTED.items() if wrong is not None}


def found(method: Any, obligation: Obligation, seed: int = 0) -> Evidence | Inapplicable:
    return method.examine(obligation, Drawn(obligation, seed))


def examined(method: Any, relation: Relation, given: tuple[Relation, ...] = ()) -> Evidence:
    evidence = found(method, obliged(relation, given), seed=3)
    assert isinstance(evidence, Evidence)
    return evidence


def obliged(relation: Relation, given: tuple[Relation, ...] = ()) -> Obligation:
    return Obligation("planted/claim", relation.sign, relation.left, relation.right, given)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.METHOD)
@pytest.mark.parametrize(("left", "right"), TRUE.values(), ids=TRUE.keys())
def test_true_twin_is_supported(left: Any, right: Any, method: Any) -> None:
    evidence = examined(method, left == right)
    assert evidence.outcome == "support", evidence.note
    assert evidence.worst_margin is not None
    assert evidence.worst_margin < 1e-15
    assert any(max(sizes.values()) > 1 for sizes in evidence.sizes)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.METHOD)
@pytest.mark.parametrize(("left", "wrong"), WRONG.values(), ids=WRONG.keys())
def test_planted_error_is_refuted_with_a_witness(left: Any, wrong: Any, method: Any) -> None:
    evidence = examined(method, left == wrong)
    assert evidence.outcome == "refutation", evidence.note
    witness = evidence.witness
    assert witness is not None
    point = Point(witness.sizes, witness.indices, witness.values)
    again = verify(obliged(left == wrong), point)
    assert again is not None
    assert again.entry == witness.entry
    assert witness.left != witness.right


INEQUALITIES = {
    "Cauchy-Schwarz": (x @ y <= dv.norm(x) * dv.norm(y), x @ y <= dv.norm(x) * dv.norm(y) * 0.999),
    "softmax": (dv.norm(f, 1) <= 1, dv.norm(f) <= 0.99),
    "strict": (f.sum() - 1 < s, f.sum() < 0.999),
    "Loewner": (dv.zeros(d, d) << A.T @ A, dv.eye(d) << A.T @ A),
    "opnorm": (dv.opnorm(A @ X) <= dv.opnorm(A) * dv.opnorm(X), dv.opnorm(A) + dv.opnorm(B) <= dv.opnorm(A + B)),
    "Hessian of logsumexp": (
        dv.hessian(dv.logsumexp(x), x) << 0.5 * dv.eye(d),
        dv.hessian(dv.logsumexp(x), x) << 0.2 * dv.eye(d),
    ),
}


@pytest.mark.parametrize("true", [pair[0] for pair in INEQUALITIES.values()], ids=INEQUALITIES.keys())
def test_true_inequality_is_supported(true: Relation) -> None:
    evidence = examined(explicit_entries, true)
    assert evidence.outcome == "support", evidence.note


@pytest.mark.parametrize("wrong", [pair[1] for pair in INEQUALITIES.values()], ids=INEQUALITIES.keys())
def test_wrong_inequality_is_refuted(wrong: Relation) -> None:
    assert examined(explicit_entries, wrong).outcome == "refutation"


def test_hypotheses_count() -> None:
    """Without the hypothesis the claim is false, and the witness says so; with it, it is true."""
    claim = x @ X @ x >= 0
    turned = dv.zeros() <= x @ X @ x
    assert claim.sign == ">="
    assert examined(explicit_entries, turned).outcome == "refutation"
    assert examined(explicit_entries, turned, (X >> 0, X == X.T)).outcome == "support"


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.METHOD)
def test_a_claim_only_about_kinks_is_inconclusive(method: Any) -> None:
    """At the kink nothing is refuted, and the kinked subexpression is named."""
    flat = dv.relu(x - x)
    evidence = examined(method, dv.grad(flat.sum(), x) == dv.ones(d))
    assert evidence.outcome == "inconclusive"
    assert "kink of relu(x - x)" in evidence.note


def test_differences_say_why_they_do_not_apply() -> None:
    value = found(finite_difference, obliged(f.sum() == dv.zeros() + 1))
    nested = found(finite_difference, obliged(dv.grad(dv.norm(dv.grad(L, x)) ** 2, x) == x))
    high = found(finite_difference, obliged(dv.jacobian(dv.hessian(L, x), x) == dv.zeros(d, d, d)))
    reasons = [found.reason for found in (value, nested, high) if isinstance(found, Inapplicable)]
    assert reasons == [
        "there is no derivative in the claim",
        "a derivative stands inside what is differentiated",
        "a derivative of order 3 is too high for differences",
    ]


def test_same_seed_same_evidence() -> None:
    first, second = (examined(explicit_entries, dv.grad(L, x) == 2 * G) for _ in range(2))
    assert first.witness == second.witness
    assert (first.kept, first.sizes, first.worst_margin) == (second.kept, second.sizes, second.worst_margin)


@pytest.mark.parametrize(("right", "outcome"), [(G, "support"), (2 * G, "refutation")])
def test_explicit_entries_without_symengine(right: Any, outcome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """symengine is optional: SymPy alone tries fewer instances and comes to the same."""
    monkeypatch.setattr(symbolic, "_fastest", lambda: sympy)
    assert examined(explicit_entries, dv.grad(L, x) == right).outcome == outcome
