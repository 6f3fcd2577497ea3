"""A move that changes one side of a refuted claim alone is named."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

n, d = dv.dims("n d")
x, z, p, q = dv.vector("x", d), dv.vector("z", n), dv.vector("p", n), dv.vector("q", n)
weights = dv.grad(dv.logsumexp(z), z)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (weights == dv.exp(z), "adding a constant to the entries of z changes the right side and not the left"),
        (dv.exp(z) == weights, "adding a constant to the entries of z changes the left side and not the right"),
        (dv.norm(x) ** 2 == x[0] ** 2, "exchanging two entries of x changes the right side and not the left"),
        (dv.norm(x) ** 2 == dv.norm(x) * dv.sum(x), "changing the sign of x changes the right side and not the left"),
        (
            dv.norm(x) ** 2 == x @ dv.ones(d) * (x @ dv.ones(d)),
            "an orthogonal transformation of x changes the right side and not the left",
        ),
        (dv.norm(dv.exp(p) - dv.exp(q)) <= dv.norm(dv.exp(p) * (p - q)), "exchanging p and q changes the right side"),
    ],
    ids=["a shift", "a shift on the left", "a permutation", "a sign", "a rotation", "two points"],
)
def test_a_move_tells_the_sides_apart(statement: Any, reason: str) -> None:
    assert any(text.startswith(reason) for text in flagged("not_invariant", statement))


@pytest.mark.parametrize(
    "statement",
    [
        weights == dv.softmax(z),
        weights == 2 * dv.softmax(z),
        dv.grad(dv.norm(x) ** 2, x) == x,
        dv.norm(dv.softmax(p) - dv.softmax(q)) <= dv.norm(p - q) / 2,
        dv.norm(dv.softmax(p) - dv.softmax(q)) <= dv.norm(p - q) / 9,
    ],
    ids=["true", "a factor", "both sides turn", "a true bound that varies", "a false one that varies no more"],
)
def test_sides_that_move_alike_or_stand(statement: Any) -> None:
    assert flagged("not_invariant", statement) == []
