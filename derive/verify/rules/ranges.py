"""Ranges of entries, in interval arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from derive.verify.closed_forms import nonnegative, positive
from derive.verify.compositions import (
    NEGATIVE,
    OUTER,
    PRODUCT,
    QUOTIENT,
    SUM,
    applied,
    itself,
    part_of,
    power,
    same_entries,
)
from derive.verify.rules.row import LARGEST, Formula, Row, minus, plus, same

GROWING = {"exp": sp.exp, "tanh": sp.tanh, "sinh": sp.sinh}
"""Functions that grow, in closed form."""


def rows() -> Iterator[Row]:
    other = {"upper": "lower", "lower": "upper"}
    for end, opposite in other.items():
        yield Row("sum of ranges", end, (end, end), SUM, plus)
        yield Row("sign of a range", end, (opposite,), NEGATIVE, minus)
        yield Row("a part lies in the range of the whole", end, (end,), part_of, same)
        yield Row("a part lies in the range of the whole", end, (end,), same_entries, same)
        for n in ("inf", "2", "1"):
            yield Row("an entry is at most the norm", end, (n,), itself, same if end == "upper" else minus)
        for name, function in GROWING.items():
            yield Row("range of a function", end, (end,), applied(name), function)
    for made in (PRODUCT, OUTER):
        yield Row("product of nonnegative ranges", "lower", ("lower", "lower"), made, _if_nonnegative)
    for end, opposite in other.items():
        three = (end, opposite, "lower")
        yield Row("quotient by a positive range", end, three, QUOTIENT, _divided, (0, 1), ((1, 2),))
    for formula in LARGEST:
        yield Row("norm of a range", "inf", ("upper", "lower"), itself, formula)
    for k in range(9):
        yield Row("power of a range", "lower", ("lower",), power(Fraction(k)), _grown(k))
        ends = ("upper", "lower")
        yield Row("power of a range", "upper", ends, power(Fraction(k)), _grown_between(k), (0,), ((0, 1),))


def _if_nonnegative(s: sp.Expr, t: sp.Expr) -> sp.Expr | None:
    return s * t if nonnegative(s) and nonnegative(t) else None


def _divided(t: sp.Expr, c: sp.Expr, least: sp.Expr) -> sp.Expr | None:
    return t / c if nonnegative(t) and positive(c) and positive(least) else None


def _grown(k: int) -> Formula:
    return lambda t: t**k if nonnegative(t) else None


def _grown_between(k: int) -> Formula:
    return lambda t, least: t**k if nonnegative(least) else None
