"""Both sides of an identity compared at random residues, at one size after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from math import prod
from random import Random

from derive.evaluate.contraction import contracted
from derive.evaluate.errors import AtKink, OutsideDomain
from derive.evaluate.evaluation import scope_at
from derive.evaluate.residues import Residues
from derive.evaluate.system import Array, array_of, boxed
from derive.evidence.modulo_prime.fragment import Fragment
from derive.evidence.modulo_prime.index_symbols import digits, free_indices
from derive.evidence.modulo_prime.work import work
from derive.instances.modular_points import Sampler
from derive.instances.sizes import Positions, Shapes, Sizes
from derive.language.dimensions import Shape
from derive.language.relations import Relation
from derive.language.tensor import IndexSymbol
from derive.obligation import Obligation

DRAWS = 48
"""Points drawn at one size until all roots and quotients exist."""

PLACES = 15
"""Positions of the index symbols that are tried at one size, where renaming the indices leaves more."""

MOST_POSITIONS = 600
"""Positions that are looked through for those."""


@dataclass(frozen=True)
class Difference:
    """Where the sides differ: sizes, positions of the index symbols, and the first entry that does, 0-based."""

    sizes: Sizes
    indices: Positions
    entry: tuple[int, ...]


@dataclass
class Comparisons:
    """Both sides at random points of one size after another.

    Attributes:
        compared: points at which both sides have a value.
        missing: points at which a quotient or a root does not exist.
        complete: were all positions of the index symbols tried, up to a renaming of indices?
        lacking: sizes at which no point was found.
        missed: an equality among the hypotheses that could not be satisfied.
    """

    obligation: Obligation
    seed: int
    fragment: Fragment
    shapes: Shapes
    sampler: Sampler
    compared: int = 0
    missing: int = 0
    complete: bool = True
    lacking: list[Sizes] = field(default_factory=list)
    missed: Relation | None = None
    sizes: list[Sizes] = field(default_factory=list)
    difference: Difference | None = None
    _known_places: dict[tuple[int, ...], tuple[list[Positions], bool]] = field(default_factory=dict)

    @cached_property
    def free(self) -> dict[str, IndexSymbol]:
        """The index symbols over which no sum is taken."""
        return {**free_indices(self.obligation.left), **free_indices(self.obligation.right)}

    def label(self, sizes: Sizes) -> str:
        """From what every random number at these sizes follows."""
        return f"{self.seed}\0{self.obligation.id}\0{sorted(sizes.items())}"

    def work(self, sizes: Sizes) -> int:
        """Entries to be computed at given sizes."""
        return work(self.obligation, sizes) * len(self._places(sizes))

    def at(self, sizes: Sizes) -> None:
        """Compare at given sizes.

        Raises:
            Unavailable: a side has no value in this number system.
        """
        places = self._places(sizes)
        for indices in places:
            if not any(self._compared(sizes, indices, draw) for draw in range(DRAWS)):
                self.lacking.append(sizes)
                return
            if self.difference is not None:
                break
        self.sizes.append(sizes)

    def _places(self, sizes: Sizes) -> list[Positions]:
        """Positions of the index symbols, one of those that differ by a renaming of the indices of a dimension."""
        key = tuple(sizes.values())
        if key not in self._known_places:
            self._known_places[key] = self._representatives(sizes)
        found, every = self._known_places[key]
        self.complete = self.complete and every
        return found

    def _representatives(self, sizes: Sizes) -> tuple[list[Positions], bool]:
        found: dict[tuple[object, ...], Positions] = {}
        for indices in islice(self.shapes.positions(sizes), MOST_POSITIONS):
            found.setdefault(self._pattern(indices, sizes), indices)
        several = prod(dimension.size(sizes) for dimension in self.shapes.indices.values())
        if len(found) <= PLACES and several <= MOST_POSITIONS:
            return list(found.values()), True
        return Random(self.label(sizes)).sample(list(found.values()), min(PLACES, len(found))), False

    def _pattern(self, indices: Positions, sizes: Sizes) -> tuple[object, ...]:
        """Which free indices coincide; positions themselves along fixed axes, or where an entry is fixed."""
        renamable = not self.shapes.entries and not self.shapes.relations
        seen: dict[str, list[int]] = {}
        pattern: list[object] = []
        for name, symbol in self.free.items():
            parts = digits(symbol.dimension, indices[name], sizes) if renamable else None
            if parts is None:
                pattern.append(indices[name])
                continue
            known = seen.setdefault(parts[0], [])
            for part in parts[1]:
                known += [] if part in known else [part]
                pattern.append(known.index(part))
        return tuple(pattern)

    def _compared(self, sizes: Sizes, indices: Positions, draw: int) -> bool:
        """Whether both sides have a value at the point that is drawn; enters the comparison."""
        system = Residues(f"{self.label(sizes)}\0{indices}\0{draw}", rooted=self.fragment.rooted)
        sides = (self.obligation.left, self.obligation.right)
        try:
            point = self.sampler.point(sizes, indices, system)
            scope = scope_at(point, system)
            lengths = [axis.size(sizes) for axis in common_shape(self.obligation)]
            vectors = [array_of(system.randoms(f"'{axis}", n), (n,), object) for axis, n in enumerate(lengths)]
            left, right = (contracted(side, vectors, scope) for side in sides)
            differ = not system.is_zero(left[()] - right[()])
            if differ:
                entry = _entry(scope.value(sides[0]), scope.value(sides[1]), system)
                self.difference = Difference(sizes, indices, entry)
        except (OutsideDomain, AtKink):
            self.missing += 1
            return False
        if self.missed is None:
            self.missed = self.sampler.missed(point, system)
        self.compared += 1
        return True


def common_shape(obligation: Obligation) -> Shape:
    """The shape in which both sides are compared: a scalar is repeated."""
    return max(obligation.left.shape, obligation.right.shape, key=len)


def _entry(left: Array, right: Array, system: Residues) -> tuple[int, ...]:
    """The first entry that differs."""
    gap = boxed(left - right)
    positions = product(*map(range, gap.shape))
    return next(position for position, x in zip(positions, gap.flat, strict=True) if not system.is_zero(x))
