"""Whether two expressions agree at one generic instance, in floats: a quick sieve, never a verdict."""

from __future__ import annotations

import numpy as np

from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.system import Array
from derive.evidence.instances import Instance, instances
from derive.language.errors import InputError
from derive.language.tensor import Tensor
from derive.obligation import Obligation

TRIED = 40
"""Instances looked through for one whose sizes are all above one and, where they can be, different."""


class Agreement:
    """Does an expression agree with ``reference`` at a generic instance of the obligation?"""

    def __init__(self, obligation: Obligation, reference: Tensor) -> None:
        instance = _generic(obligation)
        self.system = Float64()
        self.scope = scope_at(instance.point, self.system) if instance else None
        self.value = self._value(reference)

    def __call__(self, expression: Tensor) -> bool:
        """True where the values agree to rounding, and where nothing can be said."""
        if self.value is None:
            return True
        value = self._value(expression)
        return value is None or (value.shape == self.value.shape and bool(np.allclose(value, self.value, rtol=1e-6, atol=1e-9)))

    def _value(self, expression: Tensor) -> Array | None:
        if self.scope is None:
            return None
        try:
            with self.system.context():
                return self.scope.value(expression)
        except (EvaluationError, InputError):
            return None


def _generic(obligation: Obligation) -> Instance | None:
    best: Instance | None = None
    for count, instance in enumerate(instances(obligation, seed=1)):
        if count >= TRIED:
            break
        sizes = list(instance.point.sizes.values())
        if instance.degenerate or min(sizes, default=2) < 2:
            continue
        best = instance
        if len(set(sizes)) == len(sizes):
            break
    return best
