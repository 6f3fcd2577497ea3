"""Indices pushed into an expression: the same entries, written with the symbols' own."""

from __future__ import annotations

import numpy as np
import pytest

import derive as dv
from derive.language.entries import entry, fresh_indices
from derive.language.numpy_code import numpy_code
from derive.language.tensor import Item, Tensor

n, d, m = dv.dims("n d m")
X, W, y = dv.matrix("X", n, d), dv.matrix("W", d, m), dv.vector("y", d)
T = dv.symbol("T", n, d, m)
i, j, r = dv.index("i", n), dv.index("j", n), dv.index("r", m)
VALUES = {
    "X": np.arange(1.0, 7).reshape(3, 2) / 4,
    "W": np.arange(1.0, 9).reshape(2, 4) / 8,
    "y": np.array([1.0, -2.0]),
    "T": np.arange(24.0).reshape(3, 2, 4),
    "i": 1,
    "j": 2,
    "r": 3,
}
pairs = X[:, None, :] + X[None, :, :]

CASES: dict[str, tuple[Tensor, list[Item]]] = {
    "sum and product of broadcast arrays": (X * y - X / y, [i, 0]),
    "row of a sum": (X + y, [i, ":"]),
    "new axes": (pairs, [i, j, ":"]),
    "matrix product": (dv.exp(pairs @ W), [i, j, r]),
    "sum over an axis": ((pairs @ W).sum(axis=2), [i, j]),
    "sum that keeps its axis": (T.sum(axis=1, keepdims=True), [i, 0, r]),
    "sum over two axes": (T.sum(axis=(0, 2)), [1]),
    "transposed": (T.T, [r, 0, i]),
    "power": (T ** y[:, None], [i, 1, r]),
    "index of an index": (T[:, 1, :], [i, r]),
    "negative": (-X, [":", 1]),
    "what has no rule": (dv.vec(X), [3]),
}


def value(expression: Tensor) -> np.ndarray:
    scope: dict[str, object] = dict(VALUES)
    exec(numpy_code(expression), scope)
    return np.asarray(scope["result"])


@pytest.mark.parametrize("case", CASES)
def test_the_entry_is_the_entry(case: str) -> None:
    """Indexing before and after gives the same numbers."""
    expression, items = CASES[case]
    positions = tuple(slice(None) if isinstance(p, str) else p if isinstance(p, int) else VALUES[p.name] for p in items)
    np.testing.assert_allclose(value(entry(expression, items)), value(expression)[positions])


def test_fresh_indices_have_unused_names() -> None:
    used = {"i", "n", "X", "d"}
    assert used.isdisjoint(index.name for index in fresh_indices(X[i], [i.dimension] * 3))
