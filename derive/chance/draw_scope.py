"""Where an expression in random symbols is recorded at an instance: what is not random is known in balls by then."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import inf, nextafter, prod
from typing import Any

import numpy as np
from flint import arb

from derive.attack import linear
from derive.attack.directions import ManyDirections
from derive.attack.recorded import TracedScope
from derive.attack.tape import Node, Tape
from derive.attack.traced import Traced, tape_of
from derive.chance.rounded import Rounded
from derive.chance.settled import random_symbols, settled
from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.scope import Tally
from derive.evaluate.system import Array
from derive.language.arrays import Literal, eye, lambda_min
from derive.language.chance import Event, Every, RandomSymbol
from derive.language.tensor import Tensor
from derive.obligation import TURNED

LARGEST_ARRAY = 2**20
"""Entries of an array of one draw."""

PRECISION = 128
"""Bits of the balls in which all that is not random is computed."""


@dataclass(frozen=True)
class ExactTraced(Traced):
    """Arrays on a tape, on which a number that is no double is told from one that is."""

    def rational(self, value: Fraction) -> Node:
        near = np.float64(value.numerator / value.denominator)
        primitive = "exact" if Fraction(float(near)) == value else "constant"
        return self.tape.apply(primitive, (), (), np.reshape(near, (1,)))


class DrawScope(TracedScope):
    """A scope of draws: events are 1 where they happen and 0 where they do not."""

    def computed(self, node: Tensor) -> linear.Value:
        if prod(axis.size(self.sizes) for axis in node.shape) > LARGEST_ARRAY:
            raise Unavailable(f"an array of one draw has more than {LARGEST_ARRAY} entries")
        if isinstance(node, Event):
            left, right = (node.right, node.left) if node.sign in TURNED else (node.left, node.right)
            sign = TURNED.get(node.sign, node.sign)
            room = self.node(_room(left, right) if sign == "<<" else right - left)
            return room.tape.apply("happens", (room,), (), (sign, len(room.shape)))
        if isinstance(node, Every):
            parts = [self.node(event) for event in node.events]
            return reduce(lambda x, y: tape_of(self.system).entrywise("minimum", x, y), parts)
        if isinstance(node, Literal) and any(float(x).is_integer() and x.denominator > 1 for x in node.entries):
            raise Unavailable("a literal array holds a number next to an integer")
        return super().computed(node)


def _room(left: Tensor, right: Tensor) -> Tensor:
    """What is nonnegative if ``left`` is at most ``right`` in the Loewner order; a scalar stands for a multiple."""
    size = (left if left.ndim else right).shape[0]
    small, large = (side if side.ndim else side * eye(size) for side in (left, right))
    return lambda_min(large - small)


@dataclass
class Recording:
    """The tape of expressions at a point, and the arrays that its inputs are given.

    Attributes:
        fixed: the values of what is not random, by the number of their input.
        random: the number of the input of each random symbol.
    """

    point: Point
    tape: Tape = field(default_factory=Tape)
    fixed: dict[int, Rounded] = field(default_factory=dict)
    random: dict[str, tuple[RandomSymbol, int]] = field(default_factory=dict)

    def known(self, value: Rounded) -> Node:
        """An array that is the same for all draws."""
        node = self.tape.input(value.value.shape[1:])
        self.fixed[len(self.tape.inputs) - 1] = value
        return node

    def drawn(self, symbol: RandomSymbol) -> Node:
        node = self.tape.input(tuple(axis.size(self.point.sizes) for axis in symbol.shape))
        self.random[symbol.name] = (symbol, len(self.tape.inputs) - 1)
        return node


def record(point: Point, *roots: Tensor) -> tuple[Recording, list[Node]]:
    """The tape of expressions in random symbols, at a point of all others.

    Raises:
        EvaluationError: one of them has no value there, or no form on a tape.
    """
    recording, tally, balls = Recording(point), Tally(), Balls(PRECISION)
    with balls.context():
        exact = scope_at(point, balls)
        values: dict[str, Any] = {name: recording.known(as_doubles(array)) for name, array in exact.arrays.items()}
        for symbol in random_symbols(roots):
            values[symbol.name] = recording.drawn(symbol)
        scope = DrawScope(
            ExactTraced(recording.tape), point.sizes, point.indices, values, ManyDirections(), tally=tally
        )
        known: dict[Tensor, Any] = scope.known
        for node in settled(roots, tally):
            known[node] = recording.known(as_doubles(exact.value(node)))
        return recording, [scope.node(root) for root in roots]


def as_doubles(balls: Array) -> Rounded:
    """Balls as doubles with error bars, with an axis of draws in front."""
    near = np.array([float(ball.mid()) for ball in balls.flat]).reshape((1, *balls.shape))
    bars = [_distance(ball, x) for ball, x in zip(balls.flat, near.flat, strict=True)]
    return Rounded(near, np.array(bars).reshape(near.shape))


def _distance(ball: Any, double: Any) -> float:
    """A double above the distance of all that the ball stands for."""
    far = abs(ball - arb(float(double))).upper() if ball.is_finite() else None
    if far is None or not far.is_finite():
        return inf
    return 0.0 if far.is_zero() else nextafter(float(far), inf)
