"""Matrices that are sums over rows drawn from unit vectors, looked at by the values that they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from derive.language.chance import RandomSymbol, unbound
from derive.language.tensor import Tensor
from derive.verify.arrays import Array, build, elementwise
from derive.verify.chance.places import Place
from derive.verify.chance.readings import Mismatch, expect

Ball = Any


@dataclass(frozen=True)
class RowSum:
    """A matrix that depends on rows drawn from unit vectors: what each row is worth, by the unit vector that it is."""

    total: Tensor
    symbol: RandomSymbol
    rows: int
    parts: Sequence[Array]
    place: Place

    @classmethod
    def at(cls, total: Tensor, place: Place) -> RowSum:
        symbols = unbound(total)
        if len(symbols) != 1:
            raise Mismatch
        symbol = symbols[0]
        expect(symbol.kind == "one_hot" and len(symbol.shape) == 2)
        rows, size = (axis.size(place.evaluation.sizes) for axis in symbol.shape)
        found = cls(total, symbol, rows, (), place)
        parts = [elementwise(lambda x: x / rows, found.value([k] * rows)) for k in range(size)]
        return cls(total, symbol, rows, parts, place)

    def value(self, chosen: Sequence[int]) -> Array:
        """The matrix where the rows are these unit vectors."""
        evaluation = self.place.evaluation
        shape = tuple(axis.size(evaluation.sizes) for axis in self.symbol.shape)
        rows = build(shape, lambda at: evaluation.one if chosen[at[0]] == at[1] else evaluation.zero)
        return evaluation.value(self.total, self.place.values.binding(self.symbol.name, rows))

    def adds_up(self) -> bool:
        """Is it the sum of what each row is worth, for rows that go round the unit vectors?"""
        size = len(self.parts)
        for start in range(size):
            chosen = [(start + k) % size for k in range(self.rows)]
            wanted = reduce(plus, (self.parts[k] for k in chosen))
            if not agree(self.value(chosen), wanted):
                return False
        return True

    def mean(self) -> Array:
        """The mean under the law of the rows."""
        return self.average([elementwise(lambda x: x * self.rows, part) for part in self.parts])

    def average(self, arrays: Sequence[Array]) -> Array:
        """The mean of an array for each unit vector under the law of a row."""
        evaluation = self.place.evaluation
        weights: Sequence[Ball] = [evaluation.one / len(arrays)] * len(arrays)
        if self.symbol.parameters:
            weights = evaluation.value(self.symbol.parameters[0], self.place.values).entries
        return reduce(plus, (elementwise(lambda x, p=p: x * p, part) for p, part in zip(weights, arrays, strict=True)))


def plus(first: Array, second: Array) -> Array:
    return elementwise(add, first, second)


def agree(first: Array, second: Array) -> bool:
    return first.shape == second.shape and all(
        a.overlaps(b) for a, b in zip(first.entries, second.entries, strict=True)
    )
