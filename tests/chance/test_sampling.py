"""Events at draws: decided as exact arithmetic decides them, counted for neither side where they are open."""

from __future__ import annotations

from fractions import Fraction
from math import erf, sqrt as root

import numpy as np
import pytest
from flint import arb

from derive import (
    diag,
    dims,
    exp,
    gaussian,
    indicator,
    inv,
    lambda_min,
    matrix,
    norm,
    opnorm,
    probability,
    rademacher,
    scalar,
)
from derive.chance.sampling import Counts, Sampler, Trials
from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.language.chance import Probability
from derive.language.tensor import Tensor

n, d = dims("n d")
A = matrix("A", n, d)
g = gaussian("g", d)
s = rademacher("s", d)
t = scalar("t")
ROWS = ((Fraction(1), Fraction(2)), (Fraction(-1, 3), Fraction(1)))
POINT = Point({"n": 2, "d": 2}, {}, {"A": ROWS, "t": Fraction(1)})


def counts(event: Tensor, point: Point = POINT, draws: int = 4000, seed: int = 0) -> Counts:
    assert isinstance(event, Probability)
    return Trials.of(event, point, np.random.default_rng(seed)).more(draws)


@pytest.mark.parametrize(
    "expression",
    [
        (A @ g).sum(),
        norm(A @ g) ** 2,
        g @ (A.T @ A) @ g - (A @ g).max(),
        abs(A @ g).sum() / 3,
        (g[:, None] * A.T).sum(),
    ],
)
def test_values_at_draws_are_those_of_exact_arithmetic(expression: Tensor) -> None:
    """The doubles that were drawn are rationals: the value in balls of 300 bits lies within the error bar."""
    sampler = Sampler.at(POINT, expression, g)
    value, drawn = sampler.run(20, np.random.default_rng(3))
    for k in range(20):
        entries = tuple(Fraction(float(x)) for x in drawn.value[k])
        true = evaluate(expression, Point(POINT.sizes, {}, {**POINT.values, "g": entries}), Balls(300)).item()
        error = float(np.broadcast_to(value.error, (20,))[k])
        assert not abs(true - arb(float(value.value[k]))) > error
        assert error < 1e-12


def test_the_frequency_of_an_event_is_its_probability() -> None:
    found = counts(probability(abs(g[0]) <= t), draws=20_000)
    assert found.undecided == 0
    assert abs(found.happened / found.runs - erf(root(1 / 2))) <= 5 * 0.5 / root(20_000)


def test_signs_that_meet_a_threshold_are_decided() -> None:
    """s1 + s2 is -2, 0 or 2: no error bar stands between it and 0."""
    found = counts(probability(s.sum() <= 0))
    assert found.undecided == 0
    assert abs(found.happened / found.runs - 0.75) <= 5 * 0.5 / root(4000)


def test_what_the_error_bars_leave_open_is_counted_for_neither_side() -> None:
    """(s1/3 + s2/3) * 3 <= s1 + s2 always holds, with equality, which doubles cannot tell."""
    found = counts(probability((s / 3).sum() * 3 <= s.sum()))
    assert found.failed == 0
    assert found.undecided > 0


def test_all_of_several_relations_have_to_hold() -> None:
    found = counts(probability([g[0] >= 0, g[1] >= 0]), draws=20_000)
    assert abs(found.happened / found.runs - 0.25) <= 5 * 0.5 / root(20_000)


def test_draws_outside_the_condition_do_not_count() -> None:
    found = counts(probability(g[0] >= 0, given=g[0] >= 0), draws=1000)
    assert found.happened == found.runs < 1000


def test_an_event_stands_for_its_indicator() -> None:
    always = counts(probability(indicator(g[0] >= 0) + indicator(g[0] < 0) >= 1))
    assert always.happened == always.runs


def test_the_loewner_order_and_spectra_are_decided_alike() -> None:
    x = g[:, None] * g[None, :]
    pairs = [probability(x << t), probability(opnorm(x) <= t), probability(norm(g) ** 2 <= t), probability(x + x >> -t)]
    found = [counts(event) for event in pairs]
    assert found[0] == found[1] == found[2]
    assert found[3].happened == found[3].runs


def test_what_is_not_random_is_computed_in_balls() -> None:
    """exp(700) and the inverse of a nearly singular matrix leave no draw open."""
    huge = counts(probability(g[0] <= exp(700 * t) + lambda_min(inv(A.T @ A))))
    assert huge.happened == huge.runs


def test_the_same_seed_gives_the_same_draws_however_they_are_asked_for() -> None:
    event = probability(norm(g) <= t)
    assert isinstance(event, Probability)
    trials = Trials.of(event, POINT, np.random.default_rng(5))
    assert trials.more(300) == counts(event, draws=300, seed=5)


def test_an_event_without_chance_costs_something_to_draw() -> None:
    """The number of draws follows from what one costs."""
    event = probability(t >= 0)
    assert isinstance(event, Probability)
    trials = Trials.of(event, POINT, np.random.default_rng(0))
    assert trials.work_a_draw > 0
    assert trials.more(10) == Counts(10, 10, 0)


def test_arrays_that_are_too_large_for_a_draw_are_refused() -> None:
    """Before they are made: this one would take more memory than there is."""
    h = gaussian("h", n)
    with pytest.raises(Unavailable):
        counts(probability(norm(diag(h)) <= t), Point({"n": 10**6}, {}, {"t": Fraction(1)}))
