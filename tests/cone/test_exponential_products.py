"""Exponentials of sums become products; what they are worth does not change."""

from __future__ import annotations

import pytest

import derive as dv
from derive.calculus.decide import difference
from derive.cone.exponential_products import multiplied
from derive.language.plain import identity
from derive.language.tensor import Tensor

n = dv.dim("n")
a, b, s = dv.scalar("a"), dv.scalar("b"), dv.scalar("s")
v, i = dv.vector("v", n), dv.index("i", n)

SUMS = {
    "a sum": dv.exp(a + b),
    "a multiple of a sum": dv.exp(s * (a + v[i])),
    "two sums": 3 * dv.exp((a + b) * (s - 1)) - a,
    "a difference": dv.exp(-(a - b) / 2) / dv.exp(a),
    "equal terms": dv.exp(a + 2 * a),
    "a number": b * dv.exp(1 + a),
}


@pytest.mark.parametrize("name", SUMS)
def test_the_value_stays_the_same(name: str) -> None:
    assert difference(multiplied(SUMS[name]), SUMS[name]).proved


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (dv.exp(s * (a + b)), dv.exp(b * s) * dv.exp(a * s)),
        (dv.exp(a * s), dv.exp(s * a)),
        (dv.exp(a * (s + b) - a * b), dv.exp(s * a)),
    ],
)
def test_equal_exponentials_are_written_alike(one: Tensor, other: Tensor) -> None:
    assert sorted(_factors(multiplied(one))) == sorted(_factors(multiplied(other)))


def _factors(node: Tensor) -> list[str]:
    children = list(node.children())
    return [identity(node)] if len(children) != 2 else [text for child in children for text in _factors(child)]


def test_an_array_is_left_alone() -> None:
    assert multiplied(dv.exp(v + v)).shape == v.shape
