"""Conditions on one and the same quantity of a draw: an interval of it, and its distribution function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from flint import arb, fmpq

from derive.chance.exact.conditions import AtMostZero
from derive.chance.exact.laws import Source, between, chi_square, normal, sphere, uniform
from derive.chance.exact.numbers import Known, Monomial, is_zero
from derive.evaluate.balls import Balls


@dataclass
class Quantity:
    """A polynomial without a constant, and the interval in which a draw has it.

    Attributes:
        low, high: the ends; None where there is none.
    """

    varying: dict[Monomial, Known]
    low: Known | None = None
    high: Known | None = None

    @property
    def linear(self) -> bool:
        return all(len(monomial) == 1 for monomial in self.varying)

    @property
    def entries(self) -> set[int]:
        return {entry for monomial in self.varying for entry in monomial}

    def restrict(self, condition: AtMostZero, factor: Known) -> None:
        """Take in a condition ``factor * varying + constant <= 0``."""
        end = -condition.polynomial.constant / factor
        if factor > 0:
            self.high = end if self.high is None else arb.min(arb(self.high), arb(end))
        else:
            self.low = end if self.low is None else arb.max(arb(self.low), arb(end))


def quantities(conditions: Sequence[AtMostZero]) -> list[Quantity]:
    """The quantities of the conditions, those that are proportional once."""
    found: list[Quantity] = []
    for condition in conditions:
        varying = condition.polynomial.varying
        for quantity in found:
            factor = _ratio(varying, quantity.varying)
            if factor is not None:
                quantity.restrict(condition, factor)
                break
        else:
            found.append(Quantity(varying))
            found[-1].restrict(condition, fmpq(1))
    return found


def _ratio(terms: dict[Monomial, Known], others: dict[Monomial, Known]) -> Known | None:
    """The number by which ``terms`` is a multiple of ``others``, where that is certain; its sign is, too."""
    if terms.keys() != others.keys():
        return None
    first = next(iter(terms))
    one, other = terms[first], others[first]
    if all(isinstance(value, fmpq) for value in (*terms.values(), *others.values())):
        factor = one / other
        return factor if all(terms[key] == factor * others[key] for key in terms) else None
    for factor in (fmpq(1), fmpq(-1)):
        if all(_same(terms[key], factor * others[key]) for key in terms):
            return factor
    return None


def _same(x: Known, y: Known) -> bool:
    """Are they the same number? Of balls with a radius only the same computation makes that certain."""
    return is_zero(x - y)


def probability(quantity: Quantity, sources: Sequence[Source], balls: Balls) -> arb | None:
    """The probability of the interval; None where the law of the quantity is not known here."""
    ends = []
    for end, beyond in ((quantity.low, arb(0)), (quantity.high, arb(1))):
        below = beyond if end is None else distribution(quantity, arb(end), sources, balls)
        if below is None:
            return None
        ends.append(below)
    return arb.max(arb(0), ends[1] - ends[0])


def distribution(quantity: Quantity, x: arb, sources: Sequence[Source], balls: Balls) -> arb | None:
    """P[quantity <= x] for a law without atoms; None where it is not known here."""
    kinds = {sources[entry].kind for entry in quantity.entries}
    units = {sources[entry].unit for entry in quantity.entries}
    if quantity.linear and kinds == {"gaussian"}:
        return normal(x / length(quantity))
    if quantity.linear and kinds == {"sphere"} and len(units) == 1:
        size = sources[next(iter(quantity.entries))].size
        return sphere(size, x / length(quantity)) if size > 1 else None
    if quantity.linear and kinds == {"uniform"} and len(quantity.entries) == 1:
        [(monomial, slope)] = quantity.varying.items()
        low, high = sources[monomial[0]].parameters
        found = uniform(low, high, x / slope)
        return found if slope > 0 else 1 - found if slope < 0 else None
    if kinds == {"gaussian"} and all(len(monomial) == 2 for monomial in quantity.varying):
        return _squares(quantity, x, balls)
    return None


def length(quantity: Quantity) -> arb:
    """The Euclidean norm of the slopes of a linear form."""
    return arb(reduce(lambda total, slope: total + slope * slope, quantity.varying.values(), fmpq(0))).sqrt()


def _squares(quantity: Quantity, x: arb, balls: Balls) -> arb | None:
    """A quadratic form without a linear part: between the multiples of chi-squares by its extreme eigenvalues."""
    entries = sorted(quantity.entries)
    ends = _eigenvalues(quantity, entries, balls)
    sign = next((s for s in (1, -1) if all(s * end > 0 for end in ends)), None)
    if sign is None:
        return None
    small, large = sorted((chi_square(len(entries), x / end) for end in ends), key=lambda value: float(value.mid()))
    found = between(small, large)
    return found if sign > 0 else 1 - found


def _eigenvalues(quantity: Quantity, entries: list[int], balls: Balls) -> list[arb]:
    """The smallest and the largest, of the symmetric matrix."""
    if all(first == second for first, second in quantity.varying):
        squares = [arb(value) for value in quantity.varying.values()]
        return [reduce(arb.min, squares), reduce(arb.max, squares)]
    place = {entry: k for k, entry in enumerate(entries)}
    matrix = np.full((len(entries), len(entries)), arb(0), dtype=object)
    for (first, second), value in quantity.varying.items():
        i, j = place[first], place[second]
        matrix[i, j] = matrix[i, j] + arb(value) / 2
        matrix[j, i] = matrix[j, i] + arb(value) / 2
    return [balls.spectral(kind, matrix) for kind in ("lambda_min", "lambda_max")]
