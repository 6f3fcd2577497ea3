"""Workflow commands of GitHub Actions: an annotation at each claim that falls."""

from __future__ import annotations

from derive.formats.wording import message, summary
from derive.record import ClaimRecord, Record, Verdict

SHOWN = 10
"""Annotations of a kind that GitHub shows for a step: it drops the others silently, so the last counts them."""

_LEVELS = {Verdict.UNDECIDED: "warning", Verdict.VACUOUS: "warning"}


def write(record: Record) -> str:
    """``record`` as workflow commands, then its summary as a line of the log."""
    fallen = [claim for paper in record.papers for claim in paper.claims if not claim.in_order]
    lines = [_annotation(claim) for claim in fallen[: SHOWN - 1]]
    if len(fallen) == SHOWN:
        lines.append(_annotation(fallen[-1]))
    elif len(fallen) > SHOWN:
        lines.append(f"::error title=derive::{len(fallen) - SHOWN + 1} more claims fall; the job summary has them all")
    lines += [f"::error title=derive::{_data(paper.error)}" for paper in record.papers if paper.error]
    return "\n".join([*lines, summary(record), ""])


def _annotation(claim: ClaimRecord) -> str:
    place = f"file={_property(claim.where.file)},line={claim.where.line}," if claim.where else ""
    return f"::{_LEVELS.get(claim.verdict, 'error')} {place}title={_property(claim.id)}::{_data(message(claim))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
