"""Proofs by Loewner hypotheses, and about powers of matrices, are looked at again; a step that is none falls."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

import derive as dv
from derive.examination import judged
from derive.record import ClaimRecord, ProofRecord
from derive.verify.check import check_claim
from derive.verify.level import Finding, Level

d = dv.dim("d")
B = dv.matrix("B", d, d)
P, Q = dv.matrix("P", d, d, symmetric=True), dv.matrix("Q", d, d, symmetric=True)
S, X = dv.matrix("S", d, d, psd=True), dv.matrix("X", d, d, psd=True)
j = dv.time("j")

CLAIMS: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "congruence": (B.T @ P @ B << B.T @ Q @ B, [P << Q]),
    "powers": (dv.matrix_power(S, j) @ P @ dv.matrix_power(S, j) << dv.matrix_power(S, 2 * j + 1), [P << S]),
    "entrywise": (dv.exp(S) << dv.exp(X), [S << X]),
}


@cache
def recorded(name: str) -> ClaimRecord:
    statement, given = CLAIMS[name]
    return judged(dv.Paper("paper").claim(name, statement, given=given), 0, ("attack", "enclosure"))


def changed(name: str, **fields: str) -> Finding:
    """What is found where the steps that rest on a hypothesis alone say something else."""
    claim = recorded(name)
    evidence = tuple(
        e if e.proof is None else msgspec.structs.replace(e, proof=_other(e.proof, fields)) for e in claim.evidence
    )
    return check_claim(msgspec.structs.replace(claim, evidence=evidence)).finding


def _other(proof: ProofRecord, fields: dict[str, str]) -> ProofRecord:
    steps = (msgspec.structs.replace(s, **fields) if s.rule == "hypothesis" else s for s in proof.steps)
    return msgspec.structs.replace(proof, steps=tuple(steps))


@pytest.mark.parametrize("name", CLAIMS)
def test_a_proof_by_a_loewner_hypothesis_stands(name: str) -> None:
    assert changed(name).level in (Level.VERIFIED, Level.CHECKED)


@pytest.mark.parametrize("name", CLAIMS)
@pytest.mark.parametrize("fields", [{"value": "1"}, {"subject": "-1*eye(d)"}], ids=["value", "subject"])
def test_what_no_hypothesis_says_falls(name: str, fields: dict[str, str]) -> None:
    assert changed(name, **fields).level is Level.FALLEN
