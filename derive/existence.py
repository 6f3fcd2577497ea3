"""Claims of existence, by their negations: what is examined, and what the record of the claim takes from that."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from derive.language.existence import contradiction, quantifier, universal
from derive.language.latex import latex
from derive.language.paper import Claim
from derive.record import ClaimRecord, Verdict
from derive.statement_record import statement_record
from derive.verdict import about_existence


def negation(claim: Claim) -> Claim:
    """The claim that no values have the relations."""
    relations, given = contradiction(claim.relations, claim.given)
    return replace(claim, relations=relations, given=given, exists=(), using=())


def of_existence(claim: Claim, found: ClaimRecord) -> ClaimRecord:
    """The record of the claim, from that of its negation: its evidence is about the negation.

    A witness against the negation is an instance of what exists. Bracket, flags and repairs of the negation are no
    concern of the claim's reader; where the negation is proved, that derivation is kept.
    """
    judgement = about_existence(found, universal(claim.exists, claim.relations, claim.given))
    witness = found.witness
    if witness is not None and not witness.end:  # the sides violate the negation, and say nothing of the claim
        witness = msgspec.structs.replace(witness, claimed="", derived="")
    return msgspec.structs.replace(
        found,
        kind=claim.kind,
        verdict=judgement.verdict,
        reason=judgement.reason,
        statement_tex=statement_tex(claim),
        statement=statement_record(claim),
        hypotheses_tex=tuple(map(latex, claim.given)),
        witness=witness,
        flags=(),
        difference_tex="",
        difference_text="",
        repair_tex="",
        repair_text="",
        repair_note="",
        repair_instances=0,
        derivation=found.derivation if judgement.verdict is Verdict.REFUTED else (),
        result_tex="",
        result_text="",
        diagnosis=None,
        bracket=None,
        uses=claim.using,
        conditional=None,
    )


def statement_tex(claim: Claim) -> str:
    r"""What is claimed to exist, and with which relations: ``\exists\, A, b\colon\ ...``."""
    relations = r",\quad ".join(map(latex, claim.relations))
    return claim.tex or quantifier(claim.exists, claim.relations, claim.given) + relations
