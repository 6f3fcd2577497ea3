"""Tangent spaces of sums of powers, and ranks for generic values of a symbol."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.arrays import Composite, eye, kron, ones
from derive.language.derivatives import Definition
from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.rank import Rank
from derive.language.symbols import Symbol
from derive.language.tensor import Operand, Size, Tensor, tensor


@dataclass(frozen=True, eq=False, repr=False)
class TangentGram(Composite):
    """Inner products of the symmetrisations of ``u_i^{(x) (order - 1)} (x) e_a``, u_i the rows of ``vectors``.

    Rows and columns are the pairs (i, a), row-major. These symmetric tensors span the tangent space of the sums
    ``sum_i c_i u_i^{(x) order}`` of powers, so that its dimension is the rank.
    """

    vectors: Tensor
    order: Tensor
    shape: Shape

    def expand(self) -> Tensor:
        """``<u, w>^(l-1) <v, z> / l + (l-1)/l <u, w>^(l-2) <u, z> <v, w>`` for u_i, v = e_a and w = u_j, z = e_b."""
        U, power = self.vectors, self.order
        m, d = (Size(axis) for axis in U.shape)
        beside = kron(eye(m), ones(d, 1)) @ U @ kron(ones(1, m), eye(d))  # <u_i, e_b> at (i, a), (j, b)
        straight = kron((U @ U.T) ** (power - 1), eye(d))
        crossed = kron((U @ U.T) ** (power - 2), ones(d, d)) * beside * beside.T
        return (straight + (power - 1) * crossed) / power


@dataclass(frozen=True, eq=False, repr=False)
class Generic(Tensor):
    """What the rank ``operand`` is for all values of the symbol ``variable`` but those in a proper algebraic set."""

    operand: Tensor
    variable: Symbol
    shape: Shape = ()


def tangent_gram(vectors: Operand, order: Operand) -> Tensor:
    """The Gram matrix of ``Sym(u_i^{(x) (order - 1)} (x) e_a)`` over the rows u_i and the unit vectors e_a.

    Its rank is the dimension of the tangent space at the u_i of the sums of powers ``sum_i c_i u_i^{(x) order}``.

    Raises:
        ShapeError: the vectors are not the rows of a matrix, or the order is no scalar.
    """
    U, power = tensor(vectors), tensor(order)
    if U.ndim != 2 or power.shape:
        raise ShapeError(
            f"tangent_gram() takes the rows of a matrix and a scalar order, not shapes {shape_text(U.shape)} and"
            f" {shape_text(power.shape)}"
        )
    size = U.shape[0] * U.shape[1]
    return TangentGram(U, power, (size, size))


def generic(operand: Tensor, variable: Tensor) -> Tensor:
    """The rank of a matrix that depends polynomially on ``variable``, for generic values of it: its largest rank.

    It is attained at all values but those at which some polynomials vanish that do not vanish everywhere.

    Raises:
        InputError: the operand is no rank, or the variable is no symbol without properties.
    """
    found = tensor(operand)
    while isinstance(found, Definition):
        found = found.operand
    if not isinstance(found, Rank):
        raise InputError(f"generic() is of ranks, not of {operand!r}", hint="write generic(rank(M), U)")
    if not isinstance(variable, Symbol) or variable.properties:
        raise InputError(f"generic() is over the values of a symbol without properties, not of {variable!r}")
    return Generic(found, variable)
