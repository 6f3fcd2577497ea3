"""Claims of existence: proved by a verified witness, refuted by a proof of the negation, else undecided."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

import derive as dv
from derive.judge import judge
from derive.record import ClaimRecord, Verdict
from derive.verify.check import check_claim
from derive.verify.level import Level

n, d = dv.dims("n d")
A, b, x, v = dv.matrix("A", n, d), dv.vector("b", n), dv.vector("x", d), dv.vector("v", d)
S = dv.matrix("S", n, n, symmetric=True)
s, t = dv.scalar("s"), dv.scalar("t")
L = dv.norm(dv.exp(A @ x) - b) ** 2 / 2
Q = dv.norm(A @ x - b) ** 2 / 2

TRUE: dict[str, tuple[list[dv.Relation], list[dv.Tensor]]] = {
    "not-convex": ([v @ dv.hessian(L, x) @ v < 0], [A, b, x, v]),
    "equation": ([t**2 == 4], [t]),
    "between": ([S >> dv.eye(n), S << 2 * dv.eye(n)], [S]),
    "entries": ([x >= 1, dv.norm(x) <= 2], [x]),
    "orthogonal-columns": ([dv.eye(d) == A.T @ A], [A]),
    "attained": ([t * dv.exp(-t) >= 0.3678], [t]),
}
FALSE: dict[str, tuple[list[dv.Relation], list[dv.Tensor]]] = {
    "not-convex": ([v @ dv.hessian(Q, x) @ v < 0], [A, b, x, v]),
    "equation": ([t**2 == -1], [t]),
    "between": ([S >> 2 * dv.eye(n), S << dv.eye(n)], [S]),
    "exceeded": ([t * dv.exp(-t) >= 0.3679], [t]),
}


@cache
def record(name: str, *, true: bool) -> ClaimRecord:
    relations, exists = (TRUE if true else FALSE)[name]
    return judge(dv.Paper("paper").claim(name, relations, exists=exists))


@pytest.mark.parametrize("name", TRUE)
def test_what_exists_is_shown_by_an_instance(name: str) -> None:
    assert record(name, true=True).verdict is Verdict.PROVED
    assert record(name, true=True).witness is not None
    assert check_claim(record(name, true=True)).finding.level is Level.VERIFIED


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_exist_is_refuted_by_a_proof(name: str) -> None:
    assert record(name, true=False).verdict is Verdict.REFUTED
    assert record(name, true=False).witness is None
    assert check_claim(record(name, true=False)).finding.level is not Level.FALLEN


def test_an_irrational_number_lies_between_the_ends_of_its_witness() -> None:
    found = judge(dv.Paper("paper").claim("root", t**2 == 2, exists=[t]))
    assert found.verdict is Verdict.PROVED
    assert found.witness is not None
    assert found.witness.end
    assert float(found.witness.claimed) * float(found.witness.derived) < 0
    assert check_claim(found).finding.level is Level.VERIFIED


def test_one_witness_does_not_show_a_claim_for_all_other_values() -> None:
    """For s >= 0 there is no t with t^2 + s < 0, for s = -1 there is."""
    claim = dv.Paper("paper").claim("claim", t**2 + s < 0, exists=[t])
    assert judge(claim).verdict is Verdict.SUPPORTED


def test_a_claim_of_existence_is_no_lemma() -> None:
    """From "some t exceeds 1" it does not follow that t exceeds 0."""
    paper = dv.Paper("paper")
    some = paper.claim("some", t > 1, exists=[t])
    every = paper.claim("every", t > 0, using=["some"])
    found = judge(every, used=[some])
    assert found.verdict is Verdict.REFUTED
    assert found.conditional is None


@pytest.mark.parametrize("change", ["witness", "values", "quantifier"])
def test_a_changed_record_falls(change: str) -> None:
    found = record("equation", true=True)
    assert found.witness is not None
    assert found.statement is not None
    other = {
        "witness": msgspec.structs.replace(found, witness=None),
        "values": msgspec.structs.replace(found, witness=msgspec.structs.replace(found.witness, values={"t": "3"})),
        "quantifier": msgspec.structs.replace(found, statement=msgspec.structs.replace(found.statement, exists=())),
    }[change]
    assert check_claim(other).finding.level is Level.FALLEN
