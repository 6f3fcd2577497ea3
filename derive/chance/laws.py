"""Draws of random symbols by their law: arrays of doubles, the axis of draws in front.

A double stands for a number of the law: what a Gaussian is between two doubles is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from derive.evaluate.system import Array
from derive.language.chance import RandomSymbol

Parameters = Sequence[Array]
Sampler = Callable[[np.random.Generator, tuple[int, ...], Parameters], Array]
"""``(generator, (draws, *shape), parameters)`` to the draws."""


def draws(
    symbol: RandomSymbol, count: int, shape: tuple[int, ...], parameters: Parameters, generator: np.random.Generator
) -> Array:
    """``count`` independent arrays of the given shape with the symbol's law, the parameters of the law as doubles."""
    return SAMPLERS[symbol.law.kind](generator, (count, *shape), parameters)


def _gaussian(generator: np.random.Generator, shape: tuple[int, ...], parameters: Parameters) -> Array:
    return generator.standard_normal(shape)


def _rademacher(generator: np.random.Generator, shape: tuple[int, ...], parameters: Parameters) -> Array:
    return 2.0 * generator.integers(0, 2, shape, dtype=np.int8) - 1.0


def _uniform(generator: np.random.Generator, shape: tuple[int, ...], parameters: Parameters) -> Array:
    low, high = (float(end) for end in parameters)
    return np.asarray(low + (high - low) * generator.random(shape))


def _bernoulli(generator: np.random.Generator, shape: tuple[int, ...], parameters: Parameters) -> Array:
    return (generator.random(shape) < float(parameters[0])).astype(np.float64)


def _sphere(generator: np.random.Generator, shape: tuple[int, ...], parameters: Parameters) -> Array:
    """A Gaussian vector has a uniform direction, and is zero with probability 0."""
    vectors = generator.standard_normal(shape)
    return np.asarray(vectors / np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True)))


def _one_hot(generator: np.random.Generator, shape: tuple[int, ...], parameters: Parameters) -> Array:
    size = shape[-1]
    weights = np.asarray(parameters[0]) if parameters else np.full(size, 1 / size)
    found: Array = np.eye(size)[np.searchsorted(np.cumsum(weights)[:-1], generator.random(shape[:-1]), side="right")]
    return found


SAMPLERS: Mapping[str, Sampler] = {
    "gaussian": _gaussian,
    "rademacher": _rademacher,
    "uniform": _uniform,
    "bernoulli": _bernoulli,
    "sphere": _sphere,
    "one_hot": _one_hot,
}
