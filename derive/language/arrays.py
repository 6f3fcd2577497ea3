"""Constant arrays, rearrangements (vec, diag, kron ...), and the functions of linear algebra.

A composite is a notation: its ``expand()`` gives its definition in primitive nodes, which is all that the calculus and
the evaluators see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.language.dimensions import ONE, Dimension, Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.tensor import (
    Apply,
    Divide,
    Extremum,
    Index,
    Multiply,
    Number,
    Operand,
    Power,
    Sum,
    Tensor,
    dimension,
    tensor,
)


@dataclass(frozen=True, eq=False, repr=False)
class Eye(Tensor):
    """The identity matrix."""

    size: Dimension
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Full(Tensor):
    """A scalar repeated over a shape: ``ones``, ``zeros``."""

    value: Tensor
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Literal(Tensor):
    """An array of given rational entries, row-major."""

    entries: tuple[Fraction, ...]
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Vec(Tensor):
    """All entries as one vector: row-major for ``order="C"``, column-major (of a matrix) for ``order="F"``."""

    operand: Tensor
    order: str
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Kron(Tensor):
    """NumPy's Kronecker product of vectors and matrices."""

    left: Tensor
    right: Tensor
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Diag(Tensor):
    """A vector as a diagonal matrix, or the diagonal of a square matrix."""

    operand: Tensor
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class BlockDiag(Tensor):
    """The block-diagonal matrix with the matrices ``operand[0], operand[1], ...`` as blocks."""

    operand: Tensor
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Inverse(Tensor):
    operand: Tensor
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Determinant(Tensor):
    operand: Tensor
    shape: Shape = ()


@dataclass(frozen=True, eq=False, repr=False)
class Spectral(Tensor):
    """A function of the spectrum: ``opnorm``, ``sigma_min``, ``lambda_min``, ``lambda_max``, ``nuclear``."""

    kind: str
    operand: Tensor
    shape: Shape = ()


class Composite(Tensor):
    """A notation with a definition."""

    def expand(self) -> Tensor:
        """The definition, one level deep."""
        raise InputError(f"{type(self).__name__} has no definition")


@dataclass(frozen=True, eq=False, repr=False)
class Outer(Composite):
    """``u v^T`` of two vectors."""

    left: Tensor
    right: Tensor
    shape: Shape

    def expand(self) -> Tensor:
        return Multiply.of(Index.of(self.left, (slice(None), None)), self.right)


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Composite):
    operand: Tensor
    shape: Shape = ()

    def expand(self) -> Tensor:
        return Sum.of(diag(self.operand))


@dataclass(frozen=True, eq=False, repr=False)
class Norm(Composite):
    """The vector norm of order 1, 2 or inf of a vector, or the Frobenius norm (``"fro"``) of an array."""

    operand: Tensor
    order: str
    shape: Shape = ()

    def expand(self) -> Tensor:
        if self.order == "1":
            return Sum.of(Apply.of("abs", self.operand))
        if self.order == "inf":
            return Extremum.of("max", Apply.of("abs", self.operand))
        return Apply.of("sqrt", Sum.of(Power.of(self.operand, Number(Fraction(2)))))


@dataclass(frozen=True, eq=False, repr=False)
class Softmax(Composite):
    """``exp(z) / sum(exp(z))`` along an axis."""

    operand: Tensor
    axis: int
    shape: Shape

    def expand(self) -> Tensor:
        numerator = Apply.of("exp", self.operand)
        return Divide.of(numerator, Sum.of(numerator, self.axis, keepdims=True))


@dataclass(frozen=True, eq=False, repr=False)
class LogSumExp(Composite):
    """``log(sum(exp(z)))`` along an axis, or over all entries."""

    operand: Tensor
    axis: int | None
    shape: Shape

    def expand(self) -> Tensor:
        return Apply.of("log", Sum.of(Apply.of("exp", self.operand), self.axis))


def _square(operand: Tensor, name: str) -> Tensor:
    if operand.ndim != 2 or operand.shape[0] != operand.shape[1]:
        raise ShapeError(f"{name}() needs a square matrix: {operand!r} has shape {shape_text(operand.shape)}")
    return operand


