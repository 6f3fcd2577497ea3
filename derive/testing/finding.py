"""What a check has found: a verdict, how it was reached, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from derive.diagnosis.diagnose import Diagnosis
from derive.testing.wording import table

Verdict = Literal["agrees", "differs", "undecided"]


class Undecided(AssertionError):
    """The check could not tell: a kink, a point outside the domain, or values too coarse."""


@dataclass(frozen=True)
class Finding:
    """The outcome of one check.

    Attributes:
        verdict: ``agrees``, ``differs`` or ``undecided``.
        subject: what was checked, such as ``gradient G of L``.
        reason: why the verdict is what it is, in one sentence.
        method: how the reference was computed.
        resolution: the relative error of the derivative that would have been seen, along the coarsest direction.
        directions: how many fresh directions were tried.
        seed: what they follow from, with the name of the function.
        shape: of the point.
        kink: the line of code that has a kink at the point.
        notes: what else is worth knowing, such as a point at which much could be right by accident.
        explain: finds out what is wrong, entry by entry, which takes longer than to see that something is.
    """

    verdict: Verdict
    subject: str
    reason: str
    method: str
    resolution: float
    directions: int
    seed: int
    shape: tuple[int, ...]
    kink: str | None = None
    notes: tuple[str, ...] = ()
    explain: Callable[[], Diagnosis] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        """Which entries are wrong, by how much, and in what way; None where the derivative is not wrong."""
        return self.explain() if self.explain else None

    @property
    def message(self) -> str:
        """The finding in words, with the table of wrong entries."""
        verb = {"agrees": "is right", "differs": "is wrong", "undecided": "is undecided"}[self.verdict]
        head = f"{self.subject} {verb} at a point of shape {self.shape}: {self.reason}"
        lines = [head, *(table(self.diagnosis) if self.diagnosis else ())]
        if self.kink:
            lines.append(f"  kink: {self.kink}")
        lines += [f"  note: {note}" for note in self.notes]
        lines.append(f"  checked by {self.method}{self._tried}, seed {self.seed}{self._seen}")
        return "\n".join(lines)

    @property
    def _tried(self) -> str:
        return f", {self.directions} random direction{'s' * (self.directions != 1)}" if self.directions else ""

    @property
    def _seen(self) -> str:
        if self.resolution == 0:
            return "; the comparison is exact"
        return f"; relative errors above {self.resolution:.0e} are seen" if self.resolution < 1 else ""

    def demand(self) -> Finding:
        """The finding itself, where the derivative agrees.

        Raises:
            Undecided: it could not be told.
            AssertionError: it differs.
        """
        if self.verdict == "undecided":
            raise Undecided(self.message)
        if self.verdict == "differs":
            raise AssertionError(self.message)
        return self
