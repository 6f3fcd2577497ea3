"""Gradient ascent of many instances at once, each with its own step, by Adam (Kingma and Ba 2015)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from derive.attack.problem import Problem
from derive.evaluate.system import Array

LARGEST_SCALE = 16.0
"""Natural logarithm of the largest factor by which free numbers are scaled."""

MEAN, SQUARE, GUARD = 0.8, 0.95, 1e-12
"""Adam's averages of slopes and of their squares: shorter than usual, for few steps."""


STEEPEST = 1e100
"""Slopes beyond are cut off, so that their squares are numbers."""


@dataclass(frozen=True)
class Batch:
    """Free numbers of many instances: a row of arrays for each group of the problem.

    Attributes:
        free, scale, near, turns: as the inputs of ``Group``.
        moving, growing: 1 where ``free`` and ``scale`` may change.
        round: 1 where ``free`` keeps its length: a symbol at a fixed distance from another.
        weight: how the margin is measured.
    """

    free: tuple[Array, ...]
    scale: tuple[Array, ...]
    near: tuple[Array, ...]
    turns: tuple[Array, ...]
    moving: tuple[Array, ...]
    growing: tuple[Array, ...]
    round: tuple[Array, ...]
    weight: Array

    @property
    def count(self) -> int:
        return int(self.weight.shape[0])

    def chosen(self, places: Array) -> Batch:
        """Some of the instances."""
        rows = {name: tuple(x[places] for x in getattr(self, name)) for name in ROWS}
        return replace(self, **rows, weight=self.weight[places])


ROWS = ("free", "scale", "near", "turns", "moving", "growing", "round")


@dataclass(frozen=True)
class Found:
    """Instances with what was found of them: score, margin and violated hypotheses, one number each."""

    batch: Batch
    score: Array
    margin: Array
    excess: Array

    def chosen(self, places: Array) -> Found:
        """Some of the instances."""
        return Found(self.batch.chosen(places), self.score[places], self.margin[places], self.excess[places])


def joined(first: Found, second: Found) -> Found:
    """The instances of both."""

    def both(a: tuple[Array, ...], b: tuple[Array, ...]) -> tuple[Array, ...]:
        return tuple(np.concatenate(pair) for pair in zip(a, b, strict=True))

    rows = {name: both(getattr(first.batch, name), getattr(second.batch, name)) for name in ROWS}
    batch = Batch(**rows, weight=np.concatenate([first.batch.weight, second.batch.weight]))
    numbers = [np.concatenate([getattr(first, k), getattr(second, k)]) for k in ("score", "margin", "excess")]
    return Found(batch, *numbers)


def inputs(problem: Problem, batch: Batch) -> list[Array]:
    """The arrays in the order of the tape's inputs."""
    row: list[Array] = []
    for k, group in enumerate(problem.groups):
        row += [batch.free[k], batch.scale[k], batch.near[k]]
        row += [batch.turns[k]] if group.turns is not None else []
    return [*row, batch.weight]


def _spread(array: Array, count: int) -> Array:
    """One number for each instance, also where the result is the same for all."""
    return np.broadcast_to(np.nan_to_num(array, nan=-np.inf, posinf=-np.inf, neginf=-np.inf), (count,)).copy()


def measured(problem: Problem, batch: Batch) -> Found:
    return _read(problem, batch, problem.code.run(inputs(problem, batch)))


def _read(problem: Problem, batch: Batch, results: Mapping[int, Array]) -> Found:
    nodes = (problem.score, problem.margin, problem.excess)
    score, margin, excess = (_spread(results[node.place], batch.count) for node in nodes)
    return Found(batch, score, margin, np.abs(excess))


def climbed(problem: Problem, start: Batch, steps: int, first: float, last: float, widest: float) -> Found:
    """The best that each instance passed on its way up; steps shrink geometrically from ``first`` to ``last``."""
    variables = [node for group in problem.groups for node in (group.free, group.scale)]
    batch, best = start, None
    means = [np.zeros_like(x) for pair in zip(batch.free, batch.scale, strict=True) for x in pair]
    squares = [np.zeros_like(x) for x in means]
    for k in range(steps):
        results = problem.code.run(inputs(problem, batch))
        best = _better(best, _read(problem, batch, results))
        slopes = problem.code.gradient(results, problem.score, variables)
        size = first * (last / first) ** (k / max(steps - 1, 1))
        moves = []
        for j, slope in enumerate(slopes):
            slope = np.nan_to_num(np.broadcast_to(slope, means[j].shape), nan=0.0, posinf=0.0, neginf=0.0)
            slope = np.clip(slope, -STEEPEST, STEEPEST)
            means[j] = MEAN * means[j] + (1 - MEAN) * slope
            squares[j] = SQUARE * squares[j] + (1 - SQUARE) * slope**2
            unbiased = means[j] / (1 - MEAN ** (k + 1)), squares[j] / (1 - SQUARE ** (k + 1))
            moves.append(size * unbiased[0] / (np.sqrt(unbiased[1]) + GUARD * (1 + np.abs(slope).max())))
        batch = _moved(batch, moves, widest)
    return _better(best, measured(problem, batch))


def _moved(batch: Batch, moves: list[Array], widest: float) -> Batch:
    free, scale = [], []
    for k in range(len(batch.free)):
        here = batch.free[k] + moves[2 * k] * batch.moving[k]
        length = np.sqrt((here**2).sum(axis=-1, keepdims=True))
        before = np.sqrt((batch.free[k] ** 2).sum(axis=-1, keepdims=True))
        kept = here * np.where(length > 0, before / np.where(length > 0, length, 1.0), 1.0)
        free.append(np.where(batch.round[k] > 0, kept, here))
        grown = batch.scale[k] + moves[2 * k + 1] * batch.growing[k]
        scale.append(np.clip(grown, -widest, widest))
    return replace(batch, free=tuple(free), scale=tuple(scale))


def _better(best: Found | None, now: Found) -> Found:
    """The better of two for each instance."""
    if best is None:
        return now
    better = now.score > best.score
    if not better.any():
        return best

    def mixed(new: Array, old: Array) -> Array:
        return np.where(better.reshape((-1,) + (1,) * (new.ndim - 1)), new, old)

    free = tuple(map(mixed, now.batch.free, best.batch.free))
    scale = tuple(map(mixed, now.batch.scale, best.batch.scale))
    numbers = (mixed(getattr(now, name), getattr(best, name)) for name in ("score", "margin", "excess"))
    return Found(replace(best.batch, free=free, scale=scale), *numbers)
