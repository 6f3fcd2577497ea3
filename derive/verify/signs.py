"""Signs that scalars have by what they are."""

from __future__ import annotations

from derive.language.arrays import Norm, Spectral
from derive.language.combinatorics import Binomial, Factorial
from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Index, Power, Size, Tensor

POSITIVE = frozenset({"exp", "cosh", "sigmoid", "softplus"})
NOT_NEGATIVE = POSITIVE | {"abs", "sqrt", "relu"}


def has_sign(node: Tensor, *, strict: bool) -> bool:
    """Is it never negative, or (``strict``) always positive, wherever it has a value?"""
    match node:
        case Definition(operand=operand):
            return has_sign(operand, strict=strict)
        case Index(operand=Symbol() as operand, shape=()):
            return has_sign(operand, strict=strict)
        case Size() | Factorial():
            return True
        case Binomial():
            return not strict
        case Power(base=base):
            return has_sign(base, strict=strict)
        case Symbol(properties=properties):
            return "positive" in properties or (not strict and "nonnegative" in properties)
        case Apply(function=function):
            return function in (POSITIVE if strict else NOT_NEGATIVE)
        case Norm() | Spectral(kind="opnorm" | "sigma_min"):
            return not strict
    return False
