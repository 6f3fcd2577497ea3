"""The one place that decides: verdicts from evidence alone."""

from __future__ import annotations

import pytest

from derive.evidence.evidence import Evidence, Failure, Inapplicable, Witness
from derive.record import Verdict
from derive.verdict import Finding, decide

WITNESS = Witness(sizes={"n": 1}, indices={}, values={}, entry=(), left="1", right="2")
PROOF = Evidence("normal form", "proof", strength="symbolic")
SUPPORT = Evidence("finite differences", "support", kept=12)
UNTRIED = Evidence("finite differences", "support", kept=0)
REFUTATION = Evidence("explicit entries", "refutation", witness=WITNESS)
OPEN = Evidence("normal form", "inconclusive", note="the normal forms differ")
SILENT = Inapplicable("finite differences", "there is no derivative in the claim")
RAISED = Failure("explicit entries", "ValueError: wrong")
VACUOUS = Evidence("hypotheses", "vacuous", note="x > 0 and x < 0 exclude each other")
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
        ([[OPEN, RAISED, REFUTATION]], Verdict.BROKEN),
        ([[OPEN, UNTRIED]], Verdict.UNDECIDED),
        ([[OPEN, SILENT]], Verdict.UNDECIDED),
        ([[PROOF, VACUOUS]], Verdict.VACUOUS),
        ([[ILL_POSED, SUPPORT]], Verdict.ILL_POSED),
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


def test_a_refutation_carries_its_witness() -> None:
    assert decide([[OPEN, REFUTATION]]).witness is WITNESS


def test_an_undecided_claim_says_why() -> None:
    reason = decide([[OPEN, SILENT]]).reason
    assert "the normal forms differ" in reason
    assert "no derivative" in reason
