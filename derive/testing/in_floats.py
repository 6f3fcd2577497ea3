"""The check where the function runs on floats alone: signed Taylor regression of its values, with a standard error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from derive.diagnosis.diagnose import Diagnosis, diagnose
from derive.estimate.directions import direction as random_direction
from derive.estimate.disagreement import QUANTILE
from derive.estimate.line import Flags, Floats, FunctionLine
from derive.estimate.regression import Coefficient, taylor
from derive.testing.finding import Finding
from derive.testing.question import Question, unit_directions

METHOD = "Taylor regression of the function's values in floats"

DIRECTIONS = 4
MOST_SINGLE = 16
"""Entries of a point of which each is a direction of its own beside the random ones."""

COARSE = 1e-2
"""An error bar wider than this, relative to the largest entries of the claim, says nothing of an agreement; it never
decides a difference."""

STILL = 2.0 ** -np.arange(3, 13)
"""Steps to both sides at which a value that does not depend on the direction is the same to the last bit."""

MOST_COLUMNS = 100
"""Columns of a wrong derivative that are all computed for the message."""


@dataclass(frozen=True)
class Residual:
    """Of every output: the reference minus the claim along one direction, and its error bar.

    Attributes:
        size: of the claim's terms along the direction.
        whole: the same, but no less than the largest entry gives along a direction of this length: what a slope of zero
            is small beside.
    """

    error: Floats
    bar: Floats
    size: Floats
    whole: Floats
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
    largest = _largest(question, claimed, value.reshape(-1))
    residuals = [_residual(question, claimed, bar, largest, v) for v in _directions(question, claimed)]
    count = len(residuals)
    usable = [r for r in residuals if not r.coarse]
    resolution = max((float(np.max(r.bar / r.whole)) for r in usable if np.all(r.whole > 0)), default=np.inf)
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


def _residual(question: Question, claimed: Floats, bar: Floats, largest: Floats, direction: Floats) -> Residual:
    found = _coefficient(question, direction)
    size = question.size(np.abs(claimed), direction)
    whole = np.maximum(size, largest * _length(direction) ** question.order)
    spread = QUANTILE * found.error
    poor = (size == 0) & (spread > COARSE * whole) & ((np.abs(found.value) <= spread) | found.coarse)
    if np.any(poor):
        found = _settled(question, found, direction, poor)
    error = found.value - question.along(claimed, direction)
    width = QUANTILE * found.error + question.size(bar, direction)
    fallback = np.max(np.abs(found.value), initial=0.0) + width
    size, whole = np.where(size > 0, size, fallback), np.where(whole > 0, whole, fallback)
    return Residual(error, width, size, whole, bool(np.any(found.kink)), bool(np.any(found.coarse)))


def _length(direction: Floats) -> float:
    return float(np.max(np.abs(direction)))


def _largest(question: Question, claimed: Floats, value: Floats) -> Floats:
    """The largest entry of the claim for every output; of all outputs where an output's are zero.

    Where all of them are, it is by how much the function changes in a step, beside which a slope of zero is small.
    """
    entries = np.abs(claimed)
    overall = float(np.max(entries, initial=0.0))
    if overall == 0:
        return _changes(question, claimed, value)
    rows = np.max(entries, axis=1, initial=0.0) if question.order == 1 else overall
    return np.asarray(np.where(rows > 0, rows, overall))


def _changes(question: Question, claimed: Floats, value: Floats) -> Floats:
    """The largest difference quotient of the outputs at the largest of the steps, among the directions."""
    changes = np.zeros(1)
    for direction in _directions(question, claimed):
        moved = FunctionLine(question.function.floats, question.point, direction).values([STILL[0], -STILL[0]])
        change = float(np.max(np.nan_to_num(np.abs(moved - value), posinf=0.0), initial=0.0))
        changes = np.maximum(changes, change / (STILL[0] * _length(direction)) ** question.order)
    return changes


def _settled(question: Question, found: Coefficient, direction: Floats, poor: Flags) -> Coefficient:
    """The coefficient, but zero where it is ``poor``, the claim has it so and the values nearby do not change at all.

    Only farther away they do: a median, when the order of its arguments does. What may hide in values that are the same
    is half of their digits. Values that are rounded are the same too, so that this never speaks against a claim.
    """
    line = FunctionLine(question.function.floats, question.point, direction)
    middle, ahead, behind = line.values([0.0])[0], line.values([*STILL]), line.values([*-STILL])
    same = (ahead == middle) & (behind == middle)
    still = np.logical_and.accumulate(same[::-1])[::-1]  # at this step and at all smaller ones
    step = np.max(np.where(still, STILL[:, None], 0.0), axis=0)
    settled = poor & (step > 0)
    hidden = np.sqrt(np.finfo(np.float64).eps) * np.maximum(np.abs(middle), 1.0)
    bound = hidden / np.where(settled, step, 1.0) ** question.order
    return replace(
        found,
        value=np.where(settled, 0.0, found.value),
        error=np.where(settled, bound, found.error),
        kink=found.kink & ~settled,
    )


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
