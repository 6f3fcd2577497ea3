"""Hypotheses with points that satisfy them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derive.evaluate.point import Point, nest
from derive.language.api import eye, norm, sum
from derive.language.relations import Relation

from .expressions import SYMBOLS, I, N

Values = dict[str, np.ndarray]


@dataclass(frozen=True)
class Case:
    """Relations, and how the values of a point in general position are changed to satisfy them."""

    given: tuple[Relation, ...]
    impose: Callable[[Values, Random], Values]

    def at(self, point: Point, rng: Random) -> Point:
        arrays = {name: np.array(value, dtype=object) for name, value in point.values.items()}
        changed = {**arrays, **self.impose(arrays, rng)}
        return replace(point, values={name: _nested(array) for name, array in changed.items()})


def _nested(array: Any) -> Any:
    array = np.array(array, dtype=object)
    flat = [entry.item() if isinstance(entry, np.ndarray) else entry for entry in array.reshape(-1)]
    return nest([Fraction(entry) for entry in flat], array.shape)


def _rotation(skew: np.ndarray) -> np.ndarray:
    """Cayley's orthogonal matrix."""
    n = len(skew)
    one = np.array([[Fraction(int(i == j)) for j in range(n)] for i in range(n)], dtype=object)
    return _inverse(one + skew) @ (one - skew)


def _inverse(matrix: np.ndarray) -> np.ndarray:
    n = len(matrix)
    rows = [list(matrix[i]) + [Fraction(int(i == j)) for j in range(n)] for i in range(n)]
    for k in range(n):
        pivot = next(r for r in range(k, n) if rows[r][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for r in range(n):
            if r != k:
                rows[r] = [x - rows[r][k] * y for x, y in zip(rows[r], rows[k], strict=True)]
    return np.array([row[n:] for row in rows], dtype=object)


def _projector(v: Values, rng: Random) -> Values:
    return {"B": np.outer(v["x"], v["y"]) / (v["x"] @ v["y"])}


def _signs(v: Values, rng: Random) -> Values:
    return {"y": np.array([Fraction(rng.choice([-1, 1])) for _ in v["y"]], dtype=object)}


def _unit(v: Values, rng: Random) -> Values:
    return {"x": _rotation(v["K"])[0]}


def _eigenvector(v: Values, rng: Random) -> Values:
    x, n = v["x"], len(v["x"])
    off = v["B"] @ (np.eye(n, dtype=int) - np.outer(x, x) / (x @ x))
    return {"B": off + v["a"] * np.eye(n, dtype=int)}


a, b, x, y, w, A, B = (SYMBOLS[name] for name in "abxywAB")

CASES: dict[str, Case] = {
    "signs": Case((y * y == 1,), _signs),
    "projector": Case((B @ B == B,), _projector),
    "symmetric": Case((B == B.T,), lambda v, rng: {"B": v["B"] + v["B"].T}),
    "skew": Case((B == -B.T,), lambda v, rng: {"B": v["K"]}),
    "orthogonal": Case((eye(N) == B.T @ B,), lambda v, rng: {"B": _rotation(v["K"])}),
    "involution": Case(
        (eye(N) == B @ B,), lambda v, rng: {"B": 2 * _projector(v, rng)["B"] - np.eye(len(v["x"]), dtype=int)}
    ),
    "unit": Case((norm(x) == 1,), _unit),
    "weights": Case((sum(w) == 1,), lambda v, rng: {"w": v["w"] / v["w"].sum()}),
    "total": Case((a == sum(x),), lambda v, rng: {"a": v["x"].sum()}),
    "multiple": Case((x == 2 * y, a == b), lambda v, rng: {"x": 2 * v["y"], "a": v["b"]}),
    "rows": Case((A.sum(axis=1) == 1,), lambda v, rng: {"A": v["A"] / v["A"].sum(axis=1, keepdims=True)}),
    "reciprocal": Case((a * b == 1,), lambda v, rng: {"a": 1 / v["b"]}),
    "eigenvector": Case((B @ x == a * x,), _eigenvector),
    "perpendicular": Case((x @ y == 0,), lambda v, rng: {"x": v["x"] - v["y"] * (v["x"] @ v["y"]) / (v["y"] @ v["y"])}),
    "entry": Case((x[I] == 1,), lambda v, rng: {"x": v["x"] * 0 + 1}),
    "first": Case((x[0] == b,), lambda v, rng: {"x": np.array([v["b"], *v["x"][1:]], dtype=object)}),
}
