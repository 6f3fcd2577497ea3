"""Central differences in balls, extrapolated once, with an error bar: the reference that needs values alone.

Quotients at h and h/2 have truncation errors in h^2 and h^2/4 and so cancel (L. F. Richardson, Phil. Trans. R. Soc. A
210 (1911), 307-357); their disagreement is taken as the bound of what is left, far larger where the series is of any
use. The balls carry the rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from flint import arb, ctx

from derive.evaluate.errors import AtKink
from derive.evaluate.system import Array, array_of

STEPS = {1: 4, 2: 5}
"""At p bits, those of FLINT's context, the step is 2^-(p/4) for first derivatives and 2^-(p/5) for second ones: error
bars of the truncation near 2^-(p/2) and 2^-(2p/5), and of rounding near 2^-(3p/4) and 2^-(3p/5)."""


def first(values: Callable[[Any], Array]) -> Array:
    """The derivative at 0 of ``values``, which gives the outputs, flat, at a ball.

    Raises:
        AtKink: the one-sided differences do not approach each other.
    """
    middle, quotients, gaps = values(arb(0)), [], []
    for h in _steps(1):
        ahead, behind = values(h), values(-h)
        quotients.append((ahead - behind) / (2 * h))
        gaps.append((ahead + behind - 2 * middle) / h)
    for wide, narrow in zip(*gaps, strict=True):
        if abs(narrow) > abs(wide) * arb(0.75):  # it halves where the function is smooth
            raise AtKink("a derivative")
    return extrapolated(*quotients)


def second(values: Callable[[Any, Any], Array]) -> Array:
    """The mixed derivative at (0, 0) of ``values``, a function of two balls that gives the outputs, flat.

    Raises:
        AtKink: the quotients grow as the steps shrink.
    """
    quotients = []
    for h in _steps(2):
        corners = [values(one * h, other * h) * (one * other) for one, other in product((1, -1), repeat=2)]
        quotients.append(sum(corners[1:], start=corners[0]) / (4 * h * h))
    if any(abs(narrow) > abs(wide) * arb(1.5) for wide, narrow in zip(*quotients, strict=True)):
        raise AtKink("a second derivative")
    return extrapolated(*quotients)


def _steps(order: int) -> tuple[Any, Any]:
    """The step for the precision in force, and half of it."""
    wide = arb(2) ** -(ctx.prec // STEPS[order])
    return wide, wide / 2


def extrapolated(wide: Array, narrow: Array) -> Array:
    """The extrapolated quotients, with the change from h to h/2 as the radius."""
    entries = []
    for x, y in zip(wide, narrow, strict=True):
        change = x - y
        entries.append(y - change / 3 + arb(0, 1) * change.abs_upper())
    return array_of(entries, (len(entries),), object)
