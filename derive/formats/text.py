"""A line a claim and a summary, for people."""

from __future__ import annotations

import click

from derive.formats import diagnosis, planted
from derive.formats.wording import assignment, remarks, shortened, summary
from derive.record import ClaimRecord, Record, Verdict

COLOURS = {
    Verdict.PROVED: "green",
    Verdict.CERTIFIED: "green",
    Verdict.SUPPORTED: "cyan",
    Verdict.REFUTED: "red",
    Verdict.VACUOUS: "yellow",
    Verdict.ILL_POSED: "yellow",
    Verdict.UNDECIDED: "magenta",
    Verdict.BROKEN: "red",
}


def write(record: Record) -> str:
    """``record`` as coloured text; colours are taken out where the output is no terminal."""
    claims = [claim for paper in record.papers for claim in paper.claims]
    width = max((len(claim.id) for claim in claims), default=0)
    return "\n".join([*(line(claim, width) for claim in claims), summary(record), *planted.table(record), ""])


def line(claim: ClaimRecord, width: int = 0) -> str:
    """One claim: verdict, id and seconds, and below them what there is to say; ``!`` marks what was not expected."""
    mark = " " if claim.as_expected else "!"
    verdict = click.style(f"{claim.verdict:<10}", fg=COLOURS[claim.verdict], bold=not claim.as_expected)
    head = f"{mark} {verdict} {claim.id:<{width}} {claim.seconds:7.2f} s"
    mutation = planted.lines(claim.mutation) if claim.mutation else []
    flags = [f"flag: {flag}" for flag in claim.flags]
    return "\n    ".join([head, *(remarks(claim) if claim.as_expected else _details(claim)), *flags, *mutation])


def _details(claim: ClaimRecord) -> list[str]:
    """What is said of a claim that was not expected to fall, or to stand: also its place, and what is wrong with it."""
    first, *rest = remarks(claim) or [""]
    details = [f"{claim.where}: {first}" if claim.where else first]
    difference = claim.difference_text or claim.difference_tex
    if difference:
        details.append(f"claimed - derived: {shortened(difference)}")
    details += rest
    details += diagnosis.lines(claim.diagnosis)
    if claim.witness:
        details.append(f"witness: {assignment(claim.witness)}")
    return details
