"""Means of ``x^k exp(q(x))`` for independent standard Gaussians and a quadratic q: the square is completed.

With ``q(x) = <b, x> - <x, (M - I) x>/2`` and M positive definite, the density times ``exp(q)`` is that of
``N(M^-1 b, M^-1)`` times ``exp(<b, M^-1 b>/2) / sqrt(det M)``. Where M is not positive definite, the mean is infinite.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from derive.evaluate.chance.numbers import Monomial, Polynomial
from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.system import Array, System, array_of


class GaussianIntegral:
    """The means for one exponent.

    Raises:
        Unavailable: the exponent is not quadratic.
        OutsideDomain: the mean is infinite; not certainly, where numbers are too imprecise to tell.
    """

    def __init__(self, variables: Sequence[int], exponent: Polynomial, system: System) -> None:
        self.system = system
        self.places = {variable: k for k, variable in enumerate(variables)}
        self.matrix, self.slope = self._quadratic(exponent)
        self.weight = self._weight()
        self._moments: dict[tuple[int, ...], Any] = {}

    def _number(self, value: Fraction | int) -> Any:
        return self.system.rational(Fraction(value))

    def _quadratic(self, exponent: Polynomial) -> tuple[Array, Array]:
        """M and b."""
        n = len(self.places)
        zero, one = self._number(0), self._number(1)
        matrix = array_of([one if i == j else zero for i in range(n) for j in range(n)], (n, n), self.system.dtype)
        slope = array_of([zero] * n, (n,), self.system.dtype)
        for monomial, coefficient in exponent.items():
            entries = [self.places[variable] for variable, power in monomial for _ in range(power)]
            match entries:
                case [i]:
                    slope[i] = slope[i] + coefficient
                case [i, j]:
                    matrix[i, j] = matrix[i, j] - coefficient
                    matrix[j, i] = matrix[j, i] - coefficient
                case _:
                    raise Unavailable("the mean of an exponential of a cubic of Gaussians has no closed form")
        return matrix, slope

    def _weight(self) -> Any:
        """``exp(<b, M^-1 b>/2) / sqrt(det M)`` by elimination, whose pivots are positive where M is definite."""
        system, n = self.system, len(self.places)
        rows, slope = self.matrix.copy(), self.slope.copy()
        root, square = self._number(1), self._number(0)
        for k in range(n):
            pivot = rows[k, k]
            self._check_positive(pivot)
            root = root * system.power(pivot, Fraction(-1, 2))
            square = square + system.divide(slope[k] * slope[k], pivot)
            for i in range(k + 1, n):
                factor = system.divide(rows[i, k], pivot)
                slope[i] = slope[i] - factor * slope[k]
                for j in range(k + 1, n):
                    rows[i, j] = rows[i, j] - factor * rows[k, j]
        return root * system.exp(square * self._number(Fraction(1, 2)))

    def _check_positive(self, pivot: Any) -> None:
        zero = self._number(0)
        if not self.system.ordered or self.system.certainly_less(zero, pivot):
            return
        infinite = self.system.certainly_less(pivot, zero) or self.system.exact(pivot) == 0
        raise OutsideDomain("the mean of an exponential of a square", certain=infinite)

    @cached_property
    def covariance(self) -> Array:
        return self.system.inverse(self.matrix)

    @cached_property
    def centre(self) -> list[Any]:
        return list(self.covariance @ self.slope)

    def mean(self, monomial: Monomial) -> Any:
        """``E[x^k exp(q(x))]``."""
        powers = [0] * len(self.places)
        for variable, power in monomial:
            powers[self.places[variable]] = power
        return self.weight * self._moment(tuple(powers)) if monomial else self.weight

    def _moment(self, powers: tuple[int, ...]) -> Any:
        """The moment of ``N(M^-1 b, M^-1)``, by Stein's lemma: ``E[x_i f] = mu_i E[f] + sum_j S_ij E[df/dx_j]``."""
        if powers not in self._moments:
            first = next((k for k, power in enumerate(powers) if power), None)
            self._moments[powers] = self._number(1) if first is None else self._recursion(powers, first)
        return self._moments[powers]

    def _recursion(self, powers: tuple[int, ...], first: int) -> Any:
        rest = _less(powers, first)
        total = self.centre[first] * self._moment(rest)
        for j, power in enumerate(rest):
            if power:
                total = total + self.covariance[first, j] * self._moment(_less(rest, j)) * self._number(power)
        return total


def _less(powers: tuple[int, ...], place: int) -> tuple[int, ...]:
    return tuple(power - (k == place) for k, power in enumerate(powers))
