"""Functions of doubles with error bars: the elementwise ones, extrema, inverses and spectra."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from derive.chance.rounded import LEAST, LIBRARY, Rounded, add, exactly, product, rounded
from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array

_erf = np.vectorize(math.erf, otypes=[np.float64])


def exp(x: Rounded) -> Rounded:
    found = np.exp(x.value)
    return rounded(found, found * (np.expm1(x.error) + LIBRARY * np.exp(x.error)) + LEAST)


def log(x: Rounded) -> Rounded:
    part = x.error / np.abs(x.value)
    found = np.log(x.value)
    error = -np.log1p(-np.minimum(part, 0.5)) + np.abs(found) * LIBRARY
    return rounded(found, np.where((part <= 0.5) & (x.value > 0), error, np.inf))


def contraction(function: Callable[[Array], Array], slope: float) -> Callable[[Rounded], Rounded]:
    """A function of the C library whose slope is at most ``slope``."""

    def computed(x: Rounded) -> Rounded:
        found = function(x.value)
        return rounded(found, slope * x.error + np.abs(found) * LIBRARY + LEAST)

    return computed


sin = contraction(np.sin, 1.0)
cos = contraction(np.cos, 1.0)
atan = contraction(np.arctan, 1.0)
erf = contraction(_erf, 2.0)


def absolute(x: Rounded) -> Rounded:
    return Rounded(np.abs(x.value), x.error)


def negative(x: Rounded) -> Rounded:
    return Rounded(-x.value, x.error)


def step(x: Rounded) -> Rounded:
    """1 where x > 0, 0 where x < 0, 1/2 where it is zero, and anything between where that is not certain."""
    open_ = (np.abs(x.value) <= x.error) & (x.error > 0)
    return Rounded(np.where(open_, 0.5, np.heaviside(x.value, 0.5)), np.where(open_, 0.5, 0.0))


def largest(x: Rounded, axis: int = -1) -> Rounded:
    """The largest entries along an axis, off by the largest error at most."""
    error = np.broadcast_to(x.error, x.value.shape).max(axis=axis)
    return Rounded(x.value.max(axis=axis), error)


def larger(x: Rounded, y: Rounded) -> Rounded:
    return Rounded(np.maximum(x.value, y.value), np.maximum(x.error, y.error))


def smaller(x: Rounded, y: Rounded) -> Rounded:
    return Rounded(np.minimum(x.value, y.value), np.maximum(x.error, y.error))


def spectral(kind: str, x: Rounded) -> Rounded:
    """An extreme eigenvalue of symmetric matrices, or a singular value: the root of one of the smaller Gram matrix."""
    if kind in ("lambda_min", "lambda_max"):
        return _end(eigenvalues(x), kind == "lambda_min")
    rows, columns = x.value.shape[-2:]
    if kind == "sigma_min" and columns > rows:
        return exactly(np.zeros(x.value.shape[:-2]))
    turned = Rounded(np.swapaxes(x.value, -1, -2), np.swapaxes(x.error, -1, -2))
    squares = eigenvalues(product(x, turned) if rows < columns else product(turned, x))
    above = np.sqrt(np.maximum(squares.above, 0.0)) * (1 + LIBRARY)
    below = np.sqrt(np.maximum(squares.below, 0.0)) * (1 - LIBRARY)
    found = rounded((above + below) / 2, (above - below) / 2 + above * LIBRARY)
    if kind == "nuclear":
        return Rounded(found.value.sum(axis=-1), found.error.sum(axis=-1) + above.sum(axis=-1) * LIBRARY * rows)
    return _end(found, kind == "sigma_min")


def _end(values: Rounded, least: bool) -> Rounded:
    if least:
        return negative(largest(negative(values)))
    return largest(values)


def eigenvalues(x: Rounded) -> Rounded:
    """All eigenvalues of symmetric matrices, certain whatever LAPACK's eigenvectors are.

    With the computed eigenvectors Q and ``B = Q^T A Q``: the eigenvalues of B are within ``|B - diag B|_F`` of its
    diagonal (Weyl), those of A within factors of ``1 +- |Q^T Q - I|_F`` of them (Ostrowski).
    """
    finite = np.isfinite(x.value).all(axis=(-1, -2), keepdims=True)
    symmetric = np.where(finite, (x.value + np.swapaxes(x.value, -1, -2)) / 2, 0.0)
    vectors = exactly(np.linalg.eigh(symmetric)[1])
    turned = Rounded(np.swapaxes(vectors.value, -1, -2), vectors.error)
    b = product(product(turned, x), vectors)
    gram = add(product(turned, vectors), exactly(-np.eye(x.value.shape[-1])))
    diagonal = np.diagonal(b.value, axis1=-2, axis2=-1)
    off = b.value - diagonal[..., None] * np.eye(x.value.shape[-1])
    spread = _frobenius(off) + _frobenius(np.broadcast_to(b.error, b.value.shape))
    skew = _frobenius(gram.value) + _frobenius(np.broadcast_to(gram.error, gram.value.shape))
    size = np.abs(diagonal) + spread[..., None]
    factor = np.where(skew < 0.5, skew / (1 - skew), np.inf)[..., None]
    return rounded(diagonal, spread[..., None] + size * factor)


def _frobenius(x: Array) -> Array:
    found: Array = np.sqrt((x * x).sum(axis=(-1, -2)))
    return found


def inverse(x: Rounded) -> Rounded:
    """``X^-1`` for all matrices within the errors: with an approximate inverse Y and ``R = I - XY``, Banach's lemma."""
    finite = np.isfinite(x.value).all(axis=(-1, -2), keepdims=True)
    safe = np.where(finite, x.value, np.eye(x.value.shape[-1]))
    try:
        near = exactly(np.linalg.inv(safe))
    except np.linalg.LinAlgError:
        raise Unavailable("a matrix of the draws is singular in doubles") from None
    left = add(negative(product(x, near)), exactly(np.eye(x.value.shape[-1])))
    rest = _frobenius(np.abs(left.value) + left.error)
    size = _frobenius(near.value)
    error = np.where(rest < 0.5, size * rest / (1 - rest), np.inf)
    return rounded(near.value, np.broadcast_to(error[..., None, None], near.value.shape))


def unavailable(name: str) -> Callable[..., Any]:
    """A primitive without an error bar."""

    def refused(*operands: Any) -> Any:
        raise Unavailable(f"{name} has no error bar")

    return refused
