"""The hypotheses ask for a size that nobody can run: a width of 10^10 where all else is as favourable as it may be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from derive.evaluate.point import Point
from derive.lint.regime import regimes
from derive.lint.subject import Examined

LARGE = 10**9
"""A size beyond which nobody runs a model."""


def examine(examined: Examined) -> Iterator[str]:
    """The sizes that are needed at the most favourable instance found, where they are large."""
    for regime in regimes(examined.claim.given, examined.claim.id):
        if regime.size > LARGE:
            size = f"{Decimal(regime.size):.1e}".replace("e+", "e")
            yield f"needs {regime.dimension} >= {size}{_place(regime.at)}, the least of all instances tried"


def _place(point: Point) -> str:
    told = [f"{name} = {size}" for name, size in point.sizes.items()]
    told += [f"{name} = {float(value):.3g}" for name, value in point.values.items()]
    return f" at {', '.join(told)}" if told else ""
