"""The setting at which a claim on a probability fares worst: successive halving by how often draws fail there.

Settings compete with few draws, the worse half of the field (those that fail least) leaves, and the rest get more
draws (Jamieson and Talwalkar 2016). What is found here decides nothing: the setting that is left is tested with draws
of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import inf, log

import numpy as np

from derive.chance.question import Limit, Question
from derive.chance.sampling import Counts, Draws, Trials
from derive.evaluate.errors import EvaluationError
from derive.evaluate.point import Point
from derive.language.chance import Probability

FIELD = 40
"""Settings that compete."""

KEPT = 3
"""One of so many stays in each round."""

ROUNDS = 4

ENTERED, DEAR = 3, 40
"""So many settings may cost what they will; of others the fewest draws no more than this part of the budget."""

FEWEST, MOST = 16, 20_000
"""Draws of a setting in one round."""


@dataclass
class Contender:
    """One limit at one setting, and the draws so far."""

    point: Point
    limit: Limit
    trials: Draws
    counts: Counts = field(default_factory=Counts)

    def draw(self, work: float) -> None:
        """As many draws as the work allows, within bounds."""
        self.counts += self.trials.more(int(min(MOST, max(FEWEST, work / self.trials.work_a_draw))))

    @property
    def failures(self) -> int:
        """Draws that certainly fail."""
        return self.counts.failed if self.limit.at_least else self.counts.happened

    @property
    def score(self) -> tuple[float, float]:
        """How clearly more draws fail than is allowed; of those where none do, how many would be.

        That is the logarithm of the likelihood ratio where more fail, and negative elsewhere: the nearer to zero, the
        nearer the failures come to what is allowed.
        """
        allowed, n, k = float(self.limit.allowed), self.counts.runs, self.failures
        if k <= n * allowed:
            return k / (n * allowed + 1) - 1, n * allowed
        if allowed <= 0:
            return inf, 0.0
        return _times_log(k, k / n / allowed) + _times_log(n - k, (1 - k / n) / (1 - allowed)), n * allowed


def _times_log(count: int, ratio: float) -> float:
    return count * log(ratio) if count else 0.0


@dataclass
class Adversary:
    """The search for the worst setting.

    Attributes:
        streams: the generator of a setting's draws, by a name.
        trials: the draws of a probability at a point, with a generator.
        budget: entries that may be computed.
        width: settings that compete.
        contenders: all that have competed.
        lacking: why a setting had no draws.
    """

    question: Question
    streams: Callable[[str], np.random.Generator]
    budget: int
    trials: Callable[[Probability, Point, np.random.Generator], Draws] = Trials.of
    width: int = FIELD
    contenders: list[Contender] = field(default_factory=list)
    lacking: str = ""

    def worst(self, settings: Iterable[Point]) -> Contender | None:
        """The contender that is left; None where no setting has draws."""
        self.contenders = list(self._entered(islice(settings, self.width)))
        left = self.contenders
        rounds = [left[: max(1, len(left) // KEPT**k)] for k in range(ROUNDS)]
        for number in range(ROUNDS if left else 0):
            left = left[: len(rounds[number])]
            for contender in left:
                contender.draw(self.budget / ROUNDS / len(left))
            left = sorted(left, key=lambda contender: contender.score, reverse=True)  # equal ones stay as they came
        return left[0] if left else None

    @property
    def runs(self) -> int:
        """Draws of all settings."""
        return sum(contender.counts.runs for contender in self.contenders)

    def _entered(self, settings: Iterable[Point]) -> Iterator[Contender]:
        entered = 0
        for number, point in enumerate(settings):
            try:
                limits = self.question.limits(point)
                trials = self.trials(self.question.probability, point, self.streams(f"search {number}"))
            except EvaluationError as error:
                self.lacking = str(error)
                continue
            if entered >= ENTERED and trials.work_a_draw * FEWEST * DEAR > self.budget:
                continue
            entered += 1
            yield from (Contender(point, limit, trials) for limit in limits if limit.allowed < 1)
