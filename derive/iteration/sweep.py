"""A claim along runs, in doubles: both sides after 0, 1, 2, ... steps, at many instances at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

import numpy as np

from derive.evaluate.errors import EvaluationError, Unavailable
from derive.evaluate.evaluation import embedded, evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import Array
from derive.iteration.parts import Along, by_run, parts
from derive.iteration.series import Series, observed, series
from derive.iteration.trajectory import Simulation
from derive.language.arrays import eye, lambda_min
from derive.language.binding import free_names, free_symbols
from derive.language.iteration import AtTime, HittingTime, Run
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.obligation import Obligation
from derive.simulation.compiled import Compiled, Key, compiled

HORIZON = 256
"""The number of steps for which a claim about all numbers of steps is followed."""

BUDGET = 100_000_000
"""Entries computed at one choice of sizes: about half a second."""


LONGEST = 5_000
"""Steps of the longest run that is followed."""

SHOWN = 4
"""Entries of the largest state that is shown in a message."""


@dataclass(frozen=True)
class Swept:
    """What was found at instances of the same sizes.

    Attributes:
        times: the values of the clock, one a row; a single 0 where the claim has none.
        margins: for each time and instance the largest excess of the left side (of an identity the largest
            difference), relative to the size of both; not a number where a side is none.
        steps: of the runs.
    """

    points: Sequence[Point]
    times: Sequence[int]
    margins: Array
    steps: int


def clock(obligation: Obligation) -> Symbol | None:
    """The number of steps that the claim is for all values of: a symbol in its times that no hypothesis restricts."""
    timed = [node for node in parts(obligation.left, obligation.right) if not isinstance(node, HittingTime)]
    times = [node.time if isinstance(node, AtTime) else node.until for node in timed]
    restricted = frozenset[str]().union(*(free_names(side) for r in obligation.given for side in (r.left, r.right)))
    found = free_symbols(*times).values() if times else ()
    return next((symbol for symbol in found if not symbol.ndim and symbol.name not in restricted), None)


@dataclass
class Sweep:
    """The claim compiled at given sizes and positions."""

    obligation: Obligation
    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    clock: Symbol | None = None
    parts: tuple[Along, ...] = ()
    simulations: dict[Run, Simulation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = clock(self.obligation)
        self.parts = parts(self.obligation.left, self.obligation.right)
        for run, nodes in by_run(self.parts).items():
            self.simulations[run] = Simulation.of(run, observed(nodes), self.sizes, self.indices)
        changing: list[Key] = [*self.parts, *([self.clock.name] if self.clock is not None else [])]
        sides = _sides(self.obligation)
        self.outer: Compiled = compiled(sides, self.sizes, changing=changing, given=self.parts, indices=self.indices)

    def over(self, points: Sequence[Point]) -> Swept:
        """Both sides at the instances, for as many numbers of steps as the budget allows.

        Raises:
            Unavailable: a number of steps is none, or beyond the budget.
        """
        affordable = min(LONGEST, max(1, BUDGET // max(1, self.cost * len(points))))
        asked = {node: self._steps(node, points, 0) for node in self.parts}
        longest = [max((row[k] for row in asked.values() if row), default=0) for k in range(len(points))]
        points = [point for point, steps in zip(points, longest, strict=True) if steps <= affordable]
        if not points:
            raise Unavailable(f"runs of {min(longest)} steps are longer than {affordable}")
        values = stacked(points)
        needed = max(steps for steps in longest if steps <= affordable)
        steps = min(affordable, needed + HORIZON) if self.clock is not None or self._waits() else needed
        found: dict[Along, Series] = {}
        for run, nodes in by_run(self.parts).items():
            rows = list(islice(self.simulations[run].along(values), steps + 1))
            found |= series(nodes, [np.stack(column) for column in zip(*rows, strict=True)])
        return self._measured(points, values, found, steps)

    def _measured(
        self, points: Sequence[Point], values: Mapping[Key, Array], found: Mapping[Along, Series], steps: int
    ) -> Swept:
        fixed = self.outer.fixed(values)
        margins: list[Array] = []
        for time in range(steps + 1 if self.clock is not None else 1):
            asked = {node: self._steps(node, points, time) for node in self.parts}
            if max((k for row in asked.values() for k in row), default=0) > steps:
                break
            changing: dict[Key, Array] = {node: found[node].after(asked[node]) for node in self.parts}
            if self.clock is not None:
                changing[self.clock.name] = np.full(len(points), float(time))
            margins.append(_margin(self.obligation.sign, self.outer(fixed, changing), len(points)))
        return Swept(points, list(range(len(margins))), np.stack(margins), steps)

    @property
    def cost(self) -> int:
        """Entries computed at each step of one instance."""
        return sum(simulation.cost for simulation in self.simulations.values())

    @property
    def moving(self) -> int:
        """Entries of the states."""
        shapes = [state.shape for run in self.simulations for state in run.states]
        return sum(int(np.prod([axis.size(self.sizes) for axis in shape], dtype=int)) for shape in shapes)

    def _waits(self) -> bool:
        return any(isinstance(node, HittingTime) for node in self.parts)

    def _steps(self, node: Along, points: Sequence[Point], time: int) -> list[int]:
        """For each instance the number of steps after which ``node`` is asked; none where no time is given."""
        if isinstance(node, HittingTime):
            return []
        expression = node.time if isinstance(node, AtTime) else node.until
        alike = free_names(expression) <= ({self.clock.name} if self.clock is not None else set())
        found = [_whole(expression, self.at(point, time)) for point in (points[:1] if alike else points)]
        return found * len(points) if alike else found

    def end(self, point: Point, steps: int) -> int:
        """The first number of steps, up to ``steps``, after which a state has no value; ``steps`` where all have."""
        low, high = 0, steps
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._has_value(point, middle) else (low, middle)
        return high

    def _has_value(self, point: Point, steps: int) -> bool:
        states = [run(state, steps) for run in self.simulations for state in run.states]
        try:
            with np.errstate(all="ignore"):
                return all(np.isfinite(evaluate(state, point, Float64())).all() for state in states)
        except EvaluationError:
            return False

    def state(self, point: Point, steps: int) -> str:
        """The states before the step ``steps`` as text, where they are short enough to be shown."""
        shown: list[str] = []
        for run in self.simulations:
            for name, state in zip(run.state_names, run.states, strict=True):
                array = evaluate(run(state, max(0, steps - 1)), point, Float64())
                if array.size <= SHOWN:
                    shown.append(f"{name} = {np.array2string(array, precision=3, separator=', ')}")
        return f", before which {', '.join(shown)}" if shown else ""

    def at(self, point: Point, time: int) -> Point:
        """The instance, the clock set to a time."""
        if self.clock is None:
            return point
        return Point(point.sizes, point.indices, {**point.values, self.clock.name: Fraction(time)})


def _whole(time: Tensor, point: Point) -> int:
    exact = Rationals()
    value = exact.exact(evaluate(time, point, exact)[()])
    if value is None or value.denominator != 1 or value < 0:
        raise Unavailable(f"the number of steps {time!r} is not 0, 1, 2, ...")
    return int(value)


def stacked(points: Sequence[Point]) -> dict[Key, Array]:
    """The values of all symbols, an axis of instances in front."""
    system = Float64()
    return {name: np.stack([embedded(point.values[name], system) for point in points]) for name in points[0].values}


def _sides(obligation: Obligation) -> list[Tensor]:
    """Both sides; in the Loewner order also the least eigenvalue of their difference."""
    left, right = obligation.left, obligation.right
    if obligation.sign != "<<":
        return [left, right]
    size = (left if left.ndim else right).shape[0]
    left, right = (side if side.ndim else side * eye(size) for side in (left, right))
    return [left, right, lambda_min(right - left)]


def _margin(sign: str, found: Sequence[Array], count: int) -> Array:
    """The largest excess of each instance."""
    left, right = (array.reshape(len(array), -1) for array in np.broadcast_arrays(*map(_flat, found[:2])))
    size = np.maximum(np.abs(left), np.abs(right))
    with np.errstate(all="ignore"):
        if sign == "<<":
            excess = -found[2].reshape(len(found[2]), 1) / size.max(axis=1, keepdims=True)
        else:
            excess = (np.abs(left - right) if sign == "==" else left - right) / np.where(size > 0, size, 1)
    return np.broadcast_to(excess.max(axis=1), count)


def _flat(array: Array) -> Array:
    return array.reshape(len(array), -1)
