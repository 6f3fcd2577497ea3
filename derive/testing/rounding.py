"""The rounding of the constants in an author's code: what it may have made of the numbers that are meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import arb

MARGIN = 8
"""Roundings that a constant may have gone through."""


@dataclass
class Perturbed:
    """Constants moved by up to one rounding: equal ones alike, so that data that both codes share stay shared."""

    rng: np.random.Generator
    known: dict[float, Any] = field(default_factory=dict)

    def __call__(self, constant: float) -> Any:
        if constant not in self.known:
            change = 0.0 if constant.is_integer() else self.rng.uniform(-1, 1)
            self.known[constant] = arb(constant) * (1 + arb(change) / 2**53)
        return self.known[constant]


def blurred(constant: float) -> Any:
    """A constant as the ball of what ``MARGIN`` roundings may have made of it."""
    return arb(constant) if constant.is_integer() else arb(constant, MARGIN * 2.0**-53 * abs(constant))
