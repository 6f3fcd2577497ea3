"""Of which degree an expression is in a symbol: homogeneous, polynomial, or the size of a distance."""

from __future__ import annotations

from fractions import Fraction

from derive.instances.patterns import constant, squared_norm, strip, symbols
from derive.language.arrays import (
    BlockDiag,
    Diag,
    Full,
    Inverse,
    Kron,
    LogSumExp,
    Norm,
    Outer,
    Softmax,
    Spectral,
    Trace,
    Vec,
)
from derive.language.derivatives import Derivative
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Extremum,
    Index,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Sum,
    Tensor,
    Transpose,
)

LINEAR = (Negative, Sum, IndexSum, Transpose, Index, Diag, BlockDiag, Trace, Vec, Full)
"""Nodes that are linear in their first operand."""

BILINEAR = (Multiply, MatMul, Kron, Outer)

NONLINEAR = Fraction(10**6)
"""The degree given to what is no polynomial."""


def homogeneity(expression: Tensor, name: str) -> Fraction | None:
    """k where the expression at ``t*x`` is ``t**k`` times that at x, for all t > 0; None where there is no such k."""
    expression = strip(expression)
    if name not in symbols(expression):
        return Fraction(0)
    match expression:
        case Symbol():
            return Fraction(1)
        case Add(left=left, right=right):
            return _equal(homogeneity(left, name), homogeneity(right, name))
        case Multiply(left=left, right=right) | MatMul(left=left, right=right) | Kron(left=left, right=right):
            return _total(homogeneity(left, name), homogeneity(right, name))
        case Outer(left=left, right=right):
            return _total(homogeneity(left, name), homogeneity(right, name))
        case Divide(left=left, right=right):
            return _total(homogeneity(left, name), _times(homogeneity(right, name), Fraction(-1)))
        case Power(base=base, exponent=Number(value=e)):
            return _times(homogeneity(base, name), e)
        case Inverse(operand=operand):
            return _times(homogeneity(operand, name), Fraction(-1))
        case Apply(function=function, arguments=arguments):
            return _applied(function, [homogeneity(argument, name) for argument in arguments])
    if isinstance(expression, (*LINEAR, Extremum, Norm, Spectral)):
        return homogeneity(expression.children()[0], name)
    return None


def _applied(function: str, degrees: list[Fraction | None]) -> Fraction | None:
    if function in ("maximum", "minimum"):
        return _equal(*degrees)
    factor = {"abs": Fraction(1), "relu": Fraction(1), "sqrt": Fraction(1, 2), "square": Fraction(2)}.get(function)
    if factor is not None:
        return _times(degrees[0], factor)
    return Fraction(0) if all(degree == 0 for degree in degrees) else None


def _equal(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return a if a == b else None


def _total(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def _times(a: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if a is None else a * factor


def polynomial_degree(expression: Tensor, name: str) -> Fraction:
    """An upper bound of the degree in the symbol's entries; ``NONLINEAR`` where it is no polynomial."""
    expression = strip(expression)
    if name not in symbols(expression) or vanishes(expression):
        return Fraction(0)
    if (squared := squared_norm(expression)) is not None:
        return 2 * polynomial_degree(squared, name)
    match expression:
        case Symbol():
            return Fraction(1)
        case Derivative(operand=operand, variables=(variable,)):
            return _degree_of_slope(operand, name, frozenset(symbols(variable)))
        case Apply() | Softmax() | LogSumExp() if all(polynomial_degree(x, name) == 0 for x in expression.children()):
            return Fraction(0)
        case Add(left=left, right=right):
            return max(polynomial_degree(left, name), polynomial_degree(right, name))
        case Divide(left=left, right=right) if polynomial_degree(right, name) == 0:
            return polynomial_degree(left, name)
        case Power(base=base, exponent=Number(value=e)) if e.denominator == 1 and e > 0:
            return e * polynomial_degree(base, name)
    children = list(expression.children())
    if isinstance(expression, BILINEAR):
        return sum((polynomial_degree(child, name) for child in children), Fraction(0))
    return polynomial_degree(children[0], name) if isinstance(expression, LINEAR) else NONLINEAR


def _degree_of_slope(expression: Tensor, name: str, moving: frozenset[str]) -> Fraction:
    """An upper bound of the degree of the derivative in the symbols ``moving``; what is free of these vanishes."""
    expression = strip(expression)
    if moving.isdisjoint(symbols(expression)):
        return -NONLINEAR
    if name in moving:
        return polynomial_degree(expression, name) - 1
    if (squared := squared_norm(expression)) is not None:
        return polynomial_degree(squared, name) + _degree_of_slope(squared, name, moving)
    match expression:
        case Add(left=left, right=right):
            return max(_degree_of_slope(left, name, moving), _degree_of_slope(right, name, moving))
        case Divide(left=left, right=Number()):
            return _degree_of_slope(left, name, moving)
        case MatMul(left=left, right=right) | Multiply(left=left, right=right):
            first = _degree_of_slope(left, name, moving) + polynomial_degree(right, name)
            return max(first, polynomial_degree(left, name) + _degree_of_slope(right, name, moving))
    if isinstance(expression, LINEAR):
        return _degree_of_slope(expression.children()[0], name, moving)
    return polynomial_degree(expression, name)


def vanishes(expression: Tensor) -> bool:
    """Is it zero, as is seen from a factor of zero?"""
    expression = strip(expression)
    if isinstance(expression, BILINEAR):
        return any(map(vanishes, expression.children()))
    if isinstance(expression, (*LINEAR, Divide)) and not isinstance(expression, Full):
        return vanishes(expression.children()[0])
    return constant(expression) == 0 or (isinstance(expression, Add) and all(map(vanishes, expression.children())))


def distance(expression: Tensor, name: str) -> tuple[Tensor, Fraction] | None:
    """The array whose size the expression measures, and the degree in it: that of ``norm(x - y)**2`` is x - y, 2."""
    expression = strip(expression)
    squared = squared_norm(expression)
    if squared is not None:
        return squared, Fraction(2)
    match expression:
        case Norm(operand=operand) | Spectral(kind="opnorm", operand=operand):
            return operand, Fraction(1)
        case Apply(function="abs", arguments=(operand,)):
            return operand, Fraction(1)
        case Extremum(kind="max", operand=operand) if isinstance(strip(operand), Apply):
            return distance(operand, name)
        case Power(base=base, exponent=Number(value=e)) if e > 0:
            found = distance(base, name)
            return None if found is None else (found[0], found[1] * e)
        case Multiply(left=left, right=right):
            inner, factor = (left, right) if name in symbols(left) else (right, left)
            return None if name in symbols(factor) else distance(inner, name)
        case Divide(left=left, right=right) if name not in symbols(right):
            return distance(left, name)
    return None
