"""Draws at an instance: how often an event happens, fails, or cannot be told; and means with what they scatter.

All draws follow from a seed and names. An event is decided by doubles with error bars; a draw whose error bars leave
it open is counted as such, and whoever counts takes it for what speaks against his conclusion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any, Protocol

import numpy as np

from derive.chance.draw_code import DrawCode
from derive.chance.draw_scope import Recording, record
from derive.chance.laws import draws
from derive.chance.rounded import Rounded, exactly
from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.system import Array
from derive.language.chance import Probability, RandomSymbol
from derive.language.tensor import Tensor

LARGEST_BATCH = 2**18
"""Entries of the largest array of one batch."""

MOST_DRAWS = 2**13
"""Draws of one batch."""

DRAWN = 10
"""What drawing a number costs, in entries computed."""

SAMPLE = 64
"""Draws that tell what a draw costs."""


@dataclass(frozen=True)
class Counts:
    """What became of draws: of ``runs`` in all that count, ``happened`` and ``failed`` are certain, the rest open."""

    runs: int = 0
    happened: int = 0
    failed: int = 0

    @property
    def undecided(self) -> int:
        return self.runs - self.happened - self.failed

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.runs + other.runs, self.happened + other.happened, self.failed + other.failed)


@dataclass
class Sampler:
    """Values of expressions at draws of their random symbols, everything else fixed.

    Attributes:
        code: the recorded expressions.
        parameters: of each law, as doubles.
    """

    point: Point
    recording: Recording
    code: DrawCode
    parameters: dict[str, list[Array]] = field(default_factory=dict)

    @classmethod
    def at(cls, point: Point, *expressions: Tensor) -> Sampler:
        """Raises EvaluationError where an expression has no value at the point, or no form that runs."""
        recording, nodes = record(point, *expressions)
        sampler = cls(point, recording, DrawCode(recording.tape, nodes))
        for name, (symbol, _) in recording.random.items():
            sampler.parameters[name] = [_in_doubles(x, point) for x in symbol.parameters]
        return sampler

    def run(self, count: int, generator: np.random.Generator) -> list[Rounded]:
        """The values of the expressions at ``count`` draws, at most a batch."""
        inputs = dict(self.recording.fixed)
        for name, (symbol, place) in self.recording.random.items():
            inputs[place] = found = self._drawn(symbol, count, self.parameters[name], generator)
            self.code.work += DRAWN * found.value.size
        return self.code.run(inputs, count)

    def _drawn(self, symbol: RandomSymbol, count: int, parameters: Any, generator: np.random.Generator) -> Rounded:
        shape = tuple(axis.size(self.point.sizes) for axis in symbol.shape)
        return exactly(draws(symbol, count, shape, parameters, generator))

    @property
    def numbers(self) -> int:
        """Random numbers of one draw."""
        return sum(prod(axis.size(self.point.sizes) for axis in s.shape) for s, _ in self.recording.random.values())

    def batches(self, count: int) -> list[int]:
        """``count`` draws in batches that fit the memory set for them."""
        largest = max(1, min(MOST_DRAWS, LARGEST_BATCH // self.code.widest))
        whole, rest = divmod(count, largest)
        return [largest] * whole + ([rest] if rest else [])


def _in_doubles(expression: Tensor, point: Point) -> Array:
    balls = evaluate(expression, point, Balls())
    return np.array([float(ball.mid()) for ball in balls.flat]).reshape(balls.shape)


class Draws(Protocol):
    """Draws of one event, counted; ``work_a_draw`` is about what each takes, in entries."""

    @property
    def work_a_draw(self) -> float: ...

    def more(self, count: int) -> Counts: ...


@dataclass
class Trials:
    """Draws of one event under its condition, counted; ``work_a_draw`` is about what each takes, in entries."""

    sampler: Sampler
    generator: np.random.Generator
    work_a_draw: float

    @classmethod
    def of(cls, probability: Probability, point: Point, generator: np.random.Generator) -> Trials:
        """Raises EvaluationError where the event has no value at the point, or no form that runs."""
        condition = () if probability.given is None else (probability.given,)
        sampler = Sampler.at(point, probability.event, *condition)
        if sampler.numbers > LARGEST_BATCH:
            raise Unavailable(f"a draw has {sampler.numbers} random numbers, more than {LARGEST_BATCH}")
        sampler.run(1, np.random.default_rng(0))  # to know how large its arrays are
        alone = sampler.code.work
        [sample, *_] = sampler.batches(SAMPLE)
        sampler.run(sample, np.random.default_rng(0))  # and what a draw costs among others
        return cls(sampler, generator, max(1.0, (sampler.code.work - alone) / sample))

    def more(self, count: int) -> Counts:
        """``count`` more draws. Those outside the condition are not counted; of those that may be inside, all are.

        A draw that may be outside the condition is counted as undecided: it is for neither side.
        """
        found = Counts()
        for size in self.sampler.batches(count):
            found += self._counted(size)
        return found

    def _counted(self, size: int) -> Counts:
        event, *condition = self.sampler.run(size, self.generator)
        happened, failed = _certain(event, size)
        inside = np.ones(size, dtype=bool)
        if condition:
            certainly, outside = _certain(condition[0], size)
            inside, happened, failed = ~outside, happened & certainly, failed & certainly
        return Counts(int(inside.sum()), int(happened.sum()), int(failed.sum()))


def _certain(event: Rounded, size: int) -> tuple[Array, Array]:
    """Where the event certainly happens, and where it certainly does not."""
    value, error = (np.broadcast_to(array.reshape(-1), (size,)) for array in (event.value, event.error))
    settled = np.asarray(error) == 0
    return settled & (value == 1), settled & (value == 0)
