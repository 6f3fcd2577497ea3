"""How symbols, constant arrays, rearrangements, inverses and determinants are lowered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from derive.calculus.algebra import Undecidable
from derive.calculus.atoms import delta, number
from derive.calculus.axes import Array, Axis, NeedsSplit, axis_dims, axis_labels, fresh_axes, position, square
from derive.calculus.form import Label
from derive.calculus.lower_arithmetic import Rule
from derive.calculus.matrices import bound_head, determinant, inverse
from derive.calculus.matrix_powers import matrix_power
from derive.language import arrays, tensor
from derive.language.matrix_powers import MatrixPower
from derive.language.rank import Rank
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

if TYPE_CHECKING:
    from derive.calculus.lower import Lowering


def _symbol(self: Lowering, node: Symbol) -> Array:
    return self.symbol(node)


def _spectral(self: Lowering, node: arrays.Spectral) -> Array:
    array = self.at(node.operand)
    return Array(bound_head("opaque", node.kind, array.form, array.axes))


def _rank(self: Lowering, node: Rank) -> Array:
    array = self.at(node.operand)
    return Array(bound_head("opaque", "rank", array.form, array.axes))


def _transpose(self: Lowering, node: tensor.Transpose) -> Array:
    array = self.at(node.operand)
    return Array(array.form, tuple(array.axes[k] for k in node.permutation))


def _index(self: Lowering, node: tensor.Index) -> Array:
    array = self.at(node.operand)
    names, axes = index_axes(self, array.axes, node.items)
    return Array(self.algebra.rename(array.form, names) if names else array.form, axes)


def index_axes(
    self: Lowering, axes: tuple[Axis, ...], items: tuple[tensor.Item, ...]
) -> tuple[dict[Label, Label], tuple[Axis, ...]]:
    """The labels that indexing fixes, and the axes that it leaves."""
    names: dict[Label, Label] = {}
    left: list[Axis] = []
    remaining = iter(axes)
    for item in items:
        if isinstance(item, str) and item == "None":
            left.append(())
            continue
        axis = next(remaining)
        if isinstance(item, str):
            left.append(axis)
        elif isinstance(item, tensor.IndexSymbol):
            fixed = self.fixed(item.name, item.dimension)
            if len(fixed) != len(axis):
                if len(axis) > 1:
                    raise NeedsSplit(f"@{item.name}", 0, item.dimension, axis_dims(axis))
                raise Undecidable(f"the index {item.name} on an axis of another structure")
            names.update(zip(axis_labels(axis), fixed, strict=True))
        elif isinstance(item, int):
            names.update(zip(axis_labels(axis), position(item, axis_dims(axis)), strict=True))
    return names, tuple(left)


def _eye(self: Lowering, node: arrays.Eye) -> Array:
    if node.size.value == 1:
        return Array(number(1), ((), ()))
    i, j = self.algebra.fresh(), self.algebra.fresh()
    return Array(delta(i, j, node.size), (((i, node.size),), ((j, node.size),)))


def _full(self: Lowering, node: arrays.Full) -> Array:
    axes = tuple(((self.algebra.fresh(), d),) if d.value != 1 else () for d in node.shape)
    return Array(self.at(node.value).form, axes)


def _literal(self: Lowering, node: arrays.Literal) -> Array:
    axes: tuple[Axis, ...] = tuple(((self.algebra.fresh(), d),) if d.value != 1 else () for d in node.shape)
    total = []
    for place, value in enumerate(node.entries):
        form = number(value)
        for axis, d in zip(reversed(axes), reversed(node.shape), strict=True):
            place, here = divmod(place, d.value or 1)
            for label, _ in axis:
                form = self.algebra.multiply(form, delta(label, f"#{here}", d))
        total.append(form)
    return Array(self.algebra.add(*total), axes)


def _vec(self: Lowering, node: arrays.Vec) -> Array:
    array = self.at(node.operand)
    axes = array.axes if node.order == "C" else tuple(reversed(array.axes))
    return Array(array.form, (tuple(pair for axis in axes for pair in axis),))


def _kron(self: Lowering, node: arrays.Kron) -> Array:
    left, right = self.at(node.left), self.at(node.right)
    right = fresh_axes(self.algebra, right)
    rank = max(len(left.axes), len(right.axes))
    a = ((),) * (rank - len(left.axes)) + left.axes
    b = ((),) * (rank - len(right.axes)) + right.axes
    return Array(self.algebra.multiply(left.form, right.form), tuple(x + y for x, y in zip(a, b, strict=True)))


def _diag(self: Lowering, node: arrays.Diag) -> Array:
    array = self.at(node.operand)
    if len(array.axes) == 1:
        form, copy = array.form, []
        for label, d in array.axes[0]:
            other = self.algebra.fresh()
            copy.append((other, d))
            form = self.algebra.multiply(form, delta(label, other, d))
        return Array(form, (array.axes[0], tuple(copy)))
    array = square(self.algebra, array)
    rows, columns = array.axes
    names: dict[Label, Label] = {label: row for (label, _), (row, _) in zip(columns, rows, strict=True)}
    return Array(self.algebra.rename(array.form, names), (rows,))


def _block_diag(self: Lowering, node: arrays.BlockDiag) -> Array:
    array = self.at(node.operand)
    blocks, rows, columns = array.axes
    form, copy = array.form, []
    for label, d in blocks:
        other = self.algebra.fresh()
        copy.append((other, d))
        form = self.algebra.multiply(form, delta(label, other, d))
    return Array(form, (blocks + rows, tuple(copy) + columns))


def _inverse(self: Lowering, node: arrays.Inverse) -> Array:
    array = square(self.algebra, self.at(node.operand))
    return Array(inverse(self.algebra, array.form, *array.axes), array.axes)


def _matrix_power(self: Lowering, node: MatrixPower) -> Array:
    array = square(self.algebra, self.at(node.base))
    return Array(matrix_power(self.algebra, array.form, self.at(node.exponent).form, *array.axes), array.axes)


def _determinant(self: Lowering, node: arrays.Determinant) -> Array:
    array = square(self.algebra, self.at(node.operand))
    return Array(determinant(self.algebra, array.form, *array.axes))


RULES: Mapping[type[Tensor], Rule] = {
    Symbol: _symbol,
    arrays.Spectral: _spectral,
    Rank: _rank,
    tensor.Transpose: _transpose,
    tensor.Index: _index,
    arrays.Eye: _eye,
    arrays.Full: _full,
    arrays.Literal: _literal,
    arrays.Vec: _vec,
    arrays.Kron: _kron,
    arrays.Diag: _diag,
    arrays.BlockDiag: _block_diag,
    arrays.Inverse: _inverse,
    MatrixPower: _matrix_power,
    arrays.Determinant: _determinant,
}
