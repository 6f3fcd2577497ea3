"""Draws of random symbols at a point, by Python's own generator: values of expressions in balls, draw after draw."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod, sqrt
from random import Random
from typing import Any

from flint import arb, ctx

from derive.language.chance import Event, Every, RandomSymbol
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.balls import Balls
from derive.verify.points import Point, key_of
from derive.verify.relations import certain, scope_of
from derive.verify.scope import Scope
from derive.verify.values import Evaluation

BITS = 64
"""Of the balls in which draws are evaluated."""

Drawn = tuple[Evaluation, Scope]


def draws(root: Tensor, point: Point) -> Iterator[Drawn]:
    """Where expressions have their values, draw after draw; what no draw changes is computed once.

    Use each before the next, with ``BITS`` of precision.
    """
    symbols = random_symbols(root)
    rng = key_of("draws", repr(root), sorted(point.sizes.items()))
    names = {symbol.name for symbol in symbols}
    first = Evaluation(Balls(), point.sizes)
    outside = scope_of(point, first.arithmetic)
    known: dict[Any, Array] = {}
    while True:
        evaluation = Evaluation(first.arithmetic, point.sizes, first.names, dict(known))
        scope = outside
        for symbol in symbols:
            scope = scope.binding(symbol.name, _drawn(symbol, evaluation, outside, rng))
        yield evaluation, scope
        if not known:
            kept = [key for key in evaluation.known if names.isdisjoint(first.names.of(key[0]))]
            known = {key: evaluation.known[key] for key in kept}


def numbers(root: Tensor, point: Point) -> int:
    """Random numbers in one draw."""
    return sum(prod(axis.size(point.sizes) for axis in symbol.shape) for symbol in random_symbols(root))


def random_symbols(root: Tensor) -> list[RandomSymbol]:
    return list({part.name: part for part in root.walk() if isinstance(part, RandomSymbol)}.values())


def happens(event: Tensor, drawn: Drawn) -> bool | None:
    """Whether an event certainly happens at a draw, or certainly does not."""
    evaluation, scope = drawn
    with ctx.workprec(BITS):
        answers = [certain(relation, evaluation, scope) for relation in _relations(event)]
    return False if False in answers else None if None in answers else True


def _relations(event: Tensor) -> Iterator[Relation]:
    if isinstance(event, Every):
        for part in event.events:
            yield from _relations(part)
    elif isinstance(event, Event):
        yield Relation(event.sign, event.left, event.right)
    else:
        raise Unknown("an event of another kind")


def _drawn(symbol: RandomSymbol, evaluation: Evaluation, scope: Scope, rng: Random) -> Array:
    """Independent entries of the law, as exact doubles."""
    shape = tuple(axis.size(evaluation.sizes) for axis in symbol.shape)
    parameters = [[float(x.mid()) for x in evaluation.value(p, scope).entries] for p in symbol.parameters]
    count, row = prod(shape), shape[-1] if shape else 1
    numbers: list[float]
    match symbol.kind:
        case "gaussian":
            numbers = [rng.gauss(0.0, 1.0) for _ in range(count)]
        case "rademacher":
            numbers = [rng.choice((-1.0, 1.0)) for _ in range(count)]
        case "uniform":
            numbers = [rng.uniform(parameters[0][0], parameters[1][0]) for _ in range(count)]
        case "bernoulli":
            numbers = [float(rng.random() < parameters[0][0]) for _ in range(count)]
        case "sphere":
            numbers = [x for _ in range(count // row) for x in _direction(row, rng)]
        case "one_hot":
            weights = parameters[0] if parameters else [1.0] * row
            chosen = rng.choices(range(row), weights, k=count // row)
            numbers = [float(k == place) for place in chosen for k in range(row)]
        case _:
            raise Unknown(f"the law {symbol.kind}")
    return Array(shape, tuple(map(arb, numbers)))


def _direction(size: int, rng: Random) -> list[float]:
    vector = [rng.gauss(0.0, 1.0) for _ in range(size)]
    length = sqrt(sum(x * x for x in vector))
    return [x / length for x in vector]
