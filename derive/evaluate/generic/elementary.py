"""NumPy's elementwise functions on the numbers of any system, by the names that NumPy gives its ufuncs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derive.evaluate.generic.arithmetic import Arithmetic
from derive.evaluate.program import row

Function = Callable[..., Any]
"""A function of an arithmetic and of numbers of its system."""

LARGEST_ROOT = 64
"""Denominators of exponents up to which a power is taken by a root; beyond, by a logarithm."""


def _of_table(name: str) -> Function:
    program = row(name)
    return lambda a, *numbers: program.run(a.system, numbers)[0]


def divide(a: Arithmetic, left: Any, right: Any) -> Any:
    return a.system.divide(left, right)


def power(a: Arithmetic, base: Any, exponent: Any) -> Any:
    """``base ** exponent`` for an exponent of the system."""
    return a.system.general_power(base, exponent)


def rational_power(a: Arithmetic, base: Any, exponent: Fraction) -> Any:
    """``base ** exponent``; an exponent such as the double nearest to 1/3 is taken as it is."""
    if exponent.denominator <= LARGEST_ROOT:
        return a.system.power(base, exponent)
    return a.system.exp(a.system.rational(exponent) * a.system.log(base))


def maximum(a: Arithmetic, left: Any, right: Any) -> Any:
    return right if a.less(left, right) else left


def minimum(a: Arithmetic, left: Any, right: Any) -> Any:
    return right if a.less(right, left) else left


def absolute(a: Arithmetic, x: Any) -> Any:
    return -x if a.less(x, a.lift(0)) else x


def sign(a: Arithmetic, x: Any) -> Any:
    zero = a.lift(0)
    return a.lift(-1 if a.less(x, zero) else 1 if a.less(zero, x) else 0)


def heaviside(a: Arithmetic, x: Any, at_zero: Any) -> Any:
    zero = a.lift(0)
    return zero if a.less(x, zero) else a.lift(1) if a.less(zero, x) else at_zero


def clip(a: Arithmetic, x: Any, low: Any, high: Any) -> Any:
    return minimum(a, maximum(a, x, low), high)


def logaddexp(a: Arithmetic, left: Any, right: Any) -> Any:
    return a.system.log(a.system.exp(left) + a.system.exp(right))


def hypot(a: Arithmetic, left: Any, right: Any) -> Any:
    return a.system.power(left * left + right * right, Fraction(1, 2))


def arctan2(a: Arithmetic, y: Any, x: Any) -> Any:
    """The angle in (-pi, pi]; the quadrant is decided by the signs."""
    zero, pi = a.lift(0), a.system.constant("pi")
    if a.less(zero, x):
        return a.system.atan(divide(a, y, x))
    if a.less(x, zero):
        turn = -pi if a.less(y, zero) else pi
        return a.system.atan(divide(a, y, x)) + turn
    quarter = divide(a, pi, a.lift(2))
    return -quarter if a.less(y, zero) else quarter


def arcsin(a: Arithmetic, x: Any) -> Any:
    return a.system.atan(divide(a, x, a.system.power(a.lift(1) - x * x, Fraction(1, 2))))


def arccos(a: Arithmetic, x: Any) -> Any:
    return divide(a, a.system.constant("pi"), a.lift(2)) - arcsin(a, x)


def _logarithm(base: int) -> Function:
    return lambda a, x: divide(a, a.system.log(x), a.system.log(a.lift(base)))


ARITHMETIC: dict[str, Function] = {
    "add": lambda a, x, y: x + y,
    "subtract": lambda a, x, y: x - y,
    "multiply": lambda a, x, y: x * y,
    "negative": lambda a, x: -x,
    "positive": lambda a, x: x,
    "conjugate": lambda a, x: x,
}
"""What the numbers of a system do by themselves, also beside floats where these mix."""

ELEMENTARY: dict[str, Function] = {
    **ARITHMETIC,
    **{name: _of_table(name) for name in ("expm1", "log1p", "square", "tan", "sinh", "cosh", "tanh")},
    "exp": lambda a, x: a.system.exp(x),
    "log": lambda a, x: a.system.log(x),
    "sin": lambda a, x: a.system.sin(x),
    "cos": lambda a, x: a.system.cos(x),
    "arctan": lambda a, x: a.system.atan(x),
    "erf": lambda a, x: a.system.erf(x),
    "expit": _of_table("sigmoid"),
    "sqrt": lambda a, x: a.system.power(x, Fraction(1, 2)),
    "cbrt": lambda a, x: a.system.power(x, Fraction(1, 3)),
    "reciprocal": lambda a, x: divide(a, a.lift(1), x),
    "exp2": lambda a, x: a.system.exp(x * a.system.log(a.lift(2))),
    "log2": _logarithm(2),
    "log10": _logarithm(10),
    "arcsinh": lambda a, x: a.system.log(x + a.system.power(x * x + a.lift(1), Fraction(1, 2))),
    "arctanh": lambda a, x: divide(a, a.system.log(divide(a, a.lift(1) + x, a.lift(1) - x)), a.lift(2)),
    "arcsin": arcsin,
    "arccos": arccos,
    "arctan2": arctan2,
    "divide": divide,
    "power": power,
    "float_power": power,
    "maximum": maximum,
    "minimum": minimum,
    "fmax": maximum,
    "fmin": minimum,
    "absolute": absolute,
    "fabs": absolute,
    "sign": sign,
    "heaviside": heaviside,
    "clip": clip,
    "logaddexp": logaddexp,
    "hypot": hypot,
}
"""Functions that give numbers."""

COMPARISONS: dict[str, Function] = {
    "less": lambda a, x, y: a.less(x, y),
    "greater": lambda a, x, y: a.less(y, x),
    "less_equal": lambda a, x, y: not a.less(y, x),
    "greater_equal": lambda a, x, y: not a.less(x, y),
    "equal": lambda a, x, y: a.equal(x, y),
    "not_equal": lambda a, x, y: not a.equal(x, y),
    "isfinite": lambda a, x: True,
    "isnan": lambda a, x: False,
    "isinf": lambda a, x: False,
    "logical_not": lambda a, x: a.equal(x, a.lift(0)),
    "signbit": lambda a, x: a.less(x, a.lift(0)),
}
"""Functions that give truth values; what has no finite value has raised before."""
