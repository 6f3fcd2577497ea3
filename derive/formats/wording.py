"""The words that all formats share: what is to be said of a claim, and of a whole run."""

from __future__ import annotations

from derive.record import ClaimRecord, Record


def remark(claim: ClaimRecord) -> str:
    """Why the verdict is what it is, in a line: the reason, what the claim should say, what was expected of it."""
    parts = [claim.reason] if claim.reason and not claim.verdict.holds else []
    if claim.repair_tex:
        parts.append(f"true would be: {claim.repair_tex}")
    if claim.known_erratum:
        parts.append("a known erratum" + (f": {claim.expected_reason}" if claim.expected_reason else ""))
    elif claim.expected is not None:
        parts.append(f"expected {claim.expected}")
    return " ".join("; ".join(parts).split())


def message(claim: ClaimRecord) -> str:
    """The claim's verdict as a sentence without line breaks."""
    text = remark(claim)
    return f"{claim.id} is {claim.verdict}{': ' + text if text else ''}"


def summary(record: Record) -> str:
    """The totals in a line, such as ``12 claims: 11 proved, 1 refuted (1 known erratum)``."""
    totals = record.totals
    counts = ", ".join(f"{count} {verdict}" for verdict, count in totals.verdicts.items() if count)
    text = f"{_count(totals.claims, 'claim')}{': ' + counts if counts else ''}"
    notes = []
    if totals.known_errata:
        notes.append("1 known erratum" if totals.known_errata == 1 else f"{totals.known_errata} known errata")
    if totals.unexpected:
        notes.append(f"{totals.unexpected} not as expected")
    if totals.errors:
        notes.append(f"{_count(totals.errors, 'file')} not read")
    return f"{text} ({', '.join(notes)})" if notes else text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
