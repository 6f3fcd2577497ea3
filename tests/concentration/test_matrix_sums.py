"""Sampled Gram matrices are near their means: what follows from the matrix Chernoff inequality, and what does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from derive.concentration.goals import goals, prove
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import obligations

n, d, m = dv.dims("n d m")
i = dv.index("i", n)
A, x = dv.matrix("A", n, d), dv.vector("x", n, positive=True)
eps, delta, c = (dv.scalar(name, positive=True) for name in ("eps", "delta", "c"))
M = A.T @ A
leverage = dv.diag(A @ dv.inv(M) @ A.T)
P, U = dv.one_hot("P", m, n, p=leverage / d), dv.one_hot("U", m, n)
SAMPLED = (P @ A).T @ dv.diag(d / (P @ leverage)) @ (P @ A) / m
ROWS = dv.diag(1 / dv.sqrt(m * (P @ (leverage / d)))) @ P @ A
UNIFORM = n / m * (U @ A).T @ (U @ A)
LOW = 1 - eps
UNIT = [eps < 1, delta < 1]


def near(sample: Tensor, mean: Tensor = M, low: Tensor = LOW) -> Relation:
    return dv.probability([low * mean << sample, sample << (1 + eps) * mean]) >= 1 - delta


def enough(factor: int, share: int = 2) -> Relation:
    return m >= factor * d * dv.log(share * d / delta) / eps**2


def alike(factor: Tensor | int) -> Relation:
    return m >= factor * n * dv.log(2 * d / delta) / eps**2


def proved(statement: Relation, given: Sequence[Relation]) -> bool:
    (obligation,) = obligations(dv.Paper("paper").claim("claim", statement, given=list(given)))
    return any(prove(goal)[0] is not None for goal in goals(obligation))


TRUE = {
    "rows drawn by their leverage": (near(SAMPLED), [*UNIT, enough(3)]),
    "rows that are scaled": (near(ROWS.T @ ROWS), [*UNIT, enough(3)]),
    "a normalised matrix": (near(SAMPLED / n, M / n), [*UNIT, enough(3)]),
    "more rows": (near(SAMPLED), [*UNIT, enough(4)]),
    "far more rows": (near(SAMPLED), [*UNIT, m >= 100 * d**2 * dv.log(4 * d / delta) / eps**2]),
    "rows drawn alike": (near(UNIFORM), [*UNIT, leverage <= 1, alike(3)]),
    "rows drawn alike of a coherent matrix": (near(UNIFORM), [*UNIT, leverage <= c, alike(3 * c)]),
    "from above": (
        dv.probability(SAMPLED << (1 + eps) * M) >= 1 - d * dv.exp(-3 * m * eps**2 / (8 * d)),
        [eps <= 1],
    ),
    "from below": (dv.probability(SAMPLED >> (1 - eps) * M) >= 1 - d * dv.exp(-m * eps**2 / (2 * d)), [eps < 1]),
    "at a number": (dv.probability(SAMPLED >> M / 2) >= 1 - d * dv.exp(-m / (8 * d)), []),
}

FALSE = {
    "a third of the rows": (near(SAMPLED), [*UNIT, enough(1)]),
    "two thirds of the rows": (near(SAMPLED), [*UNIT, enough(2)]),
    "one side alone": (near(SAMPLED), [*UNIT, enough(3, 1)]),
    "without the dimension": (near(SAMPLED), [*UNIT, m >= 3 * dv.log(2 * d / delta) / eps**2]),
    "no failures": (near(SAMPLED), UNIT),
    "a large deviation": (near(SAMPLED), [delta < 1, enough(3)]),
    "half the weights": (near(SAMPLED / 2), [*UNIT, enough(3)]),
    "another mean": (near(SAMPLED, M + dv.eye(d)), [*UNIT, enough(3)]),
    "as many rows drawn alike": (near(UNIFORM), [*UNIT, dv.sigma_min(A) > 0, enough(3)]),
    "two thirds of the rows drawn alike": (near(UNIFORM), [*UNIT, leverage <= c, alike(2 * c)]),
    "rows drawn alike of a matrix of any coherence": (near(UNIFORM), [*UNIT, leverage >= c, alike(3 * c)]),
    "rows drawn alike of a matrix without an inverse": (near(UNIFORM), [*UNIT, dv.norm(A[i]) <= c, alike(3 * c)]),
    "tighter than stated": (near(SAMPLED, low=1 - eps / 2), [*UNIT, enough(3)]),
    "on the other side": (
        dv.probability(SAMPLED << (1 - eps) * M) >= 1 - d * dv.exp(-m * eps**2 / (2 * d)),
        [eps < 1],
    ),
    "the constant of the other side": (
        dv.probability(SAMPLED << (1 + eps) * M) >= 1 - d * dv.exp(-m * eps**2 / (2 * d)),
        [eps < 1],
    ),
    "weights of any sign": (
        dv.probability(2 * M - SAMPLED << (1 + eps) * M) >= 1 - d * dv.exp(-3 * m * eps**2 / (8 * d)),
        [eps < 1],
    ),
    "rows that are not independent": (
        dv.probability((P @ A).T @ dv.ones(m, m) @ (P @ A) << (1 + eps) * M) >= 1 - d * dv.exp(-m * eps**2 / 3),
        [eps < 1],
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_bound_is_proved(name: str) -> None:
    assert proved(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_false_bound_is_not_proved(name: str) -> None:
    assert not proved(*FALSE[name])
