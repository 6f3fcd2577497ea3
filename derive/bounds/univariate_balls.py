"""A function of one variable enclosed in balls: on a short interval, and at a point."""

from __future__ import annotations

from functools import reduce
from operator import mul
from typing import Any

import sympy as sp
from flint import arb, arb_series, fmpq

from derive.bounds.univariate_program import Program, Unbounded, program

PRECISION = 128
"""Bits."""


class Series:
    """Taylor series to the second order about all points of a ball."""

    def __init__(self, variable: arb, order: int) -> None:
        self.variable = arb_series([variable, 1], prec=order + 1)
        self.kinked = False

    def number(self, value: fmpq) -> Any:
        return arb_series([arb(value)])

    def pi(self) -> Any:
        return arb_series([arb.pi()])

    def power(self, base: Any, exponent: fmpq) -> Any:
        if exponent < 0:
            positive = base if exponent == -1 else self.power(base, -exponent)
            if not (positive[0] > 0 or positive[0] < 0):
                raise Unbounded("a pole")
            return self.number(fmpq(1)) / positive
        if exponent.q == 1:
            return reduce(mul, [base] * int(exponent), self.number(fmpq(1)))
        if not base[0] > 0:
            raise Unbounded("a root of what may not be positive")
        return base.sqrt() if exponent == fmpq(1, 2) else (base.log() * self.number(exponent)).exp()

    def exp(self, t: Any) -> Any:
        return t.exp()

    def log(self, t: Any) -> Any:
        if not t[0] > 0:
            raise Unbounded("log of what may not be positive")
        return t.log()

    def sin(self, t: Any) -> Any:
        return t.sin()

    def cos(self, t: Any) -> Any:
        return t.cos()

    def atan(self, t: Any) -> Any:
        return t.atan()

    def erf(self, t: Any) -> Any:
        return t.erf()

    def step(self, t: Any) -> Any:
        if t[0] > 0:
            return self.number(fmpq(1))
        if t[0] < 0:
            return self.number(fmpq(0))
        self.kinked = True
        return arb_series([arb(0.5, 0.5)])


Cell = tuple[arb, arb]
"""The exact ends of a closed interval."""


def values(steps: Program, cell: Cell) -> arb:
    """An enclosure of the function on a cell: its own, and those of Taylor's theorem with one and two derivatives.

    Where the derivative has one sign the values lie between those at the ends.

    Raises:
        Unbounded: it has none.
    """
    low, high = cell
    ball, middle = low.union(high), ((low + high) / 2).mid()
    series = Series(ball, 2)
    taylor = steps.run(series)
    if not taylor[0].is_finite():
        raise Unbounded("no finite enclosure")
    found: arb = taylor[0]
    if series.kinked:
        return found
    if taylor[1] > 0 or taylor[1] < 0:
        return at(steps, low).union(at(steps, high))
    move, centre = ball - middle, steps.run(Series(middle, 1))
    square = arb(0).union(move.abs_upper() ** 2)
    for other in (centre[0] + taylor[1] * move, centre[0] + centre[1] * move + taylor[2] * square):
        if other.is_finite():
            found = found.intersection(other)
    return found


def at(steps: Program, point: arb) -> arb:
    found: arb = steps.run(Series(point, 0))[0]
    if not found.is_finite():
        raise Unbounded("no finite value")
    return found


def number(value: sp.Expr) -> arb:
    """A number in closed form as a ball."""
    found: arb = program(value).run(Series(arb(0), 0))[0]
    if not found.is_finite():
        raise Unbounded("no number")
    return found


def vanishes(value: sp.Expr) -> bool:
    """Is a number certainly zero? A ball tells most that are not; simplification is slow."""
    if value.is_number and not number(value).contains(0):
        return False
    return bool(sp.expand(value) == 0 or sp.simplify(value) == 0)
