"""Expressions recorded on a tape: the value of each node of the language, one rule each."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import singledispatch

import numpy as np

from derive.attack import linear, means
from derive.attack.directions import ManyDirections
from derive.attack.linear import Value
from derive.attack.tape import Node, Tape
from derive.attack.traced import Traced, tape_of
from derive.evaluate import layout_free
from derive.evaluate.duals import Dual
from derive.evaluate.errors import Unavailable
from derive.evaluate.program import row
from derive.evaluate.rearrange import rearranged
from derive.evaluate.scope import Scope, under_even_power
from derive.language import arrays as a, tensor as t
from derive.language.chance import Expectation, Probability
from derive.language.errors import InputError
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor


class TracedScope(Scope):
    """A scope whose values are on a tape."""

    def computed(self, node: Tensor) -> Value:
        return _value(node, self)

    def node(self, expression: Tensor) -> Node:
        """The value on the tape of an expression outside of all derivatives."""
        return linear.plain(self.value(expression))


def scope(tape: Tape, sizes: Mapping[str, int], indices: Mapping[str, int], values: Mapping[str, Value]) -> TracedScope:
    """Where expressions are recorded, given the values of the symbols."""
    return TracedScope(Traced(tape), sizes, indices, values, ManyDirections())


@singledispatch
def _value(node: Tensor, scope: Scope) -> Value:
    raise Unavailable(f"{type(node).__name__} is not recorded")


for _kind, _rule in layout_free.RULES.items():
    _value.register(_kind, _rule)


_value.register(Expectation, means.mean)
_value.register(Probability, means.mean)


@_value.register
def _(node: Symbol, scope: Scope) -> Value:
    if node.name not in scope.arrays:
        raise InputError(f"the symbol {node.name} has no value")
    return scope.arrays[node.name]


@_value.register
def _(node: a.Eye, scope: Scope) -> Value:
    return tape_of(scope.system).constant(np.eye(node.size.size(scope.sizes)))


@_value.register
def _(node: a.Full, scope: Scope) -> Value:
    return linear.repeated(scope.value(node.value), scope.shape(node.shape))


@_value.register
def _(node: a.Literal, scope: Scope) -> Value:
    return tape_of(scope.system).constant(np.array([float(x) for x in node.entries]).reshape(scope.shape(node.shape)))


@_value.register(t.Add)
@_value.register(t.Multiply)
@_value.register(t.Divide)
def _(node: t.Add | t.Multiply | t.Divide, scope: Scope) -> Value:
    left, right = linear.matched(scope.value(node.left), scope.value(node.right))
    if isinstance(node, t.Add):
        return left + right
    return left * right if isinstance(node, t.Multiply) else scope.system.divide(left, right)


@_value.register
def _(node: t.Negative, scope: Scope) -> Value:
    return -scope.value(node.operand)


@_value.register
def _(node: t.Power, scope: Scope) -> Value:
    if (rooted := under_even_power(node)) is not None and isinstance(node.exponent, t.Number):
        square = linear.total(scope.system.power(scope.value(rooted), Fraction(2)), tuple(range(rooted.ndim)), False)
        return scope.system.power(square, node.exponent.value / 2)
    base = scope.value(node.base)
    if isinstance(node.exponent, t.Number):
        return scope.system.power(base, node.exponent.value)
    return scope.system.general_power(*linear.matched(base, scope.value(node.exponent)))


@_value.register
def _(node: t.Apply, scope: Scope) -> Value:
    values = linear.matched(*map(scope.value, node.arguments))
    if node.function == "abs" and isinstance(values[0], Node):
        return values[0].tape.entrywise("abs", values[0])
    return row(node.function).run(scope.system, values)[0]


@_value.register
def _(node: t.MatMul, scope: Scope) -> Value:
    return linear.product(scope.value(node.left), scope.value(node.right))


@_value.register
def _(node: t.Sum, scope: Scope) -> Value:
    return linear.total(scope.value(node.operand), node.axes, node.keepdims)


@_value.register
def _(node: t.Extremum, scope: Scope) -> Value:
    found = linear.extremum(node.kind, scope.value(node.operand), node.axes)
    return linear.reshaped(found, scope.shape(node.shape))


@_value.register
def _(node: t.IndexSum, scope: Scope) -> Value:
    count = node.index.dimension.size(scope.sizes)
    parts = [scope.child(indices={node.index.name: k}).value(node.operand) for k in range(count)]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


@_value.register(t.Transpose)
@_value.register(t.Index)
@_value.register(a.Vec)
def _(node: t.Transpose | t.Index | a.Vec, scope: Scope) -> Value:
    operand = scope.value(node.operand)
    return linear.taken(operand, lambda array: rearranged(node, array, scope.indices))


@_value.register
def _(node: a.Kron, scope: Scope) -> Value:
    left, right = scope.value(node.left), scope.value(node.right)
    ones = [np.ones(linear.shape(x), dtype=np.int64) for x in (left, right)]
    return linear.taken(left, lambda array: np.kron(array, ones[1])) * linear.taken(
        right, lambda array: np.kron(ones[0], array)
    )


@_value.register
def _(node: a.Diag, scope: Scope) -> Value:
    operand = scope.value(node.operand)
    if node.ndim == 1:
        return linear.taken(operand, np.diagonal)
    size = linear.shape(operand)[0]
    return linear.taken(operand, lambda array: np.tile(array, (size, 1))) * tape_of(scope.system).constant(np.eye(size))


@_value.register
def _(node: a.BlockDiag, scope: Scope) -> Value:
    operand = scope.value(node.operand)
    k, p, q = linear.shape(operand)
    mask = np.kron(np.eye(k), np.ones((p, q)))
    spread = linear.taken(operand, lambda array: np.tile(array.transpose(1, 0, 2).reshape(p, k * q), (k, 1)))
    return spread * tape_of(scope.system).constant(mask)


@_value.register
def _(node: a.Inverse, scope: Scope) -> Value:
    return linear.inverse(scope.value(node.operand))


@_value.register
def _(node: a.Determinant, scope: Scope) -> Value:
    return linear.determinant(scope.value(node.operand))


@_value.register
def _(node: a.Spectral, scope: Scope) -> Value:
    operand: Value = scope.value(node.operand)
    if isinstance(operand, Dual):
        raise Unavailable(f"the derivative of {node.kind} is not available")
    return operand.tape.apply("spectral", (operand,), (), node.kind)


@_value.register
def _(node: a.Softmax, scope: Scope) -> Value:
    """The largest entry is subtracted first, so that exponentials stay numbers."""
    exponentials = scope.system.exp(_shifted(scope.value(node.operand), (node.axis,)))
    total = linear.total(exponentials, (node.axis,), True)
    return scope.system.divide(*linear.matched(exponentials, total))


@_value.register
def _(node: a.LogSumExp, scope: Scope) -> Value:
    operand = scope.value(node.operand)
    axes = tuple(range(node.operand.ndim)) if node.axis is None else (node.axis,)
    found = scope.system.log(linear.total(scope.system.exp(_shifted(operand, axes)), axes, False))
    return found + linear.held(linear.extremum("max", linear.plain(operand), axes))


def _shifted(operand: Value, axes: tuple[int, ...]) -> Value:
    shape = linear.shape(operand)
    kept = tuple(1 if k in axes else size for k, size in enumerate(shape))
    top = linear.held(linear.extremum("max", linear.plain(operand), axes))
    return operand + -linear.repeated(linear.reshaped(top, kept), shape)
