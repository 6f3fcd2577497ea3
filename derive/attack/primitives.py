"""The primitives of the tape: the value of each, and how a slope of the result becomes slopes of the operands."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from derive.evaluate.system import Array

LARGEST_EXPONENT = 300.0
"""Exponentials are cut off here, so that quotients of them stay numbers; what is found beyond fails when verified."""

_erf = np.vectorize(math.erf, otypes=[np.float64])


@dataclass(frozen=True)
class Primitive:
    """``forward(detail, *operands)`` and ``backward(slope, result, detail, *operands)``, a slope for each operand."""

    forward: Callable[..., Array]
    backward: Callable[..., tuple[Array | None, ...]]


def unbroadcast(slope: Array, shape: tuple[int, ...]) -> Array:
    """The slope of an operand of that shape that was repeated along axes of length one and leading ones."""
    if slope.shape == shape:
        return slope
    extra = slope.ndim - len(shape)
    if extra > 0:
        slope = slope.sum(axis=tuple(range(extra)))
    axes = tuple(k for k, size in enumerate(shape) if size == 1 and slope.shape[k] != 1)
    slope = slope.sum(axis=axes, keepdims=True) if axes else slope
    return slope if slope.shape == shape else np.broadcast_to(slope, shape)


def _entrywise(forward: Callable[..., Array], slopes: Callable[..., tuple[Any, ...]]) -> Primitive:
    """A function of entries; ``slopes(result, detail, *operands)`` are its partial derivatives."""

    def backward(slope: Array, result: Array, detail: Any, *operands: Array) -> tuple[Array | None, ...]:
        partials = slopes(result, detail, *operands)
        return tuple(unbroadcast(slope * p, x.shape) for p, x in zip(partials, operands, strict=True))

    return Primitive(forward, backward)


def _power_slope(result: Array, p: float, x: Array) -> tuple[Array]:
    slope = p * np.power(x, p - 1)
    return (np.where(x == 0, 0.0, slope) if p < 1 else slope,)


def _fold(x: Array) -> Array:
    """The triangle wave of period 4 between -1 and 1 that is x in between: a free number becomes one of a box."""
    found: Array = 1 - np.abs((x + 1) % 4 - 2)
    return found


def _lead(x: Array, rank: int) -> tuple[int, ...]:
    return x.shape[: x.ndim - rank]


def _reshape(detail: tuple[int, tuple[int, ...]], x: Array) -> Array:
    rank, shape = detail
    return x.reshape(_lead(x, rank) + shape)


def _taken(detail: Array, x: Array, rank: int) -> Array:
    return x.reshape((*_lead(x, rank), -1))[..., detail]


def _take_back(slope: Array, result: Array, detail: tuple[int, bytes, tuple[int, ...]], x: Array) -> tuple[Array]:
    rank, index = detail[0], _index(detail)
    size = int(np.prod(x.shape[x.ndim - rank :], dtype=int))
    selected = np.zeros((index.size, size))
    selected[np.arange(index.size), index.reshape(-1)] = 1.0
    flat = slope.reshape((*_lead(slope, index.ndim), index.size)) @ selected
    return (unbroadcast(flat.reshape(_lead(flat, 1) + x.shape[x.ndim - rank :]), x.shape),)


def _index(detail: tuple[int, bytes, tuple[int, ...]]) -> Array:
    return np.frombuffer(detail[1], dtype=np.int64).reshape(detail[2])


def _matmul_back(slope: Array, result: Array, detail: None, x: Array, y: Array) -> tuple[Array, Array]:
    return (
        unbroadcast(slope @ np.swapaxes(y, -1, -2), x.shape),
        unbroadcast(np.swapaxes(x, -1, -2) @ slope, y.shape),
    )


def _sum_back(slope: Array, result: Array, axes: tuple[int, ...], x: Array) -> tuple[Array]:
    return (np.broadcast_to(np.expand_dims(slope, axes), x.shape),)


def _best(detail: None, x: Array) -> Array:
    """1 at the largest of the last axis, shared where several are; 0 elsewhere."""
    best = (x == x.max(axis=-1, keepdims=True)).astype(np.float64)
    shared: Array = best / np.maximum(best.sum(axis=-1, keepdims=True), 1)
    return shared


def _inverse(detail: None, x: Array) -> Array:
    try:
        return np.linalg.inv(x)
    except np.linalg.LinAlgError:  # one singular matrix of many: it alone becomes no number
        singular = ~(np.abs(np.linalg.det(x)) > 0)
        safe = np.where(singular[..., None, None], np.eye(x.shape[-1]), x)
        try:
            found: Array = np.linalg.inv(safe)
        except np.linalg.LinAlgError:
            return np.full_like(x, np.nan)
        return np.where(singular[..., None, None], np.nan, found)


def _inverse_back(slope: Array, result: Array, detail: None, x: Array) -> tuple[Array]:
    turned = np.swapaxes(result, -1, -2)
    return (-turned @ slope @ turned,)


def _determinant_back(slope: Array, result: Array, detail: None, x: Array) -> tuple[Array]:
    return ((slope * result)[..., None, None] * np.swapaxes(_inverse(None, x), -1, -2),)


def _finite(x: Array) -> Array:
    """LAPACK refuses arrays that are not numbers."""
    return np.where(np.isfinite(x).all(axis=(-1, -2), keepdims=True), x, 0.0)


def _lost(x: Array, found: Array) -> Array:
    return np.where(np.isfinite(x).all(axis=(-1, -2)), found, np.nan)


def _spectral(kind: str, x: Array) -> Array:
    if kind in ("lambda_min", "lambda_max"):
        return _lost(x, np.linalg.eigvalsh(_finite(x))[..., 0 if kind == "lambda_min" else -1])
    values = np.linalg.svd(_finite(x), compute_uv=False)
    if kind == "nuclear":
        return _lost(x, values.sum(axis=-1))
    if kind == "sigma_min":
        return _lost(x, values[..., -1] * (x.shape[-1] <= x.shape[-2]))
    return _lost(x, values[..., 0])


def _spectral_back(slope: Array, result: Array, kind: str, x: Array) -> tuple[Array]:
    """``u v^T`` of the singular vectors, ``v v^T`` of an eigenvector."""
    g = slope[..., None, None]
    if kind in ("lambda_min", "lambda_max"):
        v = np.linalg.eigh(_finite(x))[1][..., :, 0 if kind == "lambda_min" else -1]
        return (g * v[..., :, None] * v[..., None, :],)
    u, _, vt = np.linalg.svd(_finite(x), full_matrices=False)
    if kind == "nuclear":
        return (g * (u @ vt),)
    k = -1 if kind == "sigma_min" else 0
    return (g * u[..., :, k, None] * vt[..., None, k, :],)


def _lower_back(slope: Array, result: Array, rank: int, x: Array) -> tuple[Array]:
    return (unbroadcast(np.moveaxis(slope, -1, 0), x.shape),)


def _undirected(rank: int, x: Array) -> Array:
    return x.reshape(x.shape[max(x.ndim - rank - 1, 0) :])


PRIMITIVES: dict[str, Primitive] = {
    "constant": Primitive(lambda detail: detail, lambda slope, result, detail: ()),
    "add": _entrywise(lambda d, x, y: x + y, lambda r, d, x, y: (1.0, 1.0)),
    "multiply": _entrywise(lambda d, x, y: x * y, lambda r, d, x, y: (y, x)),
    "divide": _entrywise(lambda d, x, y: x / y, lambda r, d, x, y: (1 / y, -r / y)),
    "power": _entrywise(lambda p, x: np.power(x, p), _power_slope),
    "exp": _entrywise(lambda d, x: np.exp(np.minimum(x, LARGEST_EXPONENT)), lambda r, d, x: (r,)),
    "log": _entrywise(lambda d, x: np.log(x), lambda r, d, x: (1 / x,)),
    "sin": _entrywise(lambda d, x: np.sin(x), lambda r, d, x: (np.cos(x),)),
    "cos": _entrywise(lambda d, x: np.cos(x), lambda r, d, x: (-np.sin(x),)),
    "atan": _entrywise(lambda d, x: np.arctan(x), lambda r, d, x: (1 / (1 + x * x),)),
    "erf": _entrywise(lambda d, x: _erf(x), lambda r, d, x: (2 / math.sqrt(math.pi) * np.exp(-x * x),)),
    "step": _entrywise(lambda d, x: np.heaviside(x, 0.5), lambda r, d, x: (0.0 * x,)),
    "abs": _entrywise(lambda d, x: np.abs(x), lambda r, d, x: (np.sign(x),)),
    "fold": _entrywise(lambda d, x: _fold(x), lambda r, d, x: (-np.sign((x + 1) % 4 - 2),)),
    "maximum": _entrywise(lambda d, x, y: np.maximum(x, y), lambda r, d, x, y: (1.0 * (x >= y), 1.0 * (x < y))),
    "minimum": _entrywise(lambda d, x, y: np.minimum(x, y), lambda r, d, x, y: (1.0 * (x <= y), 1.0 * (x > y))),
    "reshape": Primitive(_reshape, lambda slope, result, detail, x: (slope.reshape(x.shape),)),
    "take": Primitive(lambda detail, x: _taken(_index(detail), x, detail[0]), _take_back),
    "matmul": Primitive(lambda detail, x, y: np.matmul(x, y), _matmul_back),
    "sum": Primitive(lambda axes, x: x.sum(axis=axes), _sum_back),
    "largest": Primitive(lambda d, x: x.max(axis=-1), lambda slope, r, d, x: (slope[..., None] * _best(None, x),)),
    "best": Primitive(_best, lambda slope, result, detail, x: (None,)),
    "held": Primitive(lambda detail, x: x, lambda slope, result, detail, x: (None,)),
    "inverse": Primitive(_inverse, _inverse_back),
    "determinant": Primitive(lambda detail, x: np.linalg.det(x), _determinant_back),
    "spectral": Primitive(_spectral, _spectral_back),
    "lower": Primitive(lambda rank, x: np.moveaxis(x, 0, -1), _lower_back),
    "undirected": Primitive(_undirected, lambda slope, result, rank, x: (slope.reshape(x.shape),)),
}
"""By name. Entrywise functions; then arrays: ``best`` and ``held`` have no slope; ``lower`` makes the first axis of
directions the last axis of the tensor, ``undirected`` leaves out axes of one direction."""
