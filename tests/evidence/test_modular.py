"""The identity test modulo a prime: every planted error falls with a verified witness, no true twin differs."""

from __future__ import annotations

from typing import Any

import pytest

from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.modular import examine
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation
from tests.evidence.test_crosschecks import PLANTED

n, d = dv.dims("n d")
A, B, S, Q = dv.matrix("A", n, d), dv.matrix("B", n, n), dv.matrix("S", n, n, symmetric=True), dv.matrix("Q", n, d)
O = dv.matrix("O", n, n, orthogonal=True)
x, y, z = dv.vector("x", n), dv.vector("y", n), dv.vector("z", d)
r, t = dv.vector("r", n, positive=True), dv.scalar("t", positive=True)
p = dv.vector("p", n)
i, j = dv.index("i", n), dv.index("j", n)

PIECEWISE = {"relu with its kink"}
TRUE = {name: (left, right) for name, (left, right, _) in PLANTED.items() if right is not None}
WRONG = {name: (left, wrong) for name, (left, _, wrong) in PLANTED.items() if wrong is not None}


def obliged(relation: Relation, given: tuple[Relation, ...] = ()) -> Obligation:
    return Obligation("modular/claim", relation.sign, relation.left, relation.right, given)


def found(relation: Relation, *given: Relation, seed: int = 0) -> Evidence | Inapplicable:
    obligation = obliged(relation, given)
    return examine(obligation, Drawn(obligation, seed))


def examined(relation: Relation, *given: Relation, seed: int = 0) -> Evidence:
    evidence = found(relation, *given, seed=seed)
    assert isinstance(evidence, Evidence), evidence.reason
    return evidence


@pytest.mark.parametrize("name", sorted(set(WRONG) - PIECEWISE))
def test_a_planted_error_falls_with_a_verified_witness(name: str) -> None:
    left, right = WRONG[name]
    evidence = examined(left == right)
    assert evidence.outcome == "refutation"
    witness = evidence.witness
    assert witness is not None
    assert verify(obliged(left == right), Point(witness.sizes, witness.indices, witness.values)) is not None


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", sorted(set(TRUE) - PIECEWISE))
def test_a_true_twin_stands(name: str, seed: int) -> None:
    evidence = examined(TRUE[name][0] == TRUE[name][1], seed=seed)
    assert evidence.outcome == "support"
    assert evidence.strength == "modulo a prime"
    assert evidence.kept >= 3


LAWS: dict[str, Relation] = {
    "exponentials of sums": dv.exp(x) * dv.exp(y) == dv.exp(x + y),
    "exponentials of multiples": dv.exp(x) * dv.exp(x) == dv.exp(2 * x),
    "halved exponents": dv.sqrt(dv.exp(x)) == dv.exp(x / 2),
    "tanh and sigmoid": dv.tanh(x) == 2 * dv.sigmoid(2 * x) - 1,
    "hyperbolic functions": dv.cosh(x) ** 2 - dv.sinh(x) ** 2 == 1,
    "circular functions": dv.sin(x) ** 2 + dv.cos(x) ** 2 == 1,
    "roots of products": dv.sqrt(r * t) == dv.sqrt(r) * dv.sqrt(t),
    "roots of squares of positive numbers": dv.sqrt(r**2) == r,
    "real exponents": r**t * r ** (2 * t) == r ** (3 * t),
    "exponentials of logarithms": dv.exp(dv.log(r)) == r,
    "logarithms of exponentials": dv.log(dv.exp(x)) == x,
    "gradient of a norm": dv.grad(dv.norm(A @ z), z) == A.T @ (A @ z) / dv.norm(A @ z),
    "temperature": dv.grad(dv.logsumexp(x / dv.sqrt(n)), x) == dv.softmax(x / dv.sqrt(n)) / dv.sqrt(n),
    "inverse": dv.inv(B @ S) == dv.inv(S) @ dv.inv(B),
    "determinant": dv.grad(dv.logdet(B), B) == dv.inv(B).T,
    "symmetry": S.T @ x == S @ x,
    "orthogonality": dv.eye(n) == O @ O.T,
    "error function": dv.grad(dv.erf(x).sum(), x) == 2 / dv.sqrt(dv.pi) * dv.exp(-(x**2)),
}


