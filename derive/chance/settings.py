"""Settings of a claim of chance: values of all that is not random, at sizes that grow.

The dimensions of random symbols alone (how many there are, how many entries they have) bind no other value. They are
chosen last: the smallest that the hypotheses allow, and larger ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import prod

from derive.chance.settled import random_symbols
from derive.evaluate.point import Point
from derive.instances.counts import is_count
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.instances.sizes import Shapes
from derive.instances.styles import STYLES
from derive.language.binding import names_read
from derive.language.chance import RandomSymbol
from derive.language.dimensions import Dimension
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Number, Size, Sum, Tensor
from derive.obligation import Obligation

GRID = (1, 2, 3, 5, 10, 30, 100, 300, 1000)
"""Sizes of what is random alone."""

LARGEST_WIDTH = 2**24

USUAL = 2**12
"""Random numbers of a setting, but where the hypotheses ask for more."""

GROWTH = 4
"""By how much a size is taken larger than the smallest that the hypotheses allow."""

LANDMARKS = tuple(map(Fraction, ("1/2", "1/10", "1/20", "1/100", "9/10", "1/1000", "1", "2", "10")))
"""Values of scalars at which bounds of probabilities show what they are worth."""

STEPS = 8
"""Steps of a run, where the hypotheses leave their number open."""

FRUITLESS = 25
"""Instances in a row of which no size satisfies the hypotheses, after which the search ends."""

DRAWS = 40
"""Instances of what is not random that are looked at."""

RARE = 30
"""Outcomes of a finite law among which one that matters may be rarely drawn."""

MOST_DRAWN = 500
"""Entries of all symbols that are not random beyond which such an instance is not drawn."""


@dataclass
class Settings:
    """The settings of an obligation, the same for the same seed.

    Attributes:
        admits: does a point certainly satisfy all hypotheses?
        widths: the dimensions that belong to random symbols alone.
        base: the instances of everything else.
        random: the random symbols.
    """

    obligation: Obligation
    admits: Callable[[Point], bool]
    widths: tuple[str, ...]
    base: Drawn
    random: tuple[RandomSymbol, ...]

    @property
    def times(self) -> list[str]:
        """Numbers of steps that no hypothesis restricts."""
        counts = [symbol.name for symbol in _read(self.obligation) if is_count(symbol)]
        spoken = symbols(*(side for r in self.obligation.given for side in (r.left, r.right)))
        return [name for name in counts if name not in spoken]

    @classmethod
    def of(cls, obligation: Obligation, admits: Callable[[Obligation, Point], bool], seed: int) -> Settings:
        """``admits``: does a point certainly satisfy the hypotheses of an obligation?"""
        widths = _widths(obligation)
        given = tuple(relation for relation in obligation.given if not _mentions(relation, widths))
        total: Tensor = Number(Fraction(0))
        for symbol in _read(obligation):
            total = total + Sum.of(symbol)
        for position in _positions(obligation):
            total = total + position
        every, base = (Obligation(obligation.id, "==", total, total, part) for part in (obligation.given, given))
        shapes = Shapes(obligation)

        def admitted(point: Point) -> bool:
            return shapes.admissible(point.sizes) and admits(every, point)

        return cls(obligation, admitted, widths, Drawn(base, seed), tuple(random_symbols(obligation.expressions)))

    def __iter__(self) -> Iterator[Point]:
        """Points that satisfy every hypothesis, those of drawn values first, then with scalars at landmarks."""
        seen: set[str] = set()
        for point in self._every():
            if repr(point) not in seen:
                seen.add(repr(point))
                yield point

    def _every(self) -> Iterator[Point]:
        drawn = [*self._with_rare_outcomes(), *(instance.point for instance in islice(self.base, DRAWS))]
        scalars = [symbol.name for symbol in _read(self.obligation) if not symbol.shape and not is_count(symbol)]
        fruitless = 0
        for turn in range(1 + len(LANDMARKS) * bool(scalars)):
            for number, point in enumerate(drawn):
                start = _longer(point, self.times) if not turn else _at_landmark(point, scalars, turn + number)
                found = list(self._widened(start, turn + number))
                yield from found
                fruitless = 0 if found else fruitless + 1
                if fruitless == FRUITLESS:
                    return

    def _with_rare_outcomes(self) -> Iterator[Point]:
        """Instances in which a finite law has many outcomes and little but one of them matters."""
        outcomes = {name for s in self.random if s.kind == "one_hot" for name in s.shape[-1].names}
        names = self.base.search.shapes.names
        for style in STYLES if outcomes.intersection(names) else ():
            if style.vertex:
                for others in (1, 2):
                    sizes = {name: RARE if name in outcomes else others for name in names}
                    found = self.base.search.at(sizes, style, FRUITLESS) if self._small(sizes) else None
                    if found is not None:
                        yield found.point

    def _small(self, sizes: Mapping[str, int]) -> bool:
        symbols = self.base.search.symbols.values()
        return sum(prod(axis.size(sizes) for axis in symbol.shape) for symbol in symbols) <= MOST_DRAWN

    def _widened(self, point: Point, turn: int) -> Iterator[Point]:
        """The point at one or two sizes of what is random alone."""
        if not self.widths:
            if self.admits(point):
                yield point
            return
        usual = [width for width in GRID if self.drawn(self._wide(point, width)) <= USUAL] or [1]
        least = self._least(point, usual[turn % len(usual)])
        if least is None:
            return
        yield self._wide(point, least)
        wider = self._wide(point, GROWTH * least)
        if turn % 2 and self.drawn(wider) <= USUAL and self.admits(wider):
            yield wider

    def drawn(self, point: Point) -> int:
        """How many random numbers there are."""
        return sum(prod(axis.size(point.sizes) for axis in symbol.shape) for symbol in self.random)

    def _least(self, point: Point, start: int) -> int | None:
        """The smallest size from ``start`` on that is found to be allowed: by doubling, then by bisection."""
        high = start
        while not self.admits(self._wide(point, high)):
            high *= 2
            if high > LARGEST_WIDTH:
                return None
        low = high // 2 if high > start else high
        while high - low > 1:
            middle = (low + high) // 2
            if self.admits(self._wide(point, middle)):
                high = middle
            else:
                low = middle
        return high

    def _wide(self, point: Point, width: int) -> Point:
        return Point({**point.sizes, **dict.fromkeys(self.widths, width)}, point.indices, point.values)


def _longer(point: Point, times: list[str]) -> Point:
    """The point after more steps than are usually drawn."""
    return Point(point.sizes, point.indices, {**point.values, **dict.fromkeys(times, Fraction(STEPS))})


def _at_landmark(point: Point, scalars: list[str], turn: int) -> Point:
    """One scalar of the point at a landmark."""
    name = scalars[turn % len(scalars)]
    value = LANDMARKS[(turn // len(scalars)) % len(LANDMARKS)]
    return Point(point.sizes, point.indices, {**point.values, name: value})


def _widths(obligation: Obligation) -> tuple[str, ...]:
    """The dimensions in which no symbol with a value, and no position, has an axis."""
    bound = {name for symbol in _read(obligation) for name in _names(symbol.shape)}
    bound |= {name for position in _positions(obligation) for name in position.dimension.names}
    nodes = [node for side in obligation.expressions for node in side.walk()]
    every = [name for node in nodes if isinstance(node, RandomSymbol) for name in _names(node.shape)]
    every += [name for node in nodes if isinstance(node, Size) for name in sorted(node.dimension.names)]
    return tuple(dict.fromkeys(name for name in every if name not in bound))


def _read(obligation: Obligation) -> list[Symbol]:
    """The symbols on whose values the claim depends."""
    names = frozenset[str]().union(*map(names_read, obligation.expressions))
    return [symbol for name, symbol in symbols(*obligation.expressions).items() if name in names]


def _names(shape: tuple[Dimension, ...]) -> list[str]:
    return [name for axis in shape for name in sorted(axis.names)]


def _positions(obligation: Obligation) -> list[IndexSymbol]:
    found = {n.name: n for side in obligation.expressions for n in side.walk() if isinstance(n, IndexSymbol)}
    return list(found.values())


def _mentions(relation: Relation, widths: tuple[str, ...]) -> bool:
    nodes = (node for side in (relation.left, relation.right) for node in side.walk())
    return any(name in widths for node in nodes for name in _dimensions(node))


def _dimensions(node: Tensor) -> Iterator[str]:
    for axis in (*node.shape, *((node.dimension,) if isinstance(node, (Size, IndexSymbol)) else ())):
        yield from axis.names
