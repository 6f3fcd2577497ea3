"""The value of a normal form at a point, entry by entry in double precision: the oracle of the calculus.

It shares nothing with the calculus but the definition of a form, and nothing with ``derive.evaluate``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from derive.calculus.axes import Axis
from derive.calculus.form import Form, Head, Label, is_dummy, label_dimensions
from derive.language.dimensions import Dimension

ELEMENTWISE = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos, "atan": math.atan, "erf": math.erf}


@dataclass
class FormValues:
    """Values of forms at given sizes, positions of index symbols, and arrays."""

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    arrays: Mapping[str, np.ndarray]
    splits: Mapping[tuple[str, int], tuple[Dimension, ...]] = field(default_factory=dict)
    known: dict[tuple[str, tuple[int, ...]], float] = field(default_factory=dict)

    def array(self, form: Form, axes: tuple[Axis, ...]) -> np.ndarray:
        """All entries, each axis as long as its factors together."""
        pairs = [pair for axis in axes for pair in axis]
        ranges = [range(self.size(d)) for _, d in pairs]
        entries = [
            self.value(form, dict(zip((label for label, _ in pairs), place, strict=True))) for place in product(*ranges)
        ]
        return np.array(entries).reshape([math.prod(self.size(d) for _, d in axis) for axis in axes])

    def size(self, dimension: Dimension) -> int:
        return dimension.size(self.sizes)

    def value(self, form: Form, at: Mapping[Label, int]) -> float:
        total = 0.0
        for monomial, c in form.terms.items():
            dims = {label: self.size(d) for label, d in label_dimensions(monomial) if is_dummy(label)}
            for place in product(*(range(n) for n in dims.values())):
                here = {**at, **dict(zip(dims, place, strict=True))}
                total += float(c) * math.prod(
                    _power(self.atom(head, tuple(self.position(x, here) for x in labels)), e)
                    for head, labels, e in monomial
                )
        return total

    def position(self, label: Label, at: Mapping[Label, int]) -> int:
        if not isinstance(label, str):
            return at[label]
        if label.startswith("#"):
            return int(label[1:])
        name, _, part = label[1:].partition(".")
        if not part:
            return self.indices[name]
        dims = [self.size(d) for d in self.splits[f"@{name}", 0]]
        return int(np.unravel_index(self.indices[name], dims)[int(part)])

    def atom(self, head: Head, at: tuple[int, ...]) -> float:
        key = (head.key, at)
        if key not in self.known:
            self.known[key] = self._atom(head, at)
        return self.known[key]

    def _atom(self, head: Head, at: tuple[int, ...]) -> float:
        match head.kind:
            case "symbol":
                return float(self.arrays[head.name].reshape([self.size(d) for d in head.dims])[at])
            case "delta":
                return float(at[0] == at[1])
            case "size":
                return float(self.sizes[head.name])
            case "prime":
                return float(head.name)
            case "constant":
                return {"pi": math.pi, "e": math.e}[head.name]
            case "index":
                return float(np.ravel_multi_index(at, [self.size(d) for d in head.dims]))
        assert head.body is not None
        if head.kind == "inverse":
            rank = head.inner
            matrix = self._bound(head, at[2 * rank :])
            n = math.isqrt(matrix.size)
            inverted = np.linalg.inv(matrix.reshape(n, n)).reshape(matrix.shape)
            return float(inverted[at[: 2 * rank]])
        if head.kind == "determinant":
            matrix = self._bound(head, at)
            n = math.isqrt(matrix.size)
            return float(np.linalg.det(matrix.reshape(n, n)))
        if head.kind in ("opaque", "max"):
            return self._opaque(head, self._bound(head, at))
        inner = self.value(head.body, dict(enumerate(at)))
        if head.kind == "sum":
            return inner
        if head.kind == "step":
            return float(np.heaviside(inner, 0.5))
        if head.kind == "zero":
            return float(inner == 0)
        return ELEMENTWISE[head.name](inner)

    def _bound(self, head: Head, at: tuple[int, ...]) -> np.ndarray:
        """The body over the ports that the head binds."""
        assert head.body is not None
        shape = [self.size(d) for axis in head.bound for d in axis]
        values = [self.value(head.body, dict(enumerate((*place, *at)))) for place in np.ndindex(*shape)]
        return np.array(values).reshape(shape)

    def _opaque(self, head: Head, array: np.ndarray) -> float:
        if head.name in ("max", "min"):
            return float(getattr(array, head.name)())
        rows = math.prod(self.size(d) for d in head.bound[0])
        return spectral(head.name, array.reshape(rows, -1))


def spectral(name: str, matrix: np.ndarray) -> float:
    if name.startswith("lambda"):
        return float(getattr(np.linalg.eigvalsh(matrix), name[-3:])())
    singular = np.linalg.svd(matrix, compute_uv=False)
    if name == "sigma_min":
        return float(singular.min()) if matrix.shape[1] <= matrix.shape[0] else 0.0
    return float(singular.sum() if name == "nuclear" else singular.max())


def _power(value: float, exponent: Any) -> float:
    return value if exponent == 1 else float(np.float64(value) ** float(exponent))
