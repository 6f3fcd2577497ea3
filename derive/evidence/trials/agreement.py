"""Whether expressions agree with a reference at instances: quickly in floats, a sieve, or in balls; never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array
from derive.evidence.trials.comparison import largest
from derive.evidence.trials.work import expected_work
from derive.instances.search import instances
from derive.language.errors import InputError
from derive.language.tensor import Tensor
from derive.obligation import Obligation

TRIED = 40
"""Instances looked through for generic ones."""

KEPT = 2
"""Generic instances at which expressions are compared."""

MODERATE = 1e-5, 1e5
"""Magnitudes of the reference at a generic instance: neither saturated nor huge."""


PRECISION = 256
NARROW = 2.0**-100
"""Bits of the balls in which agreement is counted, and how far zero may lie from the difference of the sides there."""

MOST_COUNTED = 8
FEWEST_COUNTED = 4
MOST_DRAWN = 24
"""Instances at which agreement is counted, and those that are drawn for that: some lie outside the claim's domain."""

MOST_WORK = 5_000
"""Entries that the evaluation at one of them may be expected to compute."""

ROUNDING = 1e-7
"""What doubles may leave of the largest entry; a sieve may let through too much, for what passes is decided exactly."""


class Agreement:
    """Does an expression agree with ``reference`` at generic instances of the obligation?"""

    def __init__(self, obligation: Obligation, reference: Tensor) -> None:
        self.system = Float64()
        self.places = list(self._generic(obligation, reference))

    def __call__(self, expression: Tensor) -> bool:
        """True where the values agree to rounding, and where nothing can be said."""
        return all(self._agrees(scope, value, expression) for scope, value in self.places)

    def _agrees(self, scope: Scope, wanted: Array, expression: Tensor) -> bool:
        value = self._value(scope, expression)
        if value is None or value.shape != wanted.shape:
            return value is None
        return bool(np.max(np.abs(value - wanted), initial=0.0) <= ROUNDING * np.max(np.abs(wanted)))

    def _value(self, scope: Scope, expression: Tensor) -> Array | None:
        try:
            with self.system.context():
                return scope.value(expression)
        except (EvaluationError, InputError):
            return None

    def _generic(self, obligation: Obligation, reference: Tensor) -> Iterator[tuple[Scope, Array]]:
        found = 0
        for count, instance in enumerate(instances(obligation, seed=1)):
            if count >= TRIED or found >= KEPT:
                return
            if instance.degenerate or min(instance.point.sizes.values(), default=2) < 2:
                continue
            scope = scope_at(instance.point, self.system)
            value = self._value(scope, reference)
            if value is not None and MODERATE[0] < float(np.max(np.abs(value), initial=0.0)) < MODERATE[1]:
                found += 1
                yield scope, value


class Count:
    """At how many instances does an expression agree with ``reference``, in balls? 0 where it differs at one."""

    def __init__(self, obligation: Obligation, reference: Tensor) -> None:
        self.obligation = obligation
        self.reference = reference
        self.places: list[Scope] = []

    def __call__(self, expression: Tensor) -> int:
        if not self.places:
            self.places = list(self._generic())
        agreed = 0
        for scope in self.places:
            same = self._same(scope, expression)
            if same is False:
                return 0
            agreed += same is True
            if agreed == MOST_COUNTED:
                break
        return agreed if agreed >= FEWEST_COUNTED else 0

    def _same(self, scope: Scope, expression: Tensor) -> bool | None:
        """Whether the values agree at an instance; None where one has none, or too wide a ball."""
        with scope.system.context():
            try:
                gap = scope.value(expression) - scope.value(self.reference)
                size = largest(scope.value(self.reference)) or 1.0
            except (EvaluationError, InputError, ValueError):
                return None
            gaps = list(np.asarray(gap, dtype=object).flat)
            if not all(ball.contains(0) for ball in gaps):
                return False
            return True if all(float(ball.rad()) <= NARROW * size for ball in gaps) else None

    def _generic(self) -> Iterator[Scope]:
        found = 0
        for count, instance in enumerate(instances(self.obligation, seed=2)):
            if count >= TRIED or found >= MOST_DRAWN:
                return
            nontrivial = not instance.degenerate and min(instance.point.sizes.values(), default=2) > 1
            if nontrivial and expected_work(self.obligation, instance.point.sizes) <= MOST_WORK:
                found += 1
                balls = Balls(PRECISION)
                with balls.context():
                    scope = scope_at(instance.point, balls)
                yield scope
