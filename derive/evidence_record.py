"""What a method found of a claim, for its record."""

from __future__ import annotations

import msgspec

from derive.estimate.remainder import Remainder
from derive.evidence.evidence import Failure, Inapplicable
from derive.record import EvidenceRecord, Outcome, RemainderRecord
from derive.verdict import Finding


def evidence_record(finding: Finding, relation: int) -> EvidenceRecord:
    """The record of a finding on the relation of that number, from 1."""
    if isinstance(finding, Inapplicable):
        return EvidenceRecord(method=finding.method, outcome=Outcome.INAPPLICABLE, note=finding.reason)
    if isinstance(finding, Failure):
        return EvidenceRecord(method=finding.method, outcome=Outcome.INCONCLUSIVE, note=f"raised {finding.error}")
    names = {"vacuous": Outcome.INCONCLUSIVE, "ill-posed": Outcome.INCONCLUSIVE}
    return EvidenceRecord(
        method=finding.method,
        outcome=names.get(finding.outcome) or Outcome(finding.outcome),
        strength=finding.strength,
        seconds=finding.seconds,
        seed=finding.seed,
        sizes=tuple(dict(s) for s in finding.sizes),
        kept=finding.kept,
        rejected=finding.rejected,
        non_finite=finding.non_finite,
        worst_margin=finding.worst_margin,
        error_bar=finding.error_bar,
        at_kinks=finding.at_kinks,
        kinks=finding.kinks,
        regions=finding.regions,
        remainder=_remainder_record(finding.remainder),
        lemmas=finding.lemmas,
        proof=finding.proof and msgspec.structs.replace(finding.proof, relation=relation),
        positivity=tuple(msgspec.structs.replace(proof, relation=relation) for proof in finding.positivity),
        draws=finding.draws,
        experiments=finding.experiments,
        certificate=finding.certificate and msgspec.structs.replace(finding.certificate, relation=relation),
        note=finding.note,
    )


def _remainder_record(found: Remainder | None) -> RemainderRecord | None:
    if found is None:
        return None
    return RemainderRecord(order=found.order, steps=found.steps, sizes=found.sizes, slope=found.slope)
