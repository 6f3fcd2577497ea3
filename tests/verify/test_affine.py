"""Equalities are solved for a symbol in which they are affine, and what is solved is told from what is general."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive as dv
from derive.judge import judge
from derive.verify.affine import solved
from derive.verify.arrays import Array
from derive.verify.check import check_claim
from derive.verify.level import Level
from derive.verify.rationals import Rationals
from derive.verify.scope import scope
from derive.verify.values import Evaluation

n, d = dv.dims("n d")
A, v, b, y = dv.matrix("A", n, d), dv.vector("v", d), dv.vector("b", n), dv.vector("y", n)
SIZES = {"n": 2, "d": 3}


def array(*entries: int, shape: tuple[int, ...] = ()) -> Array:
    return Array(shape or (len(entries),), tuple(map(Fraction, entries)))


VALUES = {"A": array(1, 2, 3, 0, 1, 1, shape=(2, 3)), "v": array(1, 1, 1), "b": array(4, 5), "y": array(0, 0)}


@pytest.mark.parametrize(
    "relation",
    [A @ v == b, dv.exp(0 * v) @ v == 2, A @ v + y == 3 * b, dv.grad(dv.norm(A @ v - b) ** 2, v) == 0],
    ids=str,
)
def test_a_point_is_found_that_satisfies_the_equality(relation: dv.Relation) -> None:
    """One of them at least: of a symbol in which the equality is not affine nothing is promised."""
    evaluation = Evaluation(Rationals(), SIZES)
    points = list(solved((relation,), evaluation, scope(VALUES, {})))
    sides = [(evaluation.value(relation.left, p), evaluation.value(relation.right, p)) for p in points]
    assert any(all(a == b for a, b in zip(x.entries, y.entries * len(x.entries), strict=False)) for x, y in sides)


def test_an_equality_that_cannot_hold_is_not_solved() -> None:
    assert not list(solved((0 * v == 1,), Evaluation(Rationals(), SIZES), scope(VALUES, {})))


def test_an_identity_at_solved_points_is_checked_again_and_not_verified() -> None:
    X, W, a = dv.matrix("X", n, d), dv.vector("W", d), dv.scalar("a", positive=True)
    gradient = dv.grad(dv.norm(a * dv.exp(X @ W) - y) ** 2, W)
    claim = dv.Paper("critical").claim("points", a * dv.exp(X @ W) == y, given=[dv.rank(X) == n, gradient == 0])
    record = judge(claim)
    assert record.verdict == "proved"
    assert check_claim(record).finding.level is Level.CHECKED
