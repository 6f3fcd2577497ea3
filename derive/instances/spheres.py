"""Rational points of spheres: arrays whose norm, entrywise or spectral, is a given rational exactly."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random

import numpy as np

from derive.instances import rational
from derive.instances.rational import Array
from derive.language.arrays import Norm, Spectral


def of_norm(expression: Norm | Spectral, rng: Random, shape: tuple[int, ...], radius: Fraction) -> Array | None:
    """A rational array whose norm is exactly ``radius``: a multiple of a unit vector, a partial isometry ..."""
    size = prod(shape)
    if isinstance(expression, Spectral):
        return _of_opnorm(rng, shape, radius) if expression.kind == "opnorm" else None
    if expression.order in ("2", "fro"):
        return radius * rational.unit_vector(rng, size).reshape(shape)
    if expression.order == "1":
        return radius * (rational.simplex(rng, size) * rational.signs(rng, (size,))).reshape(shape)
    inner = rational.array([Fraction(rng.choice((0, 1, 1, 2)), 2) for _ in range(size)], shape)
    inner.flat[rng.randrange(size)] = Fraction(1)
    return radius * rational.signs(rng, shape) * (inner if rng.random() < 0.5 else 1)


def _of_opnorm(rng: Random, shape: tuple[int, ...], radius: Fraction) -> Array:
    if rng.random() < 0.4:
        return radius * np.outer(rational.unit_vector(rng, shape[0]), rational.unit_vector(rng, shape[1]))
    values = [Fraction(rng.choice((0, 1, 2, 2)), 2) for _ in range(min(shape))]
    values[rng.randrange(len(values))] = Fraction(1)
    return radius * with_singular_values(rng, shape, values)


def with_singular_values(rng: Random, shape: tuple[int, ...], values: list[Fraction]) -> Array:
    """``U diag(values) V^T`` with orthonormal columns in U and V."""
    rows, columns = shape
    few = min(shape)
    left, right = rational.orthogonal(rng, rows)[:, :few], rational.orthogonal(rng, columns)[:, :few]
    return rational.product(left * rational.array(values, (few,)), right.T)
