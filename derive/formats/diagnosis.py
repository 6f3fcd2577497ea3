"""What is wrong with a refuted identity, in a few lines of text: the words, then the worst entries."""

from __future__ import annotations

from derive.record import DiagnosisRecord, EntryRecord

SHOWN = 3
"""Entries that are printed, the worst first."""


def phrase(found: DiagnosisRecord | None) -> str:
    """The words in one line; empty where nothing is known."""
    return "; ".join(found.words) if found else ""


def lines(found: DiagnosisRecord | None) -> list[str]:
    """How many entries are wrong, and the worst of them; positions are NumPy's, as in the words."""
    if found is None or not found.entries:
        return []
    sizes = ", ".join(f"{name} = {size}" for name, size in found.sizes.items())
    at = f" at {sizes}" if sizes else ""
    whole = f", {found.comparison}" if found.comparison else ""
    head = f"{found.wrong} of {found.total} {'entry' if found.total == 1 else 'entries'} wrong{at}{whole}"
    return [head, *(f"  {_entry(entry)}" for entry in found.entries[:SHOWN])]


def _entry(entry: EntryRecord) -> str:
    where = f"entry {list(entry.index)}: " if entry.index else ""
    relative = "" if entry.relative is None else f", relative {entry.relative:.1e}"
    return f"{where}claimed {entry.claimed}, derived {entry.reference} (off by {entry.absolute:.1e}{relative})"
