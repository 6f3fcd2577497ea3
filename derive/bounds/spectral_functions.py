"""Functions of one symmetric matrix through its eigenvalues: ``f(S)``, sums and products of ``f(lambda_i)``.

Every matrix made of S, multiples of the identity, sums, products and inverses is ``f(S)``: it has the eigenvectors of S
and the eigenvalues ``f(lambda_i)`` (Horn and Johnson, Topics in Matrix Analysis, 6.2). A trace is the sum of these, a
determinant their product.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from derive.bounds.rules.softmax import unnamed
from derive.bounds.univariate_program import x
from derive.language.arrays import Determinant, Eye, Inverse, Norm, Spectral, Trace
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Tensor,
    Transpose,
)


@dataclass
class SpectralReading:
    """A reading in ``x``, the eigenvalue; ``matrix`` is the symmetric matrix that was met."""

    matrix: Symbol | None = field(default=None)

    def of_matrix(self, node: Tensor) -> sp.Expr | None:
        """``f`` where the node is ``f(S)``."""
        match unnamed(node):
            case Symbol(ndim=2, symmetric=True) as symbol:
                known = self.matrix is None or self.matrix.name == symbol.name
                self.matrix = symbol
                return x if known else None
            case Eye():
                return sp.S.One
            case Transpose(operand=operand):
                return self.of_matrix(operand)
            case Negative(operand=operand):
                return _product(sp.S.NegativeOne, self.of_matrix(operand))
            case Inverse(operand=operand):
                return _power(self.of_matrix(operand), sp.S.NegativeOne)
            case Add(left=left, right=right) if left.ndim == right.ndim == 2:
                return _sum(self.of_matrix(left), self.of_matrix(right))
            case MatMul(left=left, right=right) if left.ndim == right.ndim == 2:
                return _product(self.of_matrix(left), self.of_matrix(right))
            case Multiply(left=scalar, right=array) | Multiply(left=array, right=scalar) if not scalar.ndim:
                return _product(_number(scalar), self.of_matrix(array))
            case Divide(left=array, right=scalar) if not scalar.ndim:
                return _product(_power(_number(scalar), sp.S.NegativeOne), self.of_matrix(array))
        return None

    def of_sum(self, node: Tensor) -> sp.Expr | None:
        """``f`` where the scalar is ``sum_i f(lambda_i)``; a size counts the eigenvalues."""
        match unnamed(node):
            case Trace(operand=operand):
                return self.of_matrix(operand)
            case Spectral(kind="nuclear", operand=operand):
                found = self.of_matrix(operand)
                return None if found is None else found * (2 * sp.Heaviside(found, sp.S.Half) - 1)
            case Power(base=Norm(operand=operand, order="fro"), exponent=Number(value=value)) if value == 2:
                return _power(self.of_matrix(operand), sp.Integer(2))
            case Size(dimension=size):
                return sp.S.One if self.matrix is not None and self.matrix.shape[0] == size else None
            case Apply(function="log", arguments=(argument,)):
                found = self.of_product(argument)
                return None if found is None else sp.expand_log(sp.log(found))
            case Negative(operand=operand):
                return _product(sp.S.NegativeOne, self.of_sum(operand))
            case Add(left=left, right=right):  # the side with the matrix first, so that sizes are known
                found = self.of_sum(left)
                other = self.of_sum(right)
                return _sum(self.of_sum(left) if found is None else found, other)
            case Multiply(left=scalar, right=rest) | Multiply(left=rest, right=scalar) if isinstance(scalar, Number):
                return _product(_number(scalar), self.of_sum(rest))
            case Divide(left=rest, right=Number() as scalar):
                return _product(_power(_number(scalar), sp.S.NegativeOne), self.of_sum(rest))
        return None

    def of_product(self, node: Tensor) -> sp.Expr | None:
        """``f`` where the scalar is the product of all ``f(lambda_i)``."""
        match unnamed(node):
            case Determinant(operand=operand):
                return self.of_matrix(operand)
            case Apply(function="exp", arguments=(argument,)):
                found = self.of_sum(argument)
                return None if found is None else sp.exp(found)
            case Multiply(left=left, right=right):
                return _product(self.of_product(left), self.of_product(right))
            case Divide(left=left, right=right):
                return _product(self.of_product(left), _power(self.of_product(right), sp.S.NegativeOne))
            case Power(base=base, exponent=Number(value=k)):
                return _power(self.of_product(base), sp.Rational(k.numerator, k.denominator))
        return None


def are_products(small: Tensor, large: Tensor) -> bool:
    """Are both products over one spectrum, of nonnegative numbers and of positive ones, by their signs alone?"""
    reading = SpectralReading()
    below, above = reading.of_product(small), reading.of_product(large)
    if below is None or above is None or reading.matrix is None:
        return False
    properties = reading.matrix.properties
    signs = (
        {"positive": True} if "pd" in properties else {"nonnegative": True} if "psd" in properties else {"real": True}
    )
    eigenvalue = sp.Symbol("lambda", **signs)
    return bool(below.subs(x, eigenvalue).is_nonnegative and above.subs(x, eigenvalue).is_positive)


def _number(node: Tensor) -> sp.Expr | None:
    found = unnamed(node)
    return sp.Rational(found.value.numerator, found.value.denominator) if isinstance(found, Number) else None


def _sum(first: sp.Expr | None, second: sp.Expr | None) -> sp.Expr | None:
    return None if first is None or second is None else first + second


def _product(first: sp.Expr | None, second: sp.Expr | None) -> sp.Expr | None:
    return None if first is None or second is None else first * second


def _power(base: sp.Expr | None, exponent: sp.Expr) -> sp.Expr | None:
    return None if base is None else base**exponent
