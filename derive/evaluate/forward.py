"""Derivatives by dual numbers: as exact, or as rigorous, as the number system below."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from derive.evaluate.duals import Duals
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.tensor import Tensor


class ForwardMode:
    """Forward-mode differentiation; several variables in turn nest dual numbers in dual numbers."""

    def derivative(self, node: Derivative, scope: Scope) -> Array:
        return self._partials(node.operand, node.variables, scope)

    def _partials(self, operand: Tensor, variables: Sequence[Tensor], scope: Scope) -> Array:
        if not variables:
            return scope.value(operand)
        last, symbol = variables[-1], underlying(variables[-1])
        places, point, system = positions(last, scope), scope.value(symbol), Duals(scope.system)
        chosen = set(places.flat)
        seeded = [system.seed(x, k) if k in chosen else x for k, x in enumerate(point.flat)]
        inner = scope.child(arrays={symbol.name: array_of(seeded, point.shape, object)}, system=system)
        values = self._partials(operand, variables[:-1], inner)
        zero = system.rational(Fraction(0))
        partials = [tangents.get(k, zero) for tangents in _tangents(values, system) for k in places.flat]
        return array_of(partials, values.shape + places.shape, scope.system.dtype)

    def directional(self, node: Directional, scope: Scope) -> Array:
        symbol, system = underlying(node.variable), Duals(scope.system)
        places, direction = positions(node.variable, scope), scope.value(node.direction)
        moved = scope.value(symbol).astype(object).reshape(-1)
        for place, slope in zip(places.flat, direction.flat, strict=True):
            moved[place] = moved[place] + system.seed(system.rational(Fraction(0)), 0) * slope
        shape = scope.shape(symbol.shape)
        values = scope.child(arrays={symbol.name: moved.reshape(shape)}, system=system).value(node.operand)
        zero = system.rational(Fraction(0))
        return array_of([t.get(0, zero) for t in _tangents(values, system)], values.shape, scope.system.dtype)


def _tangents(values: Array, system: Duals) -> list[Any]:
    return [system.split(x)[1] for x in np.asarray(values, dtype=object).flat]
