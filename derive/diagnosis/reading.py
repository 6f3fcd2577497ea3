"""Which number is it? A ball read as a small rational, a short decimal, a root, a multiple of pi, or of a named scalar.

A number is read as a simple one only if it certainly could be that one and would hardly be so by chance: of all numbers
as simple, one lies within an arbitrary ball of this width with odds below ``CHANCE``. So 1.0000001 is not read as 1.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, isfinite, log10
from typing import Any

from flint import arb, fmpq

CHANCE = 1e-6
"""Odds of a reading by accident that are tolerated."""

LARGEST_DENOMINATOR = 64
LARGEST_NUMERATOR = 1000
PLAIN = 12
"""Numerator and denominator up to which a rational is what an author would have written, rather than a named scalar."""

LONGEST_DECIMAL = 40

SIMPLE_RATIOS = tuple(Fraction(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (-1, 1), (-2, 1), (-1, 2)))
"""Multiples of a named scalar that are read as such."""


@dataclass(frozen=True)
class Reading:
    """What a number may be.

    Attributes:
        texts: the simple numbers that it equals as far as its error bar tells, the simplest first; any of them holds.
        digits: its certain digits, at most six.
        varies: whether it is another number at another point.
        here: whether nothing is known of it at other sizes.
    """

    texts: tuple[str, ...]
    digits: str
    varies: bool = False
    here: bool = False

    def __str__(self) -> str:
        if self.texts:
            return self.texts[0]
        return f"about {self.digits}{' at this instance' if self.varies else ''}"

    @property
    def value(self) -> Fraction | None:
        """The rational that it was read as, if that is the reading shown."""
        try:
            return Fraction(self.texts[0]) if self.texts else None
        except ValueError:
            return None

    @property
    def certain(self) -> bool:
        """Whether it says anything: a simple number, or digits."""
        return bool(self.texts) or any(c in "123456789" for c in self.digits.partition("e")[0])

    def common(self, other: Reading) -> Reading | None:
        """What both may be; None where they are different numbers."""
        if not self.texts and not other.texts:
            return self if self.digits == other.digits else None
        texts = tuple(text for text in self.texts if text in other.texts)
        return Reading(texts, self.digits) if texts else None


def read(number: Any, scalars: Mapping[str, Any] | None = None) -> Reading:
    """The readings of a ball; ``scalars`` are named numbers, as balls, of which it may be a simple multiple."""
    small = rational(number)
    named = tuple(_named(number, scalars or {}))
    plain = () if small is None else (str(small),)
    usual = small is not None and max(abs(small.numerator), small.denominator) <= PLAIN
    ordered = (*plain, *_irrationals(number), *named) if usual else (*_irrationals(number), *named, *plain)
    texts = dict.fromkeys((*ordered, *_decimals(number)))
    return Reading(tuple(texts), decimal(number, 6))


def decimal(number: Any, digits: int) -> str:
    """The certain digits of a ball, at most so many, in the notation of Python; ``0`` where there is none."""
    text = str(number.str(digits, radius=False))
    if not any(digit in "123456789" for digit in text.partition("e")[0]):
        return "0"
    if "e" not in text and "." in text:
        return text.rstrip("0").rstrip(".")
    mantissa, mark, exponent = text.partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}{mark}{exponent}" if "." in mantissa else text


def rational(number: Any, denominator: int = LARGEST_DENOMINATOR) -> Fraction | None:
    """The small rational that a ball is, or None. Balls so narrow hold one at most: the one nearest to the midpoint."""
    radius, centre = float(number.rad()), float(number.mid())
    if not (number.is_finite() and radius <= CHANCE and abs(centre) <= LARGEST_NUMERATOR):
        return None
    found = Fraction(centre).limit_denominator(denominator)
    if abs(found.numerator) > LARGEST_NUMERATOR or radius * found.denominator**2 > CHANCE:
        return None
    return found if number.contains(fmpq(found.numerator, found.denominator)) else None


def _decimals(number: Any) -> Iterator[str]:
    short = _short_decimal(number) if rational(number) is None else ""
    if short:
        yield short


def _short_decimal(number: Any) -> str:
    """The number as a decimal with few of its certain digits, or empty: 1.0000001, 4e-30."""
    if not number.is_finite() or number.contains(0):
        return ""
    size = float(abs(number).mid())
    if not isfinite(size):
        return ""
    relative = float(number.rad()) / size if size else 1.0
    certain = LONGEST_DECIMAL + 20 if relative == 0 else floor(-log10(relative))
    text = decimal(number.mid(), min(LONGEST_DECIMAL + 20, max(certain, 1)))
    digits = sum(c.isdigit() for c in text.partition("e")[0].lstrip("-0."))
    if digits > LONGEST_DECIMAL or relative * 10**digits > CHANCE:
        return ""
    value = Fraction(text)
    return text if number.contains(fmpq(value.numerator, value.denominator)) else ""


def _irrationals(number: Any) -> Iterator[str]:
    """Roots and exponentials of small rationals; small rational multiples of pi, 1/pi, sqrt(pi), log(2) and more."""
    if number.contains(0) or rational(number) is not None:
        return
    square = rational(number * number, 16)
    if square is not None and max(abs(square.numerator), square.denominator) <= 100:
        yield f"{'-' if number < 0 else ''}sqrt({square})"
    exponent = rational(abs(number).log(), 4)
    if exponent is not None:
        yield f"{'-' if number < 0 else ''}exp({exponent})"
    pi = arb.pi()
    constants = {"pi": pi, "sqrt(pi)": pi.sqrt(), "sqrt(2*pi)": (2 * pi).sqrt(), "log(2)": arb(2).log()}
    for name, value in constants.items():
        yield from _multiples(number, name, value, rational)


def _named(number: Any, scalars: Mapping[str, Any]) -> Iterator[str]:
    """Simple multiples of a named scalar, its inverse, its square and its root."""
    if number.contains(0):
        return
    for name, value in scalars.items():
        if value.contains(0):
            continue
        base = _enclosed(name)
        powers = {_enclosed(name, ast.Pow): value, f"{base}**2": value * value}
        if value > 0:
            powers[f"sqrt({name})"] = value.sqrt()
        for label, power in powers.items():
            yield from _multiples(number, label, power, _simple_ratio)


def _enclosed(name: str, *bare: type[ast.operator]) -> str:
    """The name of a scalar as a factor of a product: in parentheses unless it is one thing, or one of ``bare``."""
    try:
        node = ast.parse(name, mode="eval").body
    except SyntaxError:
        return f"({name})"
    compound = isinstance(node, (ast.UnaryOp, ast.Compare)) or (
        isinstance(node, ast.BinOp) and not isinstance(node.op, bare)
    )
    return f"({name})" if compound else name


def _simple_ratio(number: Any) -> Fraction | None:
    found = rational(number, 2)
    return found if found in SIMPLE_RATIOS else None


def _multiples(number: Any, name: str, value: Any, small: Any) -> Iterator[str]:
    """``p*name/q`` or ``p/(q*name)``, where the number is one."""
    times, over = small(number / value), small(number * value)
    if times is not None:
        yield _product(times, name)
    if over is not None:
        yield f"{over.numerator}/{name}" if over.denominator == 1 else f"{over.numerator}/({over.denominator}*{name})"


def _product(factor: Fraction, name: str) -> str:
    top = {1: name, -1: f"-{name}"}.get(factor.numerator, f"{factor.numerator}*{name}")
    return top if factor.denominator == 1 else f"{top}/{factor.denominator}"
