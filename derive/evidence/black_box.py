"""Method: values in floats of code that runs on nothing else, with an estimated error bar.

What it refutes rests on floats, and its witness says so: two estimates of the derivative that share no steps, a Taylor
regression and extrapolated differences, have to see the difference beyond their error bars. How it fails: an error bar
is an estimate; where the code is noisy in a way that its values beside the point do not show, it is too small.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np

from derive.evaluate.balls import Balls
from derive.evaluate.black_box import FloatsOnly
from derive.evaluate.errors import AtKink, EvaluationError, OutsideDomain
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Nested, Point
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.lines.measured import Estimator, Measured, by_regression, by_richardson, computed, on_floats
from derive.evidence.trials.comparison import Comparison, compare
from derive.evidence.trials.terms import sizes_of_terms
from derive.evidence.witness.verification import admitted
from derive.instances.drawn import Drawn
from derive.language.black_box import BlackBox, black_boxes
from derive.language.errors import InputError
from derive.obligation import Obligation

METHOD = "values in floats"

STRENGTH: Final = "float64 with an error bar"

AGREEMENT = 20
"""Bits, of the 53 of a double, in which sides must agree; estimates of derivatives may lose the rest."""

PRECISION = 128
MOST_KEPT = 8
MOST_TRIED = 40

MOST_ENTRIES = 40
"""Entries of the symbols of an instance: every one is a direction of its own."""

GRID = 2**10
"""Values are rounded to multiples of 1/GRID, which floats are exactly, if the hypotheses still hold there."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides where a function runs on floats alone; other methods have the rest."""
    boxes = black_boxes(obligation.left, obligation.right)
    if not boxes:
        return Inapplicable(METHOD, "there is no black box in the claim", telling=False)
    start = time.perf_counter()
    trials = _Trials(obligation)
    for instance in drawn:
        point = _on_grid(instance.point)
        if _entries(point) > MOST_ENTRIES or not _admitted(obligation, point):
            continue
        if not trials.tried and (random := _random(boxes, point)):
            return Inapplicable(METHOD, f"{random} gives different values at the same point: fix its seed")
        if not trials.tried and (names := _generic(boxes, obligation, point)):
            reason = f"{names} runs in balls, where the other methods see more"
            return Inapplicable(METHOD, reason, telling=False)
        trials.enter(point)
        if trials.witness or trials.kept >= MOST_KEPT or trials.tried >= MOST_TRIED:
            break
    return Evidence(
        METHOD,
        "refutation" if trials.witness else "support" if trials.kept and not trials.unconfirmed else "inconclusive",
        STRENGTH,
        note=trials.note(),
        seed=drawn.seed,
        sizes=tuple(trials.sizes),
        kept=trials.kept,
        rejected=drawn.search.rejected,
        non_finite=len(trials.outside),
        worst_margin=trials.worst,
        error_bar=trials.error_bar,
        witness=trials.witness,
        seconds=time.perf_counter() - start,
    )


def _random(boxes: Sequence[BlackBox], point: Point) -> str | None:
    """The first function that gives other values when it is called again."""
    system = Balls(PRECISION)
    with system.context():
        for box in boxes:
            try:
                first, second = (on_floats(box, scope_at(point, system)) for _ in range(2))
            except (EvaluationError, InputError):  # told where its value is asked for
                continue
            if not np.array_equal(first, second, equal_nan=True):
                return box.name
    return None


def _generic(boxes: Sequence[BlackBox], obligation: Obligation, point: Point) -> str:
    """The functions, if all of them run on balls at the point."""
    system = Balls(PRECISION)
    with system.context():
        scope = scope_at(point, system)
        for box in boxes:
            try:
                scope.value(box)
            except FloatsOnly:
                return ""
            except (EvaluationError, InputError):
                continue
    return ", ".join(box.name for box in boxes)


@dataclass
class _Trials:
    """Instances, and what became of them."""

    obligation: Obligation
    tried: int = 0
    kept: int = 0
    open: int = 0
    unconfirmed: int = 0
    worst: float | None = None
    error_bar: float | None = None
    witness: Witness | None = None
    kinks: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    sizes: list[Any] = field(default_factory=list)

    def enter(self, point: Point) -> None:
        """Try an instance; sets ``witness`` if it is one."""
        self.tried += 1
        try:
            found = self._compared(point, by_regression)
            confirmed = found.outcome != "violated" or self._compared(point, by_richardson).outcome == "violated"
        except AtKink as error:
            self.kinks.append(repr(error.subject))
        except OutsideDomain as error:
            self.outside.append(str(error))
        except EvaluationError as error:
            self.lacking.append(str(error))
        else:
            self._judged(found, confirmed, point)

    def _judged(self, found: Comparison, confirmed: bool, point: Point) -> None:
        if found.outcome == "open":
            self.open += 1
            return
        if not confirmed:
            self.unconfirmed += 1
            return
        self.kept += 1
        self.sizes += [point.sizes] if point.sizes not in self.sizes else []
        self.worst = found.margin if self.worst is None else max(self.worst, found.margin)
        self.error_bar = max(self.error_bar or 0.0, found.error_bar)
        if found.outcome == "violated":
            left, right = (str(x.str(12, radius=False)) for x in (found.left, found.right))
            self.witness = Witness(point.sizes, point.indices, point.values, found.entry, left, right, STRENGTH)

    def _compared(self, point: Point, estimator: Estimator) -> Comparison:
        """Both sides in balls; the code's values, and what is measured of them, have the radius of their error."""
        balls, sides = Balls(PRECISION), (self.obligation.left, self.obligation.right)
        with balls.context():
            scope = scope_at(point, balls, Measured(estimator))
            for box in (node for side in sides for node in side.walk() if isinstance(node, BlackBox)):
                scope.known[box] = computed(box, scope)
            left, right = (scope.value(side) for side in sides)
            return compare(self.obligation.sign, left, right, lambda: sizes_of_terms(*sides, scope), AGREEMENT)

    def note(self) -> str:
        """What kept instances from counting."""
        parts = [
            (len(self.kinks), f"instances at a kink of {next(iter(self.kinks), '')}"),
            (len(self.outside), f"instances have no value, {next(iter(self.outside), '')}"),
            (len(self.lacking), f"instances without a value: {next(iter(self.lacking), '')}"),
            (self.unconfirmed, "instances differ by one estimate and not by the other"),
            (self.open, "instances too coarse in floats"),
        ]
        return "; ".join(f"{count} {text}" for count, text in parts if count)


def _admitted(obligation: Obligation, point: Point) -> bool:
    try:
        return admitted(obligation, point)
    except InputError:
        return False


def _on_grid(point: Point) -> Point:
    return Point(point.sizes, point.indices, {name: _rounded(value) for name, value in point.values.items()})


def _rounded(value: Nested) -> Nested:
    if isinstance(value, tuple):
        return tuple(_rounded(part) for part in value)
    return Fraction(round(value * GRID), GRID)


def _entries(point: Point) -> int:
    def count(value: Nested) -> int:
        return sum(map(count, value)) if isinstance(value, tuple) else 1

    return sum(count(value) for value in point.values.values())
