"""Conditions on one and the same quantity of a draw: an interval of it, and its distribution function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from flint import arb, fmpq, fmpq_mat

from derive.chance.exact.conditions import AtMostZero
from derive.chance.exact.laws import Source, between, chi_square, normal_between, sphere, uniform
from derive.chance.exact.numbers import Known, Monomial, is_zero
from derive.evaluate.balls import Balls
from derive.evaluate.system import Array


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
    if _is_gaussian_form(quantity, sources):
        size = length(quantity)
        return normal_between(*(None if end is None else arb(end) / size for end in (quantity.low, quantity.high)))
    ends = []
    for end, beyond in ((quantity.low, arb(0)), (quantity.high, arb(1))):
        below = beyond if end is None else distribution(quantity, arb(end), sources, balls)
        if below is None:
            return None
        ends.append(below)
    return arb.max(arb(0), ends[1] - ends[0])


def _is_gaussian_form(quantity: Quantity, sources: Sequence[Source]) -> bool:
    return quantity.linear and all(sources[entry].kind == "gaussian" for entry in quantity.entries)


def distribution(quantity: Quantity, x: arb, sources: Sequence[Source], balls: Balls) -> arb | None:
    """P[quantity <= x] for a law without atoms, linear forms of Gaussians apart; None where it is not known here."""
    kinds = {sources[entry].kind for entry in quantity.entries}
    units = {sources[entry].unit for entry in quantity.entries}
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
    matrix = _matrix(quantity)
    size = len(matrix)
    for sign in (1, -1):
        small, large = _eigenvalues(sign * matrix, balls)
        if small > 0:
            found = between(chi_square(size, sign * x / large), chi_square(size, sign * x / small))
        elif large > 0 and _rank_one(matrix):
            found = chi_square(1, sign * x / large)
        else:
            continue
        return found if sign > 0 else 1 - found
    return None


def _matrix(quantity: Quantity) -> Array:
    """The symmetric matrix of a quadratic form."""
    place = {entry: k for k, entry in enumerate(sorted(quantity.entries))}
    matrix = np.full((len(place), len(place)), fmpq(0), dtype=object)
    for (first, second), value in quantity.varying.items():
        i, j = place[first], place[second]
        matrix[i, j] = matrix[i, j] + value / 2
        matrix[j, i] = matrix[j, i] + value / 2
    return matrix


def _rank_one(matrix: Array) -> bool:
    """Is a matrix of rationals certainly of rank one?"""
    if not all(isinstance(value, fmpq) for value in matrix.flat):
        return False
    return bool(fmpq_mat(matrix.tolist()).rank() == 1)


def _eigenvalues(matrix: Array, balls: Balls) -> tuple[arb, arb]:
    """The smallest and the largest."""
    if all(is_zero(value) for (i, j), value in np.ndenumerate(matrix) if i != j):
        squares = [arb(matrix[k, k]) for k in range(len(matrix))]
        return reduce(arb.min, squares), reduce(arb.max, squares)
    found = np.array([[arb(value) for value in row] for row in matrix], dtype=object)
    return balls.spectral("lambda_min", found), balls.spectral("lambda_max", found)
