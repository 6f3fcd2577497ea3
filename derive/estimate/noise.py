"""Computational noise: by how much values in floating point scatter about the smooth function that they stand for.

ECNoise of J. J. Moré and S. M. Wild, Estimating computational noise, SIAM J. Sci. Comput. 33 (2011), 1292-1314: in the
table of differences of values at equally spaced, tiny steps a smooth function vanishes after a few columns and noise
does not.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from derive.estimate.line import Flags, Floats

POINTS = 9
"""Values in a table; seven or more by section 6 of the paper."""

SMOOTH = 0.1
"""Values that differ by more than this part of the largest stand too far apart for the table to tell anything."""

AGREEMENT = 4.0
"""The factor within which three columns in a row have to agree on the noise."""


def noise(values: Floats) -> Floats:
    """The standard deviation of the noise in each output; not a number where the table does not show it.

    Args:
        values: of shape (points, outputs), at equally spaced steps. Where half of them repeat the steps were too small,
            where they differ much, or no columns agree, too large.
    """
    points = len(values)
    levels, mixed = _columns(values)
    quiet, loud = _extent(levels, np.min), _extent(levels, np.max)
    settled = (loud <= AGREEMENT * quiet) & mixed[: len(loud)]
    first = np.argmax(settled, axis=0)
    found = np.take_along_axis(levels, first[None], axis=0)[0]
    repeated = np.sum(np.diff(values, axis=0) == 0, axis=0) >= points / 2
    largest = np.max(np.abs(values), axis=0)
    apart = np.max(values, axis=0) - np.min(values, axis=0) > SMOOTH * largest
    return np.where(settled.any(axis=0) & ~repeated & ~apart, found, np.nan)


def _columns(values: Floats) -> tuple[Floats, Flags]:
    """The noise level by each column of the table (3.1 of the paper), and whether its entries change sign."""
    levels, mixed = [], []
    gamma, column = 1.0, values
    for k in range(1, len(values)):
        column = np.diff(column, axis=0)
        gamma *= k / (2 * (2 * k - 1))  # k!^2 / (2k)!
        levels.append(gamma**0.5 * root_mean_square(column, axis=0))
        mixed.append(np.min(column, axis=0) * np.max(column, axis=0) < 0)
    return np.array(levels), np.array(mixed)


def _extent(levels: Floats, extreme: Callable[..., Floats]) -> Floats:
    """The extreme of every three columns in a row, the last of which holds at least two entries."""
    return np.array([extreme(levels[k : k + 3], axis=0) for k in range(len(levels) - 3)])


def root_mean_square(array: Floats, axis: int) -> Floats:
    """The root of the mean square; no square under- or overflows."""
    largest = np.max(np.abs(array), axis=axis, keepdims=True)
    scale = np.where(np.isfinite(largest) & (largest > 0), largest, 1.0)
    found: Floats = np.squeeze(scale, axis) * np.sqrt(np.mean((array / scale) ** 2, axis=axis))
    return found
