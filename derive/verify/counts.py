"""Binomial coefficients and factorials at numbers that certainly are integers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from derive.language.combinatorics import Binomial, Factorial, counted
from derive.verify.arithmetic import Unknown


def count(node: Binomial | Factorial, numbers: Sequence[Any]) -> Fraction:
    """The value at rational numbers or balls.

    Raises:
        Unknown: they are not certainly integers, or the number is too large to be counted.
    """
    found = counted(node, *map(_whole, numbers))
    if found is None:
        raise Unknown("a number of subsets or orders of another number than 0, 1, 2, ...")
    return found


def _whole(number: Any) -> Fraction:
    match number:
        case arb() if (whole := number.unique_fmpz()) is not None and number.is_integer():
            return Fraction(int(whole))
        case fmpq():
            return Fraction(int(number.p), int(number.q))
    raise Unknown("a number that is not certainly an integer")
