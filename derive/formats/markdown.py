"""A table of all claims in GitHub's Markdown, for the summary of a job."""

from __future__ import annotations

import re

from derive.formats import planted
from derive.formats.wording import remark, summary
from derive.record import ClaimRecord, Record

LARGEST = 1_000_000
"""Bytes that a job summary may have: GitHub drops a larger one whole."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&])")


def write(record: Record) -> str:
    """``record`` as a table, those that fall first; cut where the summary would be too large."""
    claims = sorted((claim for paper in record.papers for claim in paper.claims), key=lambda claim: claim.in_order)
    head = [f"**derive**: {_text(summary(record))}", ""]
    head += [f"- {_text(line)}" for line in planted.table(record)]
    head += [f"- {_text(paper.error)}" for paper in record.papers if paper.error]
    rows = (
        ["", "| verdict | claim | where | remark |", "| --- | --- | --- | --- |", *map(_row, claims)] if claims else []
    )
    return _cut([*head, *rows])


def _row(claim: ClaimRecord) -> str:
    verdict = str(claim.verdict) if claim.in_order else f"**{claim.verdict}**"
    cells = (_text(claim.id), _text(claim.cite), _text(remark(claim)))
    return " | ".join((f"| {verdict}", *cells)) + " |"


def _text(text: str) -> str:
    """``text`` as one line that Markdown and HTML leave as it is."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _cut(lines: list[str]) -> str:
    size = 0
    for number, line in enumerate(lines):
        size += len(line.encode()) + 1
        if size > LARGEST:
            return "\n".join([*lines[:number], "", f"{len(lines) - number} more claims do not fit here.", ""])
    return "\n".join([*lines, ""])
