"""Claims of existence: values that have the relations are looked at, or the proof that there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.language.existence import contradiction, universal
from derive.record import ClaimRecord, Outcome, Verdict
from derive.verify import witnesses
from derive.verify.level import Finding, Level
from derive.verify.statement import Statement


def check(claim: ClaimRecord, statement: Statement, proof: Callable[[Statement], Finding]) -> Finding:
    """Whether the witness has the relations, under the hypotheses; or, by ``proof``, whether nothing has."""
    assert claim.statement is not None  # without one nothing is checked
    relations, given = contradiction(statement.relations, statement.given)
    negation = replace(statement, relations=relations, given=given)
    if claim.verdict is Verdict.REFUTED:
        if not any(e.outcome is Outcome.PROOF for e in claim.evidence):
            return Finding(Level.OPEN, "that nothing satisfies hypotheses and relations is not looked at again")
        return proof(negation.part(0))
    others = universal(claim.statement.exists, statement.relations, statement.given)
    if claim.verdict is not Verdict.PROVED or claim.witness is None or others:
        return Finding(Level.FALLEN, f"{claim.verdict} without values for all that is claimed to exist")
    found = witnesses.check(negation, claim.witness)
    if found.level is not Level.VERIFIED:
        return found
    return Finding(Level.VERIFIED, "at the witness the hypotheses and relations hold, without rounding")
