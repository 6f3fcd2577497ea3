"""Points at which a statement is checked: sizes, positions and values that follow from a key by SHA-256."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from itertools import product
from random import Random
from typing import Any

from derive.language.matrix_powers import MatrixPower
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Number, Size, Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, elementwise
from derive.verify.elementary import Elementary
from derive.verify.rationals import Rationals
from derive.verify.scope import scope
from derive.verify.statement import Statement
from derive.verify.styles import FOR_EQUALITIES, Style, free, style
from derive.verify.values import Evaluation

SIZES = ((2, 2, 2, 2), (3, 2, 1, 2), (1, 3, 2, 1), (2, 3, 3, 2), (1, 1, 1, 1))
"""What the sizes of a statement are, in the order of their names, which is taken up again from its start."""


@dataclass(frozen=True)
class Point:
    """Sizes by name, positions of index symbols from 0, and the values of symbols."""

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    values: Mapping[str, Array]


def key_of(*parts: object) -> Random:
    """Random numbers that follow from the parts."""
    return Random(int.from_bytes(sha256("\0".join(map(str, parts)).encode()).digest(), "big"))


def symbols_in(statement: Statement) -> list[Symbol]:
    return [node for node in _leaves(statement) if isinstance(node, Symbol)]


def indices_in(statement: Statement) -> list[IndexSymbol]:
    return [node for node in _leaves(statement) if isinstance(node, IndexSymbol)]


def _leaves(statement: Statement) -> list[Tensor]:
    """The symbols and index symbols, each name once."""
    sides = [side for r in (*statement.relations, *statement.given) for side in (r.left, r.right)]
    found = {n.name: n for side in sides for n in side.walk() if isinstance(n, (Symbol, IndexSymbol))}
    found |= {index.name: index for index in statement.positions}
    return [found[name] for name in sorted(found)]


def sizes_of(statement: Statement) -> Iterator[dict[str, int]]:
    """Small sizes, the same for the same names."""
    names = sorted(statement.dimensions)
    for choice in dict.fromkeys(tuple(row[k % len(row)] for k in range(len(names))) for row in SIZES):
        yield dict(zip(names, choice, strict=True))


def styles_of(statement: Statement) -> Iterator[dict[str, Style]]:
    """For the symbols that stand in equalities, every choice of a style; for the others that of their properties."""
    symbols = symbols_in(statement)
    equalities = [r for r in statement.given if r.sign == "=="]
    inside = {n.name for r in equalities for side in (r.left, r.right) for n in side.walk() if isinstance(n, Symbol)}
    usual = {symbol.name: style(symbol) for symbol in symbols}
    tied = [symbol.name for symbol in symbols if symbol.name in inside and usual[symbol.name] is free and symbol.shape]
    for chosen in product(FOR_EQUALITIES, repeat=min(len(tied), 3)):
        yield {**usual, **dict(zip(tied, chosen, strict=False))}


def positions_at(statement: Statement, sizes: Mapping[str, int], rng: Random) -> dict[str, int]:
    """Positions of index symbols, unlike each other as far as there are enough."""
    taken: dict[int, int] = {}
    found: dict[str, int] = {}
    start = rng.randrange(2)
    for index in indices_in(statement):
        size = index.dimension.size(sizes)
        found[index.name] = (start + taken.get(size, 0)) % size
        taken[size] = taken.get(size, 0) + 1
    return found


def places(relation: Relation, statement: Statement, point: Point) -> Iterator[dict[str, int]]:
    """The positions at which a hypothesis is to hold: all of its index symbols, at which those between them do.

    One that speaks of sizes and positions alone, such as ``i != j``, is to hold at the positions of the point.
    """
    own = [node for side in (relation.left, relation.right) for node in side.walk() if isinstance(node, IndexSymbol)]
    if not own or counting(relation):
        yield dict(point.indices)
        return
    sizes = {index.name: index.dimension.size(point.sizes) for index in own}
    conditions = [given for given in statement.given if counting(given)]
    for chosen in product(*(range(size) for size in sizes.values())):
        found = {**point.indices, **dict(zip(sizes, chosen, strict=True))}
        if all(_counted(condition, replace(point, indices=found)) for condition in conditions):
            yield found


def counting(relation: Relation) -> bool:
    """Does the relation speak of sizes and positions alone?"""
    leaves = [node for side in (relation.left, relation.right) for node in side.walk() if not list(node.children())]
    return all(isinstance(leaf, (Number, Size, IndexSymbol)) for leaf in leaves)


def _counted(relation: Relation, point: Point) -> bool:
    """Whether a relation between sizes and positions holds."""
    evaluation = Evaluation(Rationals(), point.sizes)
    values = scope({}, point.indices)
    try:
        gap = evaluation.value(relation.right, values).scalar - evaluation.value(relation.left, values).scalar
    except Unknown:
        return False
    signs = {"==": gap == 0, "!=": gap != 0, "<=": gap >= 0, ">=": gap <= 0, "<": gap > 0, ">": gap < 0}
    return bool(signs[relation.sign])


def exponents_of_matrices(statement: Statement) -> list[str]:
    """The symbols that say how many factors a power of a matrix has."""
    sides = (side for r in (*statement.relations, *statement.given) for side in (r.left, r.right))
    powers = (node for side in sides for node in side.walk() if isinstance(node, MatrixPower))
    return list(dict.fromkeys(n.name for power in powers for n in power.exponent.walk() if isinstance(n, Symbol)))


def drawn(
    statement: Statement, sizes: Mapping[str, int], styles: Mapping[str, Style], functions: Elementary, draw: Any
) -> dict[str, Array]:
    """Values of the symbols over some arithmetic.

    Raises:
        Unknown: a style divides by zero.
    """
    return {
        symbol.name: styles[symbol.name](tuple(axis.size(sizes) for axis in symbol.shape), draw, functions)
        for symbol in symbols_in(statement)
    }


def fractions(statement: Statement, name: str, attempts: int) -> Iterator[Point]:
    """Rational points: small and large ones, of any signs and of one, whether or not hypotheses hold there."""
    functions = Elementary(Rationals())
    choices = [(sizes, styles) for sizes in sizes_of(statement) for styles in styles_of(statement)]
    for attempt in range(attempts):
        sizes, styles = choices[attempt % len(choices)]
        rng = key_of("fractions", name, attempt)
        try:
            values = drawn(statement, sizes, styles, functions, _fraction(rng, nonnegative=rng.random() < 0.3))
        except Unknown:
            continue
        scale = Fraction(1, 2 ** rng.randrange(7))
        growth = Fraction(2 ** rng.randrange(5))
        scaled = {
            symbol.name: _fitted(symbol, values[symbol.name], styles[symbol.name], scale if symbol.shape else growth)
            for symbol in symbols_in(statement)
        }
        yield Point(sizes, positions_at(statement, sizes, rng), scaled)


def _fraction(rng: Random, nonnegative: bool) -> Callable[[], Fraction]:
    return lambda: Fraction(rng.randint(0 if nonnegative else -8, 8), 8)


def _fitted(symbol: Symbol, value: Array, chosen: Style, scale: Fraction) -> Array:
    """The value at another scale, with the signs that the symbol is declared to have."""
    if "integer" in symbol.properties:
        value = elementwise(lambda z: Fraction(round(8 * z)), value)
    elif chosen is style(symbol) and "orthogonal" not in symbol.properties:
        value = elementwise(lambda z: z * scale, value)
    if symbol.properties & {"positive", "nonnegative"}:
        value = elementwise(lambda z: abs(z) or scale, value)
    return value
