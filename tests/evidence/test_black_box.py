"""Claims about code: proved never, refuted where it is certain, and with floats where the code runs on nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import derive as dv
from derive.evidence.black_box import STRENGTH, examine
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.judge import judge
from derive.language.relations import Relation
from derive.obligation import Obligation
from derive.record import Verdict

n, d = dv.dims("n d")
A, x = dv.matrix("A", n, d), dv.vector("x", d)


def loss(x: Any, A: Any) -> Any:
    return np.log(np.sum(np.exp(A @ x)))


def gradient(x: Any, A: Any) -> Any:
    u = np.exp(A @ x)
    return A.T @ (u / u.sum())


def float_loss(x: Any, A: Any) -> float:
    z = np.asarray(A @ x, dtype=float)
    return float(np.log(np.sum(np.exp(z - z.max()))) + z.max())


def hinge(x: Any, A: Any) -> Any:
    z = A @ x
    return np.maximum(z, 0).sum()


def largest(x: Any) -> Any:
    return x.max()


def float_norm(x: Any) -> float:
    return float(np.sum(np.abs(np.asarray(x, dtype=float))))


def scaled(x: Any) -> Any:
    return 0.1 * (x @ x) + np.pi * x.sum()


def fails(x: Any) -> Any:
    return {}["weights"]


def vector_valued(x: Any) -> Any:
    return x


def cancelling(x: Any) -> float:
    """A tenth of the sum, of which eight digits are lost."""
    return float(((0.1 * np.array([float(entry) for entry in x]) + 1e8) - 1e8).sum())


RANDOM = np.random.default_rng(0)


def noisy(x: Any) -> float:
    return float_norm(x) + 1e-3 * RANDOM.standard_normal()


PAPER = dv.Paper("boxes")
L = PAPER.function("L", loss, d, (n, d))
G = PAPER.function("G", gradient, d, (n, d), out=d)
F = PAPER.function("F", float_loss, d, (n, d))
h = PAPER.function("h", hinge, d, (n, d))
T = PAPER.function("T", largest, d)
N = PAPER.function("N", float_norm, d)
S = PAPER.function("S", scaled, d)
C = PAPER.function("C", cancelling, d)
B = PAPER.function("B", fails, d)
V = PAPER.function("V", vector_valued, d)
R = PAPER.function("R", noisy, d)
f = dv.softmax(A @ x)
HESSIAN = A.T @ (dv.diag(f) - dv.outer(f, f)) @ A

STATEMENTS: dict[str, tuple[Relation, Verdict]] = {
    "a formula": (dv.grad(L(x, A), x) == A.T @ f, Verdict.SUPPORTED),
    "a wrong formula": (dv.grad(L(x, A), x) == A.T @ f * 2, Verdict.REFUTED),
    "off by 1e-9": (dv.grad(L(x, A), x) == A.T @ f * (1 + 1e-9), Verdict.REFUTED),
    "code": (dv.grad(L(x, A), x) == G(x, A), Verdict.SUPPORTED),
    "wrong code": (dv.grad(L(x, A), x) == -G(x, A), Verdict.REFUTED),
    "a Hessian": (dv.hessian(L(x, A), x) == HESSIAN, Verdict.SUPPORTED),
    "a wrong Hessian": (dv.hessian(L(x, A), x) == HESSIAN.T * 3, Verdict.REFUTED),
    "a value": (L(x, A) == dv.logsumexp(A @ x), Verdict.SUPPORTED),
    "a bound": (L(x, A) >= dv.max(A @ x), Verdict.SUPPORTED),
    "away from kinks": (dv.grad(h(x, A), x) == A.T @ dv.heaviside(A @ x), Verdict.SUPPORTED),
    "ties": (dv.grad(T(x), x) == dv.heaviside(x - dv.max(x)), Verdict.UNDECIDED),
    "rounded constants": (dv.grad(S(x), x) == x / 5 + dv.pi, Verdict.SUPPORTED),
    "constants that are wrong": (dv.grad(S(x), x) == x / 5 + 3.1415926, Verdict.REFUTED),
    "floats": (dv.grad(F(x, A), x) == A.T @ f, Verdict.SUPPORTED),
    "wrong, in floats": (dv.grad(F(x, A), x) == A.T @ f * 1.0001, Verdict.REFUTED),
    "a value in floats": (F(x, A) == dv.logsumexp(A @ x), Verdict.SUPPORTED),
    "a wrong value in floats": (F(x, A) == dv.logsumexp(A @ x) + 1e-9, Verdict.REFUTED),
    "cancelling code": (C(x) == dv.sum(x) / 10, Verdict.SUPPORTED),
    "cancelling code that is wrong": (C(x) == dv.sum(x) / 9.999, Verdict.REFUTED),
    "a bound in floats": (F(x, A) >= dv.max(A @ x), Verdict.SUPPORTED),
    "a Hessian in floats": (dv.hessian(F(x, A), x) == HESSIAN, Verdict.SUPPORTED),
    "kinks in floats": (dv.grad(N(x), x) == dv.sign(x), Verdict.SUPPORTED),
    "code that fails": (dv.grad(B(x), x) == x, Verdict.UNDECIDED),
    "code of another shape": (dv.grad(V(x), x) == x, Verdict.UNDECIDED),
}
CLAIMS = {
    name: (PAPER.claim(f"c{k}", relation), verdict) for k, (name, (relation, verdict)) in enumerate(STATEMENTS.items())
}


@pytest.mark.parametrize("name", CLAIMS)
def test_verdict(name: str) -> None:
    claim, verdict = CLAIMS[name]
    assert judge(claim).verdict is verdict


def evidence(relation: Relation) -> Evidence | Inapplicable:
    obligation = Obligation("test", relation.sign, relation.left, relation.right, ())
    return examine(obligation, Drawn(obligation, 0))


def test_code_that_runs_in_balls_is_left_to_the_other_methods() -> None:
    found = evidence(STATEMENTS["code"][0])
    assert isinstance(found, Inapplicable)
    assert "L, G runs in balls" in found.reason


def test_random_code_is_told_and_refutes_nothing() -> None:
    found = evidence(dv.grad(R(x), x) == 2 * dv.sign(x))
    assert isinstance(found, Inapplicable)
    assert found.reason == "R gives different values at the same point: fix its seed"
    assert judge(PAPER.claim("random", R(x) == dv.norm(x, 1))).verdict is Verdict.UNDECIDED


def test_a_witness_in_floats_says_so() -> None:
    found = evidence(STATEMENTS["wrong, in floats"][0])
    assert isinstance(found, Evidence)
    assert found.witness is not None
    assert found.witness.arithmetic == found.strength == STRENGTH
    assert "float64 with an error bar" in judge(CLAIMS["wrong, in floats"][0]).reason


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("code that fails", ("B raised KeyError: 'weights'", 'return {}["weights"]', "test_black_box.py")),
        ("code of another shape", ("V gave an array of shape", "() was declared")),
    ],
)
def test_what_is_wrong_with_code_is_told_with_its_line(name: str, words: tuple[str, ...]) -> None:
    reason = judge(CLAIMS[name][0]).reason
    assert all(word in reason for word in words)


def test_a_kink_of_code_is_named_by_its_line() -> None:
    record = judge(PAPER.claim("kink", dv.grad(h(x, A), x) == dv.grad(h(x, A), x)))
    notes = " ".join(item.note for item in record.evidence)
    assert "np.maximum(z, 0).sum() (test_black_box.py:" in notes
