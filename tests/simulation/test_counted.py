"""Draws along runs are counted as the runs end: what happens, what fails, and what roundings leave open."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derive.evaluate.errors import Unavailable
from derive.evaluate.point import Point
from derive.language import api as dv
from derive.language.chance import Probability, event_of
from derive.language.relations import Relation
from derive.simulation.counted import RunTrials, draws_of

n = dv.dim("n")
x, R, c = dv.vector("x", n), dv.scalar("R"), dv.scalar("c")
g, start = dv.gaussian("g", n), dv.vector("start", n)
t = dv.time("t")
HALVED = dv.iterate(x, c * x, start=g)
POINT = Point({"n": 1}, {}, {"R": Fraction(2), "c": Fraction(1, 2), "t": Fraction(3)})
DRAWS = 4000


def trials(relation: Relation, point: Point = POINT) -> RunTrials:
    return RunTrials(Probability(HALVED.always(relation, until=t), None), point, np.random.default_rng(3))


def test_the_part_that_happens_is_the_probability() -> None:
    """|g| <= 2 with probability 0.9545, within five standard errors."""
    found = trials(dv.norm(x) <= R).more(DRAWS)
    assert found.runs == DRAWS
    assert found.happened + found.failed == DRAWS
    assert abs(found.happened / DRAWS - 0.9545) < 5 * (0.9545 * 0.0455 / DRAWS) ** 0.5


def test_every_step_counts() -> None:
    """A run that grows leaves the interval later: |g| <= 2 c**-3 with c = 2."""
    point = Point(POINT.sizes, {}, {**POINT.values, "c": Fraction(2)})
    found = trials(dv.norm(x) <= R, point).more(DRAWS)
    assert abs(found.happened / DRAWS - 0.1974) < 5 * (0.1974 * 0.8026 / DRAWS) ** 0.5


def test_what_fails_by_a_rounding_alone_is_told_of_neither_side() -> None:
    tenth = dv.iterate([x, R], [x, R + (0.1 + 0.2 - R)], start=[g, 0.3])
    event = Probability(tenth.always(R * (1 + 0 * dv.norm(x)) >= 0.3 * (1 + 1e-12), until=t), None)
    found = RunTrials(event, Point({"n": 1}, {}, {"t": Fraction(2)}), np.random.default_rng(0)).more(50)
    assert (found.happened, found.failed, found.undecided) == (0, 0, 50)


def test_the_same_generator_gives_the_same_draws() -> None:
    first, second = (trials(dv.norm(x) <= R) for _ in range(2))
    assert first.more(200) == second.more(200)


def test_later_draws_are_fresh() -> None:
    found = trials(dv.norm(x) <= R)
    assert found.more(500) != found.more(500)


def test_small_runs_keep_their_error_bars() -> None:
    event = Probability(event_of(HALVED(dv.norm(x), 3) <= R), None)
    assert not isinstance(draws_of(event, POINT, np.random.default_rng(0)), RunTrials)


def test_what_is_not_said_along_a_run_is_not_drawn_this_way() -> None:
    event = Probability(event_of(dv.norm(dv.gaussian("h", n)) <= R), None)
    with pytest.raises(Unavailable):
        draws_of(event, Point({"n": 2**19}, {}, {"R": Fraction(1)}), np.random.default_rng(0))
