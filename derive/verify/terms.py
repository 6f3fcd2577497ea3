"""The scalar inequality as which a claim is read: between entries of its sides, or between the terms of their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product

from derive.language.arrays import Eye, Spectral, diag
from derive.language.dimensions import ONE, Dimension
from derive.language.rebuild import at_positions
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Index, IndexSum, IndexSymbol, Multiply, Negative, Number, Size, Tensor
from derive.language.text import parse_relations
from derive.record import InstanceRecord, ReadingRecord
from derive.verify.generic import Generic, Texts, equal
from derive.verify.points import indices_in
from derive.verify.statement import Statement


class Wrong(Exception):
    """A part of the proof is not what it is said to be."""


@dataclass(frozen=True)
class Inequality:
    """A relation between scalars under others, and what the words of its proof stand for."""

    relation: Relation
    given: tuple[Relation, ...]
    sizes: tuple[str, ...]
    texts: Texts
    generic: Generic
    statement: Statement


def read_as(part: Statement, records: Sequence[ReadingRecord], name: str) -> list[Inequality]:
    """The scalar inequalities, after a look at whether they imply the claim.

    Raises:
        Wrong: they do not. Unreadable: a text is no expression. Unknown: the sides have no value at any point.
    """
    if any(record.factor for record in records):
        part = _of_weights(part, records[0], name)
    readings = [_Reading(part, record, name) for record in records]
    _implies(part, readings)
    return [r.inequality(part) for r in readings]


def _of_weights(part: Statement, record: ReadingRecord, name: str) -> Statement:
    """The inequality between vectors that is enough for a Loewner claim about ``P^T diag(v) P``."""
    texts = Texts(part, {size: Size(Dimension.symbol(size)) for size in part.dimensions})
    least, factor, weights = (texts.node(text) for text in (record.least, record.factor, record.weights))
    relation = part.relations[0]
    small, large = (relation.right, relation.left) if relation.sign == ">>" else (relation.left, relation.right)
    zero = isinstance(least, Number) and least.value == 0
    positive = isinstance(least, Symbol) and bool(least.properties & {"positive", "nonnegative"})
    if relation.sign not in ("<<", ">>") or not (zero or positive or (isinstance(least, Number) and least.value > 0)):
        raise Wrong("a claim that is not about definiteness is read as one")
    square = factor.T @ diag(weights) @ factor
    multiple = least if not small.shape else Multiply.of(least, Eye(large.shape[0], large.shape))
    generic = Generic(part, {}, name)
    if not all(equal(a, b) and equal(c, d) for a, b, c, d in generic.values(large, square, small, multiple)):
        raise Wrong("the sides are not the congruence as which they are read")
    enough = weights if zero else weights * Spectral("sigma_min", factor) ** 2
    return replace(part, relations=(Relation.of("<=", least, enough),))


class _Reading:
    """A reading with its texts read."""

    def __init__(self, part: Statement, record: ReadingRecord, name: str) -> None:
        sizes: dict[str, Tensor] = {size: Size(Dimension.symbol(size)) for size in part.dimensions}
        plain = Texts(part, sizes)
        indices = {key: IndexSymbol(key, _size(plain.node(text))) for key, text in record.indices.items()}
        names = record.summed.split()
        if not set(names) <= indices.keys():
            raise Wrong("a sum runs over an index without a size")
        self.summed = [indices[key] for key in names]
        self.free = [index for key, index in indices.items() if key not in names]
        self.texts = Texts(part, {**sizes, **indices})
        sign = "<" if part.relations[0].sign in ("<", ">") else "<="
        self.relation = Relation.of(sign, self.texts.node(record.small), self.texts.node(record.large))
        wider = Statement((*part.relations, self.relation), part.given, part.names, part.dimensions)
        self.generic = Generic(wider, {}, name, either_sign=True)
        self.given = tuple(self._instance(part, instance) for instance in record.given)

    def inequality(self, part: Statement) -> Inequality:
        indices = (*self.free, *self.summed)
        names = {**part.names, **{index.name: index for index in indices}}
        statement = Statement((self.relation,), self.given, names, part.dimensions, indices)
        return Inequality(self.relation, self.given, part.dimensions, self.texts, self.generic, statement)

    def _instance(self, part: Statement, record: InstanceRecord) -> Relation:
        """The instance of a hypothesis, which is what the hypothesis says at some positions."""
        if not 0 <= record.hypothesis < len(part.given):
            raise Wrong("the proof cites a hypothesis that the claim does not have")
        (found,) = parse_relations(record.statement, self.texts.names)
        claimed = part.given[record.hypothesis]
        if found.sign != claimed.sign:
            raise Wrong("a hypothesis is cited with another sign")
        own = [index for index in indices_in(part) if any(node is index for node in _nodes(claimed))]
        tied = {side for r in part.given for side in (r.left, r.right) if isinstance(side, IndexSymbol)}
        every = [*self.free, *self.summed, *indices_in(part)]
        if tied & set(own):
            raise Wrong("a hypothesis that holds at some positions alone is cited at others")
        if not any(self._same(found, at) for at in _positions(claimed, own, every)):
            raise Wrong("what is cited as a hypothesis is not one of the claim")
        return found

    def _same(self, found: Relation, other: Relation) -> bool:
        values = self.generic.values(found.left, other.left, found.right, other.right)
        return all(equal(row[0], row[1]) and equal(row[2], row[3]) for row in values)

    def total(self, node: Tensor) -> Tensor:
        return reduce(IndexSum.of, reversed(self.summed), node)

    def is_total(self, node: Tensor, side: Tensor, *, absolute: bool = False) -> bool:
        """Is an entry of a side of the claim the sum of the terms, or its absolute value?"""
        own = self.free[len(self.free) - side.ndim :]
        items = tuple(0 if size == ONE else index for size, index in zip(side.shape, own, strict=True))
        entry = Index.of(side, items) if items else side
        found = Apply.of("abs", self.total(node)) if absolute else self.total(node)
        return all(equal(a, b) for a, b in self.generic.values(entry, found))


def _size(node: Tensor) -> Dimension:
    if isinstance(node, Size):
        return node.dimension
    if isinstance(node, Number) and node.value >= 1 and node.value.denominator == 1:
        return Dimension.number(int(node.value))
    raise Wrong("a position runs over what is no size")


def _nodes(relation: Relation) -> list[Tensor]:
    return [*relation.left.walk(), *relation.right.walk()]


def _positions(claimed: Relation, own: Sequence[IndexSymbol], every: Sequence[IndexSymbol]) -> list[Relation]:
    """The hypothesis at all choices of positions for its axes and its own index symbols."""
    shape = claimed.left.shape if claimed.left.ndim >= claimed.right.ndim else claimed.right.shape
    axes = [[0] if size == ONE else [index for index in every if index.dimension == size] for size in shape]
    swaps = [[other for other in (index, *every) if other.dimension == index.dimension] for index in own]
    found: list[Relation] = []
    for items, others in product(product(*axes), product(*swaps)):
        names = {index.name: other for index, other in zip(own, others, strict=True)}
        sides = [_at(side, items, names) for side in (claimed.left, claimed.right)]
        found.append(Relation(claimed.sign, *sides))
    return found


def _at(side: Tensor, items: Sequence[object], names: Mapping[str, IndexSymbol]) -> Tensor:
    """The entry of a side at positions; a sum over one position alone puts an index in the place of another."""
    own = tuple(
        0 if size == ONE else item for size, item in zip(side.shape, items[len(items) - side.ndim :], strict=True)
    )
    return at_positions(Index.of(side, own) if own else side, names)


def _implies(part: Statement, readings: Sequence[_Reading]) -> None:
    """Do the inequalities between entries or terms imply the claim?"""
    relation = part.relations[0]
    turned = relation.sign in (">=", ">")
    small, large = (relation.right, relation.left) if turned else (relation.left, relation.right)
    first = readings[0]
    if len(readings) > 2 or not all(r.is_total(r.relation.right, large) for r in readings):
        raise Wrong("the larger side is not what it is read as")
    if len(readings) == 1 and not first.is_total(first.relation.left, small):
        raise Wrong("the smaller side is not what it is read as")
    if len(readings) == 2:
        _is_two_sided(first, readings[1], small)


def _is_two_sided(first: _Reading, second: _Reading, small: Tensor) -> None:
    """Is the smaller side an absolute value, of what is read in the one and its negative in the other?"""
    opposite = Add.of(first.relation.left, second.relation.left)
    zero = Number(Fraction(0))
    if not all(equal(a, b) for a, b in second.generic.values(opposite, Add.of(zero, Negative.of(zero)))):
        raise Wrong("the two readings of an absolute value are not opposite")
    if not first.is_total(first.relation.left, small, absolute=True):
        raise Wrong("the smaller side is no absolute value of what it is read as")
