"""The record of the errors that were planted in a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from derive.record.frozen import Frozen


class MutantRecord(Frozen, frozen=True, kw_only=True):
    """A claim with a planted error: the changed statement, what was changed, and why the error was not found."""

    statement_tex: str
    statement_text: str
    kind: str
    change: str
    reason: str = ""


class MutationRecord(Frozen, frozen=True, kw_only=True):
    """How many errors planted in one claim were found, with no use of the symbolic proof.

    ``planted`` counts the changes that make an identity say something else, ``killed`` those that some method refuted
    with a verified witness; ``methods`` counts those that each method refutes on its own, and ``applied`` those to
    which it applies. ``equivalents`` are left out of these counts: the changed claim is proved too. A bound that was
    made tighter, and one that lost a hypothesis, may still be true and is counted apart, in ``tightened`` and
    ``tightened_refuted``. ``faults`` are errors that methods raised; ``problem`` says why nothing could be planted.
    """

    planted: int = 0
    killed: int = 0
    methods: dict[str, int] = msgspec.field(default_factory=dict)
    applied: dict[str, int] = msgspec.field(default_factory=dict)
    survivors: tuple[MutantRecord, ...] = ()
    equivalents: tuple[MutantRecord, ...] = ()
    tightened: int = 0
    tightened_refuted: int = 0
    faults: tuple[str, ...] = ()
    problem: str = ""
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether every planted error was found, and nothing kept a method from trying."""
        return not (self.survivors or self.faults or self.problem)

    def __str__(self) -> str:
        """``42 of 42 planted errors found (explicit entries 42, finite differences 42)``."""
        if self.problem:
            return f"errors could not be planted: {self.problem}"
        methods = ", ".join(f"{name} {count}" for name, count in self.methods.items())
        text = f"{self.killed} of {self.planted} planted errors found{f' ({methods})' if methods else ''}"
        if self.tightened:
            text += f"; {self.tightened_refuted} of {self.tightened} tighter bounds or wider hypotheses refuted"
        return text


def total(records: Iterable[MutationRecord]) -> MutationRecord:
    """The counts of several records added up, with all their survivors, equivalents and faults."""
    found = tuple(records)
    return MutationRecord(
        planted=sum(record.planted for record in found),
        killed=sum(record.killed for record in found),
        methods=_added(record.methods for record in found),
        applied=_added(record.applied for record in found),
        survivors=tuple(mutant for record in found for mutant in record.survivors),
        equivalents=tuple(mutant for record in found for mutant in record.equivalents),
        tightened=sum(record.tightened for record in found),
        tightened_refuted=sum(record.tightened_refuted for record in found),
        faults=tuple(fault for record in found for fault in record.faults),
        problem="; ".join(dict.fromkeys(record.problem for record in found if record.problem)),
        seconds=round(sum(record.seconds for record in found), 6),
    )


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    added: Counter[str] = Counter()
    for each in counts:
        added.update(each)
    return dict(sorted(added.items()))
