"""Every verdict of a report that can be wrong in a way that matters, looked at again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from derive.language.errors import InputError
from derive.record import ClaimRecord, Outcome, Record, Verdict
from derive.verify import certificates, combinations, existence, identities, numbers, proofs, witnesses
from derive.verify.lemmas import granted
from derive.verify.level import Finding, Level, worst
from derive.verify.statement import Statement, read

VERIFIABLE = (Verdict.PROVED, Verdict.CERTIFIED, Verdict.REFUTED)
"""The verdicts that rest on something that can be checked again."""


@dataclass(frozen=True)
class Checked:
    """A claim, its verdict, and what the second look at it ended with."""

    id: str
    verdict: Verdict
    finding: Finding


def check(record: Record, select: Callable[[str], bool] = lambda name: True) -> tuple[Checked, ...]:
    """What became of each claim that was proved, certified or refuted, in the order of the report."""
    known = {claim.id: claim for paper in record.papers for claim in paper.claims}
    return tuple(check_claim(c, known) for c in known.values() if c.verdict in VERIFIABLE and select(c.id))


def check_claim(claim: ClaimRecord, known: Mapping[str, ClaimRecord] | None = None) -> Checked:
    """The second look at one claim; ``known`` are the claims on which its proof may rest, by their ids."""
    try:
        return Checked(claim.id, claim.verdict, _finding(claim, known or {}))
    except InputError as error:  # what the record says does not fit together: a size, a position, a shape
        return Checked(claim.id, claim.verdict, Finding(Level.FALLEN, f"the record cannot be read: {error.message}"))


def _finding(claim: ClaimRecord, known: Mapping[str, ClaimRecord]) -> Finding:
    if claim.statement is None:
        return Finding(
            Level.OPEN, "the record has no text of the claim: it is about code or any function, too large, or old"
        )
    try:
        statement = read(claim.statement)
    except InputError as error:
        return Finding(Level.FALLEN, f"the recorded statement cannot be read: {error.message}")
    if not statement.relations:
        return Finding(Level.FALLEN, "the recorded statement states nothing")
    if claim.statement.exists:
        return existence.check(claim, statement, lambda part: _part(claim, part, 0, known))
    if claim.verdict is Verdict.REFUTED:
        return _refuted(claim, statement)
    parts = [_part(claim, statement.part(number), number, known) for number in range(len(statement.relations))]
    return worst(parts)


def _refuted(claim: ClaimRecord, statement: Statement) -> Finding:
    if claim.witness is None:
        return Finding(Level.FALLEN, "refuted without a witness")
    return witnesses.check(statement, claim.witness)


def _part(claim: ClaimRecord, part: Statement, number: int, known: Mapping[str, ClaimRecord]) -> Finding:
    """One relation of a claim that is said to hold."""
    if not any(e.outcome is Outcome.PROOF or e.certificate is not None for e in claim.evidence):
        return Finding(Level.FALLEN, f"{claim.verdict} without a proof")
    for evidence in claim.evidence:
        if evidence.certificate is not None and evidence.certificate.relation == number + 1:
            return certificates.check(part, evidence.certificate, f"{claim.id} {number}")
    if part.relations[0].sign == "==":
        return identities.check(part, f"{claim.id} {number}")
    for evidence in claim.evidence:
        shown = [proof for proof in evidence.positivity if proof.relation == number + 1]
        tree = evidence.proof if evidence.proof and evidence.proof.relation == number + 1 else None
        if not shown and tree is None:
            continue
        under = granted(claim, number, evidence.lemmas, known) if evidence.lemmas else part
        if isinstance(under, Finding):
            return under
        name = f"{claim.id} {number}"
        return proofs.check(under, tree, name) if tree else combinations.check(under, shown, name)
    return numbers.check(part) or Finding(Level.OPEN, "the record has no proof tree of the inequality")
