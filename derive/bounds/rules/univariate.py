"""An elementwise function of one expression as a whole: its slope, its derivatives and its range, certified."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from derive.bounds.bound import JETS, LIPSCHITZ, RANGES, Rule, Scheme
from derive.bounds.multilinear import chain, degree, jet
from derive.bounds.over_interval import Interval, over_interval
from derive.bounds.parameters import Parameters
from derive.bounds.rules.softmax import unnamed
from derive.bounds.univariate import highest, steepest
from derive.bounds.univariate_reading import ELEMENTWISE, continuous, reading
from derive.bounds.value import Value
from derive.language.tensor import Sum, Tensor

ENDS = ("lower", "upper")
"""The measures that are the ends of the interval of the argument."""


def _slope(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``|phi(s) - phi(t)| <= sup|phi'| |s - t|`` for each entry, so for every norm of absolute entries."""
    found = None if measure == "lipschitz op" else reading(node)
    if found is None:
        return
    phi, argument = found

    def bound(interval: Interval) -> Value | None:
        steep = steepest(phi, *interval, 1, continuous(node))
        return None if steep is None else p.constant(steep)

    yield from over_interval(argument, ENDS, bound, lambda steep, move: steep * move, ((measure, argument),))


def _range(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    found = reading(node)
    if found is None:
        return
    phi, argument = found

    def bound(interval: Interval) -> Value | None:
        end = highest(phi if measure == "upper" else -phi, *interval)
        return None if end is None else p.constant(end if measure == "upper" else -end)

    yield from over_interval(argument, ENDS, bound)


def _derivatives(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """Faa di Bruno's formula; ``||a * b||_2 <= ||a||_2 ||b||_2`` for vectors; of the variable itself ``phi^(k)``."""
    found, k = reading(node), degree(measure)
    if found is None:
        return
    phi, argument = found

    def bound(interval: Interval) -> Value | None:
        steep = steepest(phi, *interval, k, continuous(node))
        return None if steep is None else p.constant(steep)

    yield from over_interval(argument, ENDS, bound, lambda steep, _: steep, (("identity", argument),))
    if k == 1:
        yield from over_interval(argument, ENDS, bound, lambda steep, move: steep * move, (("D1", argument),))
        return

    def composed(steep: Value, *inner: Value) -> Value:
        return chain([*lower, steep], inner)

    orders = [steepest(phi, -sp.oo, sp.oo, j, continuous(node)) for j in range(1, k)]
    lower = [p.constant(order) for order in orders if order is not None]
    if len(lower) == k - 1:
        yield from over_interval(argument, ENDS, bound, composed, jet(argument, k))


def _separable(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """``|sum_i phi^(k)(z_i) w_i^k| <= sup|phi^(k)| ||w||_2^k`` with ``w = Dz u`` for an affine z and k >= 2."""
    summed, k = unnamed(node.operand), degree(measure)
    found = None if node.ndim or k < 2 else reading(summed)
    if found is None:
        return
    phi, argument = found

    def bound(interval: Interval) -> Value | None:
        steep = steepest(phi, *interval, k, continuous(summed))
        return None if steep is None else p.constant(steep)

    def whole(steep: Value, slope: Value, bend: Value) -> Value | None:
        return steep * slope.power(Fraction(k)) if bend.is_zero else None

    yield from over_interval(argument, ENDS, bound, whole, (("D1", argument), ("D2", argument)))


RULES = (
    Rule("steepest slope of a function", LIPSCHITZ, ELEMENTWISE, _slope, "mean value theorem; slopes in balls"),
    Rule("range of a function of one variable", RANGES, ELEMENTWISE, _range, "critical points, or balls"),
    Rule("derivatives of a function of one variable", JETS, ELEMENTWISE, _derivatives, "Faa di Bruno; in balls"),
    Rule("separable sum of an affine argument", JETS, Sum, _separable, "||w||_k <= ||w||_2 for k >= 2"),
)
