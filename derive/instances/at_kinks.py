"""Points moved onto a kink: where the argument of a piecewise function is zero, with a direction that crosses it.

The argument is moved by one symbol in which it is affine, by the shortest way, and exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point, entries, nest
from derive.evaluate.rationals import Rationals
from derive.language.arrays import Composite
from derive.language.derivatives import grad
from derive.language.errors import InputError
from derive.language.one_sided import Jump
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Index, Negative, Tensor

KINKED = frozenset({"relu", "abs", "heaviside", "sign"})
BETWEEN = frozenset({"maximum", "minimum"})
"""Functions with a kink where their argument is zero, or where their two arguments are equal."""

MOST_ENTRIES = 3
"""Entries of one argument that are moved onto a kink."""


def arguments(root: Tensor) -> list[Tensor]:
    """What is zero at a kink of a function in ``root``."""
    found: dict[Tensor, None] = {}
    for node in root.walk():
        if isinstance(node, Composite):
            found |= dict.fromkeys(arguments(node.expand()))
        elif isinstance(node, Apply) and node.function in KINKED:
            found[node.arguments[0]] = None
        elif isinstance(node, Apply) and node.function in BETWEEN:
            found[Add.of(node.arguments[0], Negative.of(node.arguments[1]))] = None
    return list(found)


def at_kinks(jump: Jump, point: Point) -> Iterator[Point]:
    """Points on the kinks, from ``point`` and from where the variable is zero, by each symbol in turn."""
    x = jump.variable
    origin = _with(point, x, [Fraction(0)] * len(entries(point.values[x.name])))
    for argument, start in product(arguments(jump.operand), (point, origin)):
        sizes = [range(axis.size(point.sizes)) for axis in argument.shape]
        for place, _ in zip(product(*sizes), range(MOST_ENTRIES), strict=False):
            entry = Index.of(argument, place) if place else argument
            symbols = {node.name: node for node in entry.walk() if isinstance(node, Symbol)}
            for symbol in [x, *(s for s in symbols.values() if s is not x and not s.properties)]:
                moved = _onto(entry, symbol, start) if symbol.name in symbols else None
                crossing = None if moved is None else _crossing(entry, jump, moved)
                if crossing is not None:
                    yield crossing


def _with(point: Point, symbol: Symbol, values: list[Fraction]) -> Point:
    shape = tuple(axis.size(point.sizes) for axis in symbol.shape)
    return replace(point, values={**point.values, symbol.name: nest(values, shape)})


def _exactly(node: Tensor, point: Point) -> list[Fraction] | None:
    """The entries, where they are rational numbers."""
    try:
        return [Fraction(int(x.p), int(x.q)) for x in evaluate(node, point, Rationals()).flat]
    except (EvaluationError, InputError):
        return None


def _onto(entry: Tensor, symbol: Symbol, point: Point) -> Point | None:
    """The point with the symbol moved to where the entry is zero."""
    value, slope = _exactly(entry, point), _exactly(grad(entry, symbol), point)
    if value is None or slope is None or not (length := sum(s * s for s in slope)):
        return None
    here = entries(point.values[symbol.name])
    moved = _with(point, symbol, [x - value[0] * s / length for x, s in zip(here, slope, strict=True)])
    return moved if _exactly(entry, moved) == [Fraction(0)] else None


def _crossing(entry: Tensor, jump: Jump, point: Point) -> Point | None:
    """The point with the direction in which the entry grows."""
    slope = _exactly(grad(entry, jump.variable), point)
    return _with(point, jump.direction, slope) if slope is not None and any(slope) else None
