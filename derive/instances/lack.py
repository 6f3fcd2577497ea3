"""What a draw lacks to be an instance."""

from __future__ import annotations

from dataclasses import dataclass

from derive.instances.patterns import symbols
from derive.instances.rational import Array
from derive.language.relations import Relation
from derive.language.symbols import Symbol

LARGEST_NUMBER = 2**400
"""Numerators and denominators above which an instance is of no use to anybody."""


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


def huge(value: Array) -> bool:
    """Has an entry more digits than are of use?"""
    return any(max(abs(entry.numerator), entry.denominator) > LARGEST_NUMBER for entry in value.flat)
