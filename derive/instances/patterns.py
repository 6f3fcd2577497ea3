"""What a hypothesis looks like: the questions that decide how an instance can be made to satisfy it."""

from __future__ import annotations

from fractions import Fraction

from derive.language.arrays import (
    BlockDiag,
    Diag,
    Eye,
    Full,
    Inverse,
    Kron,
    Norm,
    Outer,
    Spectral,
    Trace,
    Vec,
)
from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Extremum,
    Index,
    IndexSum,
    IndexSymbol,
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


def strip(expression: Tensor) -> Tensor:
    """The expression that a definition names, and any other expression itself."""
    while isinstance(expression, Definition):
        expression = expression.operand
    return expression


def symbols(*expressions: Tensor) -> dict[str, Symbol]:
    """The symbols that occur, by name."""
    return {node.name: node for side in expressions for node in side.walk() if isinstance(node, Symbol)}


def indices(*expressions: Tensor) -> set[str]:
    """The names of the index symbols that occur."""
    return {node.name for side in expressions for node in side.walk() if isinstance(node, IndexSymbol)}


def same(left: Tensor, right: Tensor) -> bool:
    """Are the two expressions written alike?"""
    return repr(strip(left)) == repr(strip(right))


def bare(expression: Tensor) -> Symbol | None:
    """The symbol that the expression is: ``x``, or all of its rows or entries ``x[i]``."""
    match strip(expression):
        case Symbol() as symbol:
            return symbol
        case Index(operand=Symbol() as symbol, items=items) if all(_whole(item) for item in items):
            return symbol
    return None


def _whole(item: object) -> bool:
    """Does this place of an index range over its whole axis?"""
    return isinstance(item, IndexSymbol) or (isinstance(item, str) and item == ":")


def constant(expression: Tensor) -> Fraction | None:
    """The number that every entry is, where that can be read off."""
    match strip(expression):
        case Number(value=value):
            return value
        case Full(value=value):
            return constant(value)
        case Negative(operand=operand):
            inner = constant(operand)
            return None if inner is None else -inner
    return None


def is_identity(expression: Tensor) -> bool:
    return isinstance(strip(expression), Eye)


def square_root(expression: Tensor) -> Tensor | None:
    """``e`` where the expression is ``e**2``, ``e*e`` or ``square(e)``, entrywise."""
    match strip(expression):
        case Power(base=base, exponent=Number(value=value)) if value == 2:
            return base
        case Multiply(left=left, right=right) if same(left, right):
            return left
        case Apply(function="square", arguments=(operand,)):
            return operand
    return None


def squared_norm(expression: Tensor) -> Tensor | None:
    """``e`` where the expression is ``sum(e**2)``, ``e @ e`` or ``norm(e)**2``."""
    match strip(expression):
        case Sum(operand=operand, axes=axes) if len(axes) == operand.ndim:
            return square_root(operand)
        case MatMul(left=left, right=right) if left.ndim == 1 and same(left, right):
            return left
    root = square_root(expression)
    return euclidean(root) if root is not None else None


def euclidean(expression: Tensor) -> Tensor | None:
    """``e`` where the expression is the Euclidean or Frobenius norm of ``e``."""
    match strip(expression):
        case Norm(operand=operand, order=order) if order in ("2", "fro"):
            return operand
        case Apply(function="sqrt", arguments=(operand,)):
            return squared_norm(operand)
    return None


def gram(expression: Tensor) -> tuple[Symbol, str] | None:
    """The symbol and ``"columns"`` for ``A.T @ A``, ``"rows"`` for ``A @ A.T``, ``"both"`` for ``A @ A``."""
    match strip(expression):
        case MatMul(left=left, right=right):
            left, right = strip(left), strip(right)
            match left, right:
                case Transpose(operand=Symbol() as a), Symbol() as b if a.name == b.name:
                    return a, "columns"
                case Symbol() as a, Transpose(operand=Symbol() as b) if a.name == b.name:
                    return a, "rows"
                case Symbol() as a, Symbol() as b if a.name == b.name and a.ndim == 2:
                    return a, "both"
    return None


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
        return homogeneity(next(expression.children()), name)
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
    if name not in symbols(expression):
        return Fraction(0)
    match expression:
        case Symbol():
            return Fraction(1)
        case Add(left=left, right=right):
            return max(polynomial_degree(left, name), polynomial_degree(right, name))
        case Divide(left=left, right=right) if name not in symbols(right):
            return polynomial_degree(left, name)
        case Power(base=base, exponent=Number(value=e)) if e.denominator == 1 and e > 0:
            return e * polynomial_degree(base, name)
    children = list(expression.children())
    if isinstance(expression, BILINEAR):
        return sum((polynomial_degree(child, name) for child in children), Fraction(0))
    return polynomial_degree(children[0], name) if isinstance(expression, LINEAR) else NONLINEAR
