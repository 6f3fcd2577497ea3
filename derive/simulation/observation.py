"""What is seen along runs of many instances: when events happen, which keep on holding, values at some time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from derive.evaluate.system import Array
from derive.language.iteration import Always, AtTime, HittingTime
from derive.language.tensor import Tensor
from derive.simulation.compiled import Key
from derive.simulation.program import Workspace
from derive.simulation.runs import Curve, Observed, Stepper
from derive.simulation.watch import margins

MOST_RECONSIDERED = 20
"""Steps of a run at which relations that fail in doubles are looked at in extended precision."""

ALIVE = 16
"""Steps between two looks at whether there are numbers left."""

Sides = Sequence[tuple[Array, Array]]
"""The two sides of each relation of an event."""


class Observation:
    """The runs of ``count`` instances as far as they are stepped, and what was seen of them."""

    def __init__(self, stepper: Stepper, values: Mapping[Key, Array], count: int) -> None:
        self.stepper, self.count = stepper, count
        starts = stepper.first(stepper.first.fixed(values), {})
        self.states = [np.array(self._rows(start)) for start in starts]
        self.fixed = stepper.step.fixed(values)
        self.hit: dict[HittingTime, Array] = {node: np.full(count, np.inf) for node in stepper.hits}
        self.holds: dict[Always, Array] = {node: np.ones(count, dtype=bool) for node in stepper.always}
        self.at: dict[AtTime, Array] = {}
        self.curves = {node: [Curve(r) for r in relations] for node, relations in stepper.relations.items()}
        self.reconsidered = 0

    def observed(self) -> Observed:
        """All that is asked of the runs, which are stepped for as long as that takes."""
        steps, outputs = 0, self._outputs(self.fixed, self.states)
        while not self._seen(steps, outputs):
            before, self.states = self.states, outputs[: len(self.states)]
            self.stepper.step.release(self.fixed, outputs, range(len(before), len(outputs)))
            outputs = self._outputs(self.fixed, self.states)
            steps += 1
        found: list[dict[Any, Array]] = [self.at, self.hit, self.holds]
        values: dict[Tensor, Array] = {node: value for part in found for node, value in part.items()}
        return Observed(values, [curve for curves in self.curves.values() for curve in curves], steps)

    def _outputs(self, fixed: Workspace, states: Sequence[Array]) -> list[Array]:
        return self.stepper.step(fixed, dict(zip(self.stepper.run.state_names, states, strict=True)))

    def _rows(self, x: Array) -> Array:
        return np.broadcast_to(x, (self.count, *x.shape[1:]))

    def _seen(self, steps: int, outputs: Sequence[Array]) -> bool:
        """Take from the outputs after so many steps what is asked; whether that is all."""
        sides, operands = self.stepper.parted([self._rows(x) for x in outputs])
        for hit in self.stepper.hits:
            waiting = np.isinf(self.hit[hit])
            self._record(hit, sides[hit], waiting)
            self.hit[hit][waiting & self._held(hit, sides[hit])] = steps
        for always in self.stepper.always:
            active = steps <= self._end(always)
            self._record(always, sides[always], active)
            failed = active & ~self._held(always, sides[always])
            if failed.any() and self.reconsidered < MOST_RECONSIDERED:
                failed[failed] = ~self._hold_in_extended_precision(always, failed)
            self.holds[always] &= ~failed
        for node, value in operands.items():
            found = self.at.setdefault(node, np.full(value.shape, np.nan))
            now = self._end(node) == steps
            found[now] = value[now]
        return bool(self._over(steps).all())

    def _end(self, node: AtTime | Always) -> Array:
        """The last step of interest for each instance; infinite where it waits for an event."""
        time = self.stepper.times[node]
        return self.hit[time] if isinstance(time, HittingTime) else np.full(self.count, time)

    def _over(self, steps: int) -> Array:
        """The instances of which all has been seen; those that are no numbers any more see nothing else."""
        stepper = self.stepper
        over = np.ones(self.count, dtype=bool)
        for time in (*stepper.hits, *stepper.times.values()):
            if isinstance(time, HittingTime):
                over &= np.isfinite(self.hit[time]) | (steps >= stepper.longest)
            else:
                over &= steps >= time
        if steps % ALIVE == 0 and not over.all():
            alive = np.ones(self.count, dtype=bool)
            for state in self.states:
                alive &= np.isfinite(state.reshape(self.count, -1)).all(axis=1)
            for node in stepper.always:
                self.holds[node] &= alive | over
            over |= ~alive
        return over

    def _record(self, node: HittingTime | Always, sides: Sides, active: Array) -> None:
        for curve, (left, right) in zip(self.curves[node], sides, strict=True):
            for column, margin in zip((curve.left, curve.right), margins(left, right), strict=True):
                column.append(np.where(active, margin, np.nan))

    def _hold_in_extended_precision(self, node: Always, rows: Array) -> Array:
        """Whether the relations hold after all at the states of ``rows``: doubles may err where the sides are equal."""
        self.reconsidered += 1
        try:
            fixed = self.fixed.of(rows, np.longdouble)
            outputs = self._outputs(fixed, [state[rows].astype(np.longdouble) for state in self.states])
        except TypeError:  # LAPACK has no extended precision
            return np.zeros(int(rows.sum()), dtype=bool)
        count = int(rows.sum())
        sides, _ = self.stepper.parted([np.broadcast_to(x, (count, *x.shape[1:])) for x in outputs])
        return self._held(node, sides[node])

    def _held(self, node: HittingTime | Always, sides: Sides) -> Array:
        """Whether all relations of an event hold, for each instance."""
        pairs = zip(self.stepper.relations[node], sides, strict=True)
        found = [relation.holds(left, right, self.stepper.slack) for relation, (left, right) in pairs]
        return np.asarray(np.logical_and.reduce(found))
