"""A proof that cites another claim is checked with that claim's record; one that was changed falls."""

from collections.abc import Mapping
from functools import cache

import msgspec

from derive import Paper, dim, matrix, scalar, trace
from derive.chain.status import concluded
from derive.examination import judged
from derive.record import ClaimRecord, LemmaRecord, PaperRecord, Verdict
from derive.verify.check import check_claim
from derive.verify.level import Finding, Level

n = dim("n")
A, B, R = matrix("A", n, n), matrix("B", n, n), scalar("R")


@cache
def records() -> Mapping[str, ClaimRecord]:
    """A lemma, and a claim that is proved from it."""
    paper = Paper("p")
    given = [trace(B @ A) <= R]
    lemma = paper.claim("lemma", trace(A @ B) == trace(B @ A))
    claim = paper.claim("claim", trace(A @ B) <= R, given=given, using="lemma")
    without = ("attack", "enclosure")
    claims = (judged(lemma, 0, without), judged(claim, 0, without, [lemma]))
    (found,) = concluded([PaperRecord(id="p", claims=claims)])
    return {record.id: record for record in found.claims}


def finding(claim: Mapping[str, object] | None = None, lemma: Mapping[str, object] | None = None) -> Finding:
    """What is found of the claim, with changes of its record and of the lemma's."""
    known = {
        "p/claim": msgspec.structs.replace(records()["p/claim"], **(claim or {})),
        "p/lemma": msgspec.structs.replace(records()["p/lemma"], **(lemma or {})),
    }
    return check_claim(known["p/claim"], known).finding


def test_a_proof_from_a_proved_claim_is_verified() -> None:
    assert records()["p/claim"].verdict is Verdict.PROVED
    assert finding().level in (Level.VERIFIED, Level.CHECKED)


def test_a_lemma_that_is_not_in_the_report_leaves_it_open() -> None:
    claim = records()["p/claim"]
    assert check_claim(claim, {claim.id: claim}).finding.level is Level.OPEN


def test_a_lemma_that_is_not_proved_does_not_serve() -> None:
    assert finding(lemma={"verdict": Verdict.SUPPORTED}).level is Level.FALLEN


def test_a_lemma_that_the_claim_does_not_use_does_not_serve() -> None:
    assert finding(claim={"uses": ()}).level is Level.FALLEN


def test_a_lemma_that_says_something_else_does_not_serve() -> None:
    statement = records()["p/lemma"].statement
    assert statement is not None
    other = msgspec.structs.replace(statement, relations=("trace(A @ B) == 2 * trace(B @ A)",))
    assert finding(lemma={"statement": other}).level is Level.FALLEN


def test_a_lemma_about_other_shapes_does_not_serve() -> None:
    statement = records()["p/lemma"].statement
    assert statement is not None
    symbols = {name: msgspec.structs.replace(s, properties=("symmetric",)) for name, s in statement.symbols.items()}
    assert finding(lemma={"statement": msgspec.structs.replace(statement, symbols=symbols)}).level is Level.FALLEN


def test_a_lemma_with_a_hypothesis_that_the_claim_has_not_leaves_it_open() -> None:
    statement = records()["p/lemma"].statement
    assert statement is not None
    more = msgspec.structs.replace(statement, given=("trace(A) == 0",))
    assert finding(lemma={"statement": more}).level is Level.OPEN


def test_claims_that_prove_each_other_fall() -> None:
    evidence = records()["p/lemma"].evidence
    circular = tuple(msgspec.structs.replace(e, lemmas=(LemmaRecord(claim="p/claim"),)) for e in evidence)
    assert finding(lemma={"evidence": circular}).level is Level.FALLEN


def test_a_relation_that_the_lemma_does_not_have_falls() -> None:
    evidence = tuple(
        msgspec.structs.replace(e, lemmas=tuple(LemmaRecord(claim=x.claim, relation=7) for x in e.lemmas))
        for e in records()["p/claim"].evidence
    )
    assert finding(claim={"evidence": evidence}).level is Level.FALLEN
