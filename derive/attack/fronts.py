"""The sizes and positions at which an inequality is attacked, each with its problem and the best found of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import prod

import numpy as np

from derive.attack.climb import Found, joined
from derive.attack.gauge import Gauge
from derive.attack.kinds import FROZEN
from derive.attack.problem import Builder, Problem
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import embedded
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point, entries
from derive.evaluate.system import Array
from derive.instances import rational
from derive.instances.drawn import Drawn
from derive.instances.sizes import Positions, Sizes
from derive.language.errors import InputError
from derive.obligation import Obligation

DRAWN, SETTLED = 30, 6
"""Drawn instances that climbs start from; of a claim that is settled few are drawn for it."""

PLACES = 3
"""Positions of index symbols at which an inequality is attacked."""

SIZES = 8
LARGER, FEW = (7, 10, 20), 2
"""Sizes that are too large to be drawn, and the size of the other dimensions where one alone is large."""

LARGEST = 64
"""Entries of all symbols above which a size is not tried that was not drawn."""

SEEDS = 20
KEPT = 40
"""Instances that are remembered as the best."""

FEASIBLE = 1e-6
"""Violated hypotheses in doubles, relative, that a repair mends."""


@dataclass
class Front:
    """One size and one position of the index symbols.

    Attributes:
        frozen: values of symbols that no climb changes.
        seeds: drawn instances of this size, in doubles.
        best: the instances with the best scores so far.
    """

    problem: Problem
    everywhere: tuple[Positions, ...]
    frozen: Mapping[str, Array]
    seeds: list[dict[str, Array]]
    gauge: Gauge
    best: Found | None = None

    @property
    def score(self) -> float:
        return -np.inf if self.best is None else float(self.best.score.max())

    def keep(self, found: Found) -> None:
        """Remember the best of those known and those found."""
        joint = found if self.best is None else joined(self.best, found)
        self.best = joint.chosen(np.argsort(-joint.score, kind="stable")[:KEPT])

    def leader(self) -> tuple[float, int] | None:
        """The largest plain margin among the best that satisfy the hypotheses, and whose it is."""
        if self.best is None:
            return None
        margins = np.where(self.best.excess < FEASIBLE, self.best.margin, -np.inf)
        k = int(np.argmax(margins))
        return (float(margins[k]), k) if np.isfinite(margins[k]) else None


class Opening:
    """Opens fronts at the sizes of the instances drawn.

    Attributes:
        lacking: why a front could not be opened.
    """

    def __init__(self, obligation: Obligation, drawn: Drawn, rng: np.random.Generator) -> None:
        self.obligation = obligation
        self.drawn = drawn
        self.rng = rng
        self.builder = Builder(obligation, drawn.search.plan, drawn.search.symbols)
        self.lacking = ""

    def fronts(self) -> Iterator[Front]:
        """The smallest sizes first; none where no instance was drawn at all.

        Of a settled claim few sizes are attacked, so that those come first at which no dimension is degenerate.
        """
        count = max(SETTLED, min(DRAWN, len(self.drawn.found))) if self.drawn.settled else DRAWN
        points = [instance.point for instance in islice(iter(self.drawn), count)]
        listed = [*_sizes(points), *self._larger()] if points else []
        for sizes in sorted(listed, key=lambda sizes: 1 in sizes.values()) if self.drawn.settled else listed:
            here = [point for point in points if dict(point.sizes) == sizes]
            everywhere = self.drawn.search.shapes.all_positions(sizes)
            for positions in self._positions(everywhere):
                front = self._front(sizes, positions, everywhere, here)
                if front is not None:
                    yield front

    def _larger(self) -> Iterator[Sizes]:
        """Sizes beyond those drawn: all dimensions alike, and one of them beside small ones."""
        shapes = self.drawn.search.shapes
        rows = [dict.fromkeys(shapes.names, size) for size in LARGER]
        rows += [dict.fromkeys(shapes.names, FEW) | {name: max(LARGER)} for name in shapes.names[:3]]
        distinct = {tuple(row.items()): row for row in rows if row}
        return (row for row in distinct.values() if shapes.admissible(row) and self._entries(row) <= LARGEST)

    def _entries(self, sizes: Sizes) -> int:
        """Of all symbols."""
        symbols = self.drawn.search.symbols.values()
        return sum(prod(axis.size(sizes) for axis in symbol.shape) for symbol in symbols)

    def _positions(self, everywhere: tuple[Positions, ...]) -> list[Positions]:
        if len(everywhere) <= PLACES:
            return list(everywhere)
        chosen = self.rng.choice(len(everywhere), PLACES, replace=False)
        return [everywhere[int(k)] for k in sorted(chosen)]

    def _front(
        self, sizes: Sizes, positions: Positions, everywhere: tuple[Positions, ...], points: list[Point]
    ) -> Front | None:
        seeds = [seed for point in points if (seed := _floats(point)) is not None]
        symbols = self.drawn.search.symbols
        try:
            problem = self.builder.problem(sizes, positions, everywhere, seeds[0] if seeds else {})
            gauge = Gauge(self.obligation, symbols, sizes, positions)
        except (EvaluationError, InputError, KeyError) as error:
            self.lacking = str(error)
            return None
        kept = [name for name, kind in problem.kinds.items() if kind.name == FROZEN]
        first = next((point for point in points if _floats(point) is not None), None)
        frozen = {}
        if first is not None:
            frozen = {name: rational.array(entries(first.values[name]), problem.kinds[name].shape) for name in kept}
        return Front(problem, everywhere, frozen, seeds[:SEEDS], gauge)


def _sizes(points: list[Point]) -> list[Sizes]:
    found = {tuple(point.sizes.items()): dict(point.sizes) for point in points}
    return sorted(found.values(), key=lambda sizes: sum(sizes.values()))[:SIZES]


def _floats(point: Point) -> dict[str, Array] | None:
    """The values in doubles; None where they are beyond them."""
    try:
        found = {name: np.asarray(embedded(v, Float64()), dtype=np.float64) for name, v in point.values.items()}
    except OverflowError:
        return None
    return found if all(np.isfinite(x).all() for x in found.values()) else None
