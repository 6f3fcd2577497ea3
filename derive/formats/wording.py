"""The words that all formats share: what is to be said of a claim, and of a whole run."""

from __future__ import annotations

from derive.formats import diagnosis
from derive.record import BracketRecord, ClaimRecord, Entries, MutantRecord, MutationRecord, Record, WitnessRecord

LONGEST = 600
"""Characters of a formula that are printed on a terminal."""


def remarks(claim: ClaimRecord) -> list[str]:
    """Why the verdict is what it is: the reason, what the claim should say, what was expected of it."""
    parts = [claim.reason] if claim.reason and not claim.verdict.holds else []
    if words := diagnosis.phrase(claim.diagnosis):
        parts.append(f"wrong: {words}")
    if claim.repair_tex:
        parts.append(f"{repair_label(claim)}: {repair(claim)}")
    if claim.chain:
        parts.append(claim.chain.words)
    if claim.known_erratum:
        parts.append("a known erratum" + (f": {claim.expected_reason}" if claim.expected_reason else ""))
    elif claim.expected is not None:
        parts.append(f"expected {claim.expected}")
    return [" ".join(part.split()) for part in parts]


def remark(claim: ClaimRecord) -> str:
    """The remarks in one line, and the planted errors that were not found."""
    mutation = claim.mutation
    missed = [] if mutation is None or mutation.complete else [str(mutation), *not_found(mutation)]
    return "; ".join([*remarks(claim), *missed])


def not_found(mutation: MutationRecord) -> list[str]:
    """The planted errors that no method found, each in a line, and what methods raised meanwhile."""
    return [*map(_survivor, mutation.survivors), *mutation.faults]


def _survivor(mutant: MutantRecord) -> str:
    reason = f" ({mutant.reason})" if mutant.reason else ""
    return f"not found: {mutant.change}: {shortened(mutant.statement_text)}{reason}"


def repair_label(claim: ClaimRecord) -> str:
    """What is known of the repaired claim."""
    if claim.repair_instances:
        return f"agrees at {counted(claim.repair_instances, 'instance')}, not proved"
    return "true would be"


def repair(claim: ClaimRecord) -> str:
    """The repaired claim, and the edit in words."""
    formula = claim.repair_text or claim.repair_tex
    return f"{formula}, as {claim.repair_note}" if formula and claim.repair_note else formula


def assignment(witness: WitnessRecord) -> str:
    """A witness in a line, such as ``n = 1, x = [2] at entry [0]: claimed 6, derived 4``; positions count from 0."""
    sizes = [f"{name} = {size}" for name, size in witness.sizes.items()]
    values = [f"{name} = {position}" for name, position in witness.indices.items()]
    values += [_assigned(name, value, witness.end.get(name)) for name, value in witness.values.items()]
    place = f" at entry {list(witness.at_entry)}" if witness.at_entry else ""
    at = f"{', '.join(sizes + values)}{place}"
    if not witness.claimed and not witness.derived:  # of a claim of existence
        return at
    if witness.end:
        return f"{at}: the difference of the sides goes from {witness.claimed} to {witness.derived}"
    return f"{at}{': ' if at else ''}claimed {witness.claimed}, derived {witness.derived}"


def _assigned(name: str, value: Entries, end: Entries | None) -> str:
    return f"{name} = {_entries(value)}" if end is None else f"{name} from {_entries(value)} to {_entries(end)}"


def bracket(found: BracketRecord | None) -> str:
    """What is known of a constant, ``0.5714 <= opnorm(H) <= 1.05``, and what is claimed of it."""
    if found is None:
        return ""
    ends = [found.text[key] for key in ("enclosed_lower", "enclosed_upper") if key in found.text]
    enclosed = f", enclosed in [{', '.join(ends)}]" if ends else ""
    return f"{shortened(found.chain_text)}{enclosed}, claimed {shortened(found.text['claimed'])}"


def shortened(formula: str) -> str:
    """The formula, or its beginning where nobody would read it on a terminal."""
    if len(formula) <= LONGEST:
        return formula
    return f"{formula[:LONGEST].rsplit(maxsplit=1)[0]} ... ({len(formula)} characters; all of it with --format json)"


def _entries(value: Entries) -> str:
    return value if isinstance(value, str) else f"[{', '.join(_entries(item) for item in value)}]"


def message(claim: ClaimRecord) -> str:
    """The claim's verdict as a sentence without line breaks."""
    text = remark(claim)
    return f"{claim.id} is {claim.verdict}{': ' + text if text else ''}"


def summary(record: Record) -> str:
    """The totals in a line, such as ``12 claims: 11 proved, 1 refuted (1 known erratum)``."""
    totals = record.totals
    counts = ", ".join(f"{count} {verdict}" for verdict, count in totals.verdicts.items() if count)
    text = f"{counted(totals.claims, 'claim')}{': ' + counts if counts else ''}"
    notes = []
    if totals.known_errata:
        notes.append("1 known erratum" if totals.known_errata == 1 else f"{totals.known_errata} known errata")
    if totals.unexpected:
        notes.append(f"{totals.unexpected} not as expected")
    partly = sum(bool(paper.error and paper.claims) for paper in record.papers)
    if partly:
        notes.append(f"{counted(partly, 'file')} not read whole")
    if totals.errors > partly:
        notes.append(f"{counted(totals.errors - partly, 'file')} not read")
    return f"{text} ({', '.join(notes)})" if notes else text


def counted(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
