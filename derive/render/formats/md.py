"""``summary.md``: a table for the summary of a job in continuous integration."""

from __future__ import annotations

from pathlib import Path

from derive.record import ClaimRecord, Record, Verdict
from derive.render import errata, improvements
from derive.render.templates import markdown_environment
from derive.render.verdicts import APPEARANCE

MAX_ROWS = 2000
"""Rows printed at most: a summary on GitHub ends at 1 MiB. What falls comes first."""
MAX_CELL = 240
"""Characters of a remark printed at most."""


def write(record: Record, out: Path) -> list[Path]:
    """Write the table."""
    path = out / "summary.md"
    path.write_text(summary(record), encoding="utf-8")
    return [path]


def summary(record: Record) -> str:
    """The table: unexpected verdicts first, otherwise in the order of the record."""
    claims = [claim for paper in record.papers for claim in paper.claims]
    claims.sort(key=lambda claim: claim.as_expected)
    return (
        markdown_environment()
        .get_template("summary.md.jinja")
        .render(
            record=record,
            claims=claims[:MAX_ROWS],
            left_out=max(0, len(claims) - MAX_ROWS),
            present=[verdict for verdict in Verdict if record.totals.verdicts.get(verdict)],
            look=APPEARANCE,
            planted=record.mutation,
            errata=errata.errata(record)[:MAX_ROWS],
            shows=lambda claim: _cut(errata.shown(claim)),
            improvements=improvements.improvements(record)[:MAX_ROWS],
            unsettled=improvements.unsettled(record)[:MAX_ROWS],
            why_open=improvements.why_open,
            remark=remark,
        )
    )


def remark(claim: ClaimRecord) -> str:
    """Why a verdict calls for attention, that it was announced, what it rests on, or that a constant is loose."""
    if claim.known_erratum:
        return "known erratum" + (f": {claim.expected_reason}" if claim.expected_reason else "")
    slack = "; ".join(claim.bracket.words) if claim.bracket and claim.bracket.loose else ""
    chain = claim.chain.words if claim.chain and not claim.chain.fully_checked else ""
    if claim.as_expected:
        return _cut("; ".join(filter(None, (chain, slack))))
    announced = f"announced as {claim.expected}; " if claim.expected else ""
    words = "; ".join(claim.diagnosis.words) if claim.diagnosis else ""
    slopes = "".join(f"; remainder: {item.remainder.words}" for item in claim.evidence if item.remainder)
    text = f"{announced}{claim.reason}{f': {words}' if words else ''}{slopes}{f'; {chain}' if chain else ''}"
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…"
