"""What is said on a terminal of planted errors: of one claim, and of a whole run."""

from __future__ import annotations

from derive.formats.wording import shortened
from derive.record import ClaimRecord, MutantRecord, MutationRecord, Record


def lines(mutation: MutationRecord) -> list[str]:
    """What was found of the errors planted in one claim, then each that was not."""
    return [str(mutation), *map(_missed, mutation.survivors), *mutation.faults]


def table(record: Record) -> list[str]:
    """What was found over all claims, by each method on its own; empty where no error was planted."""
    if not record.mutated:
        return []
    found = record.mutation
    width = max(map(len, found.applied), default=0)
    rows = [f"  {name:<{width}}  {found.methods.get(name, 0)} of {count}" for name, count in found.applied.items()]
    left_out = len(found.equivalents)
    notes = [f"  {left_out} more changes leave a claim true, as is proved, and do not count"] if left_out else []
    return [
        f"planted errors: {found.killed} of {found.planted} found; by each method alone, of those it applies to:",
        *rows,
        *notes,
    ]


def message(claim: ClaimRecord) -> str:
    """What there is to say of a claim whose planted errors were not all found, in one line; empty where they were."""
    mutation = claim.mutation
    if mutation is None or mutation.complete:
        return ""
    return "; ".join([f"{claim.id}: {mutation}", *map(_missed, mutation.survivors), *mutation.faults])


def _missed(mutant: MutantRecord) -> str:
    reason = f" ({mutant.reason})" if mutant.reason else ""
    return f"not found: {mutant.change}: {shortened(mutant.statement_text)}{reason}"