def eye(size: Operand) -> Tensor:
    """The identity matrix."""
    n = dimension(size)
    return Eye(n, (n, n))


def full(value: Operand, *shape: Operand) -> Tensor:
    return Full(tensor(value), tuple(dimension(size) for size in shape))


def ones(*shape: Operand) -> Tensor:
    """The array of ones: ``ones(n)``, ``ones(n, d)``."""
    return full(1, *shape)


def zeros(*shape: Operand) -> Tensor:
    """The array of zeros: ``zeros(n)``, ``zeros(n, d)``."""
    return full(0, *shape)


def array(entries: Sequence[Operand] | Sequence[Sequence[Operand]]) -> Tensor:
    """A constant vector or matrix of rational entries: ``array([1, -1])``.

    Raises:
        InputError: the entries are not numbers, or the rows differ in length.
    """
    rows = [list(row) if isinstance(row, (list, tuple)) else None for row in entries]
    if any(row is not None for row in rows):
        if any(row is None or len(row) != len(rows[0] or ()) for row in rows):
            raise InputError("array() needs rows of equal length")
        flat = [entry for row in rows for entry in row or ()]
        shape: tuple[int, ...] = (len(rows), len(rows[0] or ()))
    else:
        flat, shape = list(entries), (len(rows),)
    values = [tensor(entry) for entry in flat]
    if not values or not all(isinstance(value, Number) for value in values):
        raise InputError("array() needs numbers as entries")
    return Literal(tuple(v.value for v in values if isinstance(v, Number)), tuple(Dimension.number(k) for k in shape))


def vec(operand: Tensor, order: str = "C") -> Tensor:
    """All entries as one vector. Row-major, ``vec(X)[i*d + j] = X[i, j]``; ``order="F"`` is column-major."""
    operand = tensor(operand)
    if not isinstance(order, str) or order not in ("C", "F"):
        raise InputError(f"vec() knows the orders 'C' and 'F', not {order!r}")
    size = ONE
    for axis in operand.shape:
        size = size * axis
    return Vec(operand, order, (size,))


def kron(left: Tensor, right: Tensor) -> Tensor:
    """The Kronecker product; a vector beside a matrix counts as a row, as in NumPy."""
    left, right = tensor(left), tensor(right)
    if not 1 <= left.ndim <= 2 or not 1 <= right.ndim <= 2:
        raise ShapeError(
            f"kron() takes vectors and matrices, not shapes {shape_text(left.shape)} and {shape_text(right.shape)}"
        )
    rank = max(left.ndim, right.ndim)
    a, b = (ONE,) * (rank - left.ndim) + left.shape, (ONE,) * (rank - right.ndim) + right.shape
    return Kron(left, right, tuple(x * y for x, y in zip(a, b, strict=True)))


def diag(operand: Tensor) -> Tensor:
    """A vector as a diagonal matrix; of a square matrix its diagonal."""
    operand = tensor(operand)
    if operand.ndim == 1:
        return Diag(operand, operand.shape * 2)
    return Diag(_square(operand, "diag"), operand.shape[:1])


def block_diag(operand: Tensor) -> Tensor:
    """The block-diagonal matrix of the blocks ``operand[i]`` of an array with three axes."""
    operand = tensor(operand)
    if operand.ndim != 3:
        raise ShapeError(f"block_diag() needs an array of matrices (three axes), not shape {shape_text(operand.shape)}")
    k, p, q = operand.shape
    return BlockDiag(operand, (k * p, k * q))


def outer(left: Tensor, right: Tensor) -> Tensor:
    """``u v^T`` of two vectors."""
    left, right = tensor(left), tensor(right)
    if left.ndim != 1 or right.ndim != 1:
        raise ShapeError(
            f"outer() takes two vectors, not shapes {shape_text(left.shape)} and {shape_text(right.shape)}"
        )
    return Outer(left, right, left.shape + right.shape)


def dot(left: Tensor, right: Tensor) -> Tensor:
    """The inner product of two arrays of equal shape: the sum of the products of their entries.

    Raises:
        ShapeError: the shapes differ; nothing is broadcast.
    """
    return Sum.of(hadamard(left, right))


