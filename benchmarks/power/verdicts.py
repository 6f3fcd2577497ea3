"""What a checker says of one claimed derivative, and how a checker is written down here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from .problems import Problem


class Verdict(Enum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ABSTAINED = "abstained"


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    kink_named: bool = False


Check = Callable[[], Answer]

ACCEPTED, REJECTED, ABSTAINED = (Answer(verdict) for verdict in Verdict)


def accepts(answer: object) -> Answer:
    """The answer of a checker that says yes or no."""
    return ACCEPTED if answer else REJECTED


def passes(test: Callable[[], object]) -> Answer:
    """The answer of a checker that raises ``AssertionError`` at a wrong derivative."""
    try:
        test()
    except AssertionError:
        return REJECTED
    return ACCEPTED


@dataclass(frozen=True)
class Checker:
    """One row. ``prepare(problem, seed)`` makes what the checker needs in its own arrays; the check alone is timed."""

    name: str
    prepare: Callable[[Problem, int], Check]
    package: str | None = None
    """The distribution whose code decides; none where a documented rule is written down here."""
    scalar_only: bool = False
