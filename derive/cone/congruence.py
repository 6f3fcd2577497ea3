"""Loewner claims about ``P^T diag(v) P`` as inequalities between the entries of v.

``c I <= P^T diag(v) P`` where ``0 <= c <= v sigma_min(P)^2``: then
``x^T P^T diag(v) P x >= (c / sigma_min(P)^2) |P x|^2 >= c |x|^2``. For c = 0 it is enough that ``v >= 0``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.bounds.closed_form import closed
from derive.language.arrays import Diag, Eye, Full, Spectral
from derive.language.derivatives import Definition
from derive.language.plain import identity
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Divide, MatMul, Multiply, Negative, Number, Tensor, Transpose


@dataclass(frozen=True)
class Congruence:
    """``least * I << factor^T diag(weights) factor``."""

    least: Tensor
    factor: Tensor
    weights: Tensor

    @property
    def sufficient(self) -> tuple[Tensor, Tensor]:
        """``(c, w)`` such that ``c <= w`` in every entry is enough."""
        if isinstance(self.least, Number) and self.least.value == 0:
            return self.least, self.weights
        return self.least, self.weights * Spectral("sigma_min", self.factor) ** 2


def congruence(small: Tensor, large: Tensor) -> Congruence | None:
    """The claim ``small << large`` as one about a congruence; None where the sides have other forms."""
    least = _multiple_of_identity(small)
    found = _congruence(large) or _congruence(closed(large))
    return Congruence(least, *found) if least is not None and found is not None and _is_positive(least) else None


def _is_positive(scalar: Tensor) -> bool:
    return (isinstance(scalar, Symbol) and bool(scalar.properties & {"positive", "nonnegative"})) or (
        isinstance(scalar, Number) and scalar.value >= 0
    )


def _multiple_of_identity(side: Tensor) -> Tensor | None:
    """c of ``c I``; a scalar stands for that multiple of the identity."""
    match side:
        case Definition(operand=operand):
            return _multiple_of_identity(operand)
        case Eye():
            return Number(Fraction(1))
        case Full(value=Number(value=value)) if value == 0:
            return Number(value)
        case Multiply(left=scalar, right=Eye()) | Multiply(left=Eye(), right=scalar) if not scalar.shape:
            return scalar
    return side if not side.shape else None


def _congruence(side: Tensor) -> tuple[Tensor, Tensor] | None:
    """P and v of ``P^T diag(v) P``, however the product is bracketed."""
    while isinstance(side, Definition):
        side = side.operand
    factors = _factors(side)
    if len(factors) < 3 or len(factors) % 2 == 0:
        return None
    middle = len(factors) // 2
    mirrored = [Transpose.of(factor, (1, 0)) for factor in reversed(factors[middle + 1 :])]
    pairs = zip(factors[:middle], mirrored, strict=True)
    if any(identity(_untransposed(a)) != identity(_untransposed(b)) for a, b in pairs):
        return None
    weights = _diagonal(factors[middle])
    if weights is None:
        return None
    factor = factors[middle + 1]
    for other in factors[middle + 2 :]:
        factor = MatMul.of(factor, other)
    return factor, weights


def _untransposed(node: Tensor) -> Tensor:
    """The same matrix, transposes of transposes left out."""
    if isinstance(node, Transpose) and isinstance(node.operand, Transpose):
        return node.operand.operand
    return node


def _factors(node: Tensor) -> list[Tensor]:
    if isinstance(node, MatMul) and node.left.ndim == node.right.ndim == 2:
        return [*_factors(node.left), *_factors(node.right)]
    return [node]


def _diagonal(node: Tensor) -> Tensor | None:
    """v where the matrix is ``diag(v)``: written so, or a linear combination of such."""
    match node:
        case Definition(operand=operand):
            return _diagonal(operand)
        case Diag(operand=operand) if operand.ndim == 1:
            return operand
        case Eye():
            return Number(Fraction(1))
        case Negative(operand=operand):
            return None if (inside := _diagonal(operand)) is None else -inside
        case Divide(left=left, right=right) if not right.shape:
            return None if (inside := _diagonal(left)) is None else inside / right
        case Add(left=left, right=right):
            first, second = _diagonal(left), _diagonal(right)
            return None if first is None or second is None else first + second
        case Multiply(left=left, right=right) if not left.shape or not right.shape:
            scalar, matrix = (left, right) if not left.shape else (right, left)
            return None if (inside := _diagonal(matrix)) is None else scalar * inside
    return None
