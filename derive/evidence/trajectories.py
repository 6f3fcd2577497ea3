"""Method: runs in doubles from instances of the hypotheses, both sides after each number of steps.

What it proves: nothing. What it refutes rests on a witness: the run is stepped again in exact rationals or in balls up
to the step at which the claim fails. How it fails: instances that are not drawn, steps beyond the horizon.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

import numpy as np

from derive.evaluate.errors import EvaluationError
from derive.evaluate.forward import ForwardMode
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.trials.trial import Oracle, tried
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.iteration.growth import grown, wide_enough
from derive.iteration.parts import parts
from derive.iteration.sweep import Sweep, Swept
from derive.obligation import Obligation

METHOD = "trajectories"

STRENGTH = "float64"

DRAWN = 40
"""Instances from which runs start, beside those at larger sizes."""

VERIFIED = 8
"""Instances that look like violations and are looked at in balls."""

VERIFIABLE = 1_000_000
"""Entries beyond which a run is not stepped again in balls, with derivatives by dual numbers."""


ORACLE = Oracle(METHOD, "balls", ForwardMode(), 128, Fraction(1, 2))


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Follow runs, and verify what looks like a violation."""
    start = time.perf_counter()
    if not parts(obligation.left, obligation.right):
        return Inapplicable(METHOD, "nothing in the claim is said along a run", telling=False)
    if obligation.sign not in ("==", "<=", "<", "<<"):
        return Inapplicable(METHOD, "the claim is no relation of two sides", telling=False)
    found = Runs(obligation)
    for points in _grouped(_points(obligation, drawn)):
        found.follow(points)
    if not found.swept:
        return Inapplicable(METHOD, next(iter(found.lacking), "no instance to start from"))
    witness = found.witness()
    return found.evidence(witness, drawn.seed, time.perf_counter() - start)


def _points(obligation: Obligation, drawn: Drawn) -> Iterator[Point]:
    found = [instance.point for instance in islice(drawn, DRAWN)]
    larger = grown(obligation, drawn.seed) if found else wide_enough(obligation, drawn.seed)
    yield from found
    yield from (instance.point for instance in larger)


def _grouped(points: Iterator[Point]) -> list[list[Point]]:
    """Instances of the same sizes and positions together."""
    groups: dict[tuple[object, ...], list[Point]] = {}
    for point in points:
        groups.setdefault((*point.sizes.items(), *point.indices.items()), []).append(point)
    return list(groups.values())


@dataclass(frozen=True)
class Suspect:
    """An instance and a number of steps at which the left side exceeds the right one in doubles, by ``margin``."""

    margin: float
    point: Point
    work: int


@dataclass
class Runs:
    """What the runs of one claim showed.

    Attributes:
        swept: at each choice of sizes, with what compiled it.
        lacking: why there is nothing at some sizes.
        rounding: the largest excess in doubles that was none in balls.
        doubtful: the largest excess in doubles of which balls did not tell.
    """

    obligation: Obligation
    swept: list[tuple[Sweep, Swept]] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    rounding: float = 0.0
    doubtful: float = 0.0

    def follow(self, points: Sequence[Point]) -> None:
        """Run from instances of the same sizes."""
        try:
            sweep = Sweep(self.obligation, points[0].sizes, points[0].indices)
            self.swept.append((sweep, sweep.over(points)))
        except EvaluationError as error:
            self.lacking.append(str(error))

    def suspects(self) -> list[Suspect]:
        """The instances with an excess, the worst first; of each the first time with half of its worst."""
        found: list[Suspect] = []
        for sweep, swept in self.swept:
            margins = np.where(np.isnan(swept.margins), -np.inf, swept.margins)
            for column in map(int, np.flatnonzero(margins.max(axis=0) > 0)):
                worst = float(margins[:, column].max())
                row = int(np.argmax(margins[:, column] >= worst / 2))
                point = sweep.at(swept.points[column], swept.times[row])
                work = sweep.cost * sweep.moving * (1 + swept.times[row])
                found.append(Suspect(worst, point, work))
        return sorted(found, key=lambda suspect: -suspect.margin)

    def witness(self) -> Witness | None:
        """The first suspect that certainly violates the claim."""
        suspects = self.suspects()
        cheap = [suspect for suspect in suspects if suspect.work <= VERIFIABLE][:VERIFIED]
        for suspect in cheap:
            fate = tried(ORACLE, self.obligation, suspect.point).fate
            witness = verify(self.obligation, suspect.point) if fate == "violated" else None
            if witness is not None:
                return witness
            if fate == "holds":
                self.rounding = max(self.rounding, suspect.margin)
            else:
                self.doubtful = max(self.doubtful, suspect.margin)
        others = [suspect.margin for suspect in suspects if suspect not in cheap]
        self.doubtful = max([self.doubtful, *(margin for margin in others if margin > self.rounding)])
        return None

    def evidence(self, witness: Witness | None, seed: int, seconds: float) -> Evidence:
        """What was found in all."""
        compared = [np.isfinite(swept.margins) for _, swept in self.swept]
        kept = sum(int(finite.any(axis=0).sum()) for finite in compared)
        agree = kept and not self.doubtful
        worst = [float(np.nanmax(swept.margins)) for _, swept in self.swept if np.isfinite(swept.margins).any()]
        return Evidence(
            method=METHOD,
            outcome="refutation" if witness else "support" if agree else "inconclusive",
            strength=witness.arithmetic if witness else STRENGTH,
            note=self._note(witness),
            seed=seed,
            sizes=tuple({tuple(sweep.sizes.items()): dict(sweep.sizes) for sweep, _ in self.swept}.values()),
            kept=kept,
            non_finite=sum(int((~finite.all(axis=0)).sum()) for finite in compared),
            worst_margin=max(worst, default=None),
            witness=witness,
            seconds=seconds,
        )

    def _note(self, witness: Witness | None) -> str:
        longest = max(swept.steps for _, swept in self.swept)
        parts = [f"runs of up to {longest} steps", *self._ends()]
        if self.doubtful and not witness:
            parts.append(f"an excess of {self.doubtful:.1e} in doubles could not be verified")
        return "; ".join(parts)

    def _ends(self) -> Iterator[str]:
        """The first run that has no value any more, and the state before."""
        for sweep, swept in self.swept:
            missing = np.isnan(swept.margins)
            if missing.any():
                column = int(missing.any(axis=0).argmax())
                row = int(missing[:, column].argmax())
                point = swept.points[column]
                steps = swept.times[row] if sweep.clock is not None else sweep.end(point, swept.steps)
                yield f"a run has no value after {steps} steps{sweep.state(point, steps)}"
                return
