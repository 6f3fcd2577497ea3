"""Between which numbers the hypotheses keep the entries of a symbol: what boxes of certificates have to contain."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.language.arrays import Norm, Spectral
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Divide, Multiply, Negative, Number, Power, Sum, Tensor
from derive.verify.scope import unnamed
from derive.verify.statement import Statement

Extent = tuple[Fraction | None, Fraction | None]


def extent(symbol: Symbol, statement: Statement) -> Extent:
    """The least and the largest value that an entry may have; None where nothing is known."""
    lows: list[Fraction] = [Fraction(0)] if symbol.properties & {"positive", "nonnegative"} else []
    highs: list[Fraction] = []
    for small, large in _ordered(statement):
        upper, lower = number(large), number(small)
        if upper is not None:
            if _is(small, symbol):
                highs.append(upper)
            elif _bounds_entries(small, symbol):
                highs.append(upper)
                lows.append(-upper)
        if lower is not None and _is(large, symbol):
            lows.append(lower)
    total = sum_of(symbol, statement)
    if total is not None and lows and max(lows) >= 0:
        highs.append(total)
    return max(lows, default=None), min(highs, default=None)


def sum_of(symbol: Symbol, statement: Statement) -> Fraction | None:
    """The constant that all entries add up to, where a hypothesis says so."""
    for relation in statement.given:
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            node, constant = unnamed(side), number(other)
            whole = isinstance(node, Sum) and not node.shape and _is(node.operand, symbol)
            if relation.sign == "==" and whole and constant is not None:
                return constant
    return None


def one_norm(symbol: Symbol, statement: Statement) -> tuple[Fraction, bool] | None:
    """c, and whether no entry is negative, where ``norm(symbol, 1) <= c`` and that are all that is said of a symbol."""
    found: list[Fraction] = []
    nonnegative = bool(symbol.properties & {"positive", "nonnegative"})
    for relation in statement.given:
        leaves = (leaf for side in (relation.left, relation.right) for leaf in side.walk())
        if not any(isinstance(leaf, Symbol) and leaf.name == symbol.name for leaf in leaves):
            continue
        small, large = (relation.left, relation.right) if relation.sign == "<=" else (relation.right, relation.left)
        if relation.sign not in ("<=", ">="):
            return None
        if number(small) == 0 and _is(large, symbol):
            nonnegative = True
            continue
        node, constant = unnamed(small), number(large)
        if not isinstance(node, Norm) or node.order != "1" or not _is(node.operand, symbol) or constant is None:
            return None
        found.append(constant)
    return (min(found), nonnegative) if found else None


def number(node: Tensor) -> Fraction | None:
    """The rational number that a side is."""
    node = unnamed(node)
    match node:
        case Number(value=value):
            return value
        case Negative(operand=operand):
            inner = number(operand)
            return None if inner is None else -inner
        case Multiply(left=left, right=right):
            a, b = number(left), number(right)
            return None if a is None or b is None else a * b
        case Divide(left=left, right=right):
            a, b = number(left), number(right)
            return None if a is None or not b else a / b
    return None


def _ordered(statement: Statement) -> Iterator[tuple[Tensor, Tensor]]:
    for relation in statement.given:
        if relation.sign in ("<=", "<", "=="):
            yield relation.left, relation.right
        if relation.sign in (">=", ">", "=="):
            yield relation.right, relation.left


def _is(node: Tensor, symbol: Symbol) -> bool:
    node = unnamed(node)
    return isinstance(node, Symbol) and node.name == symbol.name


def _bounds_entries(node: Tensor, symbol: Symbol) -> bool:
    """Is it a norm, or the absolute value, of the symbol?"""
    node = unnamed(node)
    match node:
        case Norm(operand=operand) | Spectral(kind="opnorm", operand=operand):
            return _is(operand, symbol)
        case Apply(function="abs", arguments=(operand,)):
            return _is(operand, symbol)
        case Power():
            return False
    return False
