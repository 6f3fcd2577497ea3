"""Points in regions that no instance has reached yet: a formula may be right on one side of a kink only.

Regions far from an instance are reached by moving it; one that lies between a kink of the left side and a nearby one of
the right side by bisection of the way from one instance to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.kinks import Region, is_piecewise, region
from derive.evaluate.point import Nested, Point, entries
from derive.evidence.witness.verification import admitted
from derive.language.arrays import Composite
from derive.language.binding import free_symbols
from derive.language.tensor import Tensor
from derive.obligation import Obligation

FACTORS = (Fraction(-1), Fraction(16), Fraction(-16), Fraction(1, 16))
"""What an array is multiplied by: its sign crosses kinks at zero, its size those of constants."""

MOST_ENTRIES = 6
"""Entries of one array that are turned one at a time."""

MOST_POINTS = 2
"""Points that one instance leads to."""

MOST_WAYS = 4
"""Ways between instances that are bisected for one claim."""

BISECTIONS = 40
SPLIT = 0.45
"""Steps of a bisection, and where it divides: not in the middle, which often is a kink. Kinks that are closer than
``(1 - SPLIT)**BISECTIONS``, some 1e-11 of the way, are not told apart."""


class Regions:
    """Leads from instances to points in regions that have not been seen. Floats choose; the trial decides."""

    def __init__(self, obligation: Obligation) -> None:
        self.obligation = obligation
        self.sides = (obligation.left, obligation.right)
        free = free_symbols(*self.sides)
        self.symbols = tuple(dict.fromkeys(name for side in self.sides for name in _entering(side) if name in free))
        self.seen: set[tuple[tuple[int, ...], Region]] = set()
        self.starts: dict[tuple[int, ...], Point] = {}
        self.ways = 0

    def beside(self, point: Point) -> Iterator[Point]:
        """Points near ``point`` that satisfy the hypotheses, each in a region of its own."""
        if not self.symbols:
            return
        self._new(point)
        unseen = (moved for moved in self._moves(point) if self._new(moved) and admitted(self.obligation, moved))
        for moved in islice(unseen, MOST_POINTS):
            yield moved
            yield from self._between(point, moved)
        yield from self._between(self.starts.setdefault(tuple(point.sizes.values()), point), point)

    def _new(self, point: Point) -> bool:
        """Whether the region of ``point`` was not seen before; from now on it was."""
        key = (tuple(point.sizes.values()), tuple(row for signs in self._signs(point) for row in signs))
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def _signs(self, point: Point) -> tuple[Region, ...]:
        """The region of ``point`` by the pieces of each side."""
        system = Float64()
        with system.context():
            scope = scope_at(point, system)
            return tuple(region(side, scope) for side in self.sides)

    def _between(self, start: Point, end: Point) -> Iterator[Point]:
        """A point on the way at which one side has left the region of ``start`` and the other has not, if both do."""
        if self.ways == MOST_WAYS or start is end:
            return
        home, away = self._signs(start), self._signs(end)
        if any(one == other for one, other in zip(home, away, strict=True)):
            return
        self.ways += 1
        near, far = 0.0, 1.0
        for _ in range(BISECTIONS):
            at = near + SPLIT * (far - near)
            point = _on_the_way(start, end, Fraction(at))
            left, right = (one != other for one, other in zip(home, self._signs(point), strict=True))
            if left != right:
                if self._new(point) and admitted(self.obligation, point):
                    yield point
                return
            near, far = (near, at) if left else (at, far)

    def _moves(self, point: Point) -> Iterator[Point]:
        for name in self.symbols:
            numbers = entries(point.values[name])
            for factor in FACTORS:
                yield _replaced(point, name, [factor * x for x in numbers])
            for k in range(min(len(numbers), MOST_ENTRIES) if len(numbers) > 1 else 0):
                yield _replaced(point, name, [-x if j == k else x for j, x in enumerate(numbers)])
            yield _replaced(point, name, list(reversed(numbers)))


def _on_the_way(start: Point, end: Point, part: Fraction) -> Point:
    """The point that lies that part of the way from ``start``, all symbols moved alike."""
    values = {}
    for name, value in start.values.items():
        pairs = zip(entries(value), entries(end.values[name]), strict=True)
        values[name] = _filled(value, iter([x + part * (y - x) for x, y in pairs]))
    return replace(start, values=values)


def _replaced(point: Point, name: str, numbers: list[Fraction]) -> Point:
    """The point with the entries of one symbol exchanged, row-major."""
    value = _filled(point.values[name], iter(numbers))
    return replace(point, values={**point.values, name: value})


def _filled(value: Nested, numbers: Iterator[Fraction]) -> Nested:
    if isinstance(value, (tuple, list)):
        return tuple(_filled(part, numbers) for part in value)
    return next(numbers)


def _entering(root: Tensor) -> Iterator[str]:
    """The symbols in piecewise subexpressions."""
    for node in root.walk():
        if isinstance(node, Composite):
            yield from _entering(node.expand())
        elif is_piecewise(node):
            yield from free_symbols(node)
