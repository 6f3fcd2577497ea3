"""The rounding of the constants in an author's code: what it may have made of the numbers that are meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import arb, arb_mat

from derive.evaluate.generic.matrices import matrix_of
from derive.evaluate.system import Array

MARGIN = 8
"""Roundings that a constant may have gone through."""

SHORT = 2.0**10
"""The denominator of a float, a power of two, up to which it is meant exactly: 0.5, 0.375."""


@dataclass
class Perturbed:
    """Constants moved by up to one rounding: equal ones alike, so that data that both codes share stay shared."""

    rng: np.random.Generator
    known: dict[float, Any] = field(default_factory=dict)

    def __call__(self, constant: float) -> Any:
        if constant not in self.known:
            change = 0.0 if (constant * SHORT).is_integer() else self.rng.uniform(-1, 1)
            self.known[constant] = arb(constant) * (1 + arb(change) / 2**53)
        return self.known[constant]

    def matrix(self, floats: Array, exact: arb_mat) -> arb_mat:
        return matrix_of(floats.shape, [self(x) for x in floats.ravel().tolist()])


@dataclass
class Blurred:
    """Constants as the balls of what ``MARGIN`` roundings may have made of them."""

    factor: Any = field(default_factory=lambda: arb(1, MARGIN * 2.0**-53))

    def __call__(self, constant: float) -> Any:
        return arb(constant) if (constant * SHORT).is_integer() else arb(constant) * self.factor

    def matrix(self, floats: Array, exact: arb_mat) -> arb_mat:
        short = floats * SHORT == np.rint(floats * SHORT)
        if not short.any():
            blurred: arb_mat = exact * self.factor
            return blurred
        return matrix_of(floats.shape, [self(x) for x in floats.ravel().tolist()])
