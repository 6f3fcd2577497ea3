"""Numbers in closed form: SymPy expressions in sizes, scalars and norms, with their values at a few sample points.

The samples only choose among bounds that are all true; no proof rests on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt
import sympy as sp

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Value:
    """A real number in closed form; ``samples`` are its values at the sample points of its parameters."""

    expression: sp.Expr
    samples: Samples

    def __add__(self, other: Value) -> Value:
        return Value(self.expression + other.expression, _quietly(np.add, self.samples, other.samples))

    def __sub__(self, other: Value) -> Value:
        return Value(self.expression - other.expression, _quietly(np.subtract, self.samples, other.samples))

    def __mul__(self, other: Value) -> Value:
        return Value(self.expression * other.expression, _quietly(np.multiply, self.samples, other.samples))

    def __truediv__(self, other: Value) -> Value:
        return Value(self.expression / other.expression, _quietly(np.divide, self.samples, other.samples))

    def __neg__(self) -> Value:
        return Value(-self.expression, -self.samples)

    def power(self, exponent: Fraction) -> Value:
        rational = sp.Rational(exponent.numerator, exponent.denominator)
        return Value(self.expression**rational, _quietly(np.power, self.samples, float(exponent)))

    def sqrt(self) -> Value:
        return self.power(Fraction(1, 2))

    def apply(self, function: Callable[[sp.Expr], sp.Expr]) -> Value:
        """A function of SymPy at this value."""
        argument = sp.Dummy("t", real=True)
        numeric = sp.lambdify(argument, function(argument), "numpy")
        return Value(function(self.expression), _quietly(lambda t: numeric(t) * np.ones_like(t), self.samples))

    @cached_property
    def nonnegative(self) -> bool:
        """Is it certainly at least zero?"""
        return bool(self.expression.is_nonnegative) or _sum_nonnegative(self.expression)

    @cached_property
    def positive(self) -> bool:
        return bool(self.expression.is_positive)

    @property
    def is_zero(self) -> bool:
        return bool(self.expression == 0)


def _sum_nonnegative(expression: sp.Expr) -> bool:
    """Are the numbers of a sum together, and all other terms, at least zero?"""
    numbers, terms = sp.sift(sp.Add.make_args(expression), lambda term: term.is_number, binary=True)
    return all(term.is_nonnegative for term in terms) and bool(sp.Add(*numbers) >= 0)


def _quietly(function: Callable[..., Samples], *arguments: Samples | float) -> Samples:
    """Overflow and the like give inf or nan, which lose every comparison."""
    with np.errstate(all="ignore"):
        return function(*arguments)


def largest(first: Value, second: Value) -> Value:
    """The larger of two values, as one of them where that is certain."""
    if (first - second).nonnegative:
        return first
    if (second - first).nonnegative:
        return second
    return Value(sp.Max(first.expression, second.expression), np.fmax(first.samples, second.samples))


def smallest(first: Value, second: Value) -> Value:
    """The smaller of two values, as one of them where that is certain."""
    if (first - second).nonnegative:
        return second
    if (second - first).nonnegative:
        return first
    return Value(sp.Min(first.expression, second.expression), np.fmin(first.samples, second.samples))
