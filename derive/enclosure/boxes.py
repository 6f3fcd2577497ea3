"""A batch of boxes examined at once: outside of the domain, inside the inequality, or open; and where to cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from derive.enclosure.code import Code
from derive.enclosure.definite import (
    Doubles,
    congruent,
    eigenvectors,
    least_eigenvalue,
    middles,
    positive_definite,
)
from derive.enclosure.interval import Interval
from derive.enclosure.intervals import Intervals
from derive.enclosure.problem import Problem

Flags = npt.NDArray[np.bool_]

CERTAIN_SHARE = 0.05
"""The weight of an axis along which nothing changes, beside the steepest one: hypotheses may depend on it alone."""


@dataclass(frozen=True)
class Found:
    """What a batch is.

    Attributes:
        outside: no point of the box satisfies the hypotheses.
        natural, mean_value: the goal holds on the box, by that form.
        least: a lower bound of the goal's numbers (of its least eigenvalue) on the box.
        middle: their value at the midpoint, about; infinite where a hypothesis fails there.
        axis: where to cut the box.
        vectors: the approximate eigenvectors at the midpoint, of a definite goal.
    """

    outside: Flags
    natural: Flags
    mean_value: Flags
    least: Doubles
    middle: Doubles
    axis: npt.NDArray[np.intp]
    vectors: Doubles | None


@np.errstate(all="ignore")
def examine(problem: Problem, low: Doubles, high: Doubles) -> Found:
    """Examine the boxes with the corners ``low[k]`` and ``high[k]`` in the unit cube."""
    count = len(low)
    arguments = [Interval(low[:, k], high[:, k]) for k in range(low.shape[1])]
    outside = _fails(problem, Code(problem.tests, Intervals(count)).run(arguments), count)
    value = _middles(problem, Code(problem.values, Intervals(count)).run(arguments), count)
    centre = _at_midpoints(problem, low, high)
    vectors = eigenvectors(centre[0].reshape(count, problem.size, problem.size)) if problem.size else None
    natural, least = _holds(problem, value, vectors)
    watching = Intervals(count)
    Code(problem.watched, watching).run(arguments)
    natural &= ~watching.doubtful
    mean_value = np.zeros(count, dtype=bool)
    axis = np.argmax(high - low, axis=1) if problem.dimension else np.zeros(count, dtype=np.intp)
    if problem.slopes is not None and problem.dimension:
        slopes, doubtful = _slopes(problem, arguments, count)
        total, scores = _mean_value(problem, centre, slopes, (high - low) / 2, vectors)
        mean_value, tighter = _holds(problem, total, None)
        mean_value &= ~(doubtful | watching.doubtful)
        least = np.where(doubtful, least, np.maximum(least, tighter))
        axis = np.where(np.isfinite(scores).all(axis=1), np.argmax(scores, axis=1), axis)
    at_centre = np.where(_feasible(problem, low, high), _smallest(problem, centre), np.inf)
    return Found(outside, natural, mean_value, least, at_centre, axis, vectors)


@np.errstate(all="ignore")
def at_points(problem: Problem, points: Doubles) -> Doubles:
    """The smallest of the goal's numbers at points of the unit cube, about; infinite where a hypothesis fails."""
    values = _smallest(problem, _at_midpoints(problem, points, points))
    found: Doubles = np.where(_feasible(problem, points, points), values, np.inf)
    return found


def _middles(problem: Problem, numbers: list[Interval], count: int) -> tuple[Doubles, Doubles]:
    return middles(numbers, (count, problem.entries))


def _fails(problem: Problem, numbers: list[Interval], count: int) -> Flags:
    """Does a hypothesis certainly fail on the whole box?"""
    fails = np.zeros(count, dtype=bool)
    place = 0
    for test in problem.hypotheses:
        for x in numbers[place : place + test.count]:
            fails |= (x.hi < 0) | (x.lo > 0) if test.equal else x.hi < 0
        place += test.count
    return fails


