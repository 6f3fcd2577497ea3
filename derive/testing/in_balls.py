"""The check where the function runs on balls: differences in many digits beside the claimed code, run on balls too."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from flint import arb

from derive.diagnosis.diagnose import Diagnosis, diagnose
from derive.estimate.line import Floats
from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, EvaluationError, OutsideDomain
from derive.evaluate.generic.matrices import Constants, Matrices
from derive.evaluate.generic.place import raised_at
from derive.evaluate.system import Array, array_of
from derive.testing.differences import LEVELS, Differences, Level
from derive.testing.finding import Finding
from derive.testing.question import Question, unit_directions
from derive.testing.rounding import MARGIN, Blurred, Perturbed
from derive.testing.runs import Runs

METHOD = "differences of the function's values in 67 digits or more"

COARSE = 1e-3
"""A relative error bar wider than this says nothing of an agreement; it never decides a difference."""

PERTURBATIONS = 4
"""Of the codes' constants; what they change most, times ``MARGIN``, is explained by rounding."""

MOST_COLUMNS = 400
"""Columns of a wrong derivative that are all computed for the message."""


def examine(question: Question) -> Finding:
    """The finding of differences in balls.

    Raises:
        Exception: whatever the function raises because it cannot be run on balls.
    """
    finding = None
    for level in LEVELS:
        with Balls(level.precision).context():
            check = _Check(question, level)
            try:
                check.reference.middle()
                finding = check.finding()
            except AtKink as error:
                place = str(getattr(error, "place", "")) or f"{question.function.name} itself"
                finding = question.finding("undecided", f"{place} is at a kink", METHOD, kink=place)
            except OutsideDomain as error:
                where = raised_at(error)
                reason = f"the point is outside the domain of {error.function}{f': {where}' if where else ''}"
                finding = question.finding("undecided", reason, METHOD)
            if finding.verdict != "undecided":
                return finding
    assert finding is not None
    return finding


