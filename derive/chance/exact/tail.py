"""The probability of an event at a point, in balls."""

from __future__ import annotations

import numpy as np
from flint import arb, fmpq

from derive.chance.exact.conditions import All, Condition, at_most_zero
from derive.chance.exact.joint import Joint
from derive.chance.exact.laws import Source, anything
from derive.chance.exact.numbers import Number, Polynomial, absolute, constant, extremum
from derive.chance.exact.system import Drawn
from derive.chance.settled import random_symbols, settled
from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import scope_at
from derive.evaluate.forward import ForwardMode
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.evaluate.scope import Scope, Tally
from derive.evaluate.system import Array, array_of, boxed
from derive.language.chance import Event, Every, Probability, RandomSymbol
from derive.language.errors import InputError
from derive.language.tensor import Apply, Tensor
from derive.obligation import TURNED

LARGEST = 20_000
"""Entries of the random symbols of an event that is taken apart."""


class EventScope(Scope):
    """A scope of numbers that depend on draws: functions with a kink are extrema."""

    def computed(self, node: Tensor) -> Array:
        match node:
            case Apply(function="abs", arguments=(operand,)):
                return boxed(np.frompyfunc(absolute, 1, 1)(self.value(operand)))
            case Apply(function="relu", arguments=(operand,)):
                zero = constant(fmpq(0))
                return boxed(np.frompyfunc(lambda x: extremum([x, zero], True), 1, 1)(self.value(operand)))
            case Apply(function="maximum" | "minimum" as name, arguments=(left, right)):
                largest = name == "maximum"
                pair = np.frompyfunc(lambda x, y: extremum([x, y], largest), 2, 1)
                return boxed(pair(self.value(left), self.value(right)))
        return super().computed(node)


def probability(node: Probability, point: Point, balls: Balls) -> arb:
    """A ball around the probability, all of [0, 1] where nothing is known. Call it within ``balls.context()``.

    Raises:
        EvaluationError: the event has no value there, or is of no kind that is known.
    """
    events = [node.event] if node.given is None else [node.event, node.given]
    scope, sources = _scope(point, events, balls)
    joint = Joint(sources, balls)
    conditions = [_condition(event, scope, balls) for event in events]
    if node.given is None:
        return joint.probability(conditions[0])
    both, given = joint.probability(All(tuple(conditions))), joint.probability(conditions[1])
    if not given > 0:
        return anything()
    return arb.max(arb(0), arb.min(arb(1), both / given))


def condition_of(
    roots: list[Tensor], event: Tensor, point: Point, balls: Balls
) -> tuple[Condition, list[Source], list[RandomSymbol]]:
    """The condition that an event is, and the entries and symbols on which ``roots`` depend.

    Raises:
        EvaluationError: the event has no value there, or is of no kind that is known.
    """
    scope, sources = _scope(point, roots, balls)
    return _condition(event, scope, balls), sources, random_symbols(roots)


def _condition(event: Tensor, scope: Scope, balls: Balls) -> Condition:
    match event:
        case Every(events=events):
            return All(tuple(_condition(part, scope, balls) for part in events))
        case Event(sign=sign, left=left, right=right):
            low, high = (right, left) if sign in TURNED else (left, right)
            gap = low - high
            number = all(size == 1 for size in scope.shape(gap.shape))  # as which a matrix of one entry is compared
            if TURNED.get(sign, sign) not in (("<=", "<", "<<") if number else ("<=", "<")):
                raise Unavailable(f"the probability of a relation {sign} is not known")
            room = scope.value(gap)
            strict = TURNED.get(sign, sign) == "<"
            return All(tuple(at_most_zero(x, strict, balls) for x in room.flat))
    raise Unavailable("an event of no kind that is known")


def _scope(point: Point, events: list[Tensor], balls: Balls) -> tuple[Scope, list[Source]]:
    """Where the sides of events have their values, and the entries that they depend on."""
    tally, sources = Tally(), list[Source]()
    exact, near = scope_at(point, Rationals()), scope_at(point, balls)
    arrays = {name: _constants(array) for name, array in exact.arrays.items()}
    for symbol in random_symbols(events):
        arrays[symbol.name] = _entries(symbol, point, [_known(x, exact, near) for x in symbol.parameters], sources)
    scope = EventScope(Drawn(balls), point.sizes, point.indices, arrays, ForwardMode(), tally)
    for node in settled(events, tally):
        scope.known[node] = _constants(_known(node, exact, near))
    return scope, sources


def _known(node: Tensor, exact: Scope, near: Scope) -> Array:
    """The values of what no draw changes: rationals where they are, else balls."""
    try:
        return exact.value(node)
    except (Unavailable, InputError):
        return near.value(node)


def _constants(array: Array) -> Array:
    return array_of([constant(value) for value in array.flat], array.shape, object)


def _entries(symbol: RandomSymbol, point: Point, parameters: list[Array], sources: list[Source]) -> Array:
    """The entries of a random symbol as numbers, each a source of its own."""
    shape = tuple(axis.size(point.sizes) for axis in symbol.shape)
    count = int(np.prod(shape, dtype=int))
    if len(sources) + count > LARGEST:
        raise Unavailable(f"the event depends on more than {LARGEST} random numbers")
    row = shape[-1] if symbol.kind in ("sphere", "one_hot") else 1
    first = sources[-1].unit + 1 if sources else 0
    values = [value for array in parameters for value in array.flat]
    start = len(sources)
    sources += [Source(symbol.kind, first + k // row, row, values) for k in range(count)]
    entries: list[Number] = [Polynomial({(start + k,): fmpq(1)}) for k in range(count)]
    return array_of(entries, shape, object)
