"""Claimed and derived in proportion: as a whole, row by row, up to signs, or with a constant sum or product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from derive.diagnosis.balls import Array, may_vanish, middle, vanishes
from derive.diagnosis.finding import Finding, Kind
from derive.diagnosis.reading import read
from derive.diagnosis.sides import Sides


def ratio(left: Array, right: Array) -> Any | None:
    """The number ``t`` with ``left = t * right`` within the error bars; None where none is or ``right`` is zero."""
    pivot = _largest(right)
    if pivot is None:
        return None
    value = left.flat[pivot] / right.flat[pivot]
    return value if vanishes(left - value * right) and not value.contains(0) else None


def _largest(array: Array) -> int | None:
    """Which entry, counted row by row, is certainly not zero and largest."""
    places = [place for place, x in enumerate(array.flat) if not x.contains(0)]
    return max(places, key=lambda place: middle(abs(array.flat[place])), default=None)


def global_factor(both: Sides) -> Finding | None:
    """One factor on everything; with a single nonzero entry one point cannot tell."""
    factor = ratio(both.claimed, both.reference)
    if factor is None:
        return None
    nonzero = sum(not x.contains(0) for x in both.reference.flat)
    return Finding(Kind.FACTOR, read(factor, both.scalars), certain=nonzero > 1)


def zeros(both: Sides) -> Finding | None:
    """One of the sides is zero, and exactly so: an error bar around zero says nothing."""
    if all(x.is_zero() for x in both.claimed.flat):
        return Finding(Kind.CLAIMS_ZERO)
    return Finding(Kind.SHOULD_BE_ZERO) if all(x.is_zero() for x in both.reference.flat) else None


def line_factors(both: Sides) -> Iterator[Finding]:
    """Each row, or each column, right up to a factor of its own."""
    if both.claimed.ndim != 2 or min(both.claimed.shape) < 2:
        return
    for kind, left, right in (
        (Kind.ROW_FACTORS, both.claimed, both.reference),
        (Kind.COLUMN_FACTORS, both.claimed.T, both.reference.T),
    ):
        lines = list(zip(left, right, strict=True))
        if all(ratio(a, b) is not None and sum(not x.contains(0) for x in b) > 1 for a, b in lines):
            yield Finding(kind)


def entrywise(both: Sides) -> Iterator[Finding]:
    """Entries right up to their signs; the sum, or the product, of claimed and derived one constant everywhere."""
    if both.claimed.size < 2:
        return
    left, right = both.claimed, both.reference
    if vanishes(left * left - right * right):
        yield Finding(Kind.SIGNS)
    for kind, joined in ((Kind.CONSTANT_SUM, left + right), (Kind.CONSTANT_PRODUCT, left * right)):
        joined = np.asarray(joined, dtype=object)
        first = joined.flat[0]
        if vanishes(joined - first) and not first.contains(0) and not vanishes(left - left.flat[0]):
            yield Finding(kind, read(first, both.scalars))


def array_factor(both: Sides) -> Finding | None:
    """The named array by which every entry, row or column of the claim has to be multiplied or divided."""
    if both.claimed.size < 2:
        return None
    for name, array in both.arrays.items():
        for words, factor in _lined_up(array, both.claimed.shape):
            if vanishes(both.claimed * factor - both.reference):
                return Finding(Kind.ARRAY_FACTOR, None, f"{words} lacks the factor {name}")
            if vanishes(both.claimed - both.reference * factor) and not may_vanish(factor).any():
                return Finding(Kind.ARRAY_FACTOR, None, f"{words} has the factor {name} too many")
    return None


def _lined_up(array: Array, shape: tuple[int, ...]) -> Iterator[tuple[str, Array]]:
    """The ways in which an array multiplies one of that shape: entrywise, or a vector along rows or columns."""
    if array.shape == shape:
        yield "each entry", array
    if len(shape) == 2 and array.shape == shape[:1]:
        yield "each row", array[:, None]
    if len(shape) == 2 and array.shape == shape[1:]:
        yield "each column", array[None, :]
