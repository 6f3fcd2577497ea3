"""Means of exponential polynomials: for each exponent the random scalars fall into independent components.

Two scalars belong together where they stand in one monomial of the exponent, or in one vector that is not made of
independent entries. The mean of a product over components is the product of the means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, Protocol

from derive.evaluate.chance.gaussians import GaussianIntegral
from derive.evaluate.chance.laws import DISCRETE, gaussian_moment, outcomes, probabilities, scalar_mean, sphere_moment
from derive.evaluate.chance.numbers import Exponent, Monomial, Polynomial, RandomNumber, Source
from derive.evaluate.chance.system import ExponentialPolynomials
from derive.evaluate.errors import Unavailable
from derive.evaluate.system import System

MOST_OUTCOMES = 1024
"""Outcomes of discrete random symbols that are gone through."""


class Integral(Protocol):
    """``E[x^k exp(q(x))]`` for the scalars x of one component and one exponent q."""

    def mean(self, monomial: Monomial) -> Any: ...


def mean(number: RandomNumber, system: ExponentialPolynomials) -> Any:
    """The mean over all random scalars.

    Raises:
        Unavailable: it has no closed form that is known here.
        OutsideDomain: it is infinite, or the parameters of a law are none.
    """
    total = system.rational(Fraction(0))
    for exponent, polynomial in _by_exponent(number):
        total = total + integral(_written_out(exponent, system), polynomial, system.sources, system.base)
    return total


def _by_exponent(number: RandomNumber) -> Iterator[tuple[Exponent, Polynomial]]:
    found: dict[Exponent, Polynomial] = {}
    for (exponent, monomial), coefficient in number.terms.items():
        found.setdefault(exponent, {})[monomial] = coefficient
    yield from found.items()


def _written_out(exponent: Exponent, system: ExponentialPolynomials) -> Polynomial:
    found: Polynomial = {}
    for atom, multiple in exponent:
        factor = system.rational(multiple)
        for monomial, coefficient in system.atoms[atom].items():
            part = coefficient * factor
            found[monomial] = found[monomial] + part if monomial in found else part
    return {monomial: coefficient for monomial, coefficient in found.items() if system.base.exact(coefficient) != 0}


def integral(exponent: Polynomial, polynomial: Polynomial, sources: Sequence[Source], system: System) -> Any:
    """``E[p(x) exp(q(x))]``."""
    parts = {unit: part for part in _components(exponent, sources, system) for unit in part.units}
    occurring = set(parts.values())
    total = system.rational(Fraction(0))
    for monomial, coefficient in polynomial.items():
        shares: dict[Component | int, list[tuple[int, int]]] = {part: [] for part in occurring}
        for variable, power in monomial:
            unit = sources[variable].unit
            shares.setdefault(parts.get(unit, unit), []).append((variable, power))
        for part, share in shares.items():
            factor = part.mean(tuple(share)) if isinstance(part, Component) else _moment(share, sources, system)
            coefficient = coefficient * factor
        total = total + coefficient
    return total


def _moment(share: Sequence[tuple[int, int]], sources: Sequence[Source], system: System) -> Any:
    """The mean of a monomial in one unit, without an exponential."""
    variable, power = share[0]
    source = sources[variable]
    match source.kind:
        case "gaussian":
            return system.rational(Fraction(gaussian_moment(power)))
        case "sphere":
            return system.rational(sphere_moment([k for _, k in share], source.size))
        case "one_hot":
            return probabilities(source, system)[source.place]
    return scalar_mean(source, power, None, system)


@dataclass(eq=False)
class Component:
    """Units that an exponent ties together, and the part of the exponent that speaks of them."""

    units: tuple[int, ...]
    exponent: Polynomial
    sources: Sequence[Source]
    system: System

    @cached_property
    def means(self) -> dict[Monomial, Any]:
        return {}

    def mean(self, monomial: Monomial) -> Any:
        if monomial not in self.means:
            self.means[monomial] = self.integral.mean(monomial)
        return self.means[monomial]

    @cached_property
    def integral(self) -> Integral:
        """The way to integrate: a closed form, or one for each outcome of the discrete units."""
        variables = sorted({variable for monomial in self.exponent for variable, _ in monomial})
        kinds = {self.sources[variable].kind for variable in variables}
        if kinds == {"gaussian"}:
            return GaussianIntegral(variables, self.exponent, self.system)
        if kinds.isdisjoint(DISCRETE) or (len(variables) == 1 and kinds != {"one_hot"}):
            return _OneScalar(variables, self.exponent, self.sources, self.system)
        return _ByOutcomes(self)


class _OneScalar:
    """A scalar with a linear exponent.

    Raises:
        Unavailable: there are several, or the exponent is not linear.
    """

    def __init__(
        self, variables: Sequence[int], exponent: Polynomial, sources: Sequence[Source], system: System
    ) -> None:
        if len(variables) > 1 or any(power > 1 for monomial in exponent for _, power in monomial):
            kinds = ", ".join(sorted({sources[variable].kind for variable in variables}))
            raise Unavailable(f"the mean of an exponential of products under the law {kinds} has no closed form here")
        [self.slope] = exponent.values()
        self.source, self.system = sources[variables[0]], system

    def mean(self, monomial: Monomial) -> Any:
        power = monomial[0][1] if monomial else 0
        return scalar_mean(self.source, power, self.slope, self.system)


class _ByOutcomes:
    """The discrete units take each outcome in turn; what is left of the exponent is integrated over the others."""

    def __init__(self, component: Component) -> None:
        self.component = component
        rows = [self._outcomes(unit) for unit in component.units]
        count = prod(len(row) for row in rows if row)
        if count > MOST_OUTCOMES:
            raise Unavailable(f"there are {count} outcomes, more than {MOST_OUTCOMES}")
        self.outcomes = list(product(*(row for row in rows if row)))

    def _outcomes(self, unit: int) -> list[tuple[Any, dict[int, int]]]:
        """The probability of each outcome of a discrete unit, and the values of its scalars; none of another unit."""
        members = [(k, source) for k, source in enumerate(self.component.sources) if source.unit == unit]
        source = members[0][1]
        if source.kind not in DISCRETE:
            return []
        names = [k for k, _ in members]
        found = outcomes(source, self.component.system)
        return [(chance, dict(zip(names, values, strict=True))) for chance, values in found]

    def mean(self, monomial: Monomial) -> Any:
        system, sources = self.component.system, self.component.sources
        total = system.rational(Fraction(0))
        for outcome in self.outcomes:
            values = {variable: value for _, row in outcome for variable, value in row.items()}
            factor, left = _at(monomial, values)
            if not factor:
                continue
            weight = system.rational(Fraction(factor))
            for chance, _ in outcome:
                weight = weight * chance
            exponent, constant = self._left(values)
            weight = weight if constant is None else weight * system.exp(constant)
            one = system.rational(Fraction(1))
            total = total + weight * integral(exponent, {left: one}, sources, system)
        return total

    def _left(self, values: Mapping[int, int]) -> tuple[Polynomial, Any | None]:
        """The exponent at an outcome: a polynomial in the other scalars, and a constant."""
        found: Polynomial = {}
        for monomial, coefficient in self.component.exponent.items():
            factor, left = _at(monomial, values)
            if factor:
                part = coefficient if factor == 1 else coefficient * self.component.system.rational(Fraction(factor))
                found[left] = found[left] + part if left in found else part
        constant = found.pop((), None)
        return {key: value for key, value in found.items() if self.component.system.exact(value) != 0}, constant


def _at(monomial: Monomial, values: Mapping[int, int]) -> tuple[int, Monomial]:
    """A monomial at an outcome: a factor, and the monomial in the other scalars."""
    factor = 1
    for variable, power in monomial:
        factor *= values.get(variable, 1) ** power
    return factor, tuple((variable, power) for variable, power in monomial if variable not in values)


def _components(exponent: Polynomial, sources: Sequence[Source], system: System) -> Iterator[Component]:
    """The units of an exponent, apart where no monomial ties them together."""
    groups: list[tuple[set[int], Polynomial]] = []
    for monomial, coefficient in exponent.items():
        units = {sources[variable].unit for variable, _ in monomial}
        joined, others = {monomial: coefficient}, []
        for group in groups:
            if group[0].isdisjoint(units):
                others.append(group)
            else:
                units |= group[0]
                joined |= group[1]
        groups = [*others, (units, joined)]
    for units, part in groups:
        yield Component(tuple(sorted(units)), part, sources, system)
