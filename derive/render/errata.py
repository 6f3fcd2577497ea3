"""The claims that are wrong, the most telling first, each with what shows it in one line."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction

from derive.record import BracketRecord, ClaimRecord, Entries, Record, Verdict, WitnessRecord
from derive.render import witness as notation
from derive.render.kinds import place

FALLEN = (Verdict.REFUTED, Verdict.VACUOUS, Verdict.ILL_POSED)
"""Verdicts of wrong claims: false before empty, empty before meaningless."""

LONGEST = 84
"""Characters of a witness in one line."""

DIGITS = Context(prec=4)

_SIGN = re.compile(r"(?<=[ \[])-(?=\d)")
_LONG_NUMBER = re.compile(r"-?\d[\d/.]{11,}(?:[eE][+-]?\d+)?")


def errata(record: Record) -> list[ClaimRecord]:
    """The claims that are refuted, vacuous or ill-posed, the most telling first.

    By verdict, then by kind: a wrong formula is wrong in all that is computed from it, an order of matrices in the
    bounds that follow from it, and so on. Among those of one kind by how wrong they are, then as their papers have
    them.
    """
    fallen = [claim for paper in record.papers for claim in paper.claims if claim.verdict in FALLEN]
    return sorted(fallen, key=lambda claim: (FALLEN.index(claim.verdict), place(claim.kind), -discrepancy(claim)))


def discrepancy(claim: ClaimRecord) -> Fraction:
    """How far apart what is claimed and what is true are: their difference relative to the larger, from 0 to 2.

    At the witness, or at the worst instance that was found, whichever is farther. 2 is a wrong sign, 1 is nothing
    against something, or a constant that is too small by any factor.
    """
    pairs = [(claim.witness.claimed, claim.witness.derived)] if claim.witness else []
    pairs += _worst(claim.bracket) if claim.bracket else []
    return max((_apart(*pair) for pair in pairs), default=Fraction(0))


def _worst(found: BracketRecord) -> list[tuple[str, str]]:
    """What is claimed and what is reached at the worst instance, where that violates the claim."""
    key = "attack_upper" if found.below else "attack_lower"
    pairs = [(sample.numbers["claimed"], sample.numbers[key]) for sample in found.samples if key in sample.numbers]
    sign = -1 if found.below else 1
    return [pair for pair in pairs if sign * (Decimal(pair[1]) - Decimal(pair[0])) > 0]


def _apart(first: str, second: str) -> Fraction:
    one, other = _number(first), _number(second)
    if one is None or other is None or one == other:
        return Fraction(0)
    return abs(one - other) / max(abs(one), abs(other))


def _number(text: str) -> Fraction | None:
    """The number that a text is; None for an enclosure, or one too large to be computed with."""
    try:
        exponent = abs(Decimal(text).adjusted()) if "/" not in text else 0
        return Fraction(text) if exponent < 10_000 else None
    except (ValueError, InvalidOperation, ZeroDivisionError):
        return None


def shown(claim: ClaimRecord) -> str:
    """What shows that a claim is wrong, in one line: its witness, or why it says nothing."""
    return in_a_line(claim.witness) if claim.witness else claim.reason


def in_a_line(found: WitnessRecord) -> str:
    """A witness in print: with signs of minus, and hyphens only in words."""
    return _SIGN.sub("\N{MINUS SIGN}", _listed(found))


def _listed(found: WitnessRecord) -> str:
    """``n = 1, x = (2): claimed 6, derived 4``, long values left out; positions count from 1, as in print."""
    sizes = [f"{name} = {size}" for name, size in found.sizes.items()]
    sizes += [f"{name} = {position + 1}" for name, position in found.indices.items()]
    values = [f"{name} = {_entries(value)}" for name, value in found.values.items()]
    kept = [*sizes]
    for value in values:
        if len(", ".join([*kept, value])) <= LONGEST:
            kept.append(value)
    left_out = ["…"] if len(kept) < len(sizes) + len(values) else []
    at = ", ".join([*kept, *left_out])
    if not found.claimed and not found.derived:  # of a claim of existence
        return at
    entry = f" at entry {notation.entry(found.at_entry)}" if found.at_entry else ""
    derived = f"{found.draws} draws give" if found.draws else "derived"
    says = f"claimed {short(found.claimed)}, {derived} {short(found.derived)}{entry}"
    return f"{at}: {says}" if at else says


def short(number: str) -> str:
    """A number to four digits where it is longer than that; a short fraction as it is."""
    if _number(number) == 0:
        return "0"
    return _LONG_NUMBER.sub(lambda found: _rounded(found[0]), number)


def _rounded(text: str) -> str:
    value = _number(text)
    if value is None:
        return text
    quotient = DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize()
    plain = -4 <= quotient.adjusted() < 6
    return f"{quotient:f}" if plain else f"{quotient:.3g}"


def _entries(value: Entries) -> str:
    return short(value) if isinstance(value, str) else f"[{', '.join(map(_entries, value))}]"
