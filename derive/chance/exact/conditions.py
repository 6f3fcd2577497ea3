"""Events as conditions: polynomials in random entries that are at most zero, all or any of several."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from derive.chance.exact.numbers import Extremum, Increasing, Known, Number, Polynomial, constant, known
from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable


class Condition:
    """What a draw satisfies or not."""


@dataclass(frozen=True)
class Settled(Condition):
    """The same for all draws; ``holds`` is None where balls cannot tell."""

    holds: bool | None


@dataclass(frozen=True, eq=False)
class AtMostZero(Condition):
    """``polynomial <= 0``, or ``< 0`` where it is strict."""

    polynomial: Polynomial
    strict: bool


@dataclass(frozen=True, eq=False)
class All(Condition):
    parts: tuple[Condition, ...]


@dataclass(frozen=True, eq=False)
class Any_(Condition):
    parts: tuple[Condition, ...]


def complement(condition: Condition) -> Condition:
    """That the condition does not hold."""
    match condition:
        case Settled(holds=holds):
            return Settled(None if holds is None else not holds)
        case AtMostZero(polynomial=polynomial, strict=strict):
            return AtMostZero(-polynomial, not strict)
        case All(parts=parts):
            return Any_(tuple(map(complement, parts)))
        case Any_(parts=parts):
            return All(tuple(map(complement, parts)))
    raise TypeError(f"{type(condition).__name__} is no condition")


def at_most_zero(x: Number, strict: bool, balls: Balls) -> Condition:
    """The condition that ``x <= 0``, solved for polynomials.

    Raises:
        Unavailable: it cannot be solved.
    """
    value = known(x)
    if value is not None:
        return Settled(_certain(value, strict))
    match x:
        case Polynomial():
            return AtMostZero(x, strict)
        case Extremum(parts=parts, largest=largest):
            conditions = tuple(at_most_zero(part, strict, balls) for part in parts)
            return All(conditions) if largest else Any_(conditions)
        case Increasing():
            return _solved(x, strict, balls)
    raise Unavailable(f"an inequality about {type(x).__name__}")


def _certain(value: Known, strict: bool) -> bool | None:
    if (value < 0) if strict else (value <= 0):
        return True
    return False if ((value >= 0) if strict else (value > 0)) else None


def _solved(x: Increasing, strict: bool, balls: Balls) -> Condition:
    """``scale * f(inner) + shift <= 0`` as a condition on ``inner``."""
    bound = -x.shift / x.scale
    if x.scale > 0:
        below = True
    elif x.scale < 0:
        below = False
    else:
        raise Unavailable("a factor whose sign is not certain")
    if x.function != "log" and _may_take(x) is not True and not bound > 0:
        # f is never negative: at most a negative number it is never, at least one always
        return Settled(not below if bound < 0 else None)
    end = constant(_inverse(x.function, x.exponent, bound, balls))
    return at_most_zero(x.inner - end if below else end - x.inner, strict, balls)


def _may_take(x: Increasing) -> bool:
    """Does the function take negative values? Odd powers do."""
    return x.function == "power" and x.exponent.denominator == 1 and x.exponent.numerator % 2 == 1


def _inverse(function: str, exponent: Fraction, bound: Known, balls: Balls) -> Any:
    """Where the function takes the value ``bound``."""
    if function == "exp":
        return balls.log(arb(bound))
    if function == "log":
        return balls.exp(arb(bound))
    if exponent == Fraction(1, 2):
        return bound * bound
    inverse = 1 / exponent
    if isinstance(bound, fmpq) and inverse.denominator == 1:
        return bound ** int(inverse)
    if bound > 0:
        return balls.power(arb(bound), inverse)
    if bound < 0:
        return -balls.power(arb(-bound), inverse)
    raise Unavailable("a root of a number whose sign is not certain")
