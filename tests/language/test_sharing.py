"""Expressions built alike are one object, and only these."""

from __future__ import annotations

import pytest

from derive.language import api as dv
from derive.language.derivatives import Definition
from derive.language.sharing import Sharing
from derive.language.tensor import Tensor

n, d = dv.dims("n d")
A, x, y = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("y", d)


@pytest.mark.parametrize(
    "build",
    [
        lambda: dv.exp(A @ x).sum() / 2,
        lambda: A.T @ (A @ x) - 3 * y,
        lambda: dv.grad(dv.norm(A @ x) ** 2, x),
        lambda: A[0] @ x,
        lambda: dv.softmax(A @ x, axis=-1),
    ],
    ids=["function", "difference", "gradient", "row", "softmax"],
)
def test_what_is_built_twice_is_one_object(build: object) -> None:
    sharing = Sharing()
    assert callable(build)
    first, second = build(), build()
    assert first is not second
    assert sharing.first(first) is sharing.first(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (A @ x, A @ y),
        (A.sum(axis=0), A.sum(axis=1)),
        (dv.norm(x, 1), dv.norm(x, 2)),
        (x * 2, x * 3),
        (A[0], A[1]),
        (dv.vector("x", d), dv.vector("x", d, positive=True)),
        (dv.vector("x", d), dv.vector("x", n)),
        (Definition("u", A @ x, (n,), None), Definition("u", A @ y, (n,), None)),
    ],
    ids=["symbols", "axes", "orders", "numbers", "rows", "signs", "shapes", "definitions"],
)
def test_what_differs_stays_apart(first: Tensor, second: Tensor) -> None:
    sharing = Sharing()
    assert sharing.first(first) is not sharing.first(second)
