"""Refutations of claims of chance, looked at again by draws of another generator."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive import bernoulli, exp, expectation, gaussian, norm, probability, rademacher, scalar, uniform
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.verify import conditional_means, frequencies
from derive.verify.arrays import Array
from derive.verify.level import Level
from derive.verify.points import Point

g, s, u = gaussian("g", 3), rademacher("s", 4), uniform("u", low=-1, high=1)
t = scalar("t")
POINT = Point({}, {}, {"t": Array((), (Fraction(1),))})


def level(relation: Relation) -> Level | None:
    found = frequencies.check(relation, POINT)
    return None if found is None else found.level


def failing(chance: str) -> Tensor:
    """An event that fails with this probability."""
    return probability(bernoulli("z", p=Fraction(chance)) <= 0)


@pytest.mark.parametrize(
    "relation",
    [
        failing("1/50") >= 1 - Fraction(1, 100),
        probability(g @ g <= 3 * t) >= Fraction(9, 10),
        probability(s.sum() >= t) <= Fraction(1, 4),
        probability([u <= t, u >= 0]) >= Fraction(3, 5),
        2 * probability(exp(g[0]) <= t) - 1 >= Fraction(1, 10),
    ],
)
def test_what_draws_speak_against_is_rechecked(relation: Relation) -> None:
    assert level(relation) is Level.CHECKED


@pytest.mark.parametrize(
    "relation",
    [
        failing("1/50") >= 1 - Fraction(1, 25),
        probability(g @ g <= 3 * t) >= Fraction(1, 3),
        probability(s.sum() >= t) <= Fraction(1, 2),
    ],
)
def test_a_false_refutation_falls(relation: Relation) -> None:
    assert level(relation) is Level.FALLEN


@pytest.mark.parametrize(
    "relation", [failing("1/50") >= 1 - Fraction(1, 50), probability(abs(g[0]) <= 7) >= 1 - Fraction(1, 10**12)]
)
def test_what_draws_cannot_tell_is_left_open(relation: Relation) -> None:
    assert level(relation) is Level.OPEN


@pytest.mark.parametrize("relation", [t <= 2, probability(g[0] <= 0, given=g[1] <= 0) <= t])
def test_without_one_probability_there_is_nothing_to_draw(relation: Relation) -> None:
    assert level(relation) is None


def test_a_probability_that_does_not_stand_by_itself_is_left_open() -> None:
    assert level(probability(g[0] <= 0) ** 2 <= t / 8) is Level.OPEN


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (expectation(exp(g[0]), given=abs(g[0]) <= t) == expectation(exp(g[0])), Level.CHECKED),
        (expectation(u**2, given=u <= t) == Fraction(1, 3), Level.OPEN),
        (expectation(u, given=u >= 0) <= 0, Level.CHECKED),
        (expectation(u, given=u >= 2) <= 0, Level.OPEN),
        (expectation(g**2, given=norm(g) <= t) == expectation(g**2), Level.CHECKED),
        (expectation(u) <= t, None),
    ],
)
def test_means_under_a_condition(relation: Relation, expected: Level | None) -> None:
    found = conditional_means.check(relation, POINT)
    assert (None if found is None else found.level) is expected
