"""Matrices of floats as FLINT's, whose products with numbers are computed in one call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from flint import arb, arb_mat

from derive.evaluate.generic.jet import Jet
from derive.evaluate.system import Array


class Constants(Protocol):
    """What the floats of a code stand for."""

    def __call__(self, constant: float) -> Any:
        """The ball of one float."""

    def matrix(self, floats: Array, exact: arb_mat) -> arb_mat:
        """The balls of a matrix of floats; ``exact`` holds the floats as they are."""


@dataclass(eq=False)
class Matrices:
    """The matrices that a code multiplies by, each converted once; found again by their bytes."""

    known: dict[tuple[bytes, int, bool], arb_mat | None] = field(default_factory=dict)

    def of(self, floats: Array) -> arb_mat | None:
        """The matrix of floats, exactly; None where they are not finite."""
        turned = not floats.flags.c_contiguous and floats.flags.f_contiguous
        rows = floats.T if turned else floats
        key = (rows.tobytes(), rows.shape[1], turned)
        if key not in self.known:
            matrix = self.of(rows) if turned else _converted(rows)
            self.known[key] = matrix.transpose() if turned and matrix is not None else matrix
        return self.known[key]

    def product(self, left: Array, right: Array, constants: Constants | None = None) -> Array | None:
        """``left @ right`` where one is a finite matrix of floats and the other holds balls or jets; None otherwise."""
        if _is_matrix(left) and right.dtype == object and right.ndim in (1, 2) and len(right) == left.shape[1]:
            return self._times(left, right, constants)
        if _is_matrix(right) and left.dtype == object and left.ndim in (1, 2) and left.shape[-1] == len(right):
            found = self._times(right.T, left.T, constants)
            return None if found is None else found.T
        return None

    def _times(self, floats: Array, numbers: Array, constants: Constants | None) -> Array | None:
        matrix, entries = self.of(floats), numbers.ravel().tolist()
        if matrix is None:
            return None
        if constants is not None:
            matrix = constants.matrix(floats, matrix)
        shape = (len(floats), *numbers.shape[1:])
        kinds = set(map(type, entries))
        if kinds == {arb}:
            return _array(_entries(matrix, entries, numbers.shape), shape)
        if kinds != {Jet}:
            return None
        values = _entries(matrix, [x.value for x in entries], numbers.shape)
        slopes = _entries(matrix, [x.slope for x in entries], numbers.shape)
        return _array([Jet(value, slope) for value, slope in zip(values, slopes, strict=True)], shape)


def _is_matrix(array: Array) -> bool:
    return array.ndim == 2 and array.dtype == np.float64 and array.size > 0


def _converted(rows: Array) -> arb_mat | None:
    return matrix_of(rows.shape, rows.ravel().tolist()) if np.isfinite(rows).all() else None


def _entries(matrix: arb_mat, numbers: list[Any], shape: tuple[int, ...]) -> list[Any]:
    columns = shape[1] if len(shape) == 2 else 1
    entries: list[Any] = (matrix * arb_mat(shape[0], columns, numbers)).entries()
    return entries


def _array(entries: list[Any], shape: tuple[int, ...]) -> Array:
    found: Array = np.array(entries, dtype=object)
    return found.reshape(shape)


def matrix_of(shape: tuple[int, ...], entries: list[Any]) -> arb_mat:
    """A matrix of FLINT's from its entries, row by row."""
    return arb_mat(shape[0], shape[1], entries)
