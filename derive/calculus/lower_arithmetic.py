"""How numbers, sums, products, powers and functions are lowered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from derive.calculus.atoms import atom, number
from derive.calculus.axes import Array, align
from derive.calculus.form import Form, Head, size
from derive.calculus.functions import constant, elementwise, primitive
from derive.calculus.integer_powers import absolute_integer_power, integer_power
from derive.calculus.matrices import extremum
from derive.calculus.powers import NeedsPositive, power
from derive.language import tensor
from derive.language.derivatives import Definition
from derive.language.tensor import Tensor

if TYPE_CHECKING:
    from derive.calculus.lower import Lowering

Rule = Callable[["Lowering", Any], Array]
"""How a node is lowered, its operands known."""


def _number(_: Lowering, node: tensor.Number) -> Array:
    return Array(number(node.value))


def _constant(_: Lowering, node: tensor.Constant) -> Array:
    return Array(constant(node.name))


def _size(_: Lowering, node: tensor.Size) -> Array:
    return Array(size(node.dimension))


def _index_symbol(self: Lowering, node: tensor.IndexSymbol) -> Array:
    """The position as a number: the entry of ``0, 1, 2, ...`` at the fixed label."""
    pairs = self.index_axis(node)
    return Array(atom(Head("index", "position", tuple(d for _, d in pairs)), [label for label, _ in pairs]))


def _add(self: Lowering, node: tensor.Add) -> Array:
    forms, axes = align(self.algebra, [self.at(node.left), self.at(node.right)])
    return Array(self.algebra.add(*forms), axes)


def _negative(self: Lowering, node: tensor.Negative) -> Array:
    array = self.at(node.operand)
    return Array(self.algebra.scale(array.form, -1), array.axes)


def _multiply(self: Lowering, node: tensor.Multiply) -> Array:
    (left, right), axes = align(self.algebra, [self.at(node.left), self.at(node.right)])
    return Array(self.algebra.multiply(left, right), axes)


def _divide(self: Lowering, node: tensor.Divide) -> Array:
    (left, right), axes = align(self.algebra, [self.at(node.left), _reciprocal(self, node.right)])
    return Array(self.algebra.multiply(left, right), axes)


def _reciprocal(self: Lowering, node: Tensor) -> Array:
    """``1 / node``, factor by factor and power by power: an expanded denominator would have to be factored again."""
    match node:
        case tensor.Multiply(left=first, right=second):
            (left, right), axes = align(self.algebra, [_reciprocal(self, first), _reciprocal(self, second)])
            return Array(self.algebra.multiply(left, right), axes)
        case tensor.Power(base=base, exponent=tensor.Number(value=exponent)) if exponent > 0:
            array = self.at(base)
            return Array(power(self.algebra, array.form, -exponent), array.axes)
    array = self.at(node)
    return Array(power(self.algebra, array.form, -1), array.axes)


def _power(self: Lowering, node: tensor.Power) -> Array:
    (base, exponent), axes = align(self.algebra, [self.at(node.base), self.at(node.exponent)])
    value = exponent.constant
    if value is not None:
        return Array(power(self.algebra, base, value), axes)
    if self.formal_powers:
        return Array(_integer_power(self, node, base, exponent), axes)
    if not self.is_positive(base):
        raise NeedsPositive(
            f"{node.base!r} to the power {node.exponent!r} is real only where {node.base!r} is positive"
        )
    logarithm = self.algebra.multiply(exponent, primitive(self.algebra, "log", base))
    return Array(primitive(self.algebra, "exp", logarithm), axes)


def _integer_power(self: Lowering, node: tensor.Power, base: Form, exponent: Form) -> Form:
    """A power whose exponent is an integer symbol, or made of such."""
    inside = node.base
    while isinstance(inside, Definition):
        inside = inside.operand
    if isinstance(inside, tensor.Apply) and inside.function == "abs":
        (signed, _), _ = align(self.algebra, [self.at(inside.arguments[0]), self.at(node.exponent)])
        return absolute_integer_power(self.algebra, signed, exponent)
    return integer_power(self.algebra, base, exponent)


def _apply(self: Lowering, node: tensor.Apply) -> Array:
    forms, axes = align(self.algebra, [self.at(argument) for argument in node.arguments])
    return Array(elementwise(self.algebra, node.function, *forms), axes)


def _sum_axes(self: Lowering, array: Array, axes: tuple[int, ...], keepdims: bool) -> Array:
    form = array.form
    for position in axes:
        for label, dimension in array.axes[position]:
            form = self.algebra.contract(form, label, dimension)
    left = tuple(() if k in axes else axis for k, axis in enumerate(array.axes) if keepdims or k not in axes)
    return Array(form, left)


def _sum(self: Lowering, node: tensor.Sum) -> Array:
    return _sum_axes(self, self.at(node.operand), node.axes, node.keepdims)


def _index_sum(self: Lowering, node: tensor.IndexSum) -> Array:
    array = self.at(node.operand)
    form = array.form
    for label, d in self.index_axis(node.index):
        form = self.algebra.contract(form, label, d)
    return Array(form, array.axes)


def _extremum(self: Lowering, node: tensor.Extremum) -> Array:
    """``min(t) = -max(-t)``; positive factors and terms that are the same for all entries stand outside."""
    array = self.at(node.operand)
    bound = tuple(pair for k in node.axes for pair in array.axes[k])
    form = array.form if node.kind == "max" else self.algebra.scale(array.form, -1)
    largest = extremum(self.algebra, form, bound) if bound else form
    left = (() if k in node.axes else a for k, a in enumerate(array.axes) if node.keepdims or k not in node.axes)
    return Array(largest if node.kind == "max" else self.algebra.scale(largest, -1), tuple(left))


def _matmul(self: Lowering, node: tensor.MatMul) -> Array:
    left, right = self.at(node.left), self.at(node.right)
    row = len(left.axes) > 1
    column = len(right.axes) > 1
    lead_left, lead_right = left.axes[:-2], right.axes[:-2]
    inner_right = right.axes[-2] if column else right.axes[0]
    a = Array(left.form, (*lead_left, left.axes[-2] if row else (), (), left.axes[-1]))
    b = Array(right.form, (*lead_right, (), right.axes[-1] if column else (), inner_right))
    forms, axes = align(self.algebra, [a, b])
    product = Array(self.algebra.multiply(*forms), axes)
    total = _sum_axes(self, product, (len(axes) - 1,), keepdims=False)
    kept = [*total.axes[:-2], *([total.axes[-2]] if row else []), *([total.axes[-1]] if column else [])]
    return Array(total.form, tuple(kept))


RULES: Mapping[type[Tensor], Rule] = {
    tensor.Number: _number,
    tensor.Constant: _constant,
    tensor.Size: _size,
    tensor.IndexSymbol: _index_symbol,
    tensor.Add: _add,
    tensor.Negative: _negative,
    tensor.Multiply: _multiply,
    tensor.Divide: _divide,
    tensor.Power: _power,
    tensor.Apply: _apply,
    tensor.Sum: _sum,
    tensor.IndexSum: _index_sum,
    tensor.Extremum: _extremum,
    tensor.MatMul: _matmul,
}
