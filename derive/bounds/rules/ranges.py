"""Bounds of every entry from above and below."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.bounds.bound import RANGES, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.products import same
from derive.bounds.rules.softmax import alike
from derive.bounds.value import Value
from derive.language.arrays import Diag, Eye, Full, Norm, Outer, Spectral, Vec
from derive.language.tensor import (
    Add,
    Constant,
    Divide,
    Extremum,
    Index,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Sum,
    Tensor,
    Transpose,
)

OTHER = {"upper": "lower", "lower": "upper"}


def _constant(measure: str, node: Number | Constant | Size, p: Parameters) -> Iterator[Scheme]:
    del measure
    value = p.scalar(node)
    assert value is not None
    yield (lambda: value), ()


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    del p
    yield (lambda s, t: s + t), ((measure, node.left), (measure, node.right))


def _negative(measure: str, node: Negative, p: Parameters) -> Iterator[Scheme]:
    del p
    yield (lambda t: -t), ((OTHER[measure], node.operand),)


def _product(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``u v`` for entries that are at least zero; of any signs, from their absolute values."""
    del p
    if not isinstance(node, (Multiply, Outer)):
        return
    if measure == "lower":
        wanted = (("lower", node.left), ("lower", node.right))
        yield (lambda s, t: s * t if s.nonnegative and t.nonnegative else None), wanted
        return
    four = tuple((kind, side) for side in (node.left, node.right) for kind in ("upper", "lower"))
    yield (lambda s, a, t, b: s * t if a.nonnegative and b.nonnegative else None), four


def _multiple(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    """``c T`` for a number c."""
    for scalar, array in ((node.left, node.right), (node.right, node.left)):
        if isinstance(scalar, Number):
            c = p.number(scalar.value)
            kind = measure if scalar.value >= 0 else OTHER[measure]
            yield (lambda t, c=c: c * t), ((kind, array),)


def _quotient(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    """``t / c`` for c > 0."""
    if isinstance(node.right, Number):
        c = node.right.value
        kind = measure if c > 0 else OTHER[measure]
        yield (lambda t: t * _number(t, 1 / c)), ((kind, node.left),)
        return
    if measure == "lower":  # a quotient by zero has no value
        signs = ("lower", node.left), ("lower", node.right)
        yield (lambda t, c: p.number(0) if t.nonnegative and c.nonnegative else None), signs
    other = "lower" if measure == "upper" else "upper"
    wanted = ((measure, node.left), (other, node.right), ("lower", node.right))
    yield (lambda t, c, least: t / c if c.positive and least.positive and p.nonnegative_there(t) else None), wanted


def _number(like: Value, number: Fraction) -> Value:
    import numpy as np
    import sympy as sp

    return Value.of(sp.Rational(number.numerator, number.denominator), np.full_like(like.samples, float(number)))


def _power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    """``t^k`` grows with t >= 0; an even power is never negative, and none of what is not negative."""
    if not isinstance(node.exponent, Number):
        if measure == "lower":
            yield (lambda t: p.number(0) if t.nonnegative else None), (("lower", node.base),)
        return
    k = node.exponent.value
    if k.denominator == 1 and k > 0 and k % 2 == 0 and measure == "lower":
        yield (lambda: p.number(0)), ()
    if measure == "lower" and k > 0:
        yield (lambda t: t.power(k) if t.nonnegative else None), (("lower", node.base),)
    elif measure == "upper" and k <= 0:
        yield (lambda t: t.power(k) if t.positive else None), (("lower", node.base),)
    else:
        wanted = (("upper", node.base), ("lower", node.base))
        yield (lambda t, least: t.power(k) if least.nonnegative else None), wanted


def _total(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """The number of terms times the largest."""
    number = p.number(1)
    for axis in node.axes:
        number = number * p.size(node.operand.shape[axis])
    yield (lambda t: number * t), ((measure, node.operand),)


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    """The number of positions times a bound that is the same at all of them."""
    number = p.size(node.index.dimension)
    yield (lambda t: None if p.depends(t, node.index) else number * t), ((measure, node.operand),)


def _inner_product(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """``<u, v> >= 0`` for entries that are at least zero, and ``<v, v> >= 0``."""
    if node.left.ndim == node.right.ndim == 1 and measure == "lower":
        wanted = (("lower", node.left), ("lower", node.right))
        zero = p.number(0)
        yield (lambda s, t: zero if s.nonnegative and t.nonnegative else None), wanted
        if alike(node.left, node.right):
            yield (lambda: p.number(0)), ()


def _part(measure: str, node: Index | Transpose | Vec, p: Parameters) -> Iterator[Scheme]:
    del p
    yield same, ((measure, node.operand),)


def _diagonal(measure: str, node: Diag, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.ndim == 1:
        yield same, ((measure, node.operand),)


def _full(measure: str, node: Full, p: Parameters) -> Iterator[Scheme]:
    del p
    yield same, ((measure, node.value),)


def _eye(measure: str, node: Eye, p: Parameters) -> Iterator[Scheme]:
    del node
    yield (lambda: p.number(1 if measure == "upper" else 0)), ()


def _norm(measure: str, node: Norm | Spectral, p: Parameters) -> Iterator[Scheme]:
    if measure == "lower" and (isinstance(node, Norm) or node.kind in ("opnorm", "sigma_min", "nuclear")):
        yield (lambda: p.number(0)), ()


def _extremum(measure: str, node: Extremum, p: Parameters) -> Iterator[Scheme]:
    del p
    yield same, ((measure, node.operand),)


RULES = (
    Rule("constant", RANGES, (Number, Constant, Size), _constant, "itself"),
    Rule("sum of ranges", RANGES, Add, _sum, "interval arithmetic"),
    Rule("sign of a range", RANGES, Negative, _negative, "interval arithmetic"),
    Rule("product of nonnegative ranges", RANGES, (Multiply, Outer), _product, "interval arithmetic"),
    Rule("multiple of a range", RANGES, Multiply, _multiple, "interval arithmetic"),
    Rule("quotient by a positive range", RANGES, Divide, _quotient, "interval arithmetic"),
    Rule("power of a range", RANGES, Power, _power, "monotone on the nonnegative numbers"),
    Rule("number of terms times the largest", RANGES, Sum, _total, "by counting terms"),
    Rule("sum over an index", RANGES, IndexSum, _index_sum, "by counting terms"),
    Rule("nonnegative inner product", RANGES, MatMul, _inner_product, "a sum of nonnegative terms"),
    Rule("a part lies in the range of the whole", RANGES, (Index, Transpose, Vec), _part, "definition"),
    Rule("diagonal of a range", RANGES, Diag, _diagonal, "definition"),
    Rule("constant array", RANGES, Full, _full, "definition"),
    Rule("entries of the identity", RANGES, Eye, _eye, "definition"),
    Rule("a norm is never negative", RANGES, (Norm, Spectral), _norm, "definition of a norm"),
    Rule("extremum of a range", RANGES, Extremum, _extremum, "definition"),
)
