"""Operations on arrays of a tape that are linear, bilinear or have a derivative of their own, dual numbers included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from derive.attack.tape import Node
from derive.evaluate.duals import Dual

Value = Any
"""A node of the tape, or a dual number of such."""


def plain(x: Value) -> Node:
    """The value without its tangents."""
    while isinstance(x, Dual):
        x = x.value
    assert isinstance(x, Node)
    return x


def shape(x: Value) -> tuple[int, ...]:
    return plain(x).shape


def _each(function: Callable[[Any], Any], x: Value) -> Value:
    """A linear function of the value and of every tangent."""
    if isinstance(x, Dual):
        return Dual(x.level, _each(function, x.value), {k: _each(function, s) for k, s in x.tangents.items()})
    return function(x)


def reshaped(x: Value, new: tuple[int, ...]) -> Value:
    return _each(lambda node: node.tape.reshaped(node, new), x)


def taken(x: Value, moved: Callable[[Any], Any]) -> Value:
    """The entries of ``x`` as ``moved`` arranges those of an array of its shape, some of them perhaps several times."""
    old = shape(x)
    index = np.array(moved(np.arange(int(np.prod(old, dtype=int))).reshape(old)), dtype=np.int64, order="C")
    if index.size == int(np.prod(old, dtype=int)) and (index.reshape(-1) == np.arange(index.size)).all():
        return reshaped(x, index.shape)
    detail = (len(old), index.tobytes(), index.shape)
    return _each(lambda node: node.tape.apply("take", (node,), index.shape, detail), x)


def repeated(x: Value, new: tuple[int, ...]) -> Value:
    return x if shape(x) == new else taken(x, lambda array: np.broadcast_to(array, new))


def matched(*values: Value) -> list[Value]:
    """The values repeated to one shape, as NumPy does; a number without tangents is left as it is."""
    common = np.broadcast_shapes(*(shape(x) for x in values))
    return [x if isinstance(x, Node) else repeated(x, common) for x in values]


def total(x: Value, axes: tuple[int, ...], keepdims: bool) -> Value:
    old = shape(x)
    below = tuple(sorted(axis % len(old) - len(old) for axis in axes))
    rest = tuple(size for k, size in enumerate(old) if k - len(old) not in below)
    found = _each(lambda node: node.tape.apply("sum", (node,), rest, below), x) if below else x
    if not keepdims:
        return found
    return reshaped(found, tuple(1 if k - len(old) in below else size for k, size in enumerate(old)))


def held(x: Node) -> Node:
    """The value as a constant, whose slope is left out."""
    return x.tape.apply("held", (x,), x.shape)


def lowered(x: Value) -> Value:
    """The first axis of directions as the last axis of the tensor."""

    def one(node: Node) -> Node:
        # the number of directions is known where the result is reshaped
        return node.tape.apply("lower", (node,), (*node.shape, -1), len(node.shape))

    return _each(one, x)


def undirected(x: Node) -> Node:
    """A value that is left of derivatives within others, without the axes of directions, of length one, before it."""
    return x.tape.apply("undirected", (x,), x.shape, len(x.shape))


def extremum(kind: str, x: Value, axes: tuple[int, ...]) -> Value:
    """The largest or smallest entry along axes, which are left out; of dual numbers that of the values."""
    if kind == "min":
        return -extremum("max", -x, axes)
    old = shape(x)
    kept = [k for k in range(len(old)) if k not in axes]
    order = kept + [k for k in range(len(old)) if k in axes]
    lead = tuple(old[k] for k in kept)
    rows = taken(x, lambda array: array.transpose(order).reshape((*lead, -1)))
    if isinstance(rows, Node):
        return rows.tape.apply("largest", (rows,), lead)
    base = plain(rows)
    best = base.tape.apply("best", (base,), base.shape)
    return total(rows * best, (len(lead),), False)


def product(x: Value, y: Value) -> Value:
    """NumPy's ``x @ y`` of arrays of at most two axes; of more, the axes in front are matched."""
    if isinstance(x, Dual) and not (isinstance(y, Dual) and y.level > x.level):
        rest = y.value if isinstance(y, Dual) and y.level == x.level else y
        found = Dual(x.level, product(x.value, rest), {k: product(s, rest) for k, s in x.tangents.items()})
        if rest is y:
            return found
        return found + Dual(x.level, _nothing(found.value), {k: product(x.value, s) for k, s in y.tangents.items()})
    if isinstance(y, Dual):
        return Dual(y.level, product(x, y.value), {k: product(x, s) for k, s in y.tangents.items()})
    return _product(x, y)


def _nothing(x: Value) -> Node:
    return plain(x).tape.constant(np.zeros(shape(x)))


def _product(x: Node, y: Node) -> Node:
    left = x if len(x.shape) > 1 else x.tape.reshaped(x, (1, *x.shape))
    right = y if len(y.shape) > 1 else y.tape.reshaped(y, (*y.shape, 1))
    rank = max(len(left.shape), len(right.shape))
    left, right = (n.tape.reshaped(n, (1,) * (rank - len(n.shape)) + n.shape) for n in (left, right))
    lead = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    full = x.tape.apply("matmul", (left, right), (*lead, left.shape[-2], right.shape[-1]))
    rows = full.shape[-2:-1] if len(x.shape) > 1 else ()
    columns = full.shape[-1:] if len(y.shape) > 1 else ()
    return x.tape.reshaped(full, (*lead, *rows, *columns))


def inverse(x: Value) -> Value:
    """``d(X^-1) = -X^-1 dX X^-1``."""
    if isinstance(x, Dual):
        found = inverse(x.value)
        return Dual(x.level, found, {k: -product(product(found, s), found) for k, s in x.tangents.items()})
    return x.tape.apply("inverse", (x,), x.shape)


def determinant(x: Value) -> Value:
    """``d det X = det X tr(X^-1 dX)`` (Jacobi)."""
    if isinstance(x, Dual):
        found, inner = determinant(x.value), inverse(x.value)
        slopes = {k: total(taken(product(inner, s), np.diagonal), (0,), False) for k, s in x.tangents.items()}
        return Dual(x.level, found, {k: found * s for k, s in slopes.items()})
    return x.tape.apply("determinant", (x,), ())
