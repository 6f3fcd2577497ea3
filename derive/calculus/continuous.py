"""Is an expression a continuous function of a variable? Compositions of continuous functions are."""

from __future__ import annotations

from derive.calculus.algebra import Undecidable
from derive.calculus.lower import lower_together
from derive.calculus.powers import certainly_nonnegative, certainly_positive
from derive.language.arrays import (
    BlockDiag,
    Composite,
    Determinant,
    Diag,
    Full,
    Kron,
    LogSumExp,
    Norm,
    Softmax,
    Spectral,
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
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Sum,
    Tensor,
    Transpose,
)

EVERYWHERE = {"abs", "arctan", "cos", "cosh", "erf", "exp", "expm1", "gelu", "maximum", "minimum", "relu", "sigmoid"}
EVERYWHERE |= {"silu", "sin", "sinh", "softplus", "square", "tanh"}
"""Functions that are continuous on all real numbers."""

OPERATIONS = (
    *(Add, Negative, Multiply, MatMul, Sum, IndexSum, Extremum, Transpose, Index, Vec, Kron, Diag, BlockDiag, Full),
    *(Determinant, Definition, Norm, Spectral, Softmax, LogSumExp),
)
"""What is continuous where its operands are."""


def is_continuous(node: Tensor, variable: Symbol) -> bool:
    """Is it certain? False of what has no such proof: steps, derivatives, quotients by what may vanish."""
    if not any(isinstance(leaf, Symbol) and leaf.name == variable.name for leaf in node.walk()):
        return True
    children = [child for child in node.children() if isinstance(child, Tensor)]
    if isinstance(node, Composite) and not isinstance(node, OPERATIONS):
        return is_continuous(node.expand(), variable)
    if not (isinstance(node, Symbol) or all(is_continuous(child, variable) for child in children)):
        return False
    match node:
        case Symbol():
            return True
        case Apply(function=function, arguments=(argument, *_)):
            return function in EVERYWHERE or _in_domain(function, argument)
        case Divide(right=divisor):
            return _sign(divisor, strict=True)
        case Power(base=base, exponent=Number(value=k)):
            whole = k.denominator == 1 and k >= 0
            return whole or _sign(base, strict=k < 0)
    return isinstance(node, OPERATIONS)


def _in_domain(function: str, argument: Tensor) -> bool:
    """Is a logarithm taken of what is positive, a root of what is not negative?"""
    return function in ("log", "sqrt") and _sign(argument, strict=function == "log")


def _sign(node: Tensor, *, strict: bool) -> bool:
    """Is it certainly positive (``strict``), or not negative, by its normal form?"""
    try:
        _, [array] = lower_together([node])
    except Undecidable:
        return False
    return certainly_positive(array.form) or (not strict and certainly_nonnegative(array.form))