def _feasible(problem: Problem, low: Doubles, high: Doubles) -> Flags:
    """Do the hypotheses hold at the midpoint, as far as doubles tell?"""
    return ~_fails(problem, Code(problem.tests, Intervals(len(low))).run(midpoints(low, high)), len(low))


def midpoints(low: Doubles, high: Doubles) -> list[Interval]:
    """The midpoints, exact in doubles: the ends are dyadic."""
    middle = low + (high - low) / 2
    return [Interval(middle[:, k], middle[:, k]) for k in range(low.shape[1])]


def _at_midpoints(problem: Problem, low: Doubles, high: Doubles) -> tuple[Doubles, Doubles]:
    return _middles(problem, Code(problem.values, Intervals(len(low))).run(midpoints(low, high)), len(low))


def _slopes(problem: Problem, arguments: list[Interval], count: int) -> tuple[list[tuple[Doubles, Doubles]], Flags]:
    """The partial derivatives on the boxes, one array a parameter, and where they are of no use."""
    assert problem.slopes is not None
    system = Intervals(count)
    numbers = Code(problem.slopes, system).run(arguments)
    entries = problem.entries
    parts = [numbers[k * entries : (k + 1) * entries] for k in range(problem.dimension)]
    return [middles(part, (count, entries)) for part in parts], system.doubtful


def _mean_value(
    problem: Problem,
    centre: tuple[Doubles, Doubles],
    slopes: list[tuple[Doubles, Doubles]],
    halves: Doubles,
    vectors: Doubles | None,
) -> tuple[tuple[Doubles, Doubles], Doubles]:
    """The mean value form (after congruence, of a definite goal), and how much each axis contributes to its width."""
    middle, radius = _turned(problem, centre, vectors)
    scores = np.zeros(halves.shape)
    for k, slope in enumerate(slopes):
        m, r = _turned(problem, slope, vectors)
        reach = halves[:, k][(...,) + (None,) * (m.ndim - 1)] * (np.abs(m) + r) * (1 + 2.0**-50)
        radius = (radius + reach) * (1 + 2.0**-50)
        scores[:, k] = reach.reshape(len(reach), -1).max(axis=1)
    widths = halves / np.maximum(halves.max(axis=1, keepdims=True), 1e-300) if halves.shape[1] else halves
    return (middle, radius), scores + CERTAIN_SHARE * widths * scores.max(axis=1, keepdims=True, initial=0.0)


def _turned(problem: Problem, numbers: tuple[Doubles, Doubles], vectors: Doubles | None) -> tuple[Doubles, Doubles]:
    if vectors is None:
        return numbers
    shape = (-1, problem.size, problem.size)
    return congruent((numbers[0].reshape(shape), numbers[1].reshape(shape)), vectors)


def _holds(problem: Problem, numbers: tuple[Doubles, Doubles], vectors: Doubles | None) -> tuple[Flags, Doubles]:
    """Where the goal holds, and a lower bound of its numbers; matrices are turned first where vectors are given."""
    middle, radius = _turned(problem, numbers, vectors)
    if problem.size:
        eigenvalue = least_eigenvalue(middle, radius)
        return positive_definite(middle, radius), np.where(np.isnan(eigenvalue), -np.inf, eigenvalue)
    lowest: Doubles = np.nextafter(middle - radius, -np.inf).min(axis=1)
    holds = lowest > 0 if problem.strict else lowest >= 0
    return holds, np.where(np.isnan(lowest), -np.inf, lowest)


def _smallest(problem: Problem, centre: tuple[Doubles, Doubles]) -> Doubles:
    """The goal's least number at points, about; infinite where it has no value."""
    middle, radius = centre
    matrices = middle.reshape(-1, problem.size, problem.size) if problem.size else None
    numbers = middle if matrices is None else np.linalg.eigvalsh(matrices)
    found: Doubles = np.where(np.isfinite(radius).all(axis=1), numbers.min(axis=1), np.inf)
    return found
