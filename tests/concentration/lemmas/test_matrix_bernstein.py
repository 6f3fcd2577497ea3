"""Sampled products of matrices near their means: what the matrix Bernstein inequality gives, and what not."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from random import Random

import pytest

from derive.concentration.goals import goals, prove
from derive.concentration.lemmas.matrix_bernstein import matrix_bernstein
from derive.concentration.missing import missing
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import obligations
from tests.concentration.values import ROUNDING, stated, value

n, d, k, m = dv.dims("n d k m")
i = dv.index("i", n)
A, B = dv.matrix("A", n, d), dv.matrix("B", n, k)
eps, delta, a, b, t = (dv.scalar(name, positive=True) for name in ("eps", "delta", "a", "b", "t"))
squares = dv.sum(A**2, axis=1)
first, second = dv.sqrt(squares), dv.sqrt(dv.sum(B**2, axis=1))
lengths, total = first * second, first @ second
P, U = dv.one_hot("P", m, n, p=squares / dv.norm(A, "fro") ** 2), dv.one_hot("U", m, n)
Q = dv.one_hot("Q", m, n, p=lengths / total)
GRAM = (P @ A).T @ dv.diag(dv.norm(A, "fro") ** 2 / (P @ squares)) @ (P @ A) / m
PRODUCT = (Q @ A).T @ dv.diag(total / (Q @ lengths)) @ (Q @ B) / m
ALIKE = n / m * (U @ A).T @ (U @ B)
SIZES = [dv.norm(A[i]) <= a, dv.norm(B[i]) <= b]
NORM, FRO = dv.opnorm(A), dv.norm(A, "fro")
UNIT = [delta < 1, NORM > 0, FRO > 0]


def near(sample: Tensor, mean: Tensor, distance: Tensor) -> Relation:
    return dv.probability(dv.opnorm(sample - mean) <= distance)


def gram(factor: Tensor, sides: int = 2) -> tuple[Relation, list[Relation]]:
    """``||S - A^T A|| <= eps ||A||^2`` from a multiple of the stable rank of rows."""
    enough = m >= factor * FRO**2 * dv.log(sides * d / delta) / (eps**2 * NORM**2)
    return near(GRAM, A.T @ A, eps * NORM**2) >= 1 - delta, [*UNIT, enough]


def tail(numerator: Tensor, variance: Tensor, reach: Tensor, dimensions: Tensor = d + k) -> Tensor:
    return 1 - dimensions * dv.exp(-m * numerator / (variance + reach * t / 3))


TRUE: dict[str, tuple[Relation, Sequence[Relation]]] = {
    "rows drawn by their squares": gram(2 + 2 * eps / 3),
    "more rows": gram(3 + eps),
    "the tail of a Gram matrix": (
        near(GRAM, A.T @ A, t) >= tail(t**2 / 2, FRO**2 * NORM**2, FRO**2, 2 * d),
        [FRO > 0],
    ),
    "mean first": (
        dv.probability(dv.opnorm(A.T @ A - GRAM) < t) >= tail(t**2 / 2, FRO**2 * NORM**2, FRO**2, 2 * d),
        [FRO > 0],
    ),
    "rows drawn alike": (near(ALIKE, A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b), SIZES),
    "rows drawn by the product of their lengths": (
        near(PRODUCT, A.T @ B, t) >= tail(t**2 / 2, b**2, 2 * b),
        [total <= b],
    ),
    "far away": (
        dv.probability(dv.opnorm(ALIKE - A.T @ B) >= t)
        <= (d + k) * dv.exp(-m * t**2 / (2 * ((n * a * b) ** 2 + 2 * n * a * b * t / 3))),
        SIZES,
    ),
    "around another matrix": (
        dv.probability(dv.opnorm(ALIKE) <= t + n * a * b) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b),
        SIZES,
    ),
}

FALSE: dict[str, tuple[Relation, Sequence[Relation]]] = {
    "half the rows": gram(1 + eps / 3),
    "without the reach": gram(2 + 0 * eps),
    "half the reach": gram(2 + eps / 3),
    "one dimension alone": gram(2 + 2 * eps / 3, 1),
    "the square in place of its half": (
        near(GRAM, A.T @ A, t) >= tail(t**2, FRO**2 * NORM**2, FRO**2, 2 * d),
        [FRO > 0],
    ),
    "no dimensions": (near(ALIKE, A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b, d / d), SIZES),
    "one of two dimensions": (near(ALIKE, A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b, d), SIZES),
    "a small reach": (near(ALIKE, A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, n * a * b / 2), SIZES),
    "a small variance": (near(ALIKE, A.T @ B, t) >= tail(t**2 / 2, n * (a * b) ** 2, 2 * n * a * b), SIZES),
    "rows of any size": (near(ALIKE, A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b), SIZES[:1]),
    "another mean": (near(ALIKE, 2 * A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b), SIZES),
    "rows that are not independent": (
        near((U @ A).T @ dv.ones(m, m) @ (U @ B) / m, A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b),
        SIZES,
    ),
    "a quadratic form of the sample": (
        near(ALIKE.T @ ALIKE, B.T @ A @ A.T @ B, t) >= tail(t**2 / 2, (n * a * b) ** 2, 2 * n * a * b),
        SIZES,
    ),
}


def proved(statement: Relation, given: Sequence[Relation]) -> bool:
    (obligation,) = obligations(dv.Paper("paper").claim("claim", statement, given=list(given)))
    return any(prove(goal)[0] is not None for goal in goals(obligation))


@pytest.mark.parametrize("name", TRUE)
def test_a_true_bound_is_proved(name: str) -> None:
    assert proved(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_false_bound_is_not_proved(name: str) -> None:
    assert not proved(*FALSE[name])


def lacking(given: Sequence[Relation]) -> str:
    (obligation,) = obligations(dv.Paper("paper").claim("claim", near(ALIKE, A.T @ B, t) >= 1 - delta, given=given))
    goal = next(iter(goals(obligation)))
    return missing(goal.goal, prove(goal)[1][0])


def test_a_norm_that_a_hypothesis_bounds_is_not_missed() -> None:
    assert not lacking(SIZES)


def test_a_norm_that_nothing_bounds_is_missed() -> None:
    assert "nothing bounds" in lacking([])


def away(m: int, t: float) -> float:
    """How often the mean of m signs is at least t away from 0."""
    return sum(comb(m, heads) for heads in range(m + 1) if abs(2 * heads - m) >= t * m) / 2**m


@pytest.mark.parametrize("seed", range(60))
def test_means_of_signs_are_not_above_the_bound(seed: int) -> None:
    """1 x 1 matrices; m times a summand has R = 1 and v = 1."""
    rng = Random(f"signs {seed}")
    m, t = rng.randint(1, 200), rng.uniform(0.01, 1)
    bound = matrix_bernstein(value(2), value(m), value(t), value(1), value(1))
    assert away(m, t) <= stated(bound) * (1 + ROUNDING)


@pytest.mark.parametrize(
    ("dimensions", "deviation", "variance"),
    [(1, 1.0, 1.0), (2, 2**0.5, 1.0), (2, 1.0, 0.5)],
    ids=["one dimension for two", "t^2 for t^2/2", "half the variance"],
)
def test_wrong_constants_fall(dimensions: int, deviation: float, variance: float) -> None:
    """The mean of m signs where it is one of its extremes, or near the bulk."""
    pairs = [(m, t / 20) for m in (1, 2, 5, 20, 100) for t in range(1, 21)]
    stretched = [
        (away(m, t), matrix_bernstein(value(dimensions), value(m), value(deviation * t), value(variance), value(1)))
        for m, t in pairs
    ]
    assert any(exact > stated(bound) for exact, bound in stretched)
