"""Bounds of probabilities that are derived, and false ones beside them that must not be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from derive.concentration.goals import goals, prove
from derive.language import api as dv
from derive.language.derivatives import Definition
from derive.language.relations import Relation
from derive.obligation import obligations

n, d, m = dv.dims("n d m")
X, x, c = dv.matrix("X", n, d), dv.vector("x", d), dv.vector("c", n)
W, g, w = dv.gaussian("W", d, m), dv.gaussian("g", d), dv.gaussian("w", d)
a, u = dv.rademacher("a", n), dv.uniform("u", n)
c_ = dv.gaussian("c_", n)
p = dv.scalar("p", positive=True)
b = dv.bernoulli("b", n, p=p)
delta, t, R = dv.scalar("delta", positive=True), dv.scalar("t", positive=True), dv.scalar("R", nonnegative=True)
i = dv.index("i", n)
BALL, CONFIDENCE = dv.norm(X[i]) <= 1, [delta > 0, delta < 1]
B = dv.sqrt(2 * dv.log(2 * n * m / delta))


def proved(statement: Relation, given: Sequence[Relation]) -> bool:
    (obligation,) = obligations(dv.Paper("paper").claim("claim", statement, given=list(given)))
    return any(prove(goal)[0] is not None for goal in goals(obligation))


TRUE = {
    "largest inner product": (dv.probability(dv.max(dv.abs(X @ W)) <= B) >= 1 - delta, [BALL, *CONFIDENCE]),
    "every inner product": (dv.probability(dv.abs(X @ W) <= B) >= 1 - delta, [BALL, *CONFIDENCE]),
    "largest in the norm": (dv.probability(dv.norm(X @ g, "inf") <= B) >= 1 - delta, [BALL, *CONFIDENCE]),
    "two sides as two events": (
        dv.probability([X @ W <= B, X @ W >= -B]) >= 1 - delta,
        [BALL, *CONFIDENCE],
    ),
    "one side": (dv.probability(g @ x > t * dv.norm(x)) <= dv.exp(-(t**2) / 2) / 2, []),
    "with a mean": (dv.probability(g @ x + R > t + R) <= dv.exp(-(t**2) / (2 * dv.norm(x) ** 2)) / 2, [dv.norm(x) > 0]),
    "complement": (1 - dv.probability(g @ x <= t * dv.norm(x)) <= dv.exp(-(t**2) / 2) / 2, []),
    "signs": (dv.probability(dv.abs(a @ c) >= t * dv.norm(c)) <= 2 * dv.exp(-(t**2) / 2), [dv.norm(c) > 0]),
    "chi-square": (dv.probability(c_ @ c_ - n >= 2 * dv.sqrt(n * t) + 2 * t) <= dv.exp(-t), []),
    "Gaussian norm": (dv.probability(dv.norm(c_) >= dv.sqrt(n) + t) <= dv.exp(-(t**2) / 2), []),
    "norm of a Gaussian matrix": (
        dv.probability(dv.norm(W, "fro") <= dv.sqrt(m * d) + t) >= 1 - dv.exp(-(t**2) / 2),
        [],
    ),
    "linear image": (
        dv.probability(dv.norm(X @ g) >= dv.norm(X, "fro") + t * dv.opnorm(X)) <= dv.exp(-(t**2) / 2),
        [dv.opnorm(X) > 0],
    ),
    "successes": (
        dv.probability(dv.sum(b) >= n * p + t) <= dv.exp(-(t**2) / (2 * (n * p * (1 - p) + t / 3))),
        [p <= 1],
    ),
    "second moment": (dv.probability(dv.norm(c_) >= t) <= n / t**2, []),
    "Cantelli": (dv.probability(c_ @ c_ - n >= t) <= 2 * n / (2 * n + t**2), []),
    "numbers from an interval": (
        dv.probability(dv.abs(dv.sum(u) - n / 2) >= t * n) <= 2 * dv.exp(-2 * n * t**2),
        [],
    ),
}


PAIRS = X[:, None, :] + X[None, :, :]
H = (X @ X.T) * dv.exp(PAIRS @ W).sum(axis=2) / m
MEAN = (X @ X.T) * dv.exp((PAIRS**2).sum(axis=2) / 2)
LEAST = dv.lambda_min(MEAN)
NEAR = dv.probability(dv.norm(H - MEAN, "fro") <= LEAST / 4) >= 1 - delta
LEVEL = Definition("B", dv.sqrt(2 * dv.log(4 * n * m / delta)), ())
SPHERE = dv.norm(X[i]) == 1
WIDE = m >= 32 * dv.exp(4 * LEVEL) * n**2 * dv.log(4 * n**2 / delta) / LEAST**2
LARGE, SMALL_BIAS = LEVEL >= 2, dv.exp(2 - (LEVEL - 2) ** 2 / 2) <= LEAST / (8 * n)


def wide(factor: int) -> Relation:
    return m >= factor * dv.e**8 * n**2 / (LEAST**2 * delta)


GRAM = {
    "second moment": [SPHERE, LEAST > 0, *CONFIDENCE, wide(16)],
    "truncation": [SPHERE, LEAST > 0, *CONFIDENCE, LARGE, WIDE, SMALL_BIAS],
    "truncation in the ball": [BALL, LEAST > 0, *CONFIDENCE, LARGE, WIDE, SMALL_BIAS],
}
NOT_ENOUGH = {
    "a smaller width": [SPHERE, LEAST > 0, *CONFIDENCE, wide(15)],
    "no sign": [SPHERE, *CONFIDENCE, wide(16)],
    "inputs of any size": [LEAST > 0, *CONFIDENCE, wide(16)],
    "no width": [SPHERE, LEAST > 0, *CONFIDENCE, LARGE, SMALL_BIAS],
    "half the width": [SPHERE, LEAST > 0, *CONFIDENCE, LARGE, m >= WIDE.right / 2, SMALL_BIAS],
    "a bias of any size": [SPHERE, LEAST > 0, *CONFIDENCE, LARGE, WIDE],
    "a low level": [SPHERE, LEAST > 0, *CONFIDENCE, LEVEL >= 1, WIDE, SMALL_BIAS],
}


@pytest.mark.parametrize("name", GRAM)
def test_the_gram_matrix_is_near_its_mean(name: str) -> None:
    assert proved(NEAR, GRAM[name])


@pytest.mark.parametrize("name", NOT_ENOUGH)
def test_the_gram_matrix_is_not_shown_to_be_near_its_mean(name: str) -> None:
    assert not proved(NEAR, NOT_ENOUGH[name])


@pytest.mark.parametrize("name", TRUE)
def test_a_true_bound_is_proved(name: str) -> None:
    assert proved(*TRUE[name])


FALSE = {
    "inputs outside the ball": (dv.probability(dv.abs(X @ W) <= B) >= 1 - delta, CONFIDENCE),
    "a tenth of the failures": (dv.probability(dv.abs(X @ W) <= B) >= 1 - delta / 10, [BALL, *CONFIDENCE]),
    "the width forgotten": (
        dv.probability(dv.abs(X @ W) <= dv.sqrt(2 * dv.log(2 * n / delta))) >= 1 - delta,
        [BALL, *CONFIDENCE],
    ),
    "half the exponent": (dv.probability(g @ x > t * dv.norm(x)) <= dv.exp(-(t**2)), []),
    "a negative threshold": (dv.probability(g @ x > -t * dv.norm(x)) <= dv.exp(-(t**2) / 2) / 2, []),
    "equality where nothing moves": (dv.probability(g @ x >= t * dv.norm(x)) <= dv.exp(-(t**2) / 2), []),
    "the mean forgotten": (dv.probability(dv.sum(u) >= t * n) <= dv.exp(-2 * n * t**2), []),
    "a kink": (dv.probability(dv.relu(g @ x) > t * dv.norm(x)) <= 0, []),
    "chi-square without its linear part": (dv.probability(c_ @ c_ - n >= 2 * dv.sqrt(n * t)) <= dv.exp(-t), []),
    "a norm without its mean": (dv.probability(dv.norm(c_) >= t) <= dv.exp(-(t**2) / 2), []),
    "half the second moment": (dv.probability(dv.norm(c_) >= t) <= n / (2 * t**2), []),
    "successes without their range": (
        dv.probability(dv.sum(b) >= n * p + t) <= dv.exp(-(t**2) / (2 * n * p * (1 - p))),
        [p < 1],
    ),
    "a square taken as linear": (dv.probability(g @ g > t) <= dv.exp(-(t**2) / 2), []),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_bound_is_not_proved(name: str) -> None:
    assert not proved(*FALSE[name])
