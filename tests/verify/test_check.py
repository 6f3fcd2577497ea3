"""What a report claims is re-verified from its record; a record that was changed falls."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

import derive as dv
from derive.examination import judged
from derive.record import ClaimRecord, StatementRecord, SymbolRecord, Verdict
from derive.verify.check import check_claim
from derive.verify.level import Finding, Level

n, d = dv.dims("n d")
A, x, y, b = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
S, t = dv.matrix("S", d, d, symmetric=True), dv.scalar("t")
i, j = dv.index("i", d), dv.index("j", d)
f = dv.softmax(A @ x)
c = f - b

CLAIMS: dict[str, tuple[list[dv.Relation], list[dv.Relation]]] = {
    "gradient": ([dv.grad(c @ c / 2, x) == A.T @ (f * c - f * (f @ c))], []),
    "symmetric": ([dv.grad(x @ S @ x, x) == 2 * S @ x], []),
    "signs": ([dv.norm(b) ** 2 == n], [b**2 == 1]),
    "entries": ([dv.hessian(dv.exp(x).sum(), x)[i, j] == 0], [i != j]),
    "kink": ([dv.grad(dv.relu(x).sum(), x) == dv.heaviside(x)], []),
    "wrong sign": ([dv.grad(c @ c / 2, x) == A.T @ (f * c + f * (f @ c))], []),
    "wrong bound": ([x @ y <= dv.norm(x) * dv.norm(y) / 2], [dv.norm(x) == 1]),
    "wrong order": ([S << t * dv.eye(d)], [t >= 0]),
    "wrong constant": ([dv.lipschitz(dv.tanh(x), x) <= dv.array([1])[0] / 2], []),
}


@cache
def recorded(name: str) -> ClaimRecord:
    relations, given = CLAIMS[name]
    paper = dv.Paper("paper")
    paper.let("f", f)
    return judged(paper.claim(name.replace(" ", "-"), relations, given=given), 0, ("attack", "enclosure"))


def finding(name: str, **changes: object) -> Finding:
    return check_claim(msgspec.structs.replace(recorded(name), **changes)).finding


def restated(name: str, **changes: object) -> Finding:
    statement = recorded(name).statement
    assert statement is not None
    return finding(name, statement=msgspec.structs.replace(statement, **changes))


@pytest.mark.parametrize("name", ["gradient", "symmetric", "signs", "entries"])
def test_a_proved_identity_is_re_verified(name: str) -> None:
    assert recorded(name).verdict is Verdict.PROVED
    assert finding(name).level is Level.VERIFIED


def test_what_has_no_value_modulo_a_prime_is_re_checked_in_balls_and_said_to_be() -> None:
    assert recorded("kink").verdict is Verdict.PROVED
    assert finding("kink").level is Level.CHECKED
    assert "in balls" in finding("kink").reason


@pytest.mark.parametrize("name", ["wrong sign", "wrong bound", "wrong order", "wrong constant"])
def test_a_witness_is_re_verified(name: str) -> None:
    assert recorded(name).verdict is Verdict.REFUTED
    assert finding(name).level is Level.VERIFIED


@pytest.mark.parametrize("name", ["wrong sign", "wrong bound", "wrong order"])
def test_a_false_claim_that_is_said_to_be_proved_falls(name: str) -> None:
    evidence = recorded("gradient").evidence
    assert finding(name, verdict=Verdict.PROVED, evidence=evidence).level is not Level.VERIFIED
    if CLAIMS[name][0][0].sign == "==":
        assert finding(name, verdict=Verdict.PROVED, evidence=evidence).level is Level.FALLEN


WRONG = [
    "grad(f @ f, x) == 2*A.T @ (f*f)",
    "grad(f @ f, x) == 2*A.T @ (f*f - f*(f @ f)) + 0*x[0] + 1/10**9",
    "f @ f == 1",
    "abs(sum(f)) == 2",
    "norm(f) == norm(f)**2",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_identity_falls(text: str) -> None:
    assert restated("gradient", relations=(text,)).level is Level.FALLEN


def test_a_hypothesis_that_an_identity_needs_is_missed() -> None:
    assert restated("signs", given=()).level is Level.FALLEN
    assert restated("entries", given=()).level is Level.FALLEN


def test_a_property_that_an_identity_needs_is_missed() -> None:
    symbols = {"S": SymbolRecord(shape=("d", "d")), "x": SymbolRecord(shape=("d",))}
    assert restated("symmetric", symbols=symbols).level is Level.FALLEN


@pytest.mark.parametrize(
    "changes",
    [
        {"relations": ("grad(g, x) == x",)},
        {"relations": ()},
        {"relations": ("f @ x == 1",)},
        {"definitions": {"x": "2"}},
        {"definitions": {"f": "f + 1"}},
        {"dimensions": ("n", "x")},
    ],
)
def test_a_statement_that_cannot_be_read_falls(changes: dict[str, object]) -> None:
    assert restated("gradient", **changes).level is Level.FALLEN


@pytest.mark.parametrize(
    "changes",
    [
        {"values": {}},
        {"values": {"x": ["1", "2"], "y": ["1"]}},
        {"values": {"x": ["one"], "y": ["1"]}},
        {"values": {"x": ["1/2"], "y": ["1"]}},
        {"values": {"x": ["1"], "y": ["-1"]}},
        {"sizes": {}},
        {"sizes": {"d": 0}},
        {"sizes": {"d": -1}},
        {"sizes": {"d": 10**12}},
    ],
)
def test_a_changed_witness_falls(changes: dict[str, object]) -> None:
    """Too few values, other shapes, no numbers, a hypothesis that fails, a claim that holds, no sizes."""
    witness = recorded("wrong bound").witness
    assert witness is not None
    assert finding("wrong bound", witness=msgspec.structs.replace(witness, **changes)).level is Level.FALLEN


def test_a_witness_without_a_property_of_its_symbol_falls() -> None:
    witness = recorded("wrong order").witness
    assert witness is not None
    changed = msgspec.structs.replace(witness, sizes={"d": 2}, values={"S": [["1", "2"], ["0", "1"]], "t": "0"})
    assert finding("wrong order", witness=changed).level is Level.FALLEN


def test_a_refutation_without_a_witness_falls() -> None:
    assert finding("wrong sign", witness=None).level is Level.FALLEN


def test_a_proof_without_evidence_falls() -> None:
    assert finding("gradient", evidence=()).level is Level.FALLEN


def test_a_claim_without_text_is_never_counted_as_re_verified() -> None:
    assert finding("gradient", statement=None).level is Level.OPEN


def test_hypotheses_with_an_index_are_to_hold_at_all_its_positions() -> None:
    """``abs(x[i]) <= 1`` bounds every entry: a witness at which another entry is larger is none."""
    statement = StatementRecord(
        relations=("x[i] == 0",),
        given=("abs(x[i]) <= 1",),
        symbols={"x": SymbolRecord(shape=("d",))},
        indices={"i": "d"},
        dimensions=("d",),
    )
    witness = recorded("wrong bound").witness
    assert witness is not None
    inside = msgspec.structs.replace(witness, sizes={"d": 2}, indices={"i": 0}, values={"x": ["1", "1"]})
    outside = msgspec.structs.replace(inside, values={"x": ["1", "2"]})
    assert finding("wrong bound", statement=statement, witness=inside).level is Level.VERIFIED
    assert finding("wrong bound", statement=statement, witness=outside).level is Level.FALLEN
