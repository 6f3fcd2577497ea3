"""A grid x(0), x(1), ..., x(m), and what is read of a smooth function at a point of it and at the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.bounds.rules.combinations import Terms
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.abstract import AbstractValue
from derive.language.derivatives import Definition, Derivative, Substitution
from derive.language.dimensions import Dimension
from derive.language.errors import InputError
from derive.language.rebuild import renamed, with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Index, IndexSum, IndexSymbol, Negative, Number, Size, Tensor

ONE = Number(Fraction(1))


class Unread(Exception):
    """Why a claim is not of the form that is looked for."""


@dataclass(frozen=True)
class Grid:
    """A function, the Lipschitz constant of its derivative, and the point ``here`` at ``place``, 0 to ``size``.

    ``symbols`` stand for the values here and at the next point, then for the slopes.
    """

    name: str
    constant: Tensor
    place: Symbol
    size: Dimension
    here: Tensor
    symbols: tuple[Symbol, Symbol, Symbol, Symbol]

    @classmethod
    def of(cls, name: str, constant: Tensor, index: IndexSymbol, here: Tensor) -> Grid:
        """The grid of the points ``here``, in the index over which a sum runs."""
        place = _place(index)
        values = Symbol(f"{name}_here", ()), Symbol(f"{name}_next", ())
        slopes = Symbol(f"{name}_slope", ()), Symbol(f"{name}_next_slope", ())
        return cls(name, constant, place, index.dimension, placed(here, index, place), (*values, *slopes))

    @property
    def next(self) -> Tensor:
        return self.at(Add.of(self.place, ONE))

    @property
    def shifted_back(self) -> Grid:
        """The grid of which ``here`` is the next point."""
        return replace(self, here=self.at(Add.of(self.place, Negative.of(ONE))))

    def at(self, place: Tensor) -> Tensor:
        """The point at another place."""
        return renamed(self.here, {self.place.name: place})

    def relations(self) -> Iterator[Relation]:
        """What Taylor's theorem says of the values and slopes at neighbouring points."""
        here, there, slope, next_slope = self.symbols
        step = self.next - self.here
        rest = self.constant * step**2 / 2
        for gap in (there - here - slope * step, there - here - next_slope * step):
            yield Relation("<=", gap, rest)
            yield Relation("<=", -gap, rest)
        yield Relation("<=", (next_slope - slope) ** 2, self.constant**2 * step**2)


def _place(index: IndexSymbol) -> Symbol:
    return Symbol(f"{index.name}_place", (), frozenset({"nonnegative", "integer"}), index.tex)


def placed(node: Tensor, index: IndexSymbol, place: Symbol) -> Tensor:
    """The expression with a number in the place of the index; definitions are written out.

    Raises:
        Unread: an array is read at the index.
    """
    if not any(isinstance(leaf, IndexSymbol) and leaf.name == index.name for leaf in node.walk()):
        return node
    match node:
        case IndexSymbol():
            return place
        case Definition(operand=operand):
            return placed(operand, index, place)
        case Index() | IndexSum():
            raise Unread("an array is read along the grid")
        case Substitution(value=value):
            return replace(node, value=placed(value, index, place))
        case AbstractValue(arguments=(argument,)):
            return replace(node, arguments=(placed(argument, index, place),))
    return with_operands(node, [placed(child, index, place) for child in node.children()])


def points(total: IndexSum, name: str) -> Iterator[Tensor]:
    """The points at which the terms of a sum read the function or its derivative."""
    for node in total.operand.walk():
        found = reading(node) if isinstance(node, (Substitution, AbstractValue)) else None
        leaves = [] if found is None or found[0] != name else found[2].walk()
        if found is not None and any(
            isinstance(leaf, IndexSymbol) and leaf.name == total.index.name for leaf in leaves
        ):
            yield found[2]


def reading(node: Tensor) -> tuple[str, int, Tensor] | None:
    """The function, the order of its derivative (0 or 1), and the point, where the node is such."""
    match node:
        case AbstractValue(name=name, arguments=(argument,)):
            return name, 0, argument
        case Derivative(operand=operand, variables=(variable,)):
            found = reading(_unnamed(operand))
            return (found[0], 1, variable) if found and found[1] == 0 and found[2] is variable else None
        case Substitution(operand=operand, symbol=symbol, value=value):
            found = reading(_unnamed(operand))
            return None if found is None else (*found[:2], renamed(found[2], {symbol.name: value}))
    return None


def _unnamed(node: Tensor) -> Tensor:
    while isinstance(node, Definition):
        node = node.operand
    return node


def read(node: Tensor, grid: Grid) -> Tensor:
    """The expression in the symbols of the grid.

    Raises:
        Unread: a function is read at another point, or of another function.
    """
    found = reading(node)
    if found is not None:
        name, order, point = found
        for k, own in enumerate((grid.here, grid.next)):
            if name == grid.name and equal(point, own):
                return grid.symbols[2 * order + k]
        raise Unread(f"{node!r} is not read at neighbouring points of the grid")
    if isinstance(node, Definition):
        return read(node.operand, grid)
    children = list(node.children())
    return with_operands(node, [read(child, grid) for child in children]) if children else node


def end_values(rest: Terms, grid: Grid) -> Fraction | None:
    """c where the terms are ``c (f(x(m)) - f(x(0)))``; None where they are something else."""
    ends = [(c, found[2]) for c, term in rest if (found := reading(_unnamed(term))) and found[:2] == (grid.name, 0)]
    if len(ends) != 2 or len(rest) != 2 or ends[0][0] != -ends[1][0]:
        return None
    first, last = grid.at(Number(Fraction(0))), grid.at(Size(grid.size))
    for (c, high), (_, low) in (ends, ends[::-1]):
        if equal(high, last) and equal(low, first):
            return c
    return None


def equal(first: Tensor, second: Tensor) -> bool:
    """Are two points the same, for all places and sizes?"""
    try:
        return difference(first, second).proved
    except (Undecidable, InputError):
        return False
