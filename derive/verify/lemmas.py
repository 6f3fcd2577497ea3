"""What a proof takes for granted: the claim that states it has to be in the report, proved, and about the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from derive.language.relations import Relation
from derive.record import ClaimRecord, LemmaRecord, StatementRecord, Verdict
from derive.verify.level import Finding, Level
from derive.verify.statement import Statement, read

TURNED = {">=": "<=", ">": "<", ">>": "<<"}
"""Signs that proofs read the other way round."""


def granted(
    claim: ClaimRecord, number: int, lemmas: Sequence[LemmaRecord], known: Mapping[str, ClaimRecord]
) -> Statement | Finding:
    """The relation ``number`` of a claim under its hypotheses and the lemmas; or why they cannot be taken for granted.

    Args:
        known: the claims of the report by their ids.

    Raises:
        InputError: a text of the record is not of the language.
    """
    statement = claim.statement
    assert statement is not None  # without one nothing is checked
    relations: list[Relation] = []
    for lemma in lemmas:
        if lemma.claim not in known:
            return Finding(Level.OPEN, f"the proof needs {lemma.claim}, which is not in the report")
        merged = _merged(claim, statement, known[lemma.claim], lemma, known)
        if isinstance(merged, Finding):
            return merged
        statement = merged
        stated = replace(read(statement), relations=(_stated(statement, known[lemma.claim], lemma),))
        (relation,) = stated.part(0).relations
        turned = relation.sign in TURNED
        relations.append(Relation(TURNED[relation.sign], relation.right, relation.left) if turned else relation)
    part = read(statement).part(number)
    return replace(part, given=(*part.given, *relations))


def _merged(
    claim: ClaimRecord,
    statement: StatementRecord,
    other: ClaimRecord,
    lemma: LemmaRecord,
    known: Mapping[str, ClaimRecord],
) -> StatementRecord | Finding:
    """The statement with the words of the lemma, too."""
    if other.id not in claim.uses or other.verdict is not Verdict.PROVED:
        return Finding(Level.FALLEN, f"the proof needs {other.id}, which is not proved, or not used")
    if _leads_to(claim.id, other, known):
        return Finding(Level.FALLEN, f"the proof needs {other.id}, whose proof needs the claim")
    if other.statement is None or other.statement.exists or not 1 <= lemma.relation <= len(other.statement.relations):
        return Finding(Level.FALLEN, f"the proof needs a relation of {other.id} that is not in its record")
    if not set(other.statement.given) <= set(statement.given):
        return Finding(Level.OPEN, f"that the hypotheses of {other.id} hold is not looked at again")
    tables: dict[str, dict[str, object]] = {}
    for table in ("symbols", "indices", "definitions"):
        own, added = getattr(statement, table), getattr(other.statement, table)
        if any(own.get(name, meaning) != meaning for name, meaning in added.items()):
            return Finding(Level.FALLEN, f"{other.id} means something else by the same names")
        tables[table] = {**added, **own}
    dimensions = tuple(sorted({*statement.dimensions, *other.statement.dimensions}))
    return msgspec.structs.replace(statement, dimensions=dimensions, **tables)


def _leads_to(name: str, claim: ClaimRecord, known: Mapping[str, ClaimRecord]) -> bool:
    """Does the proof of a claim need, directly or not, the one called ``name``?"""
    pending, seen = [claim.id], set[str]()
    while pending:
        at = pending.pop()
        if at == name:
            return True
        if at not in seen and at in known:
            seen.add(at)
            pending += [lemma.claim for evidence in known[at].evidence for lemma in evidence.lemmas]
    return False


def _stated(statement: StatementRecord, other: ClaimRecord, lemma: LemmaRecord) -> Relation:
    """The relation of the lemma, in the words of the merged statement."""
    assert other.statement is not None
    text = other.statement.relations[lemma.relation - 1]
    (relation,) = read(msgspec.structs.replace(statement, relations=(text,), given=())).relations
    return relation
