"""Arrays that are rational multiples of others."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any


def factor(entries: Sequence[Any], others: Sequence[Any]) -> Fraction | None:
    """The rational number by which all entries, balls, are multiples of others."""
    place = next((k for k, other in enumerate(others) if not other.contains(0)), None)
    if place is None or len(entries) != len(others):
        return None
    found = Fraction(float((entries[place] / others[place]).mid())).limit_denominator(10**6)
    agree = all((b * found.numerator / found.denominator).overlaps(a) for a, b in zip(entries, others, strict=True))
    return found if agree else None
