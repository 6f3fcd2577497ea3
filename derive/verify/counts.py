"""Binomial coefficients and factorials at numbers that certainly are integers, and ranks for generic values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb

from derive.language.combinatorics import Binomial, Factorial, counted
from derive.language.dimensions import Dimension
from derive.language.tangents import Generic, TangentGram
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.generic_ranks import tangent_dimension
from derive.verify.scope import unnamed

Counted = Binomial | Factorial | Generic


def count(node: Counted, number: Callable[[Tensor], Any], size: Callable[[Dimension], int]) -> Fraction:
    """The value, where ``number`` gives those of scalars, rational or balls, and ``size`` those of sizes.

    Raises:
        Unknown: a number is not certainly an integer, or too large, or the rank cannot be told.
    """
    if isinstance(node, Generic):
        (matrix,) = map(unnamed, node.operand.children())
        if not isinstance(matrix, TangentGram) or matrix.vectors is not node.variable:
            raise Unknown("a rank for generic values that is not of a tangent space has no value")
        m, d = map(size, node.variable.shape)
        return Fraction(tangent_dimension(m, d, int(_whole(number(matrix.order)))))
    found = counted(node, *(_whole(number(child)) for child in node.children()))
    if found is None:
        raise Unknown("a number of subsets or orders of another number than 0, 1, 2, ...")
    return found


def _whole(number: Any) -> Fraction:
    match number:
        case arb() if (whole := number.unique_fmpz()) is not None and number.is_integer():
            return Fraction(int(whole))
        case Fraction() if number.denominator == 1:
            return number
    raise Unknown("a number that is not certainly an integer")
