"""Expressions that are certainly continuous wherever they have a value."""

from __future__ import annotations

from derive.language.arrays import (
    BlockDiag,
    Determinant,
    Diag,
    Eye,
    Full,
    Inverse,
    Kron,
    Literal,
    LogSumExp,
    Norm,
    Outer,
    Softmax,
    Spectral,
    Trace,
    Vec,
)
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.functions import FUNCTIONS
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Constant,
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
    Size,
    Sum,
    Tensor,
    Transpose,
)

SMOOTH = (
    *(Add, Constant, Divide, Index, IndexSum, IndexSymbol, MatMul, Multiply, Negative, Number, Power, Size, Sum),
    *(BlockDiag, Determinant, Diag, Eye, Full, Inverse, Kron, Literal, LogSumExp, Outer, Softmax, Trace, Transpose),
    *(Definition, Derivative, Directional, Substitution, Symbol, Vec),
)
"""Nodes with derivatives of every order wherever they have a value in a ball."""

WITHOUT_JUMPS = frozenset({"abs", "maximum", "minimum", "relu", "sqrt"})
"""Functions with kinks at which they are continuous."""


def is_continuous(expression: Tensor) -> bool:
    """Is it certainly continuous in its symbols, on every connected set where all that it is made of has values?

    A derivative of what has kinks may jump there; so may a sign, an indicator or a rank.
    """
    nodes = list(expression.walk())
    if any(isinstance(node, (Derivative, Directional)) for node in nodes):
        return not isinstance(expression, Norm) and all(map(_is_smooth, nodes))
    return all(map(_has_no_jumps, nodes))


def _is_smooth(node: Tensor) -> bool:
    """Smooth in its operands; of a norm its square is."""
    if isinstance(node, Norm):
        return node.order in ("2", "fro")
    if any(isinstance(child, Norm) for child in node.children()) and not _is_even_power(node):
        return False
    if isinstance(node, Apply):
        return not FUNCTIONS[node.function].kinks
    return type(node) in SMOOTH


def _is_even_power(node: Tensor) -> bool:
    return isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value % 2 == 0


def _has_no_jumps(node: Tensor) -> bool:
    if isinstance(node, Apply):
        return node.function in WITHOUT_JUMPS or not FUNCTIONS[node.function].kinks
    return type(node) in (*SMOOTH, Extremum, Norm, Spectral)
