"""Numbers compared in words: ``28 times``, ``10¹³⁹ times``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

EQUAL = Decimal("0.005")
"""Numbers that differ by less, relative to their size, are called equal to two digits."""

ASTRONOMICAL = 6
"""Decades from which on a ratio is given as a power of ten."""


def power_of_ten(exponent: int) -> str:
    """``10¹³⁹``."""
    return "10" + str(exponent).translate(SUPERSCRIPTS)


def times(ratio: Decimal) -> str:
    """A ratio of at least 1 in words, rounded to three digits, or to a power of ten."""
    if ratio.adjusted() >= ASTRONOMICAL:
        return f"about {power_of_ten(round(ratio.log10()))} times"
    return f"{Context(prec=max(3, ratio.adjusted() + 1)).plus(ratio).normalize():f} times"


def compared(claimed: Decimal, others: Mapping[str, Decimal]) -> str:
    """How large the claimed constant is beside other numbers of its sign, each with its name, in one sentence.

    Numbers of another sign, and zero, have no ratio to it; they are left out.
    """
    kin = {name: other for name, other in others.items() if claimed * other > 0}
    equal = [name for name, other in kin.items() if abs(claimed - other) <= EQUAL * abs(other)]
    above = [name for name, other in kin.items() if name not in equal and abs(claimed) > abs(other)]
    below = [name for name in kin if name not in equal and name not in above]
    parts = [f"{times(claimed / kin[name])} {name}" for name in above]
    clauses = [f"the claimed constant is {' and '.join(parts)}"] if parts else []
    clauses += [f"{name} is {times(kin[name] / claimed)} the claimed constant" for name in below]
    if equal:
        clauses.append(f"{' and '.join(equal)} {'equal' if len(equal) > 1 else 'equals'} it to two digits")
    return _with_its_name(", and ".join(clauses))


def _with_its_name(sentence: str) -> str:
    """``it`` is the claimed constant, which has to be named first."""
    return sentence if "the claimed constant" in sentence else sentence.replace(" it ", " the claimed constant ")
