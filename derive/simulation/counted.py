"""Draws of an event along runs, counted: the runs are stepped in doubles, many draws at once.

What a draw shows is taken for what the exact run would show but for roundings: an event that does not happen in
doubles, and does where each of its relations is weakened by a millionth of its sides, is told of neither side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np

from derive.chance.sampling import LARGEST_BATCH, Counts, Draws, Trials
from derive.chance.settled import random_symbols
from derive.evaluate.errors import Unavailable
from derive.evaluate.point import Point
from derive.instances.seeds import stream
from derive.language.chance import Probability
from derive.simulation.trial import EXACT, Seen, Slack, along, tried

WEAKENED = Slack(along=1e-6, outside=1e-6)
"""What roundings may have done to a relation, many times over."""


STEPPED = 10
"""What to step an entry of a state costs, in entries computed."""


def draws_of(probability: Probability, point: Point, generator: np.random.Generator) -> Draws:
    """Draws with error bars where the event has such; along runs of many numbers it is taken as doubles show it.

    Raises:
        EvaluationError: the event has no value at the point, or no form that runs.
    """
    try:
        return Trials.of(probability, point, generator)
    except Unavailable:
        if not along(probability.event):
            raise
    return RunTrials(probability, point, generator)


@dataclass
class RunTrials:
    """Draws of one event along runs, counted; ``work_a_draw`` is about what each takes, in entries stepped.

    Raises:
        Unavailable: the event has a condition, too many random numbers, or no value in doubles.
    """

    probability: Probability
    point: Point
    generator: np.random.Generator
    drawn: int = 0
    seed: int = field(init=False)
    work_a_draw: float = field(init=False)

    def __post_init__(self) -> None:
        self.seed = int(self.generator.integers(2**62))
        if self.probability.given is not None:
            raise Unavailable("a condition on an event along runs")
        symbols = random_symbols([self.probability.event])
        numbers = sum(prod(axis.size(self.point.sizes) for axis in symbol.shape) for symbol in symbols)
        if numbers > LARGEST_BATCH:
            raise Unavailable(f"a draw has {numbers} random numbers, more than {LARGEST_BATCH}")
        self.work_a_draw = float(STEPPED * max(1, self._tried([-1], EXACT).work))

    def more(self, count: int) -> Counts:
        """``count`` more draws."""
        seeds = range(self.drawn, self.drawn + count)
        self.drawn += count
        happened = self._tried(seeds, EXACT).values.reshape(-1) > 0
        others = [seed for seed, yes in zip(seeds, happened, strict=True) if not yes]
        failed = int((self._tried(others, WEAKENED).values == 0).sum()) if others else 0
        return Counts(count, int(happened.sum()), failed)

    def _tried(self, seeds: Sequence[int], slack: Slack) -> Seen:
        def draws(name: str) -> np.random.Generator:
            return stream(self.seed, name)

        event, at = self.probability.event, self.point
        return tried(event, at.sizes, seeds, draws, slack=slack, point=at.values)
