"""A batch of boxes: what is said of a box holds at all of its points that are tried."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derive.enclosure.boxes import at_points, examine
from derive.enclosure.cases import Case
from derive.enclosure.extreme import point_of, satisfies
from derive.enclosure.problem import Problem
from derive.enclosure.readings import reading
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from tests.enclosure.claims import BALL, SIMPLEX, B, obligation, problems

CLAIMS = [
    ("s*exp(t) - t*t <= 1", ("abs(s) <= 1", "abs(t) <= 1", "s + t <= 1/2"), {}),
    ("norm(x) <= 9/10", ("norm(x, 1) <= 1",), {"n": 2}),
    (f"{B} >> -0.2*eye(n)", (*SIMPLEX, *BALL), {"n": 3}),
    ("abs(sin(5*s) + t) <= 3/2", ("abs(s) <= 1", "abs(t) <= 1"), {}),
]


def boxes(dimension: int, count: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Dyadic boxes of several widths in the unit cube."""
    rng = np.random.default_rng(1)
    width = 2.0 ** -rng.integers(1, 6, size=(count, 1))
    low = np.floor(rng.random((count, dimension)) / width) * width
    return low, low + width


def least(problem: Problem, here: np.ndarray) -> float:
    value = evaluate(problem.goal.gap, point_of(problem, tuple(map(Fraction, here))), Float64())
    return float(np.linalg.eigvalsh(value)[0] if problem.size else np.min(value))


def chosen(case: Case, where: Point) -> bool:
    """Is the point one of those that stand for all its permutations?"""
    largest = all(where.values[name][k] == max(where.values[name]) for name, k in case.largest.items())
    return largest and all(
        where.values[case.ordered_symbol][i] >= where.values[case.ordered_symbol][j] for i, j in case.ordered
    )


@pytest.mark.parametrize(("statement", "given", "sizes"), CLAIMS, ids=[row[0][:20] for row in CLAIMS])
def test_what_is_said_of_a_box_holds_at_its_points(
    statement: str, given: tuple[str, ...], sizes: dict[str, int]
) -> None:
    rng, said = np.random.default_rng(2), reading(obligation(statement, *given))
    for problem in problems(statement, *given, sizes=sizes):
        low, high = boxes(problem.dimension)
        found = examine(problem, low, high)
        for k in rng.integers(len(low), size=40):
            here = low[k] + (high[k] - low[k]) * rng.integers(0, 9, size=problem.dimension) / 8
            value = least(problem, here)
            assert value >= found.least[k] - 1e-9
            assert value >= -1e-9 or not (found.natural[k] or found.mean_value[k])
            where = point_of(problem, tuple(map(Fraction, here)))
            assert not (found.outside[k] and satisfies(said, problem, where) and chosen(problem.case, where))


def test_the_mean_value_form_decides_boxes_that_evaluation_does_not() -> None:
    [problem] = problems("t - t**2 <= 0.2525", "t >= 0", "t <= 1")
    low, high = boxes(1)
    found = examine(problem, low, high)
    assert (found.mean_value & ~found.natural).any()


def test_points_outside_of_the_hypotheses_are_infinite() -> None:
    [problem] = problems("s**2*t**2 <= 1", "abs(s) <= 1", "abs(t) <= 1", "s + t <= 0")
    values = at_points(problem, np.array([[1.0, 1.0], [0.5, 0.0]]))
    assert values.tolist() == [np.inf, pytest.approx(1.0)]


def test_a_point_without_a_value_is_infinite() -> None:
    [problem] = problems("t + t**3 >= log(t - 1/2)", "t >= 0", "t <= 1")
    assert at_points(problem, np.array([[0.25], [0.75]])).tolist() == [
        np.inf,
        pytest.approx(0.75 + 0.75**3 + np.log(4)),
    ]
