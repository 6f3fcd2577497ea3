"""The answer to one statement, for people: the verdict, why, the witness of a refutation, and what was tried."""

from __future__ import annotations

import click

from derive.formats import diagnosis
from derive.formats.text import COLOURS
from derive.formats.wording import assignment, bracket, counted, repair, repair_label, shortened
from derive.record import ClaimRecord, EvidenceRecord, Outcome, Record


def write(record: Record) -> str:
    """``record`` as a paragraph a claim."""
    return "\n".join(_paragraph(claim) for paper in record.papers for claim in paper.claims)


def _paragraph(claim: ClaimRecord) -> str:
    lines = [click.style(str(claim.verdict), fg=COLOURS[claim.verdict], bold=True)]
    lines += [f"  {label}: {text}" for label, text in _facts(claim) if text]
    lines += [f"  {line}" for line in diagnosis.lines(claim.diagnosis)]
    applied = (found for found in claim.evidence if found.outcome is not Outcome.INAPPLICABLE)
    lines += [f"  {_evidence(found, claim.reason)}" for found in applied]
    return "\n".join([*lines, ""])


def _facts(claim: ClaimRecord) -> list[tuple[str, str]]:
    return [
        ("reason", claim.reason),
        ("wrong", diagnosis.phrase(claim.diagnosis)),
        ("derived", shortened(claim.result_text or claim.result_tex)),
        ("claimed - derived", shortened(claim.difference_text or claim.difference_tex)),
        (repair_label(claim), repair(claim)),
        ("witness", assignment(claim.witness) if claim.witness else ""),
        ("bracket", bracket(claim.bracket)),
        ("slack", "; ".join(claim.bracket.words) if claim.bracket else ""),
        *(("flag", str(flag)) for flag in claim.flags),
    ]


def _evidence(found: EvidenceRecord, reason: str) -> str:
    counts = f", {counted(found.kept, 'instance')}" if found.kept else ""
    counts += f", {counted(found.rejected, 'draw')} outside the hypotheses" if found.rejected else ""
    note = f", {found.note}" if found.note and found.note not in reason else ""
    slope = f", remainder: {found.remainder.words}" if found.remainder else ""
    return f"{found.method}: {found.outcome}{counts} ({found.seconds:.3f} s){note}{slope}"
