"""Working precision: it is raised where balls leave a comparison open, and what counts as agreement follows from it.

No error bar is compared with a constant. At p bits two sides *agree to b bits* if zero lies in the ball of their
difference, whose radius is at most 2^-b of the value (of its terms, where it may be zero), and b is a fixed part of p:
what is left of p after the part that a method may lose (to cancellation; to the truncation of a quotient whose step
follows from p). A wider ball says nothing, and the precision is doubled, up to ``LIMIT``.
"""

from __future__ import annotations

from collections.abc import Iterator

LIMIT = 4096
"""The most bits that are tried: enough for exp(exp(exp(x))) up to x = 7."""

HEAVY = 1024
"""Bits from which on the arithmetic costs as much as what is around it."""


def rungs(first: int) -> Iterator[int]:
    """``first``, and its doubles up to ``LIMIT``."""
    precision = first
    while precision <= LIMIT:
        yield precision
        precision *= 2


def cost(precision: int) -> int:
    """By what a computation is longer than at a few words."""
    return 1 + precision // HEAVY


def out_of_reach(before: float, now: float, precision: int) -> bool:
    """Whether the bits lacking ``now`` at ``precision``, ``before`` of them at half of it, are none or not to be had.

    As many are gained by each further bit as were by the last ones; where no number is finite yet (``inf``), nothing
    is known.
    """
    gained = before - now
    return not now or gained <= 0 or precision + now * (precision / 2) / gained > LIMIT
