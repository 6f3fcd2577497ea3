"""Where climbs start: entries of many shapes and scales, symbols near one another, and the instances drawn before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from derive.attack.climb import ROWS, Batch
from derive.attack.problem import Group, Problem
from derive.evaluate.system import Array

Random = np.random.Generator

DISTANCES = (1e-3, 1e-2, 1e-1, 1.0)
"""How far apart symbols are that lie near one another, as a part of their size."""

SHARES = (-2 / 3, 0.0, 0.0, 0.0, 2 / 3, -0.96, 0.96)
"""Where a number between two bounds is held fixed, -1 and 1 being its bounds: a half, one sixth, one in fifty ..."""

WIDE = 2.0
"""Standard deviation of the logarithm of entries of all sizes."""

TOGETHER, HELD, BY_SIDES = 0.5, 0.4, 0.5
"""How many instances have symbols near one another, scalars held fixed, margins measured by the sides."""


def starts(problem: Problem, count: int, rng: Random, drawn: Sequence[Mapping[str, Array]], widest: float) -> Batch:
    """A batch; the first instances are those drawn before."""
    together = rng.random(count) < TOGETHER
    distance = rng.choice(DISTANCES, count)
    exponent = np.clip(_exponents(rng, count), -widest, widest)
    rows = [_started(group, count, rng, together, distance, exponent) for group in problem.groups]
    columns = {name: tuple(row[k] for row in rows) for k, name in enumerate(ROWS)}
    batch = Batch(**columns, weight=(rng.random(count) < BY_SIDES).astype(np.float64))
    for k, values in enumerate(drawn[:count]):
        _place(problem, batch, k, values)
    return batch


def _exponents(rng: Random, count: int) -> Array:
    """Natural logarithms of scales: mostly one, now and then up to a million or its inverse."""
    widths = rng.choice([0.0, 0.0, 1.0, 1.0, 3.0, 6.0], count)
    found: Array = rng.uniform(-1, 1, count) * widths * np.log(10)
    return found


def _started(group: Group, count: int, rng: Random, together: Array, distance: Array, exponent: Array) -> list[Array]:
    names, size = len(group.names), int(np.prod(group.kind.raw, dtype=int))
    free = _entries(rng, (count, names, size))
    own = np.where(rng.random((count, 1, 1)) < 0.5, 0.0, _exponents(rng, count * names).reshape(count, names, 1))
    logarithmic = group.kind.name == "positive"
    scale = np.zeros((count, names, 1)) if logarithmic else exponent[:, None, None] + own
    free = free * np.exp(rng.uniform(-1, 1.5, (count, 1, 1))) if logarithmic else free
    near = np.tile(np.eye(names), (count, 1, 1))
    fixed = np.zeros((count, names, 1))
    for k in range(1, names):
        chosen = together & (rng.random(count) < (0.8 if size > 1 else 0.5))
        other = rng.integers(0, k, count)
        near[chosen, k] += near[chosen, other[chosen]]
        scale[chosen, k, 0] = scale[chosen, other[chosen], 0] + np.log(distance[chosen])
        length = np.sqrt((free[:, k] ** 2).sum(axis=-1, keepdims=True))
        unit = free[:, k] / np.where(length > 0, length, 1.0)
        free[chosen, k] = unit[chosen]
        fixed[chosen, k] = 1.0
    moving, growing = np.ones_like(free), 1 - fixed
    if not group.kind.raw:
        held = (rng.random((count, names)) < HELD) & (fixed[..., 0] == 0)
        free[held] = rng.choice(SHARES, (int(held.sum()), 1))
        scale[held] = 0.0
        moving[held] = growing[held] = 0.0
    turns = rng.choice([-1.0, 1.0], (count, group.kind.raw[0] if group.kind.raw else 1))
    return [free, scale, near, turns, moving, growing, fixed]


def _entries(rng: Random, shape: tuple[int, int, int]) -> Array:
    """Normal entries, signs, sparse ones, single ones, some of all sizes: a style for each symbol of each instance."""
    count, names, size = shape
    normal = rng.standard_normal(shape)
    signs = np.sign(rng.standard_normal(shape))
    sparse = normal * (rng.random(shape) < 0.5) + 1e-3 * normal
    single = 1e-6 * normal
    single[np.arange(count)[:, None], np.arange(names), rng.integers(0, size, (count, names))] += 1.0
    wide = signs * np.exp(WIDE * rng.standard_normal(shape))
    styles = np.stack([normal, normal, signs, sparse, single, wide])
    style = rng.integers(0, len(styles), (count, names))
    found: Array = np.take_along_axis(styles, style[None, :, :, None], axis=0)[0]
    return found


def _place(problem: Problem, batch: Batch, k: int, values: Mapping[str, Array]) -> None:
    """The free numbers of a drawn instance, where its kind is easily turned round."""
    for g, group in enumerate(problem.groups):
        for j, name in enumerate(group.names):
            raw = _raw(group.kind.name, values[name])
            if raw is None or raw.size != batch.free[g].shape[-1]:
                continue
            size = float(np.max(np.abs(raw), initial=0.0))
            scaled = group.kind.name != "positive" and size > 0 and group.kind.raw != ()
            batch.near[g][k, j] = np.eye(len(group.names))[j]
            batch.free[g][k, j] = raw.reshape(-1) / (size if scaled else 1.0)
            batch.scale[g][k, j] = np.log(size) if scaled else 0.0
            batch.moving[g][k, j] = batch.growing[g][k, j] = 1.0
            batch.round[g][k, j] = 0.0


def _raw(kind: str, value: Array) -> Array | None:
    match kind:
        case "free" | "nonnegative" | "symmetric":
            return value
        case "positive":
            logarithms: Array = np.log(np.maximum(value, 1e-300))
            return logarithms
        case "skew":
            return value / 2
        case "psd":
            numbers, vectors = np.linalg.eigh(value)
            factor: Array = np.sqrt(np.maximum(numbers, 0))[:, None] * vectors.T
            return factor
    return None
