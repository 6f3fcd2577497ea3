"""Sums over independent rows drawn from a finite law: what a row adds, by the outcome that it is.

A row that is ``e_i`` adds ``X_i/m``, where ``X_i`` is what the sum is if all m rows are ``e_i``.
"""

from __future__ import annotations

from fractions import Fraction

from derive.concentration.affine import told
from derive.concentration.events import unnamed
from derive.concentration.randomness import exchanged
from derive.language.arrays import Eye, Norm
from derive.language.chance import Expectation, RandomSymbol, unbound
from derive.language.plain import identity
from derive.language.tensor import (
    Add,
    Divide,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Sum,
    Tensor,
)


def at_unit_vector(total: Tensor, symbol: RandomSymbol, index: IndexSymbol) -> Tensor | None:
    """The sum if all rows are the unit vector at ``index``: its mean under the law of that vector alone."""
    size = symbol.shape[-1]
    law = (Eye(size, (size, size))[index],)

    def drawn(node: Tensor) -> Tensor | None:
        if isinstance(node, RandomSymbol):
            return RandomSymbol(node.name, node.shape, node.properties, node.tex, node.kind, law)
        return None

    return told(Expectation(exchanged(total, drawn), None, total.shape))


def mean_over_outcomes(node: Tensor, symbol: RandomSymbol, index: IndexSymbol) -> Tensor | None:
    """``sum_i p_i f(i)``: the mean of what depends on the outcome at ``index``."""
    if symbol.parameters:
        return told(IndexSum.of(Multiply.of(symbol.parameters[0][index], node), index))
    return told(Divide.of(IndexSum.of(node, index), Size(symbol.shape[-1])))


def in_norms(node: Tensor) -> Tensor:
    """The expression with squared norms in the place of sums of squares."""
    return exchanged(node, _squared_norm)


def _squared_norm(node: Tensor) -> Tensor | None:
    match node:
        case Sum(shape=(), operand=Sum(operand=inner, keepdims=False)):
            return _squared_norm(Sum.of(inner))
        case Sum(shape=(), operand=Power(base=base, exponent=Number(value=two))) if two == 2 and base.ndim in (1, 2):
            return Power.of(Norm(base, "2" if base.ndim == 1 else "fro"), TWO)
        case MatMul(shape=(), left=left, right=right) if identity(left) == identity(right):
            return Power.of(Norm(left, "2"), TWO)
    return None


def random_part(node: Tensor) -> tuple[Tensor, Tensor]:
    """A sum as the terms with random symbols, and all others; a part without terms is 0."""
    node = unnamed(node)
    match node:
        case Add(left=left, right=right) if left.shape == right.shape:
            (first, one), (second, other) = random_part(left), random_part(right)
            return _plus(first, second), _plus(one, other)
        case Negative(operand=operand):
            first, one = random_part(operand)
            return _minus(first), _minus(one)
    return (node, ZERO) if unbound(node) else (ZERO, node)


ZERO: Tensor = Number(Fraction(0))
TWO: Tensor = Number(Fraction(2))


def _plus(first: Tensor, second: Tensor) -> Tensor:
    if _is_zero(first) or _is_zero(second):
        return second if _is_zero(first) else first
    return Add.of(first, second)


def _minus(node: Tensor) -> Tensor:
    return node if _is_zero(node) else Negative.of(node)


def _is_zero(node: Tensor) -> bool:
    return isinstance(node, Number) and node.value == 0