def hadamard(left: Tensor, right: Tensor) -> Tensor:
    """The entrywise product of two arrays of equal shape; unlike ``*`` it never broadcasts, as in print."""
    left, right = tensor(left), tensor(right)
    if left.shape != right.shape:
        raise ShapeError(
            f"shapes do not conform: {left!r} has shape {shape_text(left.shape)} and"
            f" {right!r} has shape {shape_text(right.shape)} in hadamard() or dot()"
        )
    return Multiply.of(left, right)


def trace(operand: Tensor) -> Tensor:
    """The sum of the diagonal."""
    return Trace(_square(tensor(operand), "trace"))


def inv(operand: Tensor) -> Tensor:
    """The inverse of a square matrix."""
    operand = _square(tensor(operand), "inv")
    return Inverse(operand, operand.shape)


def det(operand: Tensor) -> Tensor:
    """The determinant of a square matrix."""
    return Determinant(_square(tensor(operand), "det"))


def logdet(operand: Tensor) -> Tensor:
    """``log(det(A))``, where the determinant is positive."""
    return Apply.of("log", det(operand))


def norm(operand: Operand, order: Operand | None = None) -> Tensor:
    """The norm of order 1, 2 (the default) or inf of a vector; of a matrix ``"fro"`` (the default) or 2, the largest
    singular value.

    Raises:
        InputError: another order.
    """
    operand = tensor(operand)
    if order is None:
        order = "fro" if operand.ndim > 1 else 2
    key = _order(order)
    if operand.ndim == 2 and key == "2":
        return opnorm(operand)
    if key == "fro" or (key in ("1", "2", "inf") and operand.ndim < 2):
        return Norm(operand, key)
    raise InputError(
        f"the norm of order {key} of {operand!r} with shape {shape_text(operand.shape)} is not known",
        hint='norm(v), norm(v, 1), norm(v, inf), norm(M, "fro"), opnorm(M)',
    )


def _order(order: Operand) -> str:
    """The order of a norm as a word: 1 is "1", infinity "inf"."""
    if isinstance(order, str):
        return order
    return "inf" if isinstance(order, float) and order == float("inf") else str(tensor(order))


def _spectral(kind: str, operand: Tensor, square: bool) -> Tensor:
    operand = _square(tensor(operand), kind) if square else tensor(operand)
    if operand.ndim != 2:
        raise ShapeError(f"{kind}() needs a matrix: {operand!r} has shape {shape_text(operand.shape)}")
    return Spectral(kind, operand)


def opnorm(operand: Tensor) -> Tensor:
    """The spectral norm, the largest singular value of a matrix."""
    return _spectral("opnorm", operand, square=False)


def sigma_min(operand: Tensor) -> Tensor:
    """``min ||M x||`` over unit vectors x: zero where the columns are linearly dependent."""
    return _spectral("sigma_min", operand, square=False)


def lambda_min(operand: Tensor) -> Tensor:
    """The smallest eigenvalue of a symmetric matrix."""
    return _spectral("lambda_min", operand, square=True)


def lambda_max(operand: Tensor) -> Tensor:
    """The largest eigenvalue of a symmetric matrix."""
    return _spectral("lambda_max", operand, square=True)


def _axis(operand: Tensor, axis: object, name: str) -> int:
    """The axis, counted from the front."""
    if not isinstance(axis, int) or not -operand.ndim <= axis < operand.ndim:
        raise ShapeError(f"{name}() of {operand!r} with shape {shape_text(operand.shape)} has no axis {axis}")
    return axis % operand.ndim


def softmax(operand: Operand, axis: int = -1) -> Tensor:
    """``exp(z) / sum(exp(z))`` along the last axis, or another."""
    operand = tensor(operand)
    return Softmax(operand, _axis(operand, axis, "softmax"), operand.shape)


def logsumexp(operand: Operand, axis: int | None = None) -> Tensor:
    """``log(sum(exp(z)))`` over all entries, or along an axis."""
    operand = tensor(operand)
    chosen = None if axis is None else _axis(operand, axis, "logsumexp")
    return LogSumExp(operand, chosen, Sum.of(operand, chosen).shape)
