"""A number that may be a size: where instances have too few sizes to tell it from a dimension, or two dimensions apart.

At ``k = d`` a factor ``sqrt(k)`` is a factor ``sqrt(d)``, and where ``d`` is 4 throughout it is a factor 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from derive.diagnosis.finding import Finding
from derive.diagnosis.reading import Reading
from derive.diagnosis.sides import Sides

_NAME = re.compile(r"[^\W\d]\w*")

CONSTANTS = frozenset({"sqrt", "exp", "log", "pi", "e"})
"""Words in the text of a number that has no name of a scalar in it (``e`` in ``1e-6``)."""

Told = frozenset[str | tuple[str, str]]
"""Sizes that take two values among some instances, and pairs of sizes that differ at one of them."""


def told_apart(instances: Sequence[Mapping[str, int]]) -> Told:
    """Which sizes the instances tell from a constant, and which pairs of sizes from each other."""
    names = sorted({name for sizes in instances for name in sizes})
    values = {name: [sizes.get(name) for sizes in instances] for name in names}
    varied = {name for name in names if len(set(values[name])) > 1}
    return frozenset(varied) | {(a, b) for a, b in combinations(names, 2) if values[a] != values[b]}


@dataclass(frozen=True)
class Doubt:
    """What the instances leave open of sizes.

    Attributes:
        names: sizes that cannot be named: constant throughout, or equal to another throughout.
        constant: whether a size is constant throughout: then any plain number may be a function of it.
    """

    names: frozenset[str]
    constant: bool

    @classmethod
    def of(cls, points: Sequence[Sides]) -> Doubt:
        instances = [point.sizes for point in points]
        known = told_apart(instances)
        names = sorted({name for sizes in instances for name in sizes})
        equal = {name for pair in combinations(names, 2) if pair not in known for name in pair}
        constant = {name for name in names if name not in known}
        return cls(frozenset(equal | constant), bool(constant))

    def reading(self, number: Reading) -> Reading:
        """The number without the names in doubt; ``here`` where what is left may be a function of sizes."""
        texts = tuple(text for text in number.texts if not self.names & _names(text))
        plain = any(_names(text) <= CONSTANTS for text in texts)
        lost = bool(number.texts) and not texts
        return replace(number, texts=texts, here=lost or (plain and self.constant))

    def finding(self, found: Finding) -> Finding:
        """The finding, its number read with that doubt."""
        return found if found.number is None else replace(found, number=self.reading(found.number))


def _names(text: str) -> set[str]:
    return set(_NAME.findall(text))
