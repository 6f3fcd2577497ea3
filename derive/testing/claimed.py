"""The claimed derivative as a matrix of balls: one row an output of the function, one column an entry of the point."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from flint import arb

from derive.estimate.line import Floats
from derive.estimate.noise import POINTS, noise
from derive.evaluate.system import Array, array_of
from derive.testing.code import Code, as_floats, as_given, unit_roundoff
from derive.testing.runs import Runs

SPACING = 2.0**-44
"""Steps of the table for ECNoise, relative to the point: some hundred times the spacing of doubles."""

WIDER = 2.0**-20, 2.0**-10
"""Larger spacings, tried one after the other, relative to the entries."""

NOISES = 10.0
"""Standard deviations of the noise that the claimed values are allowed."""

ROUNDINGS = 8.0
"""Roundings of its own that each claimed value is allowed."""


@dataclass(frozen=True)
class Claimed:
    """A claimed derivative: code, or an array that somebody computed.

    Attributes:
        shape: of the point; the last axes of the claimed array have it.
        columnwise: the code is a product with a vector, ``code(x, v)``, and gives the derivative column by column.
    """

    source: Code | Any
    shape: tuple[int, ...]
    subject: str
    columnwise: bool = False

    @property
    def columns(self) -> int:
        return prod(self.shape)

    @property
    def code(self) -> Code | None:
        return self.source if isinstance(self.source, Code) else None

    def exact(self, point: Array, runs: Runs) -> Array:
        """The matrix as ``runs`` of the code compute it in balls; raises whatever the code raises on them."""
        if not self.columnwise:
            numbers: Array = self._matrix(runs(point))
            return numbers
        columns = []
        for k in range(self.columns):
            unit = array_of([arb(int(j == k)) for j in range(self.columns)], point.shape, object)
            columns.append(runs(point, unit).reshape(-1))
        return np.stack(columns, axis=-1)

    def product(self, code: Code) -> _Product:
        return _Product(code)

    def floats(self, point: Floats) -> tuple[Floats, Floats]:
        """The matrix in floats, and the error bar that its own rounding asks for."""
        if self.code is None:
            values = self._matrix(as_floats(self.source))
            return values, ROUNDINGS * unit_roundoff(self.source) * np.abs(values)
        values = self._float_matrix(point)
        roundoff = unit_roundoff(self._native(point))
        bar = ROUNDINGS * roundoff * np.abs(values) + NOISES * self._noise(point, roundoff)
        return values, bar

    def _noise(self, point: Floats, roundoff: float) -> Floats:
        """How much the values scatter when the point moves by some hundred roundings, or by more where that shows none.

        Code that cancels repeats its values at small steps.
        """
        sizes = np.where(point == 0, np.max(np.abs(point), initial=0.0) or 1.0, np.abs(point))
        found, bent = np.array(np.nan), np.array(0.0)
        for spacing in (SPACING * (roundoff * 2**53), *WIDER):
            rows = np.array([self._float_matrix(point + k * spacing * sizes).reshape(-1) for k in range(POINTS)])
            found = np.where(np.isfinite(found), found, noise(rows))
            if np.isfinite(found).all():
                break
            if spacing <= WIDER[0]:  # beyond that it is the function that bends
                bent = np.fmax(bent, np.max(np.abs(np.diff(rows, n=2, axis=0)), axis=0))
        known: Floats = np.where(np.isfinite(found), found, bent)
        return known.reshape(-1, self.columns)

    def _float_matrix(self, point: Floats) -> Floats:
        assert self.code is not None
        if not self.columnwise:
            values: Floats = self._matrix(self.code.floats(point))
            return values
        units = np.eye(self.columns).reshape(self.columns, *point.shape)
        return np.stack([self.product(self.code).floats(point, unit).reshape(-1) for unit in units], axis=-1)

    def sample(self, point: Floats) -> Floats:
        """What the code gives in floats; of a product, that with a vector of ones."""
        return as_floats(self._native(point))

    def _native(self, point: Floats) -> Any:
        assert self.code is not None
        if self.columnwise:
            return self.product(self.code).native(point, np.ones(point.shape))
        return self.code.native(point)

    def _matrix(self, values: Any) -> Any:
        if values.shape[values.ndim - len(self.shape) :] != self.shape:
            raise ValueError(
                f"{self.subject} has shape {values.shape}, which does not end in the point's, {self.shape}"
            )
        return values.reshape(-1, self.columns)


@dataclass(frozen=True)
class _Product:
    """``code(x, v, *arguments)``: the vector goes before the other arguments."""

    code: Code

    def _with(self, vector: Any) -> Code:
        return Code(self.code.function, (vector, *self.code.arguments), self.code.like)

    def floats(self, point: Floats, vector: Floats) -> Floats:
        return as_floats(self.native(point, vector))

    def native(self, point: Floats, vector: Floats) -> Any:
        return self._with(as_given(np.array(vector), self.code.like)).native(point)
