"""The sizes and index positions at which an obligation is tried: degenerate ones first, then unequal ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product
from operator import eq, ge, gt, le, lt, ne

from derive.instances.ranks import implied
from derive.language.combinatorics import Binomial, Factorial, counted
from derive.language.derivatives import Definition
from derive.language.relations import Relation
from derive.language.tensor import (
    Add,
    Divide,
    Index,
    IndexSymbol,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Tensor,
)
from derive.obligation import Obligation

Sizes = dict[str, int]
Positions = dict[str, int]

PATTERNS = (
    (1,),
    (2, 3, 4, 3),
    (3, 2, 2, 4),
    (2,),
    (1, 2, 3, 2),
    (4, 2, 3, 1),
    (2, 1, 2, 3),
    (3,),
    (2, 5, 3, 2),
    (5, 3, 2, 4),
)
"""Sizes of the first, second, third ... dimension, repeated cyclically."""

LARGEST_ARRAY = 2**12
"""Entries above which an array of the obligation makes a size too expensive."""

ENUMERATED = 20_000
"""Combinations looked through where relations between dimensions exclude the usual ones."""

LOOKED_THROUGH = 3_000
"""The same where all usual combinations have a dimension of one."""

COMPARISONS = {"==": eq, "!=": ne, "<=": le, ">=": ge, "<": lt, ">": gt}


def nodes(obligation: Obligation) -> list[Tensor]:
    """Every node of both sides and of the hypotheses, each once."""
    return list({id(node): node for side in obligation.expressions for node in side.walk()}.values())


@lru_cache(maxsize=1 << 12)
def counting(relation: Relation) -> bool:
    """Does the relation speak of sizes and positions only?"""
    leaves = [node for side in (relation.left, relation.right) for node in side.walk() if not list(node.children())]
    whole = (Number, Size, IndexSymbol)
    return all(isinstance(leaf, whole) for leaf in leaves) and any(not isinstance(leaf, Number) for leaf in leaves)


def number(expression: Tensor, sizes: Mapping[str, int], positions: Mapping[str, int]) -> Fraction | None:
    """The value of an arithmetic expression in sizes and positions; None where it is something else."""
    match expression:
        case Number(value=value):
            return value
        case Size(dimension=d):
            return Fraction(d.size(sizes))
        case IndexSymbol(name=name):
            return Fraction(positions[name]) if name in positions else None
        case Definition(operand=operand):
            return number(operand, sizes, positions)
        case Negative(operand=operand):
            inner = number(operand, sizes, positions)
            return None if inner is None else -inner
        case Add(left=left, right=right) | Multiply(left=left, right=right) | Divide(left=left, right=right):
            a, b = number(left, sizes, positions), number(right, sizes, positions)
            return None if a is None or b is None else _combined(expression, a, b)
        case Binomial() | Factorial():
            numbers = [number(child, sizes, positions) for child in expression.children()]
            return None if None in numbers else counted(expression, *(n for n in numbers if n is not None))
        case Power(base=base, exponent=Number(value=e)) if e.denominator == 1:
            a = number(base, sizes, positions)
            return None if a is None or (a == 0 and e < 0) else a ** int(e)
    return None


def _combined(expression: Tensor, a: Fraction, b: Fraction) -> Fraction | None:
    if isinstance(expression, Add):
        return a + b
    if isinstance(expression, Multiply):
        return a * b
    return a / b if b else None


def allows(relation: Relation, sizes: Mapping[str, int], positions: Mapping[str, int]) -> bool | None:
    """Does a relation between sizes and positions hold? None where that cannot be told from these alone."""
    left, right = number(relation.left, sizes, positions), number(relation.right, sizes, positions)
    if left is None or right is None or relation.sign not in COMPARISONS:
        return None
    return bool(COMPARISONS[relation.sign](left, right))


class Shapes:
    """The dimensions and index symbols of an obligation, and which sizes and positions of them are admissible."""

    def __init__(self, obligation: Obligation) -> None:
        self.nodes = nodes(obligation)
        shapes = {node.shape for node in self.nodes}
        self.axes = {axis for shape in shapes for axis in shape}
        self.shapes = shapes
        self.indices = {node.name: node.dimension for node in self.nodes if isinstance(node, IndexSymbol)}
        self.entries = [
            (axis, item)
            for node in self.nodes
            if isinstance(node, Index)
            for axis, item in zip(node.operand.shape, (i for i in node.items if not _new_axis(i)), strict=True)
            if isinstance(item, int)
        ]
        dimensions = [*self.axes, *self.indices.values()]
        dimensions += [node.dimension for node in self.nodes if isinstance(node, Size)]
        self.names = self._in_order({name for d in dimensions for name in d.names})
        self.relations = [relation for relation in obligation.given if counting(relation)]
        self.ranks = [relation for given in obligation.given for relation in implied(given)]
        self._positions: dict[tuple[tuple[str, int], ...], tuple[Positions, ...]] = {}

    def _in_order(self, names: set[str]) -> list[str]:
        """Dimension names as they first appear in the symbols' shapes."""
        seen = [name for node in self.nodes for axis in node.shape for name in sorted(axis.names)]
        seen += [name for node in self.nodes if isinstance(node, Size) for name in sorted(node.dimension.names)]
        return list(dict.fromkeys([name for name in seen if name in names] + sorted(names)))

    def admissible(self, sizes: Mapping[str, int]) -> bool:
        """Are all axes at least one long, fixed entries inside their axes, and the relations satisfied?"""
        if any(_evaluated(axis.terms, sizes) < 1 for axis in [*self.axes, *self.indices.values()]):
            return False
        if any(axis.size(sizes) <= item for axis, item in self.entries):
            return False
        if any(allows(relation, sizes, {}) is False for relation in (*self.relations, *self.ranks)):
            return False
        return next(self.positions(sizes), None) is not None

    def bearable(self, sizes: Mapping[str, int]) -> bool:
        """Does every array that the obligation mentions stay small?"""
        return all(_entries(axis.size(sizes) for axis in shape) <= LARGEST_ARRAY for shape in self.shapes)

    def all_positions(self, sizes: Mapping[str, int]) -> tuple[Positions, ...]:
        """``positions``, found once for the same sizes."""
        key = tuple(sorted(sizes.items()))
        if key not in self._positions:
            self._positions[key] = tuple(self.positions(sizes))
        return self._positions[key]

    def positions(self, sizes: Mapping[str, int]) -> Iterator[Positions]:
        """All positions of the index symbols that the relations between them allow."""
        ranges = [range(dimension.size(sizes)) for dimension in self.indices.values()]
        for chosen in product(*ranges):
            positions = dict(zip(self.indices, chosen, strict=True))
            if all(allows(relation, sizes, positions) is not False for relation in self.relations):
                yield positions

    def sizes(self) -> list[Sizes]:
        """The combinations to try, the smallest first; empty where none was found that the hypotheses allow."""
        usual = [{name: row[k % len(row)] for k, name in enumerate(self.names)} for row in PATTERNS]
        found = _distinct(sizes for sizes in usual if self._possible(sizes))
        if self.names and (len(found) < 4 or self.relations or self.ranks):
            found = _distinct([*found, *self._enumerated(10 - min(len(found), 6))])
        if found and not any(min(row.values(), default=2) > 1 for row in found):
            found += self._nontrivial()
        return found

    def _nontrivial(self) -> list[Sizes]:
        """The smallest combination without a 1, where the relations put it beyond the usual sizes (``m >= n**3``)."""
        largest = int(ENUMERATED ** (1 / len(self.names)))
        rows = sorted(product(range(2, largest + 1), repeat=len(self.names)), key=lambda row: (sum(row), row))
        combinations = (dict(zip(self.names, row, strict=True)) for row in rows[:LOOKED_THROUGH])
        return list(islice((sizes for sizes in combinations if self._possible(sizes)), 1))

    def _possible(self, sizes: Mapping[str, int]) -> bool:
        return self.admissible(sizes) and self.bearable(sizes)

    def _enumerated(self, count: int) -> list[Sizes]:
        """Combinations near the constants that the relations name, by growing total."""
        near = {c + k for c in self._constants() for k in (-1, 0, 1)}
        candidates = sorted({1, 2, 3, 4, 5, 6} | {value for value in near if value > 0})
        while len(candidates) ** len(self.names) > ENUMERATED:
            candidates.pop()
        combinations = sorted(product(candidates, repeat=len(self.names)), key=lambda row: (sum(row), row))
        found: list[Sizes] = []
        for row in combinations:
            sizes = dict(zip(self.names, row, strict=True))
            if self._possible(sizes):
                found.append(sizes)
            if len(found) == count:
                break
        return found

    def _constants(self) -> set[int]:
        """Whole numbers of the relations between sizes, and the positions of fixed entries."""
        sides = [side for relation in self.relations for side in (relation.left, relation.right)]
        numbers = {int(node.value) for side in sides for node in side.walk() if isinstance(node, Number)}
        return numbers | {item + 1 for _, item in self.entries}


def _new_axis(item: object) -> bool:
    """Is this place of an index NumPy's ``None``?"""
    return isinstance(item, str) and item == "None"


def _evaluated(terms: Iterable[tuple[tuple[str, ...], int]], sizes: Mapping[str, int]) -> int:
    """A size polynomial, negative values included."""
    return sum(c * _entries(sizes[name] for name in names) for names, c in terms)


def _entries(lengths: Iterable[int]) -> int:
    total = 1
    for length in lengths:
        total *= length
    return total


def _distinct(rows: Iterable[Sizes]) -> list[Sizes]:
    return list({tuple(row.items()): row for row in rows}.values())
