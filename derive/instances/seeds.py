"""Random numbers that follow from a seed and names alone, so that adding a claim moves no other."""

from __future__ import annotations

from hashlib import sha256
from random import Random


def generator(seed: int, *names: str) -> Random:
    """The generator of ``seed`` and ``names``, such as a claim's id and a purpose: the same on every machine."""
    digest = sha256("\0".join([str(seed), *names]).encode()).digest()
    return Random(int.from_bytes(digest[:8], "big"))
