"""Numbers in closed form: SymPy expressions in sizes, scalars and norms, with their values at a few sample points.

The samples only choose among bounds that are all true, and tell what is not worth a try; no proof rests on them. Most
bounds are compared by their samples and then dropped, so an expression is made only where somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import sympy as sp

Samples = npt.NDArray[np.float64]

ROUNDING = 1e-9
"""What samples may be off by; a sample beyond has the sign that it shows."""

NEVER_NEGATIVE = (sp.exp, sp.cosh, sp.Abs)


CLOSED: Mapping[str, Callable[[sp.Expr], sp.Expr]] = {
    "exp": sp.exp,
    "log": sp.log,
    "sqrt": sp.sqrt,
    "abs": sp.Abs,
    "sin": sp.sin,
    "cos": sp.cos,
    "tanh": sp.tanh,
    "square": lambda t: t**2,
    "cosh": sp.cosh,
    "sinh": sp.sinh,
}
"""Functions that may stand in a claimed constant."""


@dataclass(frozen=True, eq=False)
class Value:
    """A real number in closed form.

    Attributes:
        made: makes the expression.
        samples: the values at the sample points of the parameters.
        symbols: the parameters that it is made from.
        certain: whether it is seen to be at least zero without the expression.
    """

    made: Callable[[], sp.Expr]
    samples: Samples
    symbols: frozenset[sp.Symbol]
    certain: bool

    @classmethod
    def of(cls, expression: sp.Expr, samples: Samples) -> Value:
        """An expression that is there already."""
        return cls(lambda: expression, samples, frozenset(expression.free_symbols), bool(expression.is_nonnegative))

    @cached_property
    def expression(self) -> sp.Expr:
        return self.made()

    def __add__(self, other: Value) -> Value:
        return _of_two(np.add, self, other, self.certain and other.certain)

    def __sub__(self, other: Value) -> Value:
        return _of_two(np.subtract, self, other, False)

    def __mul__(self, other: Value) -> Value:
        return _of_two(np.multiply, self, other, (self.certain and other.certain) or self is other)

    def __truediv__(self, other: Value) -> Value:
        return _of_two(np.divide, self, other, False)

    def __neg__(self) -> Value:
        return Value(lambda: -self.expression, -self.samples, self.symbols, False)

    def power(self, exponent: Fraction) -> Value:
        rational = sp.Rational(exponent.numerator, exponent.denominator)
        samples = _quietly(np.power, self.samples, float(exponent))
        return Value(lambda: self.expression**rational, samples, self.symbols, self.certain and exponent > 0)

    def sqrt(self) -> Value:
        return self.power(Fraction(1, 2))

    def apply(self, function: Callable[[sp.Expr], sp.Expr]) -> Value:
        """A function of SymPy, real at all real numbers, at this value."""
        numeric = _numeric(function)
        samples = _quietly(lambda t: numeric(t) * np.ones_like(t), self.samples)
        return Value(lambda: function(self.expression), samples, self.symbols, function in NEVER_NEGATIVE)

    @cached_property
    def nonnegative(self) -> bool:
        """Is it certainly at least zero?"""
        if self.certain:
            return True
        if (self.samples < -ROUNDING).any():
            return False
        return bool(self.expression.is_nonnegative) or _sum_nonnegative(self.expression)

    @cached_property
    def positive(self) -> bool:
        return not (self.samples < -ROUNDING).any() and bool(self.expression.is_positive)

    @property
    def is_zero(self) -> bool:
        return not (np.abs(self.samples) > ROUNDING).any() and bool(self.expression == 0)


def _of_two(function: np.ufunc, first: Value, second: Value, certain: bool) -> Value:
    """An arithmetic operation, of samples and of expressions alike."""
    samples = _quietly(function, first.samples, second.samples)
    symbols = first.symbols | second.symbols
    return Value(lambda: OPERATORS[function](first.expression, second.expression), samples, symbols, certain)


OPERATORS: dict[np.ufunc, Callable[[sp.Expr, sp.Expr], sp.Expr]] = {
    np.add: lambda x, y: x + y,
    np.subtract: lambda x, y: x - y,
    np.multiply: lambda x, y: x * y,
    np.divide: lambda x, y: x / y,
    np.fmax: lambda x, y: _extreme(sp.Max, x, y),
    np.fmin: lambda x, y: _extreme(sp.Min, x, y),
}


@cache
def _numeric(function: Callable[[sp.Expr], sp.Expr]) -> Callable[[Samples], Samples]:
    argument = sp.Dummy("t", real=True)
    compiled: Callable[[Samples], Samples] = sp.lambdify(argument, function(argument), "numpy")
    return compiled


def _sum_nonnegative(expression: sp.Expr) -> bool:
    """Are the numbers of a sum together, and all other terms, at least zero?"""
    numbers, terms = sp.sift(sp.Add.make_args(expression), lambda term: term.is_number, binary=True)
    return all(term.is_nonnegative for term in terms) and (sp.Add(*numbers) >= 0) is sp.true


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
    return _of_two(np.fmax, first, second, first.certain or second.certain)


def smallest(first: Value, second: Value) -> Value:
    """The smaller of two values, as one of them where that is certain."""
    if (first - second).nonnegative:
        return second
    if (second - first).nonnegative:
        return first
    return _of_two(np.fmin, first, second, first.certain and second.certain)


def _extreme(kind: type[sp.Max] | type[sp.Min], *parts: sp.Expr) -> sp.Expr:
    """The largest or smallest of some expressions, without SymPy's own comparison of all pairs, which takes long."""
    flat = [arg for part in parts for arg in (part.args if isinstance(part, kind) else (part,))]
    return kind(*dict.fromkeys(flat), evaluate=False)
