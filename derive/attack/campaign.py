"""An attack: climbs at many sizes, then at those that came nearest to a violation, until a budget of work is spent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from derive.attack.climb import LARGEST_SCALE, Batch, Found, climbed, measured
from derive.attack.finish import drafts, end
from derive.attack.fronts import Front, Opening
from derive.attack.gauge import NOISE, Gauge
from derive.attack.repetition import repeated
from derive.attack.starts import starts
from derive.evaluate.errors import EvaluationError
from derive.evaluate.system import Array
from derive.instances.draft import Draft
from derive.instances.drawn import Drawn
from derive.instances.sizes import Sizes
from derive.language.derivatives import derivative_order
from derive.obligation import Obligation

BUDGET = 200_000_000
"""Entries computed for one inequality: about a second; twice as many where it holds second derivatives."""

STARTS, CLIMBING, POLISHED = 128, 40, 12
"""Starts that are measured, those of them that climb, and the best found that climb on in small steps."""

SHORT, LONG, LONGER = 30, 60, 20
"""Steps of a climb: at first, later, and by how much more in each round."""

RECORDING = 20_000
"""What recording a step costs, in entries computed."""

OPENED = 0.5
"""The part of the budget after which no more sizes are opened."""

HASTE = 1 / 3
"""The part of the steps that climbs have at least, however small the budget."""

SIZES_AGAIN = 3
"""Sizes that are attacked again in each round."""

LOOKED_AT, CANDIDATES = 12, 3
"""Instances of one climb that are looked at again, and of those the ones that are verified."""

FRUITLESS = 16
"""Instances that looked like violations, and were none, after which the search ends."""

ROUNDED = 1e-4
"""Margins up to here may be made by roundings."""

NEARER = 0.7
"""By how much the widest scale is narrowed after a violation that was none."""

NEAREST = 4
"""Sizes whose best instance is made exact in the end."""


def budget(obligation: Obligation) -> int:
    """The work that an obligation is worth."""
    order = max(derivative_order(side) for side in (obligation.left, obligation.right))
    return BUDGET * (2 if order > 1 else 1)


@dataclass
class Campaign:
    """The attack on one obligation. The same seed and obligation give the same instances.

    Attributes:
        tried, climbs: values at which the inequality was measured, and climbs that led there.
        false_alarms: instances that violated the inequality in doubles, and did not when verified.
        noise: relative margins that are taken for roundings.
        widest: natural logarithm of the largest factor by which free numbers are scaled.
        pace: the part of the usual steps that climbs have; fewer where the budget is smaller than usual.
    """

    obligation: Obligation
    drawn: Drawn
    budget: int
    fronts: list[Front] = field(default_factory=list)
    tried: int = 0
    climbs: int = 0
    false_alarms: int = 0
    noise: float = NOISE
    widest: float = LARGEST_SCALE

    def __post_init__(self) -> None:
        digest = sha256(f"{self.drawn.seed}\0{self.obligation.id}\0attack".encode()).digest()
        self.rng = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8], "big")))
        self.opening = Opening(self.obligation, self.drawn, self.rng)
        self.pace = min(1.0, max(HASTE, (self.budget / budget(self.obligation)) ** 0.5))

    @property
    def work(self) -> int:
        """Entries computed so far, and what it took to record what computes them."""
        return sum(front.problem.code.work + RECORDING * len(front.problem.code.order) for front in self.fronts)

    def _spent(self) -> bool:
        """Is the budget of work, or of verifications in vain, used up?"""
        return self.work >= self.budget or self.false_alarms >= FRUITLESS

    def violations(self) -> Iterator[Draft]:
        """Instances that look like violations, to be verified; the search goes on after each."""
        for front in self.opening.fronts():
            self.fronts.append(front)
            yield from self._fresh(front, SHORT, 0.3, 0.03)
            if self._spent():
                return
            if self.work > OPENED * self.budget:
                break
        steps = LONG
        while self.fronts and not self._spent():
            for front in sorted(self.fronts, key=lambda front: -front.score)[:SIZES_AGAIN]:
                if front.best is None:
                    continue
                yield from self._on(front, front.best, steps, 0.15, 1e-3)
                if self._spent():
                    return
                yield from self._fresh(front, steps, 0.25, 0.005)
                yield from self._on(front, front.best, steps, 0.02, 1e-5)
                if self._spent():
                    return
            steps += LONGER

    def nearest(self) -> Iterator[Draft]:
        """The instances that came nearest to a violation, in many digits, the best of each size first."""
        for leader in self._leaders():
            yield from reversed(leader[3:])

    def repeated(self) -> Iterator[Draft]:
        """The same instances, each in the most digits, repeated along a dimension: where that makes a violation."""
        search = self.drawn.search
        for leader in self._leaders():
            for draft in repeated(leader[-1], search.symbols, search.shapes) if leader else ():
                if self._is_convincing(draft):
                    yield draft

    def _is_convincing(self, draft: Draft) -> bool:
        """Does an instance look like a violation? Not at sizes at which something has no form on a tape."""
        with suppress(EvaluationError):
            gauge = Gauge(self.obligation, self.drawn.search.symbols, draft.sizes, draft.positions)
            return gauge.convincing(_doubles(draft), self.noise)
        return False

    def _leaders(self) -> Iterator[list[Draft]]:
        """The instance that came nearest to a violation at each size, in more and more digits; the nearest first."""
        leaders = [(found[0], -i, found[1]) for i, front in enumerate(self.fronts) if (found := front.leader())]
        for _, i, k in sorted(leaders, reverse=True)[:NEAREST]:
            front = self.fronts[-i]
            assert front.best is not None
            yield list(self._exact(front, front.best, k))

    @property
    def worst(self) -> tuple[float, Sizes] | None:
        """The largest margin in doubles, and the sizes where it was found."""
        found = [(leader[0], front.problem.sizes) for front in self.fronts if (leader := front.leader())]
        return max(found, key=lambda row: row[0], default=None)

    def _fresh(self, front: Front, steps: int, first: float, last: float) -> Iterator[Draft]:
        """New starts; the better half of those that climb are the best, the others any."""
        seeds = front.seeds if front.best is None else []
        batch = starts(front.problem, STARTS, self.rng, seeds, self.widest)
        found = measured(front.problem, batch)
        self.tried += STARTS
        yield from self._candidates(front, found)
        order = np.argsort(-found.score, kind="stable")
        half = CLIMBING // 2
        others = self.rng.permutation(order[half:])[:half]
        yield from self._climb(front, batch.chosen(np.concatenate([order[:half], others])), steps, first, last)

    def _on(self, front: Front, best: Found, steps: int, first: float, last: float) -> Iterator[Draft]:
        """The best found so far climb on."""
        batch = best.batch.chosen(np.arange(best.batch.count)[:POLISHED])
        yield from self._climb(front, batch, steps, first, last)

    def _climb(self, front: Front, batch: Batch, steps: int, first: float, last: float) -> Iterator[Draft]:
        steps = round(self.pace * steps)
        found = climbed(front.problem, batch, steps, first, last, self.widest)
        self.climbs += batch.count
        self.tried += batch.count * (steps + 1)
        front.keep(found)
        yield from self._candidates(front, found)

    def _candidates(self, front: Front, found: Found) -> Iterator[Draft]:
        """The most promising instances that violate the inequality in doubles, rounded and repaired."""
        hopeful = np.flatnonzero((found.margin > self.noise) & (found.score > 0))
        order = hopeful[np.argsort(-found.margin[hopeful], kind="stable")][:LOOKED_AT]
        taken = 0
        for k in map(int, order):
            if self.false_alarms >= FRUITLESS or taken >= CANDIDATES:
                return
            if not front.gauge.convincing(end(front.problem, found.batch, k).values, self.noise):
                continue
            taken += 1
            for draft in self._exact(front, found, k):
                if front.gauge.convincing(_doubles(draft), self.noise):
                    yield draft
            self._beware(float(found.margin[k]))

    def _exact(self, front: Front, found: Found, k: int) -> Iterator[Draft]:
        stop = end(front.problem, found.batch, k)
        return drafts(front.problem, stop, self.drawn.search.plan, front.everywhere, front.frozen)

    def _beware(self, margin: float) -> None:
        """After a violation that was none: roundings are larger than thought, at scales that are too extreme."""
        self.false_alarms += 1
        self.widest *= NEARER
        if margin < ROUNDED:
            self.noise = max(self.noise, 2 * margin)


def _doubles(draft: Draft) -> dict[str, Array]:
    return {name: value.astype(np.float64) for name, value in draft.values.items()}
