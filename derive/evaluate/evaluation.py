"""The value of an expression at a point, in a number system."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from derive.evaluate.forward import ForwardMode
from derive.evaluate.point import Nested, Point, entries
from derive.evaluate.scope import Differentiation, Scope
from derive.evaluate.system import Array, System, array_of
from derive.language.tensor import Tensor


def evaluate(expression: Tensor, point: Point, system: System, differentiation: Differentiation | None = None) -> Array:
    """The array that ``expression`` is at ``point``, of the shape that its dimensions have there.

    Derivatives are taken by dual numbers, unless another way is given.

    Raises:
        OutsideDomain: a subexpression has no real value there.
        AtKink: a derivative is taken at a kink.
        Unavailable: the number system lacks an operation (rationals: anything transcendental).
        InputError: the point lacks a size, a position or a value, or one of another shape.
    """
    with system.context():
        return scope_at(point, system, differentiation).value(expression)


def scope_at(point: Point, system: System, differentiation: Differentiation | None = None) -> Scope:
    """The scope of an evaluation at ``point``; use it within ``system.context()``. Several expressions may share it."""
    return Scope(system, point.sizes, point.indices, Embedded(point.values, system), differentiation or ForwardMode())


class Embedded(Mapping[str, Array]):
    """The values at a point as arrays of numbers of a system, each made when it is first asked for."""

    def __init__(self, values: Mapping[str, Nested | Array], system: System) -> None:
        self._values, self._system = values, system
        self._made: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._made:
            self._made[name] = embedded(self._values[name], self._system)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def embedded(value: Nested | Array, system: System) -> Array:
    """Nested rationals as an array of numbers of ``system``; an array is taken to hold such numbers already."""
    if isinstance(value, np.ndarray):
        return value
    shape: list[int] = []
    part: Any = value
    while isinstance(part, (tuple, list)):
        shape.append(len(part))
        part = part[0]
    return array_of([system.rational(Fraction(entry)) for entry in entries(value)], shape, system.dtype)
