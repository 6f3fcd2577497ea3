"""Method: signed Taylor regression of the model's values in double precision, along fresh random directions.

The claimed derivative is contracted with a random direction and compared with the slope of the model on that line (for
a Hessian with the mixed second derivative along two), which a regression gives with a standard error. An error beyond
that is shown to the verification of witnesses, and refutes only where that confirms it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from derive.estimate.directions import generator
from derive.estimate.remainder import Remainder
from derive.evaluate.errors import AtKink, EvaluationError, OutsideDomain
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.lines.measurement import Measurement, Place
from derive.evidence.lines.stated import StatedDerivative, stated_derivative
from derive.evidence.trials.work import expected_work
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "Taylor regression"

MOST_KEPT = 4
MOST_TRIED = 10

LARGEST = 12_000
"""Entries of both sides, expected: larger instances are left to the other methods."""

WORK = 40_000
"""Entries computed after which no further instance is begun: about a tenth of a second."""

COARSE = 1e-3
"""A standard error above this part of the terms says nothing of an agreement; it never decides a difference."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare a stated derivative of first or second order with the regression, a fresh direction an instance."""
    stated = stated_derivative(obligation)
    if isinstance(stated, str):
        return Inapplicable(METHOD, stated, telling=False)
    start = time.perf_counter()
    trials, rejected = _Regressions(obligation, stated, generator(drawn.seed, obligation.id, METHOD)), None
    for instance in drawn:
        rejected = instance.rejected
        if expected_work(obligation, instance.point.sizes) > LARGEST or trials.redundant(instance.point):
            continue
        trials.enter(instance.point, plot=not instance.degenerate and max(instance.point.sizes.values(), default=2) > 1)
        if trials.finished:
            break
    return trials.evidence(drawn.seed, rejected if rejected is not None else drawn.search.rejected, start)


@dataclass
class _Regressions:
    """The instances of a stated derivative, and what became of them."""

    obligation: Obligation
    stated: StatedDerivative
    rng: np.random.Generator
    tried: int = 0
    work: int = 0
    sizes: list[Mapping[str, int]] = field(default_factory=list)
    kept: int = 0
    margin: float = 0.0
    error_bar: float = 0.0
    outside: list[str] = field(default_factory=list)
    kinks: list[str] = field(default_factory=list)
    coarse: int = 0
    unverified: list[str] = field(default_factory=list)
    remainder: Remainder | None = None
    witness: Witness | None = None
    refuting: str = ""

    @property
    def finished(self) -> bool:
        spent = self.work >= WORK and self.kept > 0
        return self.witness is not None or self.kept >= MOST_KEPT or self.tried >= MOST_TRIED or spent

    def redundant(self, point: Point) -> bool:
        """Whether only trivial sizes were asked for once more."""
        return self.kept > 0 and bool(point.sizes) and all(size == 1 for size in point.sizes.values())

    def enter(self, point: Point, *, plot: bool) -> None:
        """Try the claim at a point, along a direction of its own."""
        self.tried += 1
        try:
            with Float64().context():
                place = Place(self.stated, point, self.rng, even=self.tried % 3 == 0)
                self._examine(place, point, plot)
                self.work += place.work
        except OutsideDomain as error:
            self.outside.append(str(error))
        except AtKink as error:
            self.kinks.append(repr(error.subject))
        except EvaluationError:
            self.coarse += 1

    def _examine(self, place: Place, point: Point, plot: bool) -> None:
        kink = place.kink(0.0)
        if kink is not None:
            self.kinks.append(str(kink))
            return
        self._judge(place, point, place.measured())
        if self._plain() and (self.witness or (plot and self.kept)):
            self.remainder = place.remainder()

    def _plain(self) -> bool:
        """Whether there is no remainder yet that shows a slope."""
        return self.remainder is None or self.remainder.slope is None

    def _judge(self, place: Place, point: Point, found: Measurement) -> None:
        if found.error.significant.any():
            self.refuting = f"the directional error is {found.error.shown()}"
            self.witness = verify(self.obligation, point)
            if self.witness is None:
                self.unverified.append(self.refuting)
                return
        elif found.error.kink.any():
            kink = place.kink(found.step)
            self.kinks.append(str(kink or repr(self.stated.operand)))
            return
        elif not found.error_bar <= COARSE:
            self.coarse += 1
            return
        self.kept += 1
        self.sizes += [point.sizes] if point.sizes not in self.sizes else []
        self.margin = max(self.margin, found.margin)
        self.error_bar = max(self.error_bar, found.error_bar)

    def note(self) -> str:
        """What was found, and what kept instances from counting."""
        differ = f"{next(iter(self.unverified), '')} at {_instances(len(self.unverified))} without a verified witness"
        parts = [
            (self.witness is not None, self.refuting),
            (bool(self.unverified), differ),
            (bool(self.outside), f"{_instances(len(self.outside))} without a value, {next(iter(self.outside), '')}"),
            (bool(self.kinks), f"{_instances(len(self.kinks))} undecided at a kink of {next(iter(self.kinks), '')}"),
            (self.coarse > 0, f"{_instances(self.coarse)} too coarse in double precision"),
        ]
        return "; ".join(text for applies, text in parts if applies)

    def evidence(self, seed: int, rejected: int, start: float) -> Evidence:
        agreed = self.kept > 0 and not self.unverified
        return Evidence(
            method=METHOD,
            outcome="refutation" if self.witness else "support" if agreed else "inconclusive",
            strength=self.witness.arithmetic if self.witness else "double precision",
            note=self.note(),
            seed=seed,
            sizes=tuple(self.sizes),
            kept=self.kept,
            rejected=rejected,
            non_finite=len(self.outside),
            worst_margin=self.margin if self.kept else None,
            error_bar=self.error_bar if self.kept else None,
            at_kinks=len(self.kinks),
            kinks=tuple(dict.fromkeys(self.kinks)),
            remainder=self.remainder,
            witness=self.witness,
            seconds=time.perf_counter() - start,
        )


def _instances(count: int) -> str:
    return "1 instance" if count == 1 else f"{count} instances"
