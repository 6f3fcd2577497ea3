"""What is said on a terminal of planted errors: of one claim, and of a whole run."""

from __future__ import annotations

from derive.formats.wording import counted, not_found
from derive.record import MutationRecord, Record


def lines(mutation: MutationRecord) -> list[str]:
    """What was found of the errors planted in one claim, then each that was not."""
    return [str(mutation), *not_found(mutation)]


def table(record: Record) -> list[str]:
    """What was found over all claims, by each method on its own; empty where no error was planted."""
    if not record.mutated:
        return []
    found = record.mutation
    width = max(map(len, found.applied), default=0)
    rows = [f"  {name:<{width}}  {found.methods.get(name, 0)} of {count}" for name, count in found.applied.items()]
    left_out = counted(len(found.equivalents), "change")
    notes = (
        [f"  not counted: {left_out} after which the claim is still true, as is proved"] if found.equivalents else []
    )
    return [
        f"planted errors: {found.killed} of {found.planted} found; by each method alone, of those it applies to:",
        *rows,
        *notes,
    ]
