"""Central differences in balls, extrapolated once, with an error bar: the reference that needs values alone.

Quotients at h and h/2 have truncation errors in h^2 and h^2/4 and so cancel (L. F. Richardson, Phil. Trans. R. Soc. A
210 (1911), 307-357); their disagreement is taken as the bound of what is left, far larger where the series is of any
use. The balls carry the rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

from flint import arb

from derive.evaluate.errors import AtKink
from derive.evaluate.system import Array, array_of

STEPS = {1: Fraction(1, 2**56), 2: Fraction(1, 2**40)}
"""Step size for first and second derivatives: truncation near 1e-33 and 1e-24, rounding near 1e-50 and 1e-43 at 224
bits."""


def first(values: Callable[[Any], Array]) -> Array:
    """The derivative at 0 of ``values``, which gives the outputs, flat, at a ball.

    Raises:
        AtKink: the one-sided differences do not approach each other.
    """
    middle, quotients, gaps = values(arb(0)), [], []
    for h in _halved(STEPS[1]):
        ahead, behind = values(h), values(-h)
        quotients.append((ahead - behind) / (2 * h))
        gaps.append((ahead + behind - 2 * middle) / h)
    for wide, narrow in zip(*gaps, strict=True):
        if abs(narrow) > abs(wide) * arb(0.75):  # it halves where the function is smooth
            raise AtKink("a derivative")
    return _extrapolated(*quotients)


def second(values: Callable[[Any, Any], Array]) -> Array:
    """The mixed derivative at (0, 0) of ``values``, a function of two balls that gives the outputs, flat.

    Raises:
        AtKink: the quotients grow as the steps shrink.
    """
    quotients = []
    for h in _halved(STEPS[2]):
        corners = [values(one * h, other * h) * (one * other) for one, other in product((1, -1), repeat=2)]
        quotients.append(sum(corners[1:], start=corners[0]) / (4 * h * h))
    if any(abs(narrow) > abs(wide) * arb(1.5) for wide, narrow in zip(*quotients, strict=True)):
        raise AtKink("a second derivative")
    return _extrapolated(*quotients)


def _halved(step: Fraction) -> tuple[Any, Any]:
    wide = arb(step.numerator) / step.denominator
    return wide, wide / 2


def _extrapolated(wide: Array, narrow: Array) -> Array:
    """The extrapolated quotients, with the change from h to h/2 as the radius."""
    entries = []
    for x, y in zip(wide, narrow, strict=True):
        change = x - y
        entries.append(y - change / 3 + arb(0, 1) * change.abs_upper())
    return array_of(entries, (len(entries),), object)
