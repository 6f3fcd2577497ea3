"""What is asked: is this array the derivative of that function at this point?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from derive.diagnosis.diagnose import Diagnosis
from derive.estimate.directions import generator
from derive.estimate.line import Floats
from derive.evaluate.system import Array
from derive.testing.claimed import Claimed
from derive.testing.code import Code
from derive.testing.finding import Finding, Verdict

SPREAD = 1e8
"""By how much a direction weighs small entries of the claim more than the largest."""


@dataclass(frozen=True)
class Question:
    """Is ``claimed`` the first derivative (``order`` 1), or the Hessian (2), of ``function`` at ``point``?"""

    function: Code
    claimed: Claimed
    point: Floats
    subject: str
    seed: int
    order: Literal[1, 2] = 1

    def generator(self, *claimed: Floats) -> np.random.Generator:
        """Random numbers from the seed, the names, the point and what is claimed there.

        No claim can be wrong in just the directions that nobody looks in: another claim has others.
        """
        names = (array.tobytes().hex() for array in (self.point, *claimed))
        return generator(self.seed, self.subject, str(self.order), *names)

    def at(self, point: Floats) -> Question:
        return replace(self, point=point)

    def along(self, matrix: Array, direction: Floats) -> Array:
        """What the claim says along a direction: ``M v``, or ``v' M v``."""
        vector = direction.reshape(-1)
        if matrix.dtype == object:
            vector = vector.astype(object)
        image = matrix @ vector
        return image if self.order == 1 else np.asarray([vector @ image], dtype=matrix.dtype)

    def size(self, magnitudes: Floats, direction: Floats) -> Floats:
        """The size of the terms of ``along``."""
        return np.asarray(self.along(magnitudes, np.abs(direction)), np.float64)

    def direction(self, rng: np.random.Generator, magnitudes: Floats) -> Floats:
        """A random direction along which small columns of the claim matter as much as large ones."""
        columns = np.max(magnitudes, axis=0, initial=0.0)
        largest = float(np.max(columns, initial=0.0))
        weights = np.clip(largest / np.where(columns > 0, columns, largest or 1.0), 1.0, SPREAD)
        found = rng.standard_normal(self.point.size) * (weights if self.order == 1 else np.sqrt(weights))
        return np.asarray((found / np.max(np.abs(found))).reshape(self.point.shape))

    def finding(
        self,
        verdict: Verdict,
        reason: str,
        method: str,
        resolution: float = np.inf,
        directions: int = 0,
        kink: str | None = None,
        notes: tuple[str, ...] = (),
        explain: Callable[[], Diagnosis] | None = None,
    ) -> Finding:
        return Finding(
            verdict=verdict,
            subject=self.subject,
            reason=reason,
            method=method,
            resolution=resolution,
            directions=directions,
            seed=self.seed,
            shape=self.point.shape,
            kink=kink,
            notes=notes,
            explain=explain,
        )


def unit_directions(point: Floats) -> Any:
    """One direction an entry of the point."""
    return np.eye(point.size).reshape(point.size, *point.shape)
