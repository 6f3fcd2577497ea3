"""Whether expressions agree with a reference at generic instances, in floats: a quick sieve, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array
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