@dataclass
class _Check:
    """One question at one level of precision."""

    question: Question
    level: Level
    reference: Differences = field(init=False)
    claimed: Runs | None = field(init=False)

    def __post_init__(self) -> None:
        question, system, matrices = self.question, Balls(self.level.precision), Matrices()
        self.reference = Differences(Runs(question.function, system, matrices), question.point, self.level)
        code = question.claimed.code
        self.claimed = Runs(code, system, matrices) if code is not None else None

    def finding(self) -> Finding:
        question = self.question
        claimed, bar = self._claimed()
        self._check_shape(claimed)
        magnitudes = _floats(claimed)
        direction = question.direction(question.generator(magnitudes), magnitudes)
        gap = self._known(direction) - question.along(claimed, direction)
        size = question.size(magnitudes, direction)
        noise = np.zeros(len(gap)) if bar is None else question.size(bar, direction) + self._rounding(direction)
        gap = array_of([x + arb(0, r) for x, r in zip(gap, noise, strict=True)], gap.shape, object)
        resolution = _resolution(gap, size, self.reference.middle())
        if all(x.contains(0) for x in gap):
            return self._agreement(resolution)
        if bar is not None or not self._beyond_rounding(direction):
            if bar is None and (explained := self._explained(direction, gap)) is not None:
                return self._agreement(explained / max(float(np.max(size)), 1e-300))
            if not self._confirmed(direction, claimed, noise):
                reason = "differences and dual numbers do not agree on the reference"
                return question.finding("undecided", reason, METHOD, resolution, 1)
        reason = f"along a random direction it differs by {_relative(gap, size):.1e} of its terms"
        return question.finding("differs", reason, METHOD, resolution, 1, explain=lambda: self._diagnosis(claimed, bar))

    def _claimed(self) -> tuple[Array, Floats | None]:
        """The claimed matrix in balls, and its error bar where it had to be computed in floats."""
        question, source = self.question, self.question.claimed
        if self.claimed is not None:
            try:
                return source.exact(self.reference.numbers, self.claimed), None
            except OutsideDomain:
                raise
            except Exception:  # code that asks for floats: the error is raised again where it is run on them
                pass
        values, bar = source.floats(question.point)
        if not np.isfinite(values).all():
            raise OutsideDomain("the claimed derivative")
        return array_of([arb(float(x)) for x in values.flat], values.shape, object), bar

    def _check_shape(self, claimed: Array) -> None:
        outputs = 1 if self.question.order == 1 and self.reference.middle().size == 1 else None
        rows = self.question.point.size if self.question.order == 2 else self.reference.middle().size
        if len(claimed) != rows:
            one = "a scalar function" if outputs else f"a function of {self.reference.middle().size} outputs"
            raise ValueError(
                f"{self.question.subject}: the claimed derivative has {claimed.size} entries, but {one} of a point of "
                f"shape {self.question.point.shape} has a derivative of {rows * self.question.point.size}"
            )

    def _known(self, direction: Floats) -> Array:
        slope = self.reference.slope if self.question.order == 1 else self.reference.curvature
        return slope(direction)

    def _agreement(self, resolution: float) -> Finding:
        if not resolution <= COARSE:
            reason = f"the reference is only known to a relative error of {resolution:.0e}"
            return self.question.finding("undecided", reason, METHOD, resolution, 1)
        return self.question.finding("agrees", "it agrees within the error bars", METHOD, resolution, 1)

    def _beyond_rounding(self, direction: Floats) -> bool:
        """Do dual numbers exclude agreement, with every constant of both codes a ball of ``MARGIN`` roundings?

        That settles at once what would take several perturbations; the balls hold all of them.
        """
        if self.question.order == 2:
            return False
        try:
            moved, claimed = self._with(Blurred())
            gap = moved.slope_by_duals(direction) - self.question.along(claimed, direction)
        except Exception:  # dual numbers know fewer operations than balls
            return False
        return not all(x.contains(0) for x in gap)

    def _explained(self, direction: Floats, gap: Array) -> float | None:
        """By how much the gap changes when the codes' constants do by a rounding, if that is enough to explain it.

        A derivative may have 1.0 where the function has 3 times the double nearest to 1/3.
        """
        rng = np.random.Generator(np.random.PCG64(self.question.generator().integers(2**63)))
        spread = np.zeros(len(gap))
        for _ in range(PERTURBATIONS):
            moved, claimed = self._with(Perturbed(rng))
            slope = moved.slope_by_duals if self.question.order == 1 else moved.curvature
            other = slope(direction) - self.question.along(claimed, direction)
            spread = np.maximum(spread, [float((x - y).abs_upper()) for x, y in zip(other, gap, strict=True)])
        if all(float(x.abs_lower()) <= MARGIN * s for x, s in zip(gap, spread, strict=True)):
            return MARGIN * float(np.max(spread))
        return None

    def _with(self, constants: Constants) -> tuple[Differences, Array]:
        """The reference and the claimed matrix, with other constants in both codes."""
        assert self.claimed is not None
        moved = Differences(self.reference.runs.standing_for(constants), self.question.point, self.level)
        return moved, self.question.claimed.exact(moved.numbers, self.claimed.standing_for(constants))

    def _confirmed(self, direction: Floats, claimed: Array, noise: Floats) -> bool:
        """Do dual numbers, where they can be used, see the difference too?"""
        if self.question.order == 2:
            return True
        try:
            slopes = self.reference.slope_by_duals(direction)
        except Exception:  # dual numbers know fewer operations than balls
            return True
        gap = slopes - self.question.along(claimed, direction)
        return any(not (x + arb(0, r)).contains(0) for x, r in zip(gap, noise, strict=True))

    def _rounding(self, direction: Floats) -> Floats:
        """The rounding error of a derivative that doubles compute by the chain rule: what claimed floats may have."""
        system = Balls(53)
        with system.context():
            try:
                runs = replace(self.reference.runs, system=system)
                plain = Differences(runs, self.question.point, Level(53, 0, 0))
                return np.array([float(x.rad()) for x in plain.slope_by_duals(direction)])
            except Exception:  # an estimate that is not to be had
                return np.zeros(1)

    def _diagnosis(self, claimed: Array, bar: Floats | None) -> Diagnosis:
        with self.reference.runs.system.context():
            return self._entries(claimed, bar)

    def _entries(self, claimed: Array, bar: Floats | None) -> Diagnosis:
        rows = [self._column(unit) for unit in unit_directions(self.question.point)[:MOST_COLUMNS]]
        reference = np.stack(rows, axis=-1)
        shown = claimed[:, : len(rows)]
        if self.question.order == 2:
            reference = self._hessian(reference)
        error = 2.0**-50 * np.maximum(_floats(shown), _floats(reference)) if bar is None else bar[:, : len(rows)]
        shape = self._shape(len(rows))
        return diagnose(shown.reshape(shape), reference.reshape(shape), error=error.reshape(shape))

    def _column(self, unit: Floats) -> Array:
        try:
            return self._known(unit)
        except EvaluationError:
            outputs = self.reference.middle().size
            return array_of([arb(0, float("inf"))] * outputs, (outputs,), object)  # at a kink along this entry

    def _hessian(self, diagonal: Array) -> Array:
        """The Hessian from second derivatives along sums of unit vectors."""
        units = unit_directions(self.question.point)[: diagonal.size]
        n = len(units)
        own = diagonal.reshape(-1)
        found = np.empty((n, n), dtype=object)
        for i in range(n):
            found[i, i] = own[i]
            for j in range(i):
                found[i, j] = found[j, i] = (self._column(units[i] + units[j])[0] - own[i] - own[j]) / 2
        return found

    def _shape(self, columns: int) -> tuple[int, ...]:
        point = self.question.point.shape if columns == self.question.point.size else (columns,)
        if self.question.order == 2:
            return (columns, columns)
        outputs = self.reference.middle().size
        return point if outputs == 1 else (outputs, *point)


def _floats(matrix: Array) -> Floats:
    return np.array([float(x.abs_upper()) for x in matrix.flat], np.float64).reshape(matrix.shape)


def _resolution(gap: Array, size: Floats, middle: Array) -> float:
    """The widest error bar relative to the terms of the claim, or to the function's value where these are zero."""
    scale = np.where(size > 0, size, max(float(np.max(size, initial=0.0)), _largest(middle)) or 1.0)
    return float(np.max([float(x.rad()) / s for x, s in zip(gap, scale, strict=True)]))


def _relative(gap: Array, size: Floats) -> float:
    """The largest error relative to the terms of the claim."""
    return max(float(x.abs_upper()) / (s or 1.0) for x, s in zip(gap, size, strict=True))


def _largest(values: Array) -> float:
    return max(float(x.abs_upper()) for x in values.flat)
