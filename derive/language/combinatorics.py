"""Binomial coefficients and factorials of integers, which may be symbols."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from derive.language.dimensions import Shape, shape_text
from derive.language.errors import ShapeError
from derive.language.tensor import Operand, Tensor, tensor


@dataclass(frozen=True, eq=False, repr=False)
class Binomial(Tensor):
    """The number of subsets with ``lower`` of ``upper`` elements; zero where there are fewer elements."""

    upper: Tensor
    lower: Tensor
    shape: Shape = ()


@dataclass(frozen=True, eq=False, repr=False)
class Factorial(Tensor):
    """The product of 1, 2, ..., ``operand``."""

    operand: Tensor
    shape: Shape = ()


def binomial(upper: Operand, lower: Operand) -> Tensor:
    """``binomial(n, k) = n! / (k! (n-k)!)``: it has a value where n and k are the integers 0, 1, 2, ...

    Raises:
        ShapeError: an operand is no scalar.
    """
    return Binomial(_scalar(upper, "binomial"), _scalar(lower, "binomial"))


def factorial(operand: Operand) -> Tensor:
    """``n!``: it has a value where n is one of the integers 0, 1, 2, ...

    Raises:
        ShapeError: the operand is no scalar.
    """
    return Factorial(_scalar(operand, "factorial"))


LARGEST = 1000
"""The largest number of which a binomial coefficient or a factorial is taken."""


def counted(node: Binomial | Factorial, *numbers: Fraction) -> Fraction | None:
    """The value at numbers; None where they are no integers from 0 to ``LARGEST``."""
    if any(number.denominator != 1 or not 0 <= number <= LARGEST for number in numbers):
        return None
    count: Callable[..., int] = math.comb if isinstance(node, Binomial) else math.factorial
    return Fraction(count(*map(int, numbers)))


def _scalar(operand: Operand, name: str) -> Tensor:
    found = tensor(operand)
    if found.shape:
        raise ShapeError(f"{name}() is of scalars: {found!r} has shape {shape_text(found.shape)}")
    return found
