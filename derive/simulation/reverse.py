"""Gradients inside a compiled expression: reverse mode, so that they cost as much as a few values."""

from __future__ import annotations

from itertools import count
from typing import Any

from derive.attack import linear
from derive.attack.directions import ManyDirections
from derive.attack.linear import Value
from derive.attack.tape import Node
from derive.attack.traced import tape_of
from derive.evaluate.duals import Duals
from derive.evaluate.errors import Unavailable
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.language.derivatives import Derivative, underlying
from derive.simulation.pullbacks import gradient, repeated


class ReverseMode(ManyDirections):
    """Reverse mode for the gradient of a scalar; forward mode, all directions at once, for every other derivative."""

    def __init__(self) -> None:
        self._numbers = count()

    def derivative(self, node: Derivative, scope: Scope) -> Value:
        if node.operand.ndim or len(node.variables) != 1 or isinstance(scope.system, Duals):
            return super().derivative(node, scope)
        try:
            return self._gradient(node, scope)
        except Unavailable:
            return super().derivative(node, scope)

    def _gradient(self, node: Derivative, scope: Scope) -> Node:
        """The gradient in a copy of the symbol, as other symbols may have the same value."""
        variable = node.variables[0]
        symbol, places = underlying(variable), positions(variable, scope)
        base: Any = scope.value(symbol)
        tape = tape_of(scope.system)
        copy: Any = tape.apply("variable", (base,), base.shape, next(self._numbers))
        output: Any = scope.child(arrays={symbol.name: copy}).value(node.operand)
        slope = repeated(gradient(tape, output, copy), copy.shape)
        found: Node = linear.taken(slope, lambda array: array.reshape(-1)[places])
        return found
