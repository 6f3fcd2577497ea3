"""What was re-verified, in words and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from derive.language.errors import InputError
from derive.record import Record, RecordError, read
from derive.verify.check import Checked
from derive.verify.level import Level

COLOURS = {Level.VERIFIED: "green", Level.CHECKED: "cyan", Level.OPEN: "yellow", Level.FALLEN: "red"}

NOTHING = 5


def read_results(path: Path) -> Record:
    """The record in a results file.

    Raises:
        InputError: there is none, or none of this version.
    """
    try:
        return read(path)
    except RecordError as error:
        raise InputError(str(error)) from error


def text(checked: Sequence[Checked], others: int) -> str:
    """A line a claim, with the reason below it, and a summary."""
    lines = [line(one) for one in checked]
    return "\n".join([*lines, summary(checked, others), ""])


def line(one: Checked) -> str:
    level = click.style(f"{one.finding.level:<15}", fg=COLOURS[one.finding.level])
    return f"{level} {one.id}: {one.verdict}\n    {one.finding.reason}"


def summary(checked: Sequence[Checked], others: int) -> str:
    """How many claims are on each level, and which are not re-verified."""
    counts = Counter(one.finding.level for one in checked)
    parts = [f"{counts[level]} {level}" for level in Level if counts[level]]
    total = f"{len(checked)} verdict{'s' * (len(checked) != 1)}: {', '.join(parts) or 'nothing to re-verify'}"
    numeric = sum(one.finding.numeric for one in checked)
    if numeric:
        total += f"; {numeric} step{'s' * (numeric != 1)} of proofs re-checked numerically"
    if others:
        total += f"; {others} other verdict{'s claim' if others != 1 else ' claims'} nothing that could be re-verified"
    return total


def as_json(checked: Sequence[Checked], others: int) -> str:
    """The same for programs."""
    claims = [
        {
            "id": one.id,
            "verdict": str(one.verdict),
            "level": str(one.finding.level),
            "reason": one.finding.reason,
            "numeric_steps": one.finding.numeric,
        }
        for one in checked
    ]
    counts = Counter(str(one.finding.level) for one in checked)
    totals = {str(level): counts[str(level)] for level in Level} | {"other verdicts": others}
    return json.dumps({"claims": claims, "totals": totals}, indent=2) + "\n"


def exit_code(checked: Sequence[Checked]) -> int:
    """0 where every verdict was re-verified or at least re-checked, 1 where one was not, 5 where there is none."""
    if not checked:
        return NOTHING
    return int(any(one.finding.level in (Level.FALLEN, Level.OPEN) for one in checked))
