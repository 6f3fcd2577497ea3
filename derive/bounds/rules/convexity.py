"""Which expressions are convex, which concave: the rules of disciplined convex programming (Grant, Boyd and Ye, 2006).

``convex`` of T is 1 where every entry of T is a convex function of the variables on every segment of points that
satisfy the hypotheses and at whose ends T has a value. What is both convex and concave is affine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

import sympy as sp

from derive.bounds.bound import CONVEXITIES, CURVATURES, Premise, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.products import same
from derive.bounds.univariate import highest, steepest
from derive.bounds.univariate_program import x
from derive.bounds.univariate_reading import ELEMENTWISE, continuous, reading
from derive.bounds.value import Value
from derive.language.arrays import Diag, LogSumExp, Norm, Spectral, Trace, Vec
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

OTHER = {"convex": "concave", "concave": "convex"}

SameEntries = Transpose | Vec | Diag | Index | Sum | IndexSum | Trace

SHAPES = {
    "exp": ("convex", "increasing"),
    "expm1": ("convex", "increasing"),
    "softplus": ("convex", "increasing"),
    "relu": ("convex", "increasing"),
    "maximum": ("convex", "increasing"),
    "abs": ("convex", "increasing from 0"),
    "square": ("convex", "increasing from 0"),
    "cosh": ("convex", "increasing from 0"),
    "log": ("concave", "increasing"),
    "log1p": ("concave", "increasing"),
    "sqrt": ("concave", "increasing"),
    "minimum": ("concave", "increasing"),
}
"""Functions that are convex or concave wherever they have a value, on an interval, and where they increase."""


def affine(*nodes: Tensor) -> tuple[Premise, ...]:
    """Premises by which all of these are affine in the variables."""
    return tuple((measure, node) for node in nodes for measure in ("convex", "concave"))


def one(p: Parameters) -> Callable[..., Value]:
    """The formula of what needs no more than its premises."""
    return lambda *_: p.number(1)


def where_nonnegative(p: Parameters) -> Callable[..., Value | None]:
    """The formula of what needs its first premise to be nonnegative."""
    return lambda least, *_: p.number(1) if least.nonnegative else None


def _constant(least: Value, move: Value, flag: Value) -> Value | None:
    """The flag, where a factor does not move and is nonnegative."""
    return flag if move.is_zero and least.nonnegative else None


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    yield one(p), ((measure, node.left), (measure, node.right))


def _negative(measure: str, node: Negative, p: Parameters) -> Iterator[Scheme]:
    del p
    yield same, ((OTHER[measure], node.operand),)


def _entries(measure: str, node: SameEntries, p: Parameters) -> Iterator[Scheme]:
    """The same entries, some of them, or sums of them."""
    del p
    yield same, ((measure, node.operand),)


def _multiple(measure: str, node: Multiply | MatMul, p: Parameters) -> Iterator[Scheme]:
    """A product with a factor that does not move: nonnegative, of any sign before what is affine, or a negative one."""
    for factor, rest in ((node.left, node.right), (node.right, node.left)):
        still = ("D1", factor)
        yield _constant, (("lower", factor), still, (measure, rest))
        yield (lambda move, *_: p.number(1) if move.is_zero else None), (still, *affine(rest))
        negative = (("upper", factor), still, (OTHER[measure], rest))
        yield (lambda most, move, flag: _constant(-most, move, flag)), negative
        if isinstance(node, Multiply) and isinstance(factor, Negative):
            yield same, ((OTHER[measure], Multiply.of(factor.operand, rest)),)


def _quotient(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    """By what does not move and is nonnegative; a nonnegative constant by what is concave and nonnegative."""
    yield _constant, (("lower", node.right), ("D1", node.right), (measure, node.left))
    yield (lambda move, *_: p.number(1) if move.is_zero else None), (("D1", node.right), *affine(node.left))
    if measure == "convex":
        wanted = (("lower", node.left), ("D1", node.left), ("concave", node.right), ("lower", node.right))
        yield (lambda c, move, flag, least: _constant(c, move, flag) if least.nonnegative else None), wanted


def _function(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """A convex function of what is affine; of what is convex, where it increases; likewise for concave ones."""
    shape, where = SHAPES.get(node.function, ("", ""))
    if shape != measure:
        return
    if node.function not in ("maximum", "minimum"):
        yield one(p), affine(*node.arguments)
    flags = tuple((measure, argument) for argument in node.arguments)
    if where == "increasing":
        yield one(p), flags
    else:
        yield where_nonnegative(p), (("lower", node.arguments[0]), *flags)


def _power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    if not isinstance(node.exponent, Number):
        return
    k, base = node.exponent.value, node.base
    if measure == "concave":
        if 0 < k < 1:
            yield where_nonnegative(p), (("lower", base), ("concave", base))
        return
    if k > 0 and k.denominator == 1 and k % 2 == 0:
        yield one(p), affine(base)
    if k >= 1:
        yield where_nonnegative(p), (("lower", base), ("convex", base))
    if k < 0:
        yield where_nonnegative(p), (("lower", base), ("concave", base))


def _norm(measure: str, node: Norm | Spectral, p: Parameters) -> Iterator[Scheme]:
    """Norms of what is affine; the extreme eigenvalues of what is affine and symmetric."""
    kind = node.kind if isinstance(node, Spectral) else "norm"
    if kind in ("norm", "opnorm", "nuclear") and measure == "convex":
        yield one(p), affine(node.operand)
    if (kind, measure) in (("lambda_max", "convex"), ("lambda_min", "concave")):
        yield one(p), (("symmetric", node.operand), *affine(node.operand))


def _extremum(measure: str, node: Extremum, p: Parameters) -> Iterator[Scheme]:
    if (node.kind, measure) in (("max", "convex"), ("min", "concave")):
        yield one(p), ((measure, node.operand),)


def _log_sum_exp(measure: str, node: LogSumExp, p: Parameters) -> Iterator[Scheme]:
    if measure == "convex":
        yield one(p), (("convex", node.operand),)


def _composite(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """A function of one variable, as a whole, whose second derivative is bounded and has one sign."""
    found = reading(node)
    if found is None:
        return
    phi, argument = found
    bend = sp.diff(phi, x, 2)
    if steepest(phi, -sp.oo, sp.oo, 2, continuous(node)) is not None:
        least = highest(-bend if measure == "convex" else bend, -sp.oo, sp.oo)
        if least is not None and least.is_nonpositive:
            yield one(p), affine(argument)


def _curvature(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """A convex function has no negative eigenvalue in its Hessian, a concave one no positive one."""
    if not node.ndim:
        yield (lambda _: p.number(0)), (("convex" if measure == "convexity" else "concave", node),)


RULES = (
    Rule("sum of convex functions", CONVEXITIES, Add, _sum, "definition"),
    Rule("sign of a convex function", CONVEXITIES, Negative, _negative, "definition"),
    Rule(
        "entries of convex functions",
        CONVEXITIES,
        get_args(SameEntries),
        _entries,
        "sums of convex functions",
    ),
    Rule("multiple of a convex function", CONVEXITIES, (Multiply, MatMul), _multiple, "definition"),
    Rule("quotient of a convex function", CONVEXITIES, Divide, _quotient, "c / t falls and is convex for t > 0"),
    Rule("composition of convex functions", CONVEXITIES, Apply, _function, "Boyd and Vandenberghe, 3.2.4"),
    Rule("power of a convex function", CONVEXITIES, Power, _power, "Boyd and Vandenberghe, 3.1.5 and 3.2.4"),
    Rule("convex function of a spectrum", CONVEXITIES, (Norm, Spectral), _norm, "suprema of linear functions"),
    Rule("largest of convex functions", CONVEXITIES, Extremum, _extremum, "Boyd and Vandenberghe, 3.2.3"),
    Rule("log-sum-exp of convex functions", CONVEXITIES, LogSumExp, _log_sum_exp, "convex, increasing in each entry"),
    Rule("sign of a second derivative", CONVEXITIES, ELEMENTWISE, _composite, "critical points, or balls"),
    Rule("Hessian of a convex function", CURVATURES, Tensor, _curvature, "Boyd and Vandenberghe, 3.1.4"),
)
