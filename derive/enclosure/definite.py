"""Positive definiteness of every matrix in an interval matrix, with no eigenvector in the search box.

Congruence: if ``Q^T G Q`` is positive definite for some square Q, then so is G (and Q is invertible: ``Q x = 0`` would
give ``x^T Q^T G Q x = 0``). With Q the approximate eigenvectors at the midpoint of the box, eigenvalues falling, the
matrix is nearly diagonal there. Elimination (``L D L^T``): a symmetric matrix is positive definite just if all pivots
are positive, and elimination in intervals encloses the pivots of every matrix in the interval matrix. The smallest
eigenvalue comes last, so that its pivot is ``m_nn - sum m_nj^2/d_j``: off-diagonal entries of the size w of the box
cost w^2 where the other eigenvalues are apart from it, and the test is of second order, as eigenvalues are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from derive.enclosure.elimination import pivots
from derive.enclosure.interval import Interval
from derive.enclosure.intervals import Intervals

Doubles = npt.NDArray[np.float64]

NAME = "no eigenvector in the box: elimination after congruence with the eigenvectors at its midpoint"

UNIT = 2.0**-53


def eigenvectors(middle: Doubles) -> Doubles:
    """Approximate eigenvectors as columns, of falling eigenvalues; of what is not finite, of the identity."""
    finite = np.asarray(np.isfinite(middle).all(axis=(1, 2)))
    usable = np.where(finite[:, None, None], middle, 0.0)
    vectors: Doubles = np.linalg.eigh(usable)[1][:, :, ::-1]
    return vectors


def congruent(matrix: tuple[Doubles, Doubles], vectors: Doubles) -> tuple[Doubles, Doubles]:
    """``Q^T M Q`` of interval matrices (middle, radius), as (middle, radius).

    Rounding: a sum of n products is wrong by at most ``n u/(1 - n u)`` times the sum of their sizes, in any order
    (Higham, Accuracy and Stability of Numerical Algorithms, 3.1); both products together by less than ``4 n u``.
    """
    middle, radius = matrix
    across = vectors.transpose(0, 2, 1)
    sizes = np.abs(across)
    slack = 4 * (middle.shape[1] + 1) * UNIT
    found = across @ middle @ vectors
    spread = sizes @ radius @ np.abs(vectors)
    errors = sizes @ np.abs(middle) @ np.abs(vectors)
    return found, (spread + slack * errors) * (1 + 2 * slack) + 1e-300


def positive_definite(middle: Doubles, radius: Doubles) -> npt.NDArray[np.bool_]:
    """For each interval matrix: is every symmetric matrix in it positive definite?"""
    n = middle.shape[1]
    system = Intervals(len(middle))
    low, high = np.nextafter(middle - radius, -np.inf), np.nextafter(middle + radius, np.inf)
    matrix = [[Interval(low[:, i, j], high[:, i, j]) for j in range(n)] for i in range(n)]
    positive = np.ones(len(middle), dtype=bool)
    with np.errstate(all="ignore"):
        for pivot in pivots(matrix, system.divide):
            positive &= pivot.lo > 0
    return positive & np.isfinite(low).all(axis=(1, 2)) & np.isfinite(high).all(axis=(1, 2))


def least_eigenvalue(middle: Doubles, radius: Doubles) -> Doubles:
    """A lower bound of the eigenvalues of G, by Gershgorin's discs of ``Q^T G Q``.

    With ``m`` the least left end of a disc and ``|Q^T Q - I| <= e``, ``x^T G x >= m |y|^2`` for ``x = Q y``, and
    ``|x|^2/(1 + e) <= |y|^2 <= |x|^2/(1 - e)``; eigenvectors from LAPACK have e far below 1e-9.
    """
    n = middle.shape[1]
    off = (np.abs(middle) + radius) * (1 - np.eye(n))
    diagonal = np.diagonal(middle - radius, axis1=1, axis2=2)
    least: Doubles = (diagonal - off.sum(axis=2)).min(axis=1)
    return least - 1e-9 * np.abs(least)


def middles(numbers: Any, shape: tuple[int, ...]) -> tuple[Doubles, Doubles]:
    """Intervals as arrays (middle, radius), rounded so that they contain them; one box a row."""
    low = np.stack([np.broadcast_to(x.lo, shape[:1]) for x in numbers], axis=1)
    high = np.stack([np.broadcast_to(x.hi, shape[:1]) for x in numbers], axis=1)
    with np.errstate(all="ignore"):
        middle = low + (high - low) / 2
        radius = np.nextafter(np.maximum(high - middle, middle - low), np.inf) * (1 + 4 * UNIT)
    lost = ~(np.isfinite(low) & np.isfinite(high))
    middle, radius = np.where(lost, 0.0, middle), np.where(lost, np.inf, radius)
    return middle.reshape(shape), radius.reshape(shape)
