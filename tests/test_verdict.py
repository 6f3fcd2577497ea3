"""The one place that decides: verdicts from evidence alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from derive.evidence.evidence import Evidence, Failure, Inapplicable, Witness
from derive.isolation import Died
from derive.record import CaseRecord, CertificateRecord, DrawsRecord, Verdict
from derive.verdict import Finding, decide, ill_posed, unexamined, what_was_raised

WITNESS = Witness(sizes={"n": 1, "d": 2}, indices={}, values={}, entry=(), left="1", right="2")
PROOF = Evidence("normal form", "proof", "symbolic", "equal normal forms, for all dimensions")
SUPPORT = Evidence("finite differences", "support", kept=12)
UNTRIED = Evidence("finite differences", "inconclusive", kept=0)
RESIDUES = Evidence("identity test modulo a prime", "support", "modulo a prime", kept=40)
REFUTATION = Evidence("explicit entries", "refutation", witness=WITNESS)
OPEN = Evidence("normal form", "inconclusive", note="the normal forms differ")
SILENT = Inapplicable("finite differences", "there is no derivative in the claim")
RAISED = Failure("explicit entries", "ValueError: wrong")
VACUOUS = Evidence("hypotheses", "vacuous", strength="symbolic", note="x > 0 and x < 0 exclude each other")
SEARCHED = Evidence("hypotheses", "vacuous", strength="exact rationals", note="a search kept nothing")
NOWHERE = Evidence("explicit entries", "inconclusive", kept=0, non_finite=40)
LEAVES = CertificateRecord(reading="entries", cases=(CaseRecord(sizes={"n": 1}, tree="n"),))
CERTIFICATE = Evidence("enclosure", "certificate", sizes=({"n": 1},), certificate=LEAVES)
ELSEWHERE = Evidence("enclosure", "certificate", sizes=({"n": 2},), certificate=LEAVES)
DRAWS = DrawsRecord(runs=5000, failures=173, allowed=0.01, level=1e-6)
TESTED = Evidence("sequential test", "refutation", note="173 failures in 5000 fresh runs", draws=DRAWS, witness=WITNESS)
DRAWN = Evidence("sequential test", "support", "draws", "0 failures in 200 fresh runs", kept=64, draws=DRAWS)
ILL_POSED = Evidence("normal form", "ill-posed", note="q**p is real only where q is positive")


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([[PROOF, SUPPORT]], Verdict.PROVED),
        ([[PROOF, SILENT]], Verdict.PROVED),
        ([[OPEN, SUPPORT]], Verdict.SUPPORTED),
        ([[OPEN, REFUTATION]], Verdict.REFUTED),
        ([[PROOF, REFUTATION]], Verdict.BROKEN),
        ([[PROOF, RAISED]], Verdict.BROKEN),
        ([[VACUOUS, REFUTATION]], Verdict.BROKEN),
        ([[SEARCHED, REFUTATION]], Verdict.REFUTED),
        ([[OPEN, RAISED, REFUTATION]], Verdict.BROKEN),
        ([[OPEN, UNTRIED]], Verdict.UNDECIDED),
        ([[OPEN, SILENT]], Verdict.UNDECIDED),
        ([[PROOF, VACUOUS]], Verdict.VACUOUS),
        ([[OPEN, SEARCHED]], Verdict.VACUOUS),
        ([[PROOF, SEARCHED]], Verdict.PROVED),
        ([[PROOF, NOWHERE]], Verdict.VACUOUS),
        ([[PROOF, NOWHERE, SUPPORT]], Verdict.PROVED),
        ([[ILL_POSED, SUPPORT]], Verdict.ILL_POSED),
        ([[OPEN, TESTED]], Verdict.REFUTED),
        ([[PROOF, TESTED]], Verdict.BROKEN),
        ([[PROOF, DRAWN]], Verdict.PROVED),
        ([[OPEN, DRAWN]], Verdict.SUPPORTED),
        ([[CERTIFICATE, SUPPORT]], Verdict.CERTIFIED),
        ([[CERTIFICATE, PROOF]], Verdict.PROVED),
        ([[CERTIFICATE, REFUTATION]], Verdict.BROKEN),
        ([[ELSEWHERE, REFUTATION]], Verdict.REFUTED),
        ([[CERTIFICATE, VACUOUS]], Verdict.VACUOUS),
        ([], Verdict.UNDECIDED),
    ],
)
def test_a_verdict_follows_from_the_evidence(findings: list[list[Finding]], verdict: Verdict) -> None:
    assert decide(findings).verdict is verdict


@pytest.mark.parametrize(
    ("rows", "verdict", "number"),
    [
        ([[PROOF], [PROOF]], Verdict.PROVED, 0),
        ([[PROOF], [SUPPORT]], Verdict.SUPPORTED, 1),
        ([[PROOF], [REFUTATION]], Verdict.REFUTED, 1),
        ([[REFUTATION], [PROOF, REFUTATION]], Verdict.BROKEN, 1),
    ],
)
def test_a_claim_is_as_good_as_its_weakest_statement(rows: list[list[Finding]], verdict: Verdict, number: int) -> None:
    judgement = decide(rows)
    assert (judgement.verdict, judgement.obligation) == (verdict, number)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outcome": "refutation"}, "a witness belongs to a refutation"),
        ({"outcome": "inconclusive", "witness": WITNESS}, "a witness belongs to a refutation"),
        ({"outcome": "support", "kept": 0}, "support without an instance"),
    ],
)
def test_evidence_that_no_method_can_have_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(SUPPORT, **change)


def test_a_refutation_carries_its_witness() -> None:
    assert decide([[OPEN, REFUTATION]]).witness is WITNESS


def test_an_undecided_claim_says_why() -> None:
    reason = decide([[OPEN, SILENT]]).reason
    assert "the normal forms differ" in reason
    assert "no derivative" in reason


@pytest.mark.parametrize(
    ("findings", "reason"),
    [
        ([PROOF, SUPPORT], "equal normal forms, for all dimensions"),
        ([OPEN, REFUTATION], "refuted at n = 1, d = 2 by an exact witness"),
        ([OPEN, SUPPORT, replace(SUPPORT, kept=9)], "not proved; 12 instances agree"),
        ([OPEN, replace(SUPPORT, kept=1)], "not proved; 1 instance agrees"),
        ([OPEN, SUPPORT, RESIDUES], "not proved; 12 instances agree"),
        ([OPEN, replace(OPEN, method="other")], "the normal forms differ"),
    ],
)
def test_a_reason_reads_as_a_sentence(findings: list[Finding], reason: str) -> None:
    assert decide([findings]).reason == reason


@pytest.mark.parametrize(
    ("error", "verdict", "reason"),
    [
        (TimeoutError("time limit of 2 s"), Verdict.UNDECIDED, "time limit of 2 s; --time-limit sets another"),
        (MemoryError(), Verdict.UNDECIDED, "memory limit of the examination"),
        (Died("killed by SIGKILL"), Verdict.BROKEN, "the examination died: killed by SIGKILL"),
        (ValueError("two\nlines"), Verdict.BROKEN, "the examination raised ValueError: two lines"),
    ],
)
def test_an_examination_without_an_answer(error: Exception, verdict: Verdict, reason: str) -> None:
    """Only a limit that was set leaves a claim undecided; whatever else ends its examination breaks it."""
    assert (unexamined(error).verdict, unexamined(error).reason) == (verdict, reason)


def test_an_error_is_shown_with_its_place() -> None:
    try:
        [].pop()
    except IndexError as error:
        shown = what_was_raised(error)
    assert re.fullmatch(r"IndexError: pop from empty list \(test_verdict\.py:\d+\)", shown)


def test_what_is_ill_posed_as_typed_says_why() -> None:
    assert (ill_posed("shapes differ").verdict, ill_posed("shapes differ").reason) == (
        Verdict.ILL_POSED,
        "shapes differ",
    )


def test_a_refutation_by_draws_tells_its_level() -> None:
    assert decide([[OPEN, TESTED]]).reason == "refuted at level 1e-06: 173 failures in 5000 fresh runs"


def test_an_exact_refutation_goes_before_one_by_draws() -> None:
    assert "level" not in decide([[REFUTATION, TESTED]]).reason


def test_a_proof_beside_a_refutation_by_draws_names_the_level() -> None:
    assert (
        decide([[PROOF, TESTED]]).reason
        == "normal form proves the claim, and sequential test refutes it at level 1e-06"
    )


def test_support_by_draws_says_how_many_there_were() -> None:
    assert decide([[SUPPORT, DRAWN]]).reason == "not proved; 0 failures in 200 fresh runs"
