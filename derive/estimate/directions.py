"""Random directions from a seed that is printed, none of them ever fixed in advance."""

from __future__ import annotations

from hashlib import sha256

import numpy as np

from derive.estimate.line import Floats


def generator(seed: int, *names: str) -> np.random.Generator:
    """The random numbers that follow from ``seed`` and ``names`` alone, the same on every machine."""
    digest = sha256("\0".join([str(seed), *names]).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def direction(rng: np.random.Generator, point: Floats, *, proportional: bool = True) -> Floats:
    """A direction as long as ``point`` (length 1 at the origin), of its shape.

    ``proportional`` moves each entry in proportion to its own size, so that entries of very different sizes all
    matter and none leaves its sign; an entry that is zero moves by the mean size of the others. Otherwise all
    entries move alike. No entry stands nearly still, so that an error in one alone is seen from every direction.
    """
    size = float(np.sqrt(np.mean(np.square(point)))) if point.size else 0.0
    size = size if 0 < size < np.inf else 1.0
    sizes = np.where(point == 0, size, np.abs(point)) if proportional else size
    lengths = rng.uniform(0.5, 1.5, point.shape)
    return np.asarray(np.where(rng.random(point.shape) < 0.5, lengths, -lengths) * sizes)
