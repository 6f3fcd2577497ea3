"""The check where the function runs on floats alone: signed Taylor regression of its values, with a standard error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from derive.diagnosis.diagnose import Diagnosis, diagnose
from derive.estimate.directions import direction as random_direction
from derive.estimate.disagreement import QUANTILE
from derive.estimate.line import Floats, FunctionLine
from derive.estimate.regression import Coefficient, taylor
from derive.testing.finding import Finding
from derive.testing.question import Question, unit_directions

METHOD = "Taylor regression of the function's values in floats"

DIRECTIONS = 4
MOST_SINGLE = 16
"""Entries of a point of which each is a direction of its own beside the random ones."""

COARSE = 1e-2
"""A relative error bar wider than this says nothing of an agreement; it never decides a difference."""

MOST_COLUMNS = 100
"""Columns of a wrong derivative that are all computed for the message."""


@dataclass(frozen=True)
class Residual:
    """Of every output: the reference minus the claim along one direction, its error bar, and the size of the terms."""

    error: Floats
    bar: Floats
    size: Floats
    kink: bool
    coarse: bool

    @property
    def significant(self) -> bool:
        return bool(np.any(np.abs(self.error) > self.bar))


def examine(question: Question) -> Finding:
    """The finding of regressions in floats."""
    value = question.function.floats(question.point)
    if not np.isfinite(value).all():
        return question.finding("undecided", f"the point is outside the domain: the value is {value}", METHOD)
    claimed, bar = question.claimed.floats(question.point)
    _check_shape(question, claimed, value)
    if not np.isfinite(claimed).all():
        return question.finding("differs", "the claimed derivative is not finite", METHOD)
    residuals = [_residual(question, claimed, bar, v) for v in _directions(question, claimed)]
    count = len(residuals)
    usable = [r for r in residuals if not r.coarse]
    resolution = max((float(np.max(r.bar / r.size)) for r in usable if np.all(r.size > 0)), default=np.inf)
    if any(r.kink for r in residuals):
        name = question.function.name
        return question.finding("undecided", f"{name} has a kink there", METHOD, directions=count, kink=name)
    if any(r.significant for r in usable):
        reason = f"along one of {count} directions it differs by {_relative(usable):.1e} of its terms"
        return question.finding(
            "differs", reason, METHOD, resolution, count, explain=lambda: _diagnosis(question, claimed, bar)
        )
    if len(usable) < count or not resolution <= COARSE:
        reason = f"the values tell the derivative to a relative error of {resolution:.0e} only"
        return question.finding("undecided", reason, METHOD, resolution, count)
    return question.finding("agrees", "it agrees within the error bars", METHOD, resolution, count)


def _check_shape(question: Question, claimed: Floats, value: Floats) -> None:
    rows = question.point.size if question.order == 2 else value.size
    if len(claimed) != rows:
        raise ValueError(
            f"{question.subject}: the claimed derivative has {claimed.size} entries, but a function of {value.size} "
            f"outputs of a point of shape {question.point.shape} has a derivative of {rows * question.point.size}"
        )


def _directions(question: Question, claimed: Floats) -> Iterator[Floats]:
    rng = question.generator(claimed)
    for k in range(DIRECTIONS):
        yield random_direction(rng, question.point, proportional=k % 2 == 0)
    if question.point.size <= MOST_SINGLE:
        sizes = np.abs(random_direction(rng, question.point, proportional=True))
        yield from (unit * np.max(sizes) for unit in unit_directions(question.point))


def _residual(question: Question, claimed: Floats, bar: Floats, direction: Floats) -> Residual:
    found = _coefficient(question, direction)
    size = question.size(np.abs(claimed), direction)
    error = found.value - question.along(claimed, direction)
    width = QUANTILE * found.error + question.size(bar, direction)
    fallback = np.where(size > 0, size, np.max(np.abs(found.value), initial=0.0) + width)
    return Residual(error, width, fallback, bool(np.any(found.kink)), bool(np.any(found.coarse)))


def _coefficient(question: Question, direction: Floats) -> Coefficient:
    line = FunctionLine(question.function.floats, question.point, direction)
    expansion = taylor(line, order=question.order)
    return expansion.slope if question.order == 1 else expansion.curvature


def _relative(residuals: Sequence[Residual]) -> float:
    """The largest error beyond its error bar, relative to the terms."""
    return max(float(np.max(np.where(np.abs(r.error) > r.bar, np.abs(r.error) / r.size, 0.0))) for r in residuals)


def _diagnosis(question: Question, claimed: Floats, bar: Floats) -> Diagnosis:
    """The entries that are wrong."""
    point = question.point
    columns = min(point.size, MOST_COLUMNS)
    units = unit_directions(point)[:columns]
    scale = float(np.max(np.abs(point), initial=0.0)) or 1.0
    found = [_coefficient(question, unit * scale) for unit in units]
    power = scale**question.order
    reference = np.stack([c.value for c in found], axis=-1) / power
    error = QUANTILE * np.stack([c.error for c in found], axis=-1) / power
    if question.order == 2:
        reference, error = _hessian(question, reference.reshape(-1), error.reshape(-1), scale)
    shown = claimed[:columns, :columns] if question.order == 2 else claimed[:, :columns]
    wide = error + (bar[:columns, :columns] if question.order == 2 else bar[:, :columns])
    wide = np.where(np.isfinite(wide), wide, np.max(np.abs(reference)) + np.max(np.abs(shown)))
    shape = _shape(question, columns, len(reference))
    return diagnose(shown.reshape(shape), reference.reshape(shape), error=wide.reshape(shape))


def _hessian(question: Question, own: Floats, error: Floats, scale: float) -> tuple[Floats, Floats]:
    """The Hessian, and its error bars, from second derivatives along sums of unit vectors."""
    units = unit_directions(question.point)[: own.size]
    found, bars = np.diag(own), np.diag(error)
    for i, j in combinations(range(own.size), 2):
        pair = _coefficient(question, (units[i] + units[j]) * scale)
        found[i, j] = found[j, i] = (pair.value[0] / scale**2 - own[i] - own[j]) / 2
        bars[i, j] = bars[j, i] = (QUANTILE * pair.error[0] / scale**2 + error[i] + error[j]) / 2
    return found, bars


def _shape(question: Question, columns: int, rows: int) -> tuple[int, ...]:
    if question.order == 2:
        return (columns, columns)
    point = question.point.shape if columns == question.point.size else (columns,)
    return point if rows == 1 else (rows, *point)
