"""An expression with its random symbols drawn: runs are stepped, and the rest is computed from what was seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from derive.evaluate.errors import EvaluationError, Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evaluate.system import Array
from derive.language.chance import Event, Every, RandomSymbol
from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.iteration import Always, AtTime, HittingTime
from derive.language.tensor import Number, Tensor
from derive.simulation.compiled import Key, compiled, symbols_in
from derive.simulation.draw import Stream, drawn
from derive.simulation.observation import Observation
from derive.simulation.runs import Along, Curve, Stepper, Steps
from derive.simulation.watch import watched

MOST_STEPS = 10_000
"""Steps after which an event that has not happened is taken not to happen, where nothing else limits them."""

TOGETHER = 2**17
"""Entries of the largest arrays of the instances that are stepped together: what a processor's cache holds."""


@dataclass(frozen=True)
class Slack:
    """By how much relations along runs, and those outside of them, are weakened, see ``Watched.holds``."""

    along: float = 0.0
    outside: float = 0.0


EXACT = Slack()


@dataclass(frozen=True)
class Seen:
    """What trials at given sizes showed: a value for each, the curves along their runs, and the work they took.

    The work is counted in entries of the states, for each step of each instance.
    """

    values: Array
    curves: Sequence[Curve]
    work: int


def tried(
    expression: Tensor,
    sizes: Mapping[str, int],
    seeds: Sequence[int],
    stream: Stream,
    fixed: Collection[str] = (),
    known: Mapping[Tensor, Array] | None = None,
    slack: Slack = EXACT,
    point: Mapping[str, Any] | None = None,
) -> Seen:
    """The value of a scalar, or whether an event happens (1 or 0), with the draws of each seed.

    The random symbols ``fixed`` are drawn once for all seeds; the nodes ``known`` have a given value for each, and the
    symbols of ``point`` one for all. All relations are weakened by ``slack``.

    Raises:
        Unavailable: something in it has no value in doubles.
    """
    given, settled = known or {}, point or {}
    symbols = {name: x for name, x in symbols_in([expression], given).items() if isinstance(x, RandomSymbol)}
    entries = _entries(expression, sizes, given)
    batch = max(1, TOGETHER // entries)
    steppers = _steppers(expression, Point(sizes, {}, settled), given, slack.along)
    constants: dict[Key, Array] = {name: np.array(value, dtype=np.float64)[None] for name, value in settled.items()}
    parts = []
    for first in range(0, len(seeds), batch):
        some = seeds[first : first + batch]
        values = constants | dict(drawn(symbols, sizes, some, stream, fixed).items())
        values |= {node: array[first : first + batch] for node, array in given.items()}
        parts.append(_value(expression, sizes, values, steppers, len(some), slack.outside))
    found = np.concatenate([part.values for part in parts])
    curves = [curve for part in parts for curve in part.curves]
    return Seen(found, curves, sum(part.work for part in parts) * entries)


def _entries(expression: Tensor, sizes: Mapping[str, int], known: Collection[Tensor]) -> int:
    """Entries of the largest array in the states of the runs."""
    states = [state for node in along(expression, known) for state in node.run.states]
    return max((prod(axis.size(sizes) for axis in state.shape) for state in states), default=1)


def along(expression: Tensor, known: Collection[Tensor] = ()) -> list[Along]:
    """What is said along runs in an expression, each once; nothing inside of it but its time, nor in what is known."""
    found: dict[Along, None] = {}
    seen: set[Tensor] = set(known)
    stack = [expression]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, (AtTime, HittingTime, Always)):
            found[node] = None
            time = _time(node)
            stack.extend([time] if time is not None else [])
        else:
            stack.extend(reversed(list(node.children())))
    return list(found)


def _time(node: Along) -> Tensor | None:
    return node.time if isinstance(node, AtTime) else node.until if isinstance(node, Always) else None


def _steppers(expression: Tensor, point: Point, given: Collection[Tensor], slack: float) -> list[Stepper]:
    """The runs in the expression, each compiled with all that is said along it."""
    nodes = along(expression, given)
    found = []
    for run in dict.fromkeys(node.run for node in nodes):
        said = [node for node in nodes if node.run is run]
        times = {node: _steps(time, point) for node in said if (time := _time(node)) is not None}
        found.append(Stepper(run, said, times, _longest(expression, said), point.sizes, slack))
    return found


def _value(
    expression: Tensor,
    sizes: Mapping[str, int],
    values: Mapping[Key, Array],
    steppers: Sequence[Stepper],
    count: int,
    slack: float,
) -> Seen:
    """The value for each of ``count`` instances, given those of the random symbols and of some nodes."""
    known: dict[Key, Array] = dict(values)
    curves: list[Curve] = []
    steps = 0
    for stepper in steppers:
        observed = Observation(stepper, values, count).observed()
        known.update({node: np.asarray(value, dtype=np.float64) for node, value in observed.values.items()})
        curves += observed.curves
        steps += observed.steps + 1
    given = [node for node in known if isinstance(node, Tensor)]
    found = _computed(expression, sizes, known, given, slack)
    return Seen(np.broadcast_to(found, (count, *found.shape[1:])), curves, max(steps, 1) * count)


def _computed(
    expression: Tensor,
    sizes: Mapping[str, int],
    known: Mapping[Key, Array],
    given: Sequence[Tensor],
    slack: float = 0.0,
) -> Array:
    if isinstance(expression, Every):
        return np.asarray(
            np.minimum.reduce([_computed(part, sizes, known, given, slack) for part in expression.events])
        )
    if isinstance(expression, Event):
        (relation,) = watched(expression)
        left, right = (_computed(side, sizes, known, given) for side in (relation.left, relation.right))
        return relation.holds(left, right, slack).astype(np.float64)
    if expression in known:
        return known[expression]
    code = compiled([expression], sizes, given=given)
    return code(code.fixed(known), {})[0]


def _steps(time: Tensor, point: Point) -> Steps:
    """A number of steps, or the event that is waited for.

    Raises:
        Unavailable: the time is neither.
    """
    opened = _opened(time)
    if isinstance(opened, HittingTime):
        return opened
    try:
        found = float(evaluate(time, point, Float64())[()])
    except (EvaluationError, InputError) as error:
        raise Unavailable(f"the number of steps {time!r} is no number and no run.first(...)") from error
    if not found.is_integer() or found < 0:
        raise Unavailable(f"the number of steps {time!r} is not 0, 1, 2, ...")
    return int(found)


def _opened(node: Tensor) -> Tensor:
    """What a name stands for."""
    while isinstance(node, Definition):
        node = node.operand
    return node


def _longest(expression: Tensor, nodes: Sequence[Along]) -> int:
    """How long one has to wait for events: no longer than the expression compares each of their times with."""
    limits: dict[Tensor, int] = {}
    for node in expression.walk():
        match node:
            case Event(sign=("<=" | "<"), left=left, right=Number(value=limit)):
                limits[_opened(left)] = int(limit)
    waiting = [node for node in nodes if isinstance(node, HittingTime)]
    return max((limits.get(node, MOST_STEPS) for node in waiting), default=MOST_STEPS)
