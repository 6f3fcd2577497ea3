r"""Symmetric tensors of symbolic order, by their components: ``T = sum_i c_i u_i^{(x) l}``.

Every real symmetric tensor is such a sum (Comon, Golub, Lim and Mourrain, Symmetric tensors and symmetric tensor rank,
2008, Lemma 4.2). An order that is a symbol cannot be a number of axes, so that such a tensor is no array; what is asked
of it is an array, and an ordinary expression in weights and vectors, as the power of a sum of products is a sum of
products of powers:

    T(x, ..., x)    = sum_i c_i <u_i, x>^l
    T(I, x, ..., x) = sum_i c_i <u_i, x>^(l-1) u_i
    <S, T>          = sum_ij b_i c_j <s_i, u_j>^l
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from derive.language.dimensions import Dimension, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.plain import identity
from derive.language.tensor import Apply, Operand, Tensor, tensor


@dataclass(frozen=True)
class SymmetricTensor:
    """``sum c_i u_i^{(x) order}`` over the rows u_i of each of ``parts``: weights of shape (k,), vectors (k, size)."""

    parts: tuple[tuple[Tensor, Tensor], ...]
    order: Tensor
    size: Dimension

    def __call__(self, vector: Operand) -> Tensor:
        """``T(x, ..., x)``, the homogeneous polynomial of the tensor: a scalar.

        Raises:
            ShapeError: ``vector`` is no vector of the tensor's size.
        """
        x = self._argument(vector)
        return reduce(add, (weights @ (vectors @ x) ** self.order for weights, vectors in self.parts))

    def contract(self, vector: Operand) -> Tensor:
        """``T(I, x, ..., x)``, all slots but one contracted: a vector.

        Raises:
            ShapeError: ``vector`` is no vector of the tensor's size.
        """
        x = self._argument(vector)
        terms = (vectors.T @ (weights * (vectors @ x) ** (self.order - 1)) for weights, vectors in self.parts)
        return reduce(add, terms)

    def inner(self, other: SymmetricTensor) -> Tensor:
        """``<S, T>``, the sum of the products of all entries: a scalar.

        Raises:
            ShapeError: the tensors differ in order or size.
        """
        self._alike(other)
        return reduce(add, (b @ (S @ U.T) ** self.order @ c for b, S in self.parts for c, U in other.parts))

    def norm(self) -> Tensor:
        """The Frobenius norm, the root of the sum of the squares of all entries."""
        return Apply.of("sqrt", self.inner(self))

    def __add__(self, other: SymmetricTensor) -> SymmetricTensor:
        self._alike(other)
        return replace(self, parts=self.parts + other.parts)

    def __neg__(self) -> SymmetricTensor:
        return replace(self, parts=tuple((-weights, vectors) for weights, vectors in self.parts))

    def __sub__(self, other: SymmetricTensor) -> SymmetricTensor:
        return self + (-other)

    def __mul__(self, factor: Operand) -> SymmetricTensor:
        """A multiple by a scalar."""
        if tensor(factor).shape:
            raise ShapeError(f"a symmetric tensor is multiplied by scalars, not by {tensor(factor)!r}")
        return replace(self, parts=tuple((weights * factor, vectors) for weights, vectors in self.parts))

    __rmul__ = __mul__

    def _argument(self, vector: Operand) -> Tensor:
        found = tensor(vector)
        if found.shape != (self.size,):
            raise ShapeError(
                f"a symmetric tensor on vectors of size {self.size} is contracted with {found!r}, which has shape"
                f" {shape_text(found.shape)}"
            )
        return found

    def _alike(self, other: SymmetricTensor) -> None:
        if not isinstance(other, SymmetricTensor):
            raise InputError(f"a symmetric tensor cannot be combined with {other!r}")
        if self.size != other.size or identity(self.order) != identity(other.order):
            raise ShapeError(
                f"symmetric tensors of order {self.order!r} on size {self.size} and of order {other.order!r} on size"
                f" {other.size} do not conform"
            )


def power_sum(weights: Operand, vectors: Operand, order: Operand) -> SymmetricTensor:
    """The symmetric tensor ``sum_i weights[i] * vectors[i]^{(x) order}``, whose order is a number or an integer symbol.

    Raises:
        ShapeError: the weights are no vector, the vectors are not the rows of a matrix, or their numbers differ.
        InputError: the order is no scalar.
    """
    c, U, power = tensor(weights), tensor(vectors), tensor(order)
    if c.ndim != 1 or U.ndim != 2 or c.shape != U.shape[:1]:
        raise ShapeError(
            f"power_sum() takes a weight for each row: {c!r} has shape {shape_text(c.shape)} and {U!r} has shape"
            f" {shape_text(U.shape)}"
        )
    if power.shape:
        raise InputError(f"the order of a tensor is a scalar, and {power!r} has shape {shape_text(power.shape)}")
    return SymmetricTensor(((c, U),), power, U.shape[1])
