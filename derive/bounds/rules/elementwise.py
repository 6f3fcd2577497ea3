"""Facts about elementwise functions: where they grow, between what they lie, and how steep they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sympy as sp

from derive.bounds.bound import RANGES, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.value import Value
from derive.language.tensor import Apply


@dataclass(frozen=True)
class Shape:
    """What is known of a function of one real variable.

    Attributes:
        lower, upper: bounds of its values.
        slope: a bound of ``|phi'|`` everywhere (of all difference quotients, kinks included).
        increasing: does it never decrease?
        convex_growth: is ``|phi'|`` nondecreasing and positive, so that its value at the upper end bounds all slopes?
        source: why, in a line.
    """

    source: str
    lower: sp.Expr | None = None
    upper: sp.Expr | None = None
    slope: sp.Expr | None = None
    increasing: bool = False
    convex_growth: bool = False


SHAPES: dict[str, Shape] = {
    "exp": Shape("exp' = exp", lower=sp.S.Zero, increasing=True, convex_growth=True),
    "expm1": Shape("expm1' = exp", lower=sp.S.NegativeOne, increasing=True, convex_growth=True),
    "tanh": Shape("tanh' = 1 - tanh^2", sp.S.NegativeOne, sp.S.One, sp.S.One, increasing=True),
    "sigmoid": Shape("s' = s(1 - s) <= 1/4", sp.S.Zero, sp.S.One, sp.Rational(1, 4), increasing=True),
    "softplus": Shape("softplus' = sigmoid", sp.S.Zero, None, sp.S.One, increasing=True),
    "relu": Shape("difference quotients lie in [0, 1]", sp.S.Zero, None, sp.S.One, increasing=True),
    "abs": Shape("reverse triangle inequality", sp.S.Zero, None, sp.S.One),
    "sin": Shape("sin' = cos", sp.S.NegativeOne, sp.S.One, sp.S.One),
    "cos": Shape("cos' = -sin", sp.S.NegativeOne, sp.S.One, sp.S.One),
    "arctan": Shape("arctan' = 1/(1 + t^2)", -sp.pi / 2, sp.pi / 2, sp.S.One, increasing=True),
    "erf": Shape("erf' = 2/sqrt(pi) exp(-t^2)", sp.S.NegativeOne, sp.S.One, 2 / sp.sqrt(sp.pi), increasing=True),
    "silu": Shape("the largest slope is 1.0998...", sp.Rational(-279, 1000), None, sp.Rational(11, 10)),
    "gelu": Shape("the largest slope is 1.1289...", sp.Rational(-17, 100), None, sp.Rational(113, 100)),
    "sign": Shape("definition", sp.S.NegativeOne, sp.S.One, increasing=True),
    "heaviside": Shape("definition", sp.S.Zero, sp.S.One, increasing=True),
    "square": Shape("definition", lower=sp.S.Zero),
    "sqrt": Shape("sqrt' = 1/(2 sqrt)", lower=sp.S.Zero, increasing=True),
    "log": Shape("log' = 1/t", increasing=True),
    "log1p": Shape("log1p' = 1/(1 + t)", increasing=True),
    "sinh": Shape("sinh' = cosh", increasing=True),
    "cosh": Shape("cosh >= 1", lower=sp.S.One),
}
"""The table; ``tests/bounds`` attacks every line in balls."""

CLOSED = {
    "exp": sp.exp,
    "tanh": sp.tanh,
    "sqrt": sp.sqrt,
    "log": sp.log,
    "sinh": sp.sinh,
    "expm1": lambda t: sp.exp(t) - 1,
}
"""Functions whose value at a bound is written out."""


def _range(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """The function's own range, and its value at the end of the argument's range where it grows."""
    shape = SHAPES.get(node.function)
    if shape is None:
        return
    end = shape.lower if measure == "lower" else shape.upper
    if end is not None:
        constant = p.constant(end)
        yield (lambda: constant), ()
    if not shape.increasing:
        return
    argument = node.arguments[0]
    if node.function in CLOSED:
        yield (lambda t: _at(node.function, t)), ((measure, argument),)
    elif node.function == "relu":
        yield (lambda t: t if t.nonnegative else None), ((measure, argument),)


def _at(function: str, t: Value) -> Value | None:
    if function in ("sqrt", "log") and not t.positive:
        return None
    return t.apply(CLOSED[function])


def steepest(function: str, p: Parameters) -> Iterator[tuple[Callable[..., Value | None], tuple[str, ...]]]:
    """Bounds of the slopes of a function over the range of its argument: a formula and the measures that it takes."""
    shape = SHAPES.get(function)
    if shape is None:
        return
    if shape.slope is not None:
        constant = p.constant(shape.slope)
        yield (lambda: constant), ()
    if shape.convex_growth:
        yield (lambda upper: upper.apply(sp.exp)), ("upper",)
    if function == "square":
        yield (lambda t: t + t), ("inf",)
    if function == "log":
        yield (lambda t: p.number(1) / t if t.positive else None), ("lower",)
    if function == "sqrt":
        yield (lambda t: p.number(1) / (t.sqrt() + t.sqrt()) if t.positive else None), ("lower",)
    if function in ("sinh", "cosh"):
        yield (lambda t: t.apply(sp.cosh)), ("inf",)


RULES = (Rule("range of a function", RANGES, Apply, _range, "the table of functions"),)
