"""Random numbers that follow from a seed and names alone, so that adding a claim moves no other."""

from __future__ import annotations

from hashlib import sha256
from random import Random

import numpy as np


def generator(seed: int, *names: str) -> Random:
    """The generator of ``seed`` and ``names``, such as a claim's id and a purpose: the same on every machine."""
    return Random(_number(seed, *names))


def stream(seed: int, *names: str) -> np.random.Generator:
    """The same for whole arrays of draws, in another algorithm (PCG64)."""
    return np.random.Generator(np.random.PCG64(_number(seed, *names)))


def _number(seed: int, *names: str) -> int:
    digest = sha256("\0".join([str(seed), *names]).encode()).digest()
    return int.from_bytes(digest[:8], "big")