@pytest.mark.parametrize("name", LAWS)
def test_a_law_of_functions_and_properties_holds(name: str) -> None:
    assert examined(LAWS[name]).outcome == "support"


GIVEN: dict[str, tuple[Relation, tuple[Relation, ...]]] = {
    "sphere": (dv.grad((x @ x) ** 2, x) == 4 * x, (x @ x == 1,)),
    "sphere of another radius": (dv.norm(x) ** 4 == t**4, (dv.norm(x) == t,)),
    "orthonormal columns": (dv.norm(Q @ z) ** 2 == z @ z, (dv.eye(d) == Q.T @ Q,)),
    "simplex": (x @ dv.ones(n) * p.sum() == x.sum(), (p.sum() == 1, p >= 0)),
    "signs": (dv.norm(p * x) ** 2 == x @ x, (p**2 == 1,)),
    "affine": (A @ z + y == x, (A @ z == x - y,)),
    "a definition": (B @ x == y, (y == B @ x,)),
}


@pytest.mark.parametrize("name", GIVEN)
def test_equalities_among_the_hypotheses_are_satisfied(name: str) -> None:
    """The claim holds under its hypotheses and not without."""
    relation, given = GIVEN[name]
    evidence = examined(relation, *given)
    assert evidence.outcome == "support"
    assert "without the hypothesis" not in evidence.note
    assert examined(relation).outcome == "refutation"


SIZES: dict[str, Relation] = {
    "only for n = d": dv.trace(A @ A.T) / n == dv.trace(A.T @ A) / d,
    "only for n <= 2": B @ B - dv.trace(B) * B + (dv.trace(B) ** 2 - dv.trace(B @ B)) / 2 * dv.eye(n) == dv.zeros(n, n),
    "only for n = 1": (x.sum()) ** 2 == (x**2).sum(),
    "only for n = 2": (dv.exp(x).sum() ** 2 - dv.exp(2 * x).sum()) / 2 == dv.exp(x.sum()),
    "only for n = 3": (dv.exp(x).sum() ** 2 - dv.exp(2 * x).sum()) / 2 == dv.exp(x.sum() - x).sum(),
    "only for other indices": B[i, j] * S[i, j] == B[i, j] * S[i, j] * (1 - dv.eye(n)[i, j]),
}


@pytest.mark.parametrize("name", SIZES)
def test_what_holds_at_some_sizes_only_falls(name: str) -> None:
    assert examined(SIZES[name]).outcome == "refutation"


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (dv.relu(x) == x, "piecewise"),
        (dv.opnorm(A) == dv.opnorm(A.T), "no value"),
        (x <= y, "no identity"),
        (dv.exp(dv.exp(x)) == dv.exp(dv.exp(x)), "an exponential stands in an exponent"),
    ],
    ids=["piecewise", "spectral", "inequality", "nested"],
)
def test_what_has_no_value_modulo_a_prime_is_inapplicable(relation: Relation, reason: str) -> None:
    answer = found(relation)
    assert isinstance(answer, Inapplicable)
    assert reason in answer.reason


def test_a_difference_without_a_witness_is_inconclusive_and_says_where() -> None:
    """A law of logarithms that residues do not know."""
    evidence = examined(dv.log(r * t) == dv.log(r) + dv.log(t))
    assert evidence.outcome == "inconclusive"
    assert "differ modulo a prime at n = 1" in evidence.note
    assert "logarithms" in evidence.note


def test_a_hypothesis_that_is_not_needed_need_not_be_met() -> None:
    evidence = examined(x + x == 2 * x, dv.norm(x, 1) == 1)
    assert evidence.outcome == "support"
    assert "also without the hypothesis" in evidence.note


def test_the_same_seed_gives_the_same_evidence() -> None:
    relation: Any = TRUE["sign"][0] == TRUE["sign"][1]
    first, second = (examined(relation, seed=5) for _ in range(2))
    assert (first.note, first.sizes, first.kept) == (second.note, second.sizes, second.kept)


def test_the_probability_of_an_error_is_told() -> None:
    """Degree 2 in the entries and 1 in the contracting vector, over 2^60, rounded up."""
    assert examined(B.T @ x == x @ B).note.startswith("wrong with a probability below 4e-18;")
    assert "heuristic" in examined(dv.norm(x) == dv.sqrt(x @ x)).note
