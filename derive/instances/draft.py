"""An instance in the making: exact values, and what expressions are there, computed once in each number system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from derive.evaluate.forward import ForwardMode
from derive.evaluate.point import Point
from derive.evaluate.scope import Scope, Tally
from derive.evaluate.system import System, array_of
from derive.instances.rational import Array
from derive.instances.sizes import Positions, Sizes
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor


@dataclass(frozen=True)
class Draft:
    """An instance in the making.

    Attributes:
        positions: of the index symbols in the claim.
        everywhere: the positions at which a hypothesis about an index symbol is to hold.
        tally: what all drafts of a search share: the names in expressions, and what these stand for.
        arrays: the values in the systems that were asked for; a changed draft keeps those of its other symbols.
        held: whether hypotheses hold; a changed draft keeps what does not read the symbol.
        scopes: those that were asked for, by system and positions.
    """

    sizes: Sizes
    positions: Positions
    everywhere: tuple[Positions, ...]
    values: Mapping[str, Array]
    tally: Tally = field(default_factory=Tally, repr=False, compare=False)
    arrays: dict[tuple[System, str], Any] = field(default_factory=dict, repr=False, compare=False)
    held: dict[Relation, bool] = field(default_factory=dict, repr=False, compare=False)
    scopes: dict[tuple[Any, ...], Scope] = field(default_factory=dict, init=False, repr=False, compare=False)

    def shape(self, symbol: Symbol) -> tuple[int, ...]:
        return tuple(axis.size(self.sizes) for axis in symbol.shape)

    def replaced(self, name: str, value: Array) -> Draft:
        """The draft with another value of one symbol."""
        return replace(
            self,
            values={**self.values, name: np.asarray(value, dtype=object)},
            arrays={key: array for key, array in self.arrays.items() if key[1] != name},
            held={given: held for given, held in self.held.items() if not self._reads("symbol", name, given)},
        )

    def _reads(self, kind: str, name: str, relation: Relation) -> bool:
        return any((kind, name) in self.tally.names_in(side) for side in (relation.left, relation.right))

    def point(self) -> Point:
        return Point(self.sizes, self.positions, {name: nested(value) for name, value in self.values.items()})

    def places(self, *expressions: Tensor) -> tuple[Positions, ...]:
        """Where hypotheses with these sides are to hold: everywhere, if they read a position."""
        reads = any(kind == "index" for side in expressions for kind, _ in self.tally.names_in(side))
        return self.everywhere if reads else (self.positions,)

    def scope(self, system: System, positions: Positions) -> Scope:
        """What expressions are at some positions; what reads none is computed once for all.

        Use it within ``system.context()``.
        """
        place = (system, *sorted(positions.items()))
        if place not in self.scopes:
            if (system,) not in self.scopes:
                arrays = self._embedded(system)
                self.scopes[(system,)] = Scope(system, self.sizes, {}, arrays, ForwardMode(), self.tally)
            whole = self.scopes[(system,)]
            self.scopes[place] = whole.child(indices=positions) if positions else whole
        return self.scopes[place]

    def _embedded(self, system: System) -> dict[str, Any]:
        for name, value in self.values.items():
            if (system, name) not in self.arrays:
                numbers = [system.rational(entry) for entry in value.flat]
                self.arrays[system, name] = array_of(numbers, value.shape, system.dtype)
        return {name: self.arrays[system, name] for name in self.values}


def nested(array: Array) -> Any:
    """The array as nested tuples of fractions."""
    if array.ndim == 0:
        return array.item()
    return tuple(nested(part) if isinstance(part, np.ndarray) else part for part in array)
