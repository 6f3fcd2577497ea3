"""Proofs from used claims: they need no more than they say, and count only once these are proved."""

import pytest

from derive import Paper, dim, matrix, scalar, trace
from derive.instances.drawn import Drawn
from derive.judge import judge, symbolic_methods
from derive.language.claims import Claim
from derive.lemmas.proof import proof_from
from derive.obligation import obligations
from derive.record import ClaimRecord, LemmaRecord, Outcome, Verdict

n = dim("n")
A, B = matrix("A", n, n), matrix("B", n, n)
R, s, t = scalar("R"), scalar("s"), scalar("t")
paper = Paper("p")
TRACE = paper.claim("trace", trace(A @ B) == trace(B @ A))
POSITIVE = paper.claim("positive", s**2 >= 0)
HALF = paper.claim("half", trace(A @ B) == trace(B @ A) / 2)
BOUND = paper.claim("bound", trace(A @ B) <= R, given=[trace(B @ A) <= R], using=["trace", "positive"])
METHODS = [method for _, method in symbolic_methods()]


def lemmas(claim: Claim, *used: Claim) -> tuple[LemmaRecord, ...] | None:
    (obligation,) = obligations(claim)
    found = proof_from(Drawn(obligation, 0), used, METHODS)
    return None if found is None else found.lemmas


def test_a_proof_cites_the_claim_that_it_needs_and_no_other() -> None:
    assert lemmas(BOUND, POSITIVE, TRACE) == (LemmaRecord(claim="p/trace", relation=1),)


def test_without_the_claim_there_is_no_such_proof() -> None:
    assert lemmas(BOUND, POSITIVE) is None
    assert lemmas(BOUND) is None


def judged(claim: Claim, *used: Claim) -> ClaimRecord:
    return judge(claim, used=used, without=("attack", "enclosure"))


@pytest.mark.parametrize("lemma", [TRACE, HALF], ids=["true", "false"])
def test_a_claim_is_not_proved_before_its_lemma_is(lemma: Claim) -> None:
    """Whether the lemma is true is not known where the claim is judged."""
    stated = Paper("p").claim("bound", trace(A @ B) <= R, given=[trace(B @ A) <= R, trace(B @ A) >= 0])
    found = judged(stated, lemma)
    assert found.verdict is Verdict.SUPPORTED
    assert found.conditional is not None
    assert found.conditional.premises == (lemma.id,)
    assert f"by {lemma.id}" in found.conditional.reason


def test_what_is_proved_without_a_lemma_does_not_wait_for_one() -> None:
    found = judged(POSITIVE, TRACE)
    assert (found.verdict, found.conditional) == (Verdict.PROVED, None)


def test_what_is_refuted_is_refuted_whatever_it_uses() -> None:
    found = judged(Paper("p").claim("false", trace(A @ B) <= R, given=[trace(B @ A) <= 2 * R]), HALF)
    assert (found.verdict, found.conditional) == (Verdict.REFUTED, None)


def test_a_claim_with_one_relation_that_nothing_proves_waits_for_nothing() -> None:
    two = Paper("p").claim("two", [trace(A @ B) <= R, s * t <= s * t + s**4 + t**6], given=[trace(B @ A) <= R])
    three = Paper("p").claim("three", [trace(A @ B) <= R, trace(A) <= R**2 + 3], given=[trace(B @ A) <= R, s >= t])
    assert judged(two, TRACE).conditional is not None
    assert judged(three, TRACE).conditional is None


def test_the_evidence_says_what_it_takes_for_granted() -> None:
    (proof,) = [e for e in judged(BOUND, TRACE).evidence if e.outcome is Outcome.PROOF]
    assert [lemma.claim for lemma in proof.lemmas] == ["p/trace"]
