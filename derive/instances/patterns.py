"""What a hypothesis looks like: the questions that decide how an instance can be made to satisfy it."""

from __future__ import annotations

from fractions import Fraction

from derive.language.arrays import (
    Eye,
    Full,
    Norm,
)
from derive.language.binding import free_symbols
from derive.language.derivatives import Definition
from derive.language.plain import identity
from derive.language.rebuild import substituted
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Index,
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


def strip(expression: Tensor) -> Tensor:
    """The expression that a definition names, and any other expression itself."""
    while isinstance(expression, Definition):
        expression = expression.operand
    return expression


def carried_out(relation: Relation) -> Relation:
    """The relation with one symbol in the place of another where ``subs`` says so, so that its form shows."""
    return Relation(relation.sign, substituted(relation.left), substituted(relation.right))


def symbols(*expressions: Tensor) -> dict[str, Symbol]:
    """The symbols that occur and have a value, by name: those that an iteration or a mean binds have none."""
    return free_symbols(*expressions)


def indices(*expressions: Tensor) -> set[str]:
    """The names of the index symbols that occur."""
    return {node.name for side in expressions for node in side.walk() if isinstance(node, IndexSymbol)}


def same(left: Tensor, right: Tensor) -> bool:
    """Are the two expressions written alike?"""
    return identity(strip(left)) == identity(strip(right))


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


def part(operand: Tensor) -> tuple[Symbol, str] | None:
    """The symbol whose ``"whole"``, ``"rows"`` or ``"columns"`` the expression shows."""
    match strip(operand):
        case Symbol() as symbol:
            return symbol, "whole"
        case Index(operand=Symbol() as symbol, items=(IndexSymbol(), *rest)) if symbol.ndim == 2 and rest == [":"]:
            return symbol, "rows"
        case Index(operand=Symbol() as symbol, items=(":", IndexSymbol())) if symbol.ndim == 2:
            return symbol, "columns"
    return None


def difference(expression: Tensor) -> tuple[Tensor, Tensor]:
    """``(a, b)`` where the expression is ``a - b``, with a number on the right also as ``a + (-1)``."""
    match strip(expression):
        case Add(left=left, right=Negative(operand=right)):
            return left, right
        case Add(left=left, right=right) if (value := constant(right)) is not None:
            return left, Number(-value)
    return expression, Number(Fraction(0))


def free_of(operand: Tensor, bound: Tensor) -> Symbol | None:
    """The symbol that the operand is, where the bound does not depend on it."""
    symbol = strip(operand)
    return symbol if isinstance(symbol, Symbol) and symbol.name not in symbols(bound) else None
