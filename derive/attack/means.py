"""Means over random symbols on a tape: the entries of arrays become numbers, and closed forms are written out."""

from __future__ import annotations

from operator import itemgetter

import numpy as np

from derive.attack import linear
from derive.attack.linear import Value
from derive.attack.traced import Traced, tape_of
from derive.evaluate.duals import Duals
from derive.evaluate.errors import Unavailable
from derive.evaluate.forward import ForwardMode
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, System, array_of, boxed
from derive.language.binding import free_symbols
from derive.language.chance import Expectation, Probability

MOST_STEPS = 4_000
"""Steps that one mean may add to a tape."""


class TracedEntries(Traced):
    """Numbers on a tape, one by one."""

    dtype = object


def mean(node: Expectation | Probability, scope: Scope) -> Value:
    """The mean, as the evaluation of numbers writes it out.

    Raises:
        Unavailable: it has no closed form, or one of too many steps.
    """
    tape = tape_of(scope.system)
    before = len(tape.steps)
    arrays = {name: _numbers(scope.arrays[name]) for name in free_symbols(node) if name in scope.arrays}
    place = Scope(_of_entries(scope.system), scope.sizes, scope.indices, arrays, ForwardMode())
    found = _joined(boxed(place.value(node)), scope.system)
    if len(tape.steps) - before > MOST_STEPS:
        raise Unavailable(f"a mean takes more than {MOST_STEPS} steps to write out")
    return found


def _of_entries(system: System) -> System:
    """The same number system for single numbers."""
    return Duals(_of_entries(system.base)) if isinstance(system, Duals) else TracedEntries(tape_of(system))


def _numbers(value: Value) -> Array:
    """The entries of an array on a tape."""
    shape = linear.shape(value)
    numbers = [linear.taken(value, itemgetter(place)) for place in np.ndindex(*shape)]
    return array_of(numbers, shape, object)


def _joined(numbers: Array, system: System) -> Value:
    """Numbers on a tape as one array."""
    if not numbers.shape:
        return numbers[()]
    found: Value = None
    for place in np.ndindex(*numbers.shape):
        unit = np.zeros(numbers.shape)
        unit[place] = 1.0
        part = numbers[place] * tape_of(system).constant(unit)
        found = part if found is None else found + part
    return found
