"""How large a size has to be for the hypotheses to hold: the least one found, over instances of all that is else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import islice

import numpy as np

from derive.evaluate.point import Point
from derive.instances.admission import holds
from derive.instances.draft import Draft
from derive.instances.rational import Array, array
from derive.instances.search import instances
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Size, Tensor
from derive.lint.mentions import axes, names, sides
from derive.obligation import Obligation

INSTANCES = 24
"""Instances of the other hypotheses that are tried."""

DRAWS = 400
"""Draws of such instances, kept or not."""

LARGEST = 200
"""The power of two up to which a size is looked for."""

DIGITS = 7
"""Bisections of the size between two powers of two."""

FACTORS = (
    Fraction(4),
    Fraction(1, 4),
    Fraction(3, 2),
    Fraction(2, 3),
    Fraction(9, 8),
    Fraction(8, 9),
    Fraction(99, 98),
)
"""By what scalar parameters are multiplied, as long as that lets a smaller size do."""

ROUNDS = 6
"""How often all of them are tried."""


@dataclass(frozen=True)
class Regime:
    """The least size of a dimension found, at an instance of all else."""

    dimension: str
    size: int
    at: Point


@dataclass(frozen=True)
class _Question:
    """For which sizes of a dimension do all ``growing`` relations hold, where those of ``base`` do?"""

    dimension: str
    growing: Sequence[Relation]
    base: Sequence[Relation]

    def holds(self, draft: Draft, size: int) -> bool:
        there = replace(draft, sizes={**draft.sizes, self.dimension: size}, held={})
        return all(holds(relation, there) for relation in self.growing)

    def least(self, draft: Draft, below: int) -> int | None:
        """The least size less than ``below``, to two digits; None where there is none."""
        if below < 2 or not self.holds(draft, below - 1):
            return None
        low, high = 0, (below - 1).bit_length()
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.holds(draft, 1 << middle) else (middle + 1, high)
        if low == 0:
            return 1
        fails, enough = 1 << (low - 1), min(1 << low, below - 1)
        for _ in range(DIGITS):
            middle = (fails + enough) // 2
            fails, enough = (fails, middle) if self.holds(draft, middle) else (middle, enough)
        return enough


def regimes(given: Sequence[Relation], name: str) -> Iterator[Regime]:
    """What hypotheses ask of each dimension that they compare with something.

    ``B == sqrt(log(m))`` makes ``m >= exp(B)`` a condition on m; conditions on arrays with m rows are left out, so that
    what is found is necessary for them, too. ``name`` fixes the draws.
    """
    plain = without_defined(given)
    sizes = sorted({size for relation in plain for size in _compared(relation)})
    for dimension in sizes:
        about = [r for r in plain if dimension in names(*sides(r)) and dimension not in axes(*sides(r))]
        growing = [relation for relation in about if not any(side.ndim for side in sides(relation))]
        base = [r for r in plain if dimension not in names(*sides(r)) | axes(*sides(r))]
        found = _least(_Question(dimension, growing, base), name) if growing else None
        if found is not None:
            yield found


def without_defined(given: Sequence[Relation]) -> list[Relation]:
    """The hypotheses without those that give a scalar parameter its value, which stands in the others instead."""
    left = list(given)
    for relation in given:
        for symbol, value in (sides(relation), sides(relation)[::-1]):
            if not isinstance(symbol, Symbol) or symbol.ndim or value.ndim or relation.sign != "==":
                continue
            if symbol.name not in names(value):
                others = [other for other in left if other is not relation]
                left = [_with({symbol.name: value}, other) for other in others]
                break
    return left


def _with(values: Mapping[str, Tensor], relation: Relation) -> Relation:
    left, right = (renamed(side, values) for side in sides(relation))
    return relation if left is relation.left and right is relation.right else replace(relation, left=left, right=right)


def _compared(relation: Relation) -> set[str]:
    """The dimensions whose sizes, as numbers, are in the relation."""
    nodes = (node for side in sides(relation) for node in side.walk())
    return {name for node in nodes if isinstance(node, Size) for name in node.dimension.names}


def _least(question: _Question, name: str) -> Regime | None:
    """The least size over instances, then over changes of the scalars of the best one."""
    parts = [side for relation in question.growing for side in sides(relation)]
    asked = Obligation(f"{name} {question.dimension}", "<=", reduce(Add.of, parts), parts[0], tuple(question.base))
    limit = 1 << LARGEST
    best: tuple[int, Draft] | None = None
    for instance in islice(islice(instances(asked, 0), DRAWS), INSTANCES):
        draft = _draft(instance.point)
        size = question.least(draft, best[0] if best else limit)
        best = best if size is None else (size, draft)
    if best is None:
        return None
    size, draft = _improved(question, *best)
    return Regime(question.dimension, size, _shown(draft, question))


def _improved(question: _Question, size: int, draft: Draft) -> tuple[int, Draft]:
    scalars = [name for name, value in draft.values.items() if not value.ndim]
    for _ in range(ROUNDS):
        before = size
        for name in scalars:
            for factor in FACTORS:
                moved = draft.replaced(name, array([draft.values[name].item() * factor], ()))
                fewer = question.least(moved, size) if all(holds(r, moved) for r in question.base) else None
                if fewer is not None:
                    size, draft = fewer, moved
        if size == before:
            break
    return size, draft


def _draft(point: Point) -> Draft:
    values: dict[str, Array] = {name: np.asarray(value, dtype=object) for name, value in point.values.items()}
    return Draft(dict(point.sizes), dict(point.indices), (dict(point.indices),), values)


def _shown(draft: Draft, question: _Question) -> Point:
    """The other sizes, and the scalars."""
    sizes = {name: size for name, size in draft.sizes.items() if name != question.dimension}
    mentioned = {name for relation in question.growing for name in names(*sides(relation)) | axes(*sides(relation))}
    scalars = {name: value.item() for name, value in draft.values.items() if not value.ndim and name in mentioned}
    return Point({name: size for name, size in sizes.items() if name in mentioned}, {}, scalars)
