"""Expressions along a run, in any number system: the iteration is stepped, once for all that a scope asks of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from derive.evaluate.errors import EvaluationError, Unavailable
from derive.evaluate.rationals import Rationals
from derive.evaluate.scope import Name, Scope
from derive.evaluate.system import Array
from derive.language.iteration import Always, AtTime, HittingTime, Run
from derive.language.tensor import Tensor

MOST_STEPS = 100_000
"""Steps of the longest run."""

EXACT = Rationals()

MOST_WORK = 100_000
"""Entries computed for the steps of one run."""

MOST_BITS = 20_000
"""Of exact numbers along a run: a rational map may double them in each step."""


@dataclass
class Trajectory:
    """A run from the values that ``scope`` gives, as far as it was asked for.

    Attributes:
        places: the scopes in which the states have their values after 0, 1, 2, ... steps.
        work: entries computed for the steps.
    """

    run: Run
    scope: Scope
    places: list[Scope] = field(default_factory=list)
    work: int = 0

    def after(self, steps: int) -> Scope:
        """The scope after ``steps`` steps.

        Raises:
            Unavailable: the run is too long, or its choices are not given.
            OutsideDomain: an update has no value; the error says after how many steps.
        """
        if steps >= MOST_STEPS:
            raise Unavailable(f"a run of {steps} steps is longer than {MOST_STEPS}")
        if not self.places:
            self._enter([self.scope.value(start) for start in self.run.starts])
        while len(self.places) <= steps:
            self._step()
        return self.places[steps]

    def _step(self) -> None:
        done, before, last = len(self.places) - 1, self.scope.tally.work, self.places[-1]
        if self.run.choices:
            raise Unavailable(f"what is chosen at each step ({self.run.choices[0]!r}) has no value")
        if self.work > MOST_WORK:
            raise Unavailable(f"{done} steps of the run took more than {MOST_WORK} entries")
        try:
            self._enter([last.value(update) for update in self.run.updates])
        except EvaluationError as error:
            if error.step is None:
                error.step = done
            raise
        self.work += self.scope.tally.work - before
        if any(self.scope.system.bits(x) > MOST_BITS for value in self._states() for x in np.asarray(value).flat):
            raise Unavailable(f"after {done + 1} steps of the run its numbers have more than {MOST_BITS} bits")

    def _states(self) -> list[Array]:
        return [self.places[-1].arrays[name] for name in self.run.state_names]

    def _enter(self, values: list[Array]) -> None:
        place = self.scope.child(arrays=dict(zip(self.run.state_names, values, strict=True)))
        place.trajectories[self.run] = self  # inside of what is taken along a run, the run is still the same
        self.places.append(place)


@dataclass(frozen=True)
class Along:
    """A run as it is seen from ``scope``, which may bind more names than the run reads."""

    trajectory: Trajectory
    scope: Scope
    rebound: frozenset[Name]

    def value(self, operand: Tensor, steps: int) -> Array:
        """``operand`` after ``steps`` steps."""
        place = self.trajectory.after(steps)
        if self.rebound & self.scope.tally.names_in(operand):
            arrays = {name: self.scope.arrays[name] for kind, name in self.rebound if kind == "symbol"}
            indices = {name: self.scope.indices[name] for kind, name in self.rebound if kind == "index"}
            place = place.child(arrays=arrays, indices=indices, system=self.scope.system)
        return place.value(operand)

    def happens(self, event: Tensor, steps: int) -> bool:
        """Does the event happen after ``steps`` steps?

        Raises:
            Unavailable: that is not certain.
        """
        exact = self.scope.system.exact(_number(self.value(event, steps)))
        if exact is None:
            raise Unavailable(f"{event!r} is not certain after {steps} steps")
        return exact == 1


def along(run: Run, scope: Scope) -> Along:
    """The run from the values in ``scope``, stepped once for all scopes that give the same to what the run reads."""
    home, rebound = scope, frozenset[Name]()
    while home.parent is not None and not home.rebound & home.tally.names_in(run):
        rebound |= home.rebound
        home = home.parent
    found = home.trajectories.setdefault(run, Trajectory(run, home))
    return Along(found, scope, rebound)


def _number(value: Any) -> Any:
    """The number in a value without axes."""
    return value[()] if isinstance(value, np.ndarray) else value


def at_time(node: AtTime, scope: Scope) -> Array:
    """The operand at the state after as many steps as the time says."""
    return along(node.run, scope).value(node.operand, number_of_steps(node.time, scope))


def always(node: Always, scope: Scope) -> Any:
    """1 where the event happens after each number of steps, 0 where it fails after one."""
    run = along(node.run, scope)
    for k in range(number_of_steps(node.until, scope) + 1):
        if not run.happens(node.event, k):
            return scope.system.rational(Fraction(0))
    return scope.system.rational(Fraction(1))


def hitting_time(node: HittingTime, scope: Scope) -> Any:
    """The first number of steps after which the event happens.

    Raises:
        Unavailable: it does not happen within the longest run.
    """
    run = along(node.run, scope)
    for k in range(MOST_STEPS):
        if run.happens(node.event, k):
            return scope.system.rational(Fraction(k))
    raise Unavailable(f"the event does not happen within {MOST_STEPS} steps")


def number_of_steps(time: Tensor, scope: Scope) -> int:
    """A number of steps.

    Raises:
        Unavailable: the time is not certainly an integer, or negative.
    """
    if any(kind == "symbol" for kind, _ in scope.tally.names_in(time)):
        exact = scope.system.exact(_number(scope.value(time)))
    else:  # the same in every system, also in those whose numbers are not known
        exact = EXACT.exact(_number(Scope(EXACT, scope.sizes, scope.indices, {}, scope.differentiation).value(time)))
    if exact is None or exact.denominator != 1 or exact < 0:
        raise Unavailable(f"the number of steps {time!r} is not 0, 1, 2, ...")
    return int(exact)
