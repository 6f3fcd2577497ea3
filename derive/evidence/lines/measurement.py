"""A stated derivative at one point: the claimed one along a random line beside the regression's, and the remainder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flint import arb

from derive.estimate import richardson
from derive.estimate.directions import direction
from derive.estimate.disagreement import DirectionalError, directional_error
from derive.estimate.line import Floats
from derive.estimate.regression import taylor
from derive.estimate.remainder import Remainder, remainder
from derive.evaluate.balls import Balls
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.kinks import Kink, kinked
from derive.evaluate.point import Point
from derive.evaluate.system import Array, array_of
from derive.evidence.lines.model_line import entries_of, model_line, moves
from derive.evidence.lines.stated import StatedDerivative

BALLS = Balls(192)
"""In which the claimed side is evaluated, at exactly the point and the direction of the doubles."""


@dataclass(frozen=True)
class Measurement:
    """What was found along one line.

    Attributes:
        error: of the claimed directional derivative, by output.
        size: what errors are relative to: the largest sum of claimed terms, or the model where these are all zero.
        step: the largest step taken.
    """

    error: DirectionalError
    size: float
    step: float

    @property
    def margin(self) -> float:
        """The largest error, relative."""
        return float(np.max(np.abs(self.error.a), initial=0.0)) / self.size

    @property
    def error_bar(self) -> float:
        """The largest standard error, relative."""
        return float(np.max(self.error.error, initial=0.0)) / self.size


class Place:
    """A stated derivative at a point rounded to doubles, and a random line through it.

    Raises:
        EvaluationError: the model or the claimed side has no value there.
    """

    def __init__(self, stated: StatedDerivative, point: Point, rng: np.random.Generator, *, even: bool) -> None:
        self.stated = stated
        self.scope = scope_at(point, Float64())
        exact = {name: _exact(np.asarray(array)) for name, array in self.scope.arrays.items()}
        self.exact = scope_at(Point(point.sizes, point.indices, exact), BALLS)
        self.directions = self._directions(rng, even)

    @property
    def work(self) -> int:
        """Entries computed so far."""
        return self.scope.tally.work + self.exact.tally.work

    def _directions(self, rng: np.random.Generator, even: bool) -> list[Floats]:
        """One a variable; a stated direction is made as long as the point."""
        shown = [entries_of(variable, self.scope) for variable in self.stated.variables]
        if self.stated.direction is None:
            return [direction(rng, entries, proportional=not even) for entries in shown]
        given = np.asarray(self.scope.value(self.stated.direction), np.float64)
        length, wanted = float(np.linalg.norm(given)), float(np.linalg.norm(shown[0]))
        return [given * (wanted / length if length and wanted else 1.0)]

    def measured(self) -> Measurement:
        """The regression along the line beside the claim."""
        found = taylor(model_line(self.stated, self.scope, self.directions), order=self.stated.order)
        estimate = found.slope if self.stated.order == 1 else found.curvature
        claimed, sizes = self._claimed()
        error = directional_error(estimate, np.array([float(x) for x in claimed]), sizes)
        size = float(np.max(sizes, initial=0.0)) or float(np.max(np.abs(self.scope.value(self.stated.operand)))) or 1.0
        return Measurement(error, size, float(np.max(estimate.step)))

    def _claimed(self) -> tuple[list[arb], Floats]:
        """The claimed derivative contracted with the directions, as balls, and the size of its terms, by output."""
        stated, exact = self.stated, self.exact
        with BALLS.context():
            outputs = exact.shape(stated.operand.shape)
            along = [exact.shape(variable.shape) for variable in stated.variables]
            value = exact.value(stated.claimed)
            if stated.direction is not None:
                factor = self._stretch()
                flat = [x * factor for x in np.broadcast_to(value, outputs).flat]
                return flat, np.array([abs(float(x)) for x in flat])
            array = np.broadcast_to(value, outputs + tuple(size for shape in along for size in shape))
            weights = _exact(self.directions[0]).reshape(-1)
            for each in self.directions[1:]:
                weights = np.multiply.outer(weights, _exact(each).reshape(-1)).reshape(-1)
            terms = array.reshape(-1, len(weights)) * weights
            sizes = np.array([sum(abs(float(x)) for x in row) for row in terms])
            return [sum(row, start=arb(0)) for row in terms], sizes

    def _stretch(self) -> arb:
        """By what the stated direction was lengthened, at its first entry that is not zero."""
        assert self.stated.direction is not None
        given = self.scope.value(self.stated.direction).reshape(-1)
        place = int(np.argmax(np.abs(given)))
        return arb(float(self.directions[0].reshape(-1)[place])) / arb(float(given[place]) or 1.0)

    def remainder(self) -> Remainder:
        """What the claimed expansion leaves of the model along the line; what is below its order is derived."""
        with BALLS.context():
            line = model_line(self.stated, self.exact, [_exact(each) for each in self.directions])
            known = [line.at(arb(0)), *([richardson.first(line.at)] if self.stated.order == 2 else [])]
            return remainder(lambda t: list(line.at(t)), [*map(list, known), self._claimed()[0]])

    def kink(self, reach: float) -> Kink | None:
        """A subexpression with a kink within ``reach`` along the line: its argument changes sign there."""
        near = moves(self.stated, self.scope, self.directions)
        arrays = {
            name: _exact(np.asarray(array), np.abs(near[name]) * reach if name in near else None)
            for name, array in self.scope.arrays.items()
        }
        with BALLS.context():
            point = Point(self.scope.sizes, self.scope.indices, arrays)
            return next(kinked(self.stated.operand, scope_at(point, BALLS)), None)


def _exact(array: Floats, radius: Floats | None = None) -> Array:
    """Doubles as balls, of no radius unless one is given."""
    radii = np.zeros(array.shape) if radius is None else radius
    balls = [arb(float(x), float(r)) for x, r in zip(array.flat, radii.flat, strict=True)]
    return array_of(balls, array.shape, object)
