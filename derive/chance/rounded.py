"""Arrays of doubles with error bars: what was computed, and how far the exact result may lie from it.

Every operation bounds what it adds by its own rounding, and what it makes of the errors of its operands. Sums,
products, quotients and square roots are correctly rounded (IEEE 754); exponentials and the other functions of the C
library are taken to be wrong by at most four units in the last place. An error bar is computed in doubles too, and
widened by ``WIDER`` for it. Where nothing is known the error is infinite, never missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derive.evaluate.system import Array

UNIT = 2.0**-53
"""The largest relative error of one rounding to nearest."""

LIBRARY = 4 * 2 * UNIT
"""The relative error of a function of the C library."""

WIDER = 1 + 2.0**-20
"""Covers the roundings of an error bar: fewer than 2**32 operations, each off by a part in 2**53."""

LEAST = 2.0**-1000
"""What a product may lose by underflow, and more."""

LARGEST_INTEGER = 2.0**53


@dataclass(frozen=True)
class Rounded:
    """Numbers within ``error`` of ``value``, entry by entry; both have the same axes, which may have length one."""

    value: Array
    error: Array

    @property
    def below(self) -> Array:
        end: Array = np.nextafter(self.value - self.error, -np.inf)
        return end

    @property
    def above(self) -> Array:
        end: Array = np.nextafter(self.value + self.error, np.inf)
        return end


def exactly(value: Array) -> Rounded:
    """Doubles that are the numbers meant."""
    return Rounded(value, np.zeros((1,) * value.ndim))


def rounded(value: Array, error: Array) -> Rounded:
    """A result and its error bar, which is widened; what is no number may be anything."""
    unknown = ~np.isfinite(value) | np.isnan(error)
    return Rounded(value, np.where(unknown, np.inf, error * WIDER))


def is_whole(x: Rounded) -> bool:
    """Are all numbers certainly integers, so that sums and products below 2**53 have no rounding?"""
    return not x.error.any() and bool((x.value == np.rint(x.value)).all())


def add(x: Rounded, y: Rounded) -> Rounded:
    total = x.value + y.value
    back = total - x.value
    lost = np.abs((x.value - (total - back)) + (y.value - back))  # Knuth's TwoSum: exactly what the rounding lost
    return rounded(total, x.error + y.error + lost)


def multiply(x: Rounded, y: Rounded) -> Rounded:
    found = x.value * y.value
    lost = np.abs(found) * UNIT + LEAST
    if is_whole(x) and is_whole(y):
        lost = np.where(np.abs(found) < LARGEST_INTEGER, 0.0, lost)
    return rounded(found, _product_error(x, y) + lost)


def _product_error(x: Rounded, y: Rounded) -> Array:
    """``|xy - x'y'|`` for x' and y' within their errors; an infinite error times zero is infinite."""
    with np.errstate(invalid="ignore"):
        found = np.abs(x.value) * y.error + (np.abs(y.value) + y.error) * x.error
    return np.where(np.isnan(found), np.inf, found)


def divide(x: Rounded, y: Rounded) -> Rounded:
    found = x.value / y.value
    room = np.abs(y.value) - y.error
    spread = (x.error + np.abs(found) * y.error) / room
    whole = is_whole(x) and is_whole(y) and bool((found == np.rint(found)).all())
    lost = 0.0 if whole and bool((found * y.value == x.value).all()) else np.abs(found) * UNIT + LEAST
    return rounded(found, np.where(room > 0, spread + lost, np.inf))


def power(p: float, x: Rounded) -> Rounded:
    """``x**p``; of p between 0 and 1 a value that roundings have made negative is taken for zero."""
    if p == 2:
        return multiply(x, x)
    base = np.maximum(x.value, 0.0) if p != np.rint(p) else x.value
    found = np.power(base, p)
    part = np.divide(
        x.error, np.abs(base), out=np.full(np.broadcast_shapes(x.error.shape, base.shape), np.inf), where=base != 0
    )
    near = np.abs(found) * np.expm1(-abs(p) * np.log1p(-np.minimum(part, 0.5)))
    spread = np.where(part <= 0.5, near, _far(p, base, x.error))
    outside = (p != np.rint(p)) & (x.value + x.error < 0)
    return rounded(found, np.where(outside, np.inf, spread + np.abs(found) * LIBRARY + LEAST))


def _far(p: float, base: Array, error: Array) -> Array:
    """The same where the error is large beside the base: by concavity, or by the largest value that is possible."""
    if 0 < p < 1:
        found: Array = np.power(error, p)  # |a^p - b^p| <= |a - b|^p
    elif p >= 1:
        found = np.power(np.abs(base) + error, p) + np.power(np.abs(base), p)
    else:
        found = np.where(error == 0, 0.0, np.inf)
    return found


def total(axes: tuple[int, ...], x: Rounded) -> Rounded:
    count = int(np.prod([x.value.shape[axis] for axis in axes]))
    value = x.value.sum(axis=axes)
    error = np.broadcast_to(x.error, x.value.shape).sum(axis=axes)
    size = np.abs(x.value).sum(axis=axes)
    lost = 0.0 if is_whole(x) and bool((size < LARGEST_INTEGER).all()) else count * UNIT * size
    return rounded(value, error + lost)


def product(x: Rounded, y: Rounded) -> Rounded:
    """The matrix product: an inner product of k terms is off by at most k units of the sum of their sizes (Higham)."""
    value = np.matmul(x.value, y.value)
    left, right = np.abs(x.value), np.abs(y.value)
    size = np.matmul(left, right)
    whole = is_whole(x) and is_whole(y) and bool((size < LARGEST_INTEGER).all())
    error = np.zeros((1,) * value.ndim) if whole else (x.value.shape[-1] + 2) * (UNIT * size + LEAST)
    if y.error.any():
        error = error + np.matmul(left, np.broadcast_to(y.error, y.value.shape))
    if x.error.any():
        error = error + np.matmul(np.broadcast_to(x.error, x.value.shape), right + y.error)
    return rounded(value, error)
