"""Derivatives inside a claim: forward mode, all entries of a variable at once, along an axis of directions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from derive.attack import linear
from derive.attack.linear import Value
from derive.attack.tape import Node
from derive.attack.traced import tape_of
from derive.evaluate.duals import Dual, Duals
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor


class ManyDirections:
    """Dual numbers whose tangents have an axis in front, nested where derivatives are."""

    def derivative(self, node: Derivative, scope: Scope) -> Value:
        return self._partials(node.operand, node.variables, scope)

    def _partials(self, operand: Tensor, variables: Sequence[Tensor], scope: Scope) -> Value:
        if not variables:
            return scope.value(operand)
        last, symbol = variables[-1], underlying(variables[-1])
        places = positions(last, scope)
        shape = scope.shape(symbol.shape)
        seeds = np.zeros((places.size, int(np.prod(shape, dtype=int))))
        seeds[np.arange(places.size), places.reshape(-1)] = 1.0
        tangents = _seeded(scope, seeds.reshape((places.size, *shape)), len(shape))
        return self._along(operand, variables[:-1], symbol, tangents, places.shape, scope)

    def directional(self, node: Directional, scope: Scope) -> Value:
        symbol, places = underlying(node.variable), positions(node.variable, scope)
        shape, direction = scope.shape(symbol.shape), scope.value(node.direction)
        scatter = np.zeros((places.size, int(np.prod(shape, dtype=int))))
        scatter[np.arange(places.size), places.reshape(-1)] = 1.0
        flat = linear.reshaped(direction, (1, places.size))
        spread = linear.product(flat, tape_of(scope.system).constant(scatter))
        tangent = linear.reshaped(spread, shape) * _seeded(scope, np.ones((1,)), 0)
        found = self._along(node.operand, (), symbol, tangent, (1,), scope)
        return linear.reshaped(found, linear.shape(found)[:-1])

    def _along(
        self,
        operand: Tensor,
        rest: Sequence[Tensor],
        symbol: Symbol,
        tangents: Value,
        directions: tuple[int, ...],
        scope: Scope,
    ) -> Value:
        system = Duals(scope.system)
        seeded: Value = Dual(system.level, scope.value(symbol), {0: tangents})
        values = self._partials(operand, rest, scope.child(arrays={symbol.name: seeded}, system=system))
        value, found = system.split(values)
        shape = linear.shape(value)
        if 0 not in found:
            return tape_of(scope.system).constant(np.zeros(shape + directions))
        return linear.reshaped(linear.lowered(found[0]), shape + directions)


def _seeded(scope: Scope, seeds: Any, rank: int) -> Node:
    """Directions along a new axis, in front of those of the derivatives around."""
    level = Duals(scope.system).level
    shape = seeds.shape[: seeds.ndim - rank] + (1,) * (level - 1) + seeds.shape[seeds.ndim - rank :]
    return tape_of(scope.system).constant(seeds.reshape(shape), level)
