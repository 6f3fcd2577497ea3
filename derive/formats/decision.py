"""The answer to one statement, for people: the verdict, why, the witness of a refutation, and what was tried."""

from __future__ import annotations

import click

from derive.formats.text import COLOURS
from derive.record import ClaimRecord, Entries, EvidenceRecord, Outcome, Record, WitnessRecord


def write(record: Record) -> str:
    """``record`` as a paragraph a claim."""
    return "\n".join(_paragraph(claim) for paper in record.papers for claim in paper.claims)


def _paragraph(claim: ClaimRecord) -> str:
    lines = [click.style(str(claim.verdict), fg=COLOURS[claim.verdict], bold=True)]
    lines += [f"  {label}: {text}" for label, text in _facts(claim) if text]
    lines += [f"  {_evidence(found)}" for found in claim.evidence if found.outcome is not Outcome.INAPPLICABLE]
    return "\n".join([*lines, ""])


def _facts(claim: ClaimRecord) -> list[tuple[str, str]]:
    return [
        ("reason", claim.reason),
        ("derived", claim.result_tex),
        ("claimed - derived", claim.difference_tex),
        ("true would be", claim.repair_tex),
        ("witness", _witness(claim.witness) if claim.witness else ""),
        ("flags", ", ".join(claim.flags)),
    ]


def _witness(witness: WitnessRecord) -> str:
    sizes = [f"{name} = {size}" for name, size in witness.sizes.items()]
    values = [f"{name} = {_entries(value)}" for name, value in witness.values.items()]
    place = f" at entry {list(witness.at_entry)}" if witness.at_entry else ""
    return f"{', '.join(sizes + values)}{place}: claimed {witness.claimed}, derived {witness.derived}"


def _entries(value: Entries) -> str:
    return value if isinstance(value, str) else f"[{', '.join(_entries(item) for item in value)}]"


def _evidence(found: EvidenceRecord) -> str:
    counts = f", {found.kept} instances" if found.kept else ""
    note = f", {found.note}" if found.note else ""
    return f"{found.method}: {found.outcome}{counts} ({found.seconds:.3f} s){note}"
