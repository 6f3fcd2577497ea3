"""A point: sizes for the dimensions, positions for the index symbols, and a value for every symbol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Nested = Any
"""A Fraction for a scalar, otherwise nested tuples of Fractions, one level an axis, row-major."""


@dataclass(frozen=True)
class Point:
    """Where an expression is evaluated.

    Attributes:
        sizes: dimension name -> size.
        indices: index symbol -> position, 0-based.
        values: symbol name -> its entries as exact rationals (see ``Nested``).
    """

    sizes: Mapping[str, int]
    indices: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Nested] = field(default_factory=dict)


def entries(nested: Nested) -> list[Fraction]:
    """All entries of ``nested``, row-major."""
    if isinstance(nested, (tuple, list)):
        return [entry for part in nested for entry in entries(part)]
    return [Fraction(nested)]


def nest(flat: list[Fraction], shape: tuple[int, ...]) -> Nested:
    """The entries ``flat`` (row-major) as nested tuples of the given shape."""
    if not shape:
        return flat[0]
    step = len(flat) // shape[0] if shape[0] else 0
    return tuple(nest(flat[k * step : (k + 1) * step], shape[1:]) for k in range(shape[0]))
