"""Linear forms in the unknown weights of symbols, and the weights at which some of them vanish.

A weight w of a symbol x stands for the scaling ``x -> t**w * x``, t > 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

Weights = Mapping[str, Fraction]
"""A weight for each symbol by name; those left out are zero. Of a linear form these are the coefficients."""


def plus(left: Weights, right: Weights, factor: Fraction = Fraction(1)) -> Weights:
    """``left + factor*right``."""
    total = {name: left.get(name, Fraction(0)) + factor * right.get(name, Fraction(0)) for name in {**left, **right}}
    return {name: value for name, value in total.items() if value}


def times(form: Weights, factor: Fraction) -> Weights:
    return plus({}, form, factor)


def at(form: Weights, weights: Weights) -> Fraction:
    """The value of a linear form."""
    return sum((value * weights.get(name, Fraction(0)) for name, value in form.items()), Fraction(0))


def vanishing(forms: Sequence[Weights], names: Sequence[str]) -> Iterator[Weights]:
    """A basis of the weights at which all forms vanish, in coprime integers.

    By elimination; names that come first are expressed by those that come last, each of which may be chosen freely.
    """
    reduced: dict[str, Weights] = {}
    for form in forms:
        for pivot, row in reduced.items():
            form = plus(form, row, -form.get(pivot, Fraction(0)))
        first = next((name for name in names if name in form), None)
        if first is not None:
            form = times(form, 1 / form[first])
            reduced = {pivot: plus(row, form, -row.get(first, Fraction(0))) for pivot, row in reduced.items()}
            reduced[first] = form
    for free in (name for name in names if name not in reduced):
        weights = {pivot: -row[free] for pivot, row in reduced.items() if free in row}
        yield _coprime({**weights, free: Fraction(1)}, names)


def _coprime(weights: Weights, names: Sequence[str]) -> Weights:
    """The same direction in integers without a common factor, in the order of the names."""
    denominator = lcm(*(weight.denominator for weight in weights.values()))
    divisor = gcd(*(int(weight * denominator) for weight in weights.values()))
    return {name: weights[name] * denominator / divisor for name in names if name in weights}
