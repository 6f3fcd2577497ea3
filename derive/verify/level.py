"""What a second look at a verdict ends with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How far a verdict was re-verified; the last are the worst."""

    VERIFIED = "re-verified"
    CHECKED = "re-checked"
    OPEN = "not re-verified"
    FALLEN = "fallen"


ORDER = tuple(Level)


@dataclass(frozen=True)
class Finding:
    """A level, and why in one sentence; ``numeric`` counts the steps of a proof that were checked at points alone."""

    level: Level
    reason: str
    numeric: int = 0


def worst(findings: Sequence[Finding]) -> Finding:
    """What all findings together say: the worst level, with the reasons of all that are on it."""
    level = max((finding.level for finding in findings), key=ORDER.index)
    reasons = dict.fromkeys(finding.reason for finding in findings if finding.level is level)
    return Finding(level, "; ".join(reasons), sum(finding.numeric for finding in findings))
