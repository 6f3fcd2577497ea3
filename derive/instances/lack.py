"""What a draw lacks to be an instance."""

from __future__ import annotations

from dataclasses import dataclass

from derive.instances.patterns import symbols
from derive.instances.rational import Array
from derive.language.relations import Relation
from derive.language.symbols import Symbol

LARGEST_NUMBER = 2**400
"""Numerators and denominators that are looked at first: larger ones slow everybody down."""

LARGEST_OF_ALL = 2**14_000
"""Those above which an instance is of no use to anybody: Python prints no longer ones."""

HUGE = "has huge entries"


@dataclass(frozen=True)
class Lack:
    """What a draft lacks, the symbols whose change may mend it, and whether it is lost without."""

    reason: str
    movable: tuple[Symbol, ...]
    required: bool = True


def lack_of(relation: Relation, required: bool) -> Lack:
    """A hypothesis that does not certainly hold."""
    found = symbols(relation.left, relation.right)
    return Lack(repr(relation), tuple(found[name] for name in sorted(found)), required)


def huge(value: Array, largest: int) -> bool:
    """Has an entry a larger numerator or denominator?"""
    return any(max(abs(entry.numerator), entry.denominator) > largest for entry in value.flat)
