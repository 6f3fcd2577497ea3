"""The cases of an inequality at given sizes: boxes of parameters that together cover the domain.

A symbol whose entries are nonnegative and sum to a constant lies in one of the pieces "entry k is the largest"; there
entry k is the constant minus the others, and each other is at most half the constant. So near no point of a piece does
the chart leave the simplex, as it would where a small entry is the eliminated one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from derive.enclosure import permutations, vertices
from derive.enclosure.domain import Domain, domain, values
from derive.enclosure.goals import Goal
from derive.enclosure.patterns import sum_of
from derive.instances.patterns import strip, symbols
from derive.language.dimensions import Dimension
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

LARGEST = "simplex: the largest coordinate of {} is what the others leave"


@dataclass(frozen=True)
class Parameter:
    """``entry = low + (high - low) t`` for t in [0, 1]; ``entry`` is row-major."""

    symbol: str
    entry: int
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Case:
    """A box of parameters at explicit sizes; see ``derive.record.certificate.CaseRecord``.

    ``totals`` are the sums of the symbols in ``largest``, ``constants`` the entries whose ends are equal.
    """

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    parameters: tuple[Parameter, ...]
    fixed: Mapping[str, tuple[Fraction, ...]]
    largest: Mapping[str, int]
    totals: Mapping[str, Fraction]
    constants: Mapping[tuple[str, int], Fraction]
    ordered_symbol: str = ""
    ordered: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Cases:
    """All cases at some sizes, and the reductions that led to them; or what nothing bounds.

    Of the latter scalars come first: bounds are often in terms of them.
    """

    cases: tuple[Case, ...]
    reductions: tuple[str, ...]
    unbounded: tuple[str, ...] = ()


def cases(
    goal: Goal,
    subject: Sequence[Tensor],
    watched: Sequence[Tensor],
    given: Sequence[Relation],
    sizes: Mapping[str, int],
    indices: Mapping[str, int],
) -> Cases:
    """The cases of one goal at these sizes and positions; they cover the domain of all symbols of ``subject``."""
    everything = [*subject, *(side for relation in given for side in (relation.left, relation.right))]
    found = domain(symbols(*everything), given, sizes, indices)
    own = symbols(*subject)
    unbounded = [symbol for name, symbol in found.symbols.items() if not found.bounded(name)]
    if any(symbol.name in own for symbol in unbounded):
        return Cases((), (), tuple(symbol.name for symbol in sorted(unbounded, key=lambda symbol: symbol.ndim)))
    corners = _corners(goal, watched, given, own, found)
    totals = _totals({name: symbol for name, symbol in own.items() if name not in corners}, given, found)
    choices = [[(name, vertex) for vertex in corners[name]] for name in corners]
    pieces = [[(name, k) for k in range(len(found.low[name]))] for name in totals]
    free = [symbol for name, symbol in own.items() if name not in corners]
    dimension, ordered = _symmetry(everything, own, free, totals)
    constants = dict(_constants(found, free))
    made = []
    for chosen in product(*choices):
        for largest in product(*pieces):
            fixed, tops = dict(chosen), dict(largest)
            labels = _labels(own, fixed, tops, dimension, sizes) if ordered else []
            if ordered and not permutations.representative(labels):
                continue
            parameters = tuple(p for s in free for p in _parameters(found, s, tops.get(s.name), totals.get(s.name)))
            pairs = permutations.chain(labels) if ordered else ()
            made.append(Case(sizes, indices, parameters, fixed, tops, totals, constants, ordered, pairs))
    names = [vertices.NAME.format(name) for name in corners] + [LARGEST.format(name) for name in totals]
    return Cases(tuple(made), (*names, *([permutations.NAME.format(dimension)] if ordered else [])))


def _constants(found: Domain, free: Sequence[Symbol]) -> Iterator[tuple[tuple[str, int], Fraction]]:
    for name in (symbol.name for symbol in free):
        for entry, (low, high) in enumerate(zip(found.low[name], found.high[name], strict=True)):
            if low is not None and low == high:
                yield (name, entry), low


def _corners(
    goal: Goal,
    watched: Sequence[Tensor],
    given: Sequence[Relation],
    own: Mapping[str, Symbol],
    found: Domain,
) -> dict[str, list[vertices.Vertex]]:
    """The vertices of the first symbol in which the goal is concave and whose vertices are known."""
    watching = set(symbols(*watched))
    for name, symbol in own.items():
        if name in watching or symbol.properties - {"positive", "nonnegative"}:
            continue
        corners = vertices.vertices(symbol, given, found)
        moving = vertices.Moving(symbol, own, found.sizes, found.indices)
        if corners is not None and _is_convex(goal, moving):
            return {name: corners}
    return {}


def _is_convex(goal: Goal, moving: vertices.Moving) -> bool:
    """Are the values of the symbol that satisfy the goal a convex set, as far as is seen?"""
    return moving.affine(goal.affine) or (goal.kind != "definite" and moving.concave([goal.gap]))


def _totals(own: Mapping[str, Symbol], given: Sequence[Relation], found: Domain) -> dict[str, Fraction]:
    """The symbols whose entries are nonnegative and have a known sum."""
    totals = {name: _total(symbol, given, found) for name, symbol in own.items()}
    return {name: total for name, total in totals.items() if total is not None}


def _total(symbol: Symbol, given: Sequence[Relation], found: Domain) -> Fraction | None:
    """``c`` where a hypothesis says ``sum(s) == c`` and all entries are nonnegative."""
    if symbol.ndim != 1 or any(end is None or end < 0 for end in found.low[symbol.name]):
        return None
    for relation in given:
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            summed = sum_of(strip(side))
            same = isinstance(summed, Symbol) and summed.name == symbol.name
            end = values(found, other, upper=True) if same and relation.sign == "==" and not symbols(other) else None
            exact = values(found, other, upper=False)
            if end is not None and len(end) == 1 and end == exact:
                return end[0]
    return None


def _symmetry(
    everything: Sequence[Tensor], own: Mapping[str, Symbol], free: Sequence[Symbol], totals: Mapping[str, Fraction]
) -> tuple[Dimension | None, str]:
    """A dimension whose permutations leave the claim as it is, and the symbol that is put in order; empty for none.

    Symbols at a vertex have to be vectors, whose entries are labels.
    """
    by_sum = sorted(free, key=lambda symbol: symbol.name not in totals)
    for dimension in dict.fromkeys(axis for symbol in by_sum for axis in symbol.shape):
        name = permutations.ordered_symbol(by_sum, dimension)
        fixed = [symbol for name, symbol in own.items() if name not in {s.name for s in free}]
        labelled = all(symbol.shape == (dimension,) or dimension not in symbol.shape for symbol in fixed)
        alone = all(own[other].shape == (dimension,) for other in totals)
        if name and labelled and alone and permutations.interchangeable(everything, dimension):
            return dimension, name
    return None, ""


def _labels(
    own: Mapping[str, Symbol],
    fixed: Mapping[str, tuple[Fraction, ...]],
    largest: Mapping[str, int],
    dimension: Dimension | None,
    sizes: Mapping[str, int],
) -> list[permutations.Label]:
    size = dimension.size(sizes) if dimension is not None else 0
    along = [vertex for name, vertex in fixed.items() if own[name].shape == (dimension,)]
    return [(*(vertex[k] for vertex in along), *(top == k for top in largest.values())) for k in range(size)]


def _parameters(found: Domain, symbol: Symbol, largest: int | None, total: Fraction | None) -> Iterator[Parameter]:
    """The entries of the symbol that move."""
    shape = found.shape(symbol.name)
    for entry, (low, high) in enumerate(zip(found.low[symbol.name], found.high[symbol.name], strict=True)):
        assert low is not None
        assert high is not None
        mirrored = len(shape) == 2 and entry // shape[1] > entry % shape[1]
        if entry == largest or (mirrored and (symbol.symmetric or "skew" in symbol.properties)):
            continue
        if total is not None:
            high = min(high, total / 2)
        if low != high:
            yield Parameter(symbol.name, entry, low, high)
