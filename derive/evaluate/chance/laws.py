"""Means of ``x^k exp(a x)`` in closed form for the law of one scalar, and moments of the other laws."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

from derive.evaluate.chance.numbers import Source
from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.system import System


def scalar_mean(source: Source, power: int, slope: Any | None, system: System) -> Any:
    """``E[x^power exp(slope x)]`` for a sign, a number 0 or 1, or one that is uniform on an interval.

    ``slope`` is None where it is zero.

    Raises:
        OutsideDomain: the parameters of the law certainly belong to none.
    """
    match source.kind:
        case "rademacher":
            return _sign(power, slope, system)
        case "bernoulli":
            return _zero_or_one(source.parameters[0], power, slope, system)
        case "uniform":
            return _uniform(source.parameters, power, slope, system)
    raise Unavailable(f"the mean of an exponential of the law {source.kind} has no closed form here")


def _number(system: System, value: Fraction | int) -> Any:
    return system.rational(Fraction(value))


def _sign(power: int, slope: Any | None, system: System) -> Any:
    """``cosh`` of the slope, or ``sinh``."""
    if slope is None:
        return _number(system, 1 - power % 2)
    up, down = system.exp(slope), system.exp(-slope)
    return (up - down if power % 2 else up + down) * _number(system, Fraction(1, 2))


def _zero_or_one(chance: Any, power: int, slope: Any | None, system: System) -> Any:
    check_probability(chance, system)
    one = chance if slope is None else chance * system.exp(slope)
    return one if power else one + (_number(system, 1) - chance)


def _uniform(ends: Sequence[Any], power: int, slope: Any | None, system: System) -> Any:
    low, high = ends
    if system.ordered and system.certainly_less(high, low):
        raise OutsideDomain("uniform")
    width = high - low
    if slope is None:
        k = power + 1
        gap = system.power(high, Fraction(k)) - system.power(low, Fraction(k))
        return system.divide(gap, width * _number(system, k))
    if system.may_be_zero(slope):
        raise Unavailable("the mean of an exponential of a uniform number whose factor may be zero")
    return system.divide(_integral(low, high, power, slope, system), width)


def _integral(low: Any, high: Any, power: int, slope: Any, system: System) -> Any:
    """The integral of ``x^power exp(slope x)``, by parts."""
    ends = [system.exp(slope * end) * system.power(end, Fraction(power)) for end in (low, high)]
    whole = ends[1] - ends[0]
    if power:
        whole = whole - _integral(low, high, power - 1, slope, system) * _number(system, power)
    return system.divide(whole, slope)


def check_probability(chance: Any, system: System) -> None:
    """Refuse what is certainly no probability.

    Raises:
        OutsideDomain: it is below 0 or above 1.
    """
    zero, one = _number(system, 0), _number(system, 1)
    if system.ordered and (system.certainly_less(chance, zero) or system.certainly_less(one, chance)):
        raise OutsideDomain("a probability")


def probabilities(source: Source, system: System) -> Sequence[Any]:
    """The probability of each unit vector.

    Raises:
        OutsideDomain: one is certainly no probability, or their sum is certainly not 1.
    """
    if not source.parameters:
        return [_number(system, Fraction(1, source.size))] * source.size
    for chance in source.parameters:
        check_probability(chance, system)
    rest = sum(source.parameters[1:], start=source.parameters[0]) - _number(system, 1)
    if not system.rounds and not system.may_be_zero(rest):
        raise OutsideDomain("probabilities whose sum is not 1")
    return source.parameters


DISCRETE = ("rademacher", "bernoulli", "one_hot")
"""The laws with finitely many outcomes."""

Outcome = tuple[Any, tuple[int, ...]]
"""A probability, and the entries of what is independent of all else: a scalar, or one row of a matrix."""


def outcomes(source: Source, system: System) -> list[Outcome]:
    """The outcomes of a discrete law."""
    if source.kind == "one_hot":
        chances = probabilities(source, system)
        return [(chance, tuple(int(k == hot) for k in range(source.size))) for hot, chance in enumerate(chances)]
    if source.kind == "rademacher":
        half = _number(system, Fraction(1, 2))
        return [(half, (-1,)), (half, (1,))]
    [one] = source.parameters
    check_probability(one, system)
    return [(_number(system, 1) - one, (0,)), (one, (1,))]


def gaussian_moment(power: int) -> int:
    """``E[g^power]``: ``(power - 1)!!``, or 0."""
    return 0 if power % 2 else prod(range(power - 1, 0, -2))


def sphere_moment(powers: Sequence[int], size: int) -> Fraction:
    """``E[x_1^k_1 ... x_d^k_d]`` on the unit sphere: Gaussian moments over ``d (d + 2) ... (d + k - 2)``.

    A Gaussian vector is its length times a point of the sphere, independent of each other.
    """
    return Fraction(prod(map(gaussian_moment, powers)), prod(range(size, size + sum(powers), 2)))
