"""The supremum of a function of one variable over an interval, enclosed by branch and bound in balls.

Unbounded intervals are cut, the rest is a tail. A supremum that is attained at zero or at an end is told exactly:
around that point the function is concave or monotone, and elsewhere it is certainly less.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from flint import arb, fmpq

from derive.bounds.univariate_balls import Cell, Series, at, number, values, vanishes
from derive.bounds.univariate_program import Program, Unbounded, program, x
from derive.bounds.univariate_tails import TailArithmetic

EVALUATIONS = 2500
"""Cells after which the enclosure found so far is given."""

CUTS = (8, 16, 64, 2**10, 2**20, 2**34)
"""Where a tail may begin."""

RELATIVE = fmpq(1, 10**11)
"""How far apart the ends of an enclosure of a supremum may be, relative to it."""


@dataclass(frozen=True)
class Peak:
    """A point at which the supremum may be attained; is the derivative exactly zero there?"""

    point: arb
    value: sp.Expr
    critical: bool

    def crowns(self, cell: Cell, taylor: Any) -> bool:
        """Is the largest value on the cell certainly the one at the point?"""
        low, high = cell
        if not (low <= self.point and self.point <= high):
            return False
        rising = bool(self.point == high and taylor[1] > 0)
        return rising or bool(self.point == low and taylor[1] < 0) or bool(self.critical and taylor[2] < 0)


@dataclass
class Search:
    """Best first: ``lower`` and ``upper`` enclose the supremum, where cells that a peak crowns are left out."""

    steps: Program
    lower: arb
    peak: Peak | None = None
    heap: list[tuple[float, int, Cell, arb]] = field(default_factory=list)
    evaluations: int = 0

    def add(self, cell: Cell) -> None:
        self.evaluations += 1
        try:
            if self.peak is not None and self.peak.crowns(cell, self.steps.run(Series(cell[0].union(cell[1]), 2))):
                return
            found = values(self.steps, cell)
            upper = found.upper()
            self.lower = self.lower.max(at(self.steps, ((cell[0] + cell[1]) / 2).mid()).lower())
        except Unbounded:
            upper = arb.pos_inf()
        heapq.heappush(self.heap, (-float(upper), self.evaluations, cell, upper))

    def run(self, tolerance: fmpq, evaluations: int) -> None:
        while self.heap and self.evaluations < evaluations:
            _, _, cell, upper = self.heap[0]
            if upper.is_finite() and bool(upper - self.lower <= slack(self.lower, tolerance)):
                return
            heapq.heappop(self.heap)
            for half in halves(cell):
                self.add(half)

    @property
    def upper(self) -> arb:
        found = arb.neg_inf()
        for _, _, _, upper in self.heap:
            found = found.max(upper)
        return found


def slack(value: arb, tolerance: fmpq = RELATIVE) -> arb:
    return arb(tolerance) * (abs(value) + arb(fmpq(1, 100)))


def halves(cell: Cell) -> tuple[Cell, Cell]:
    """Two cells that cover a cell: cut at zero, or in the middle, on a logarithmic scale where it is far from zero."""
    low, high = cell
    middle = (low + high) / 2
    if low < 0 and high > 0:
        middle = middle if low + high == 0 else arb(0)
    elif low >= 1 and high > 4 * low:
        middle = (low * high).sqrt()
    elif high <= -1 and low < 4 * high:
        middle = -(low * high).sqrt()
    middle = middle.mid()
    return (low, middle), (middle, high)


@dataclass(frozen=True)
class Supremum:
    """An upper bound, what the supremum is at least, and its closed form where it is known."""

    upper: arb
    lower: arb
    closed: sp.Expr | None = None


def supremum(g: sp.Expr, low: sp.Expr, high: sp.Expr, floor: arb) -> Supremum:
    """The larger one of ``floor`` and the supremum over ``[low, high]``, whose ends may be infinite.

    Raises:
        Unbounded: nothing finite bounds it.
    """
    steps = program(g)
    ends, beyond = [], arb.neg_inf()
    for end, side in ((low, -1), (high, 1)):
        if end.is_infinite:
            cut, upper = _tail(g.subs(x, side * x), sampled(steps, low, high).max(floor))
            beyond = beyond.max(upper)
            ends.append(arb(side * cut))
        else:
            ball = number(end)
            ends.append(ball.upper() if side > 0 else ball.lower())
    search = Search(steps, floor)
    search.add((ends[0], ends[1]))
    search.run(RELATIVE, EVALUATIONS)
    if search.lower <= floor:  # then it may well be less, which settles more than an enclosure of the floor
        search.run(fmpq(0), search.evaluations + EVALUATIONS // 8)
    upper = search.upper.max(beyond)
    if not upper.is_finite():
        raise Unbounded("no bound was found")
    for peak in _peaks(g, low, high, search.lower):
        again = Search(steps, number(peak.value).lower(), peak)
        again.add((ends[0], ends[1]))
        again.run(fmpq(0), EVALUATIONS // 4)
        if again.upper.max(beyond) <= number(peak.value).lower():
            return Supremum(number(peak.value).upper(), number(peak.value).lower(), peak.value)
    return Supremum(upper, search.lower)


def _peaks(g: sp.Expr, low: sp.Expr, high: sp.Expr, reached: arb) -> Iterator[Peak]:
    """Zero and the ends, where the value there is as large as the largest found; of what is smooth."""
    if g.has(sp.Heaviside):
        return
    for point in dict.fromkeys((sp.S.Zero, low, high)):
        if point.is_infinite or (point == 0 and not (low <= 0 and high >= 0)) or not number(point).is_exact():
            continue
        value = g.subs(x, point)
        try:
            if number(value) + slack(reached) >= reached:
                yield Peak(number(point), value, vanishes(sp.diff(g, x).subs(x, point)))
        except Unbounded:
            continue


def sampled(steps: Program, low: sp.Expr, high: sp.Expr) -> arb:
    """A lower bound of the supremum from a few points."""
    best = arb.neg_inf()
    for k in range(-24, 25):
        try:
            if low <= sp.Rational(k, 4) <= high:
                best = best.max(at(steps, arb(k) / 4).lower())
        except Unbounded:
            continue
    return best


def _tail(g: sp.Expr, reached: arb) -> tuple[int, arb]:
    """Where to cut, and an upper bound of the values beyond.

    Raises:
        Unbounded: none was found.
    """
    steps = program(g)
    found: list[tuple[int, arb]] = []
    for cut in CUTS:
        try:
            tail = steps.run(TailArithmetic(cut))
            found.append((cut, tail.upper()))
            if found[-1][1] <= reached + slack(reached) or tail.ball().rad() <= slack(tail.ball().mid()):
                return found[-1]
        except Unbounded:
            continue
    if not found:
        raise Unbounded("the tail is not bounded")
    least = min((upper for _, upper in found), key=float)
    return next((cut, upper) for cut, upper in found if not upper > least + 1000 * slack(least))
