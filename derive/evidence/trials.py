"""A claim tried at instance after instance, with derivatives taken in one way or another.

The number of instances follows from a budget of work, counted in array entries and not in seconds: the same seed gives
the same trials on every machine.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, OutsideDomain, Unavailable
from derive.evaluate.evaluation import scope_at
from derive.evaluate.kinks import kink_text, kinked
from derive.evaluate.point import Point
from derive.evaluate.scope import Differentiation, Scope
from derive.evidence.comparison import Comparison, compare
from derive.evidence.conditions import defined_where
from derive.evidence.evidence import Evidence, Witness
from derive.evidence.terms import size_of_terms
from derive.evidence.witness import simplify, verify
from derive.evidence.work import expected_work
from derive.instances.drawn import Drawn
from derive.language.derivatives import Derivative, Directional
from derive.obligation import Obligation

WORK = 40_000
"""Entries computed for one claim: about a fifth of a second."""

LARGEST_SHARE = 0.4
"""The part of the budget that one instance may be expected to take."""

LARGEST_FIRST = 3.0
"""The same for the first instance of nontrivial size, without which little was tried."""

MOST_KEPT = 24
MOST_TRIED = 40


@dataclass(frozen=True)
class Oracle:
    """How well a method knows a value.

    Attributes:
        method: its name.
        strength: what an agreement of the sides rests on.
        differentiation: how it takes derivatives.
        precision: bits of the balls.
        resolution: the error, relative to the size of the terms, above which an agreement says nothing.
        work: the budget, in entries computed.
    """

    method: str
    strength: str
    differentiation: Differentiation
    precision: int
    resolution: float
    work: int = WORK


@dataclass
class Trials:
    """The instances of an obligation under an oracle, and what became of them."""

    obligation: Obligation
    oracle: Oracle
    tried: int = 0
    kept: int = 0
    outside: list[str] = field(default_factory=list)
    open: int = 0
    unverified: int = 0
    work: int = 0
    worst: float | None = None
    error_bar: float | None = None
    undefined: list[str] = field(default_factory=list)
    sizes: list[Mapping[str, int]] = field(default_factory=list)
    kinks: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def exhausted(self) -> bool:
        return self.kept >= MOST_KEPT or self.tried >= MOST_TRIED or self.work >= self.oracle.work

    def affordable(self, point: Point) -> bool:
        """Whether the budget allows a trial at these sizes; more is allowed for the first of nontrivial size."""
        expected, budget = expected_work(self.obligation, point.sizes), self.oracle.work
        if all(size == 1 for sizes in self.sizes for size in sizes.values()):
            return expected < LARGEST_FIRST * budget
        return expected < min(LARGEST_SHARE * budget, budget - self.work)

    def refuted_at(self, point: Point) -> Witness | None:
        """The verified witness that ``point`` is, if the sides differ there. Enters the trial."""
        self.tried += 1
        balls = Balls(self.oracle.precision)
        with balls.context():
            scope = scope_at(point, balls, self.oracle.differentiation)
            try:
                comparison = self._compared(scope)
            except OutsideDomain as error:
                self._undefined(error)
                return None
            except AtKink as error:
                self.kinks.append(self._kink(scope) or repr(error.subject))
                return None
            except Unavailable as error:
                self.lacking.append(str(error))
                return None
            finally:
                self.work += scope.tally.work
            return self._judged(comparison, point, scope)

    def _compared(self, scope: Scope) -> Comparison:
        left, right = scope.value(self.obligation.left), scope.value(self.obligation.right)
        size = max(size_of_terms(side, scope) for side in (self.obligation.left, self.obligation.right))
        return compare(self.obligation.sign, left, right, size, self.oracle.resolution)

    def _judged(self, comparison: Comparison, point: Point, scope: Scope) -> Witness | None:
        witness = verify(self.obligation, point) if comparison.outcome == "violated" else None
        if comparison.outcome == "holds" or witness is not None:
            self.kept += 1
            self.sizes += [point.sizes] if point.sizes not in self.sizes else []
            self.worst = comparison.margin if self.worst is None else max(self.worst, comparison.margin)
            self.error_bar = max(self.error_bar or 0.0, comparison.error_bar)
            return witness
        kink = self._kink(scope)
        if kink is not None:
            self.kinks.append(kink)
        elif comparison.outcome == "violated":
            self.unverified += 1
        else:
            self.open += 1
        return None

    def _kink(self, scope: Scope) -> str | None:
        """A subexpression that stands at a kink, as the author wrote it."""
        sides = (self.obligation.left, self.obligation.right)
        return next((kink_text(node, scope) for side in sides for node in kinked(side, scope)), None)

    def _undefined(self, error: OutsideDomain) -> None:
        """Count an instance outside the domain, and record the condition that fails if it is the author's."""
        if not error.certain:
            self.open += 1
            return
        self.outside.append(str(error))
        if error.subject is not None and not isinstance(error.subject, (Derivative, Directional)):
            condition = defined_where(error.subject)
            self.undefined += [condition] if condition not in self.undefined else []

    def note(self) -> str:
        """What kept instances from counting."""
        nowhere = "" if self.kept else "; state hypotheses under which every function has a value"
        parts = [
            (len(self.outside), f"{{}} instances have no value, {next(iter(self.outside), '')}{nowhere}"),
            (self.unverified, "the sides differ at {} instances that could not be verified as witnesses"),
            (len(self.kinks), f"{{}} instances at a kink of {next(iter(self.kinks), '')}"),
            (self.open, "{} instances too imprecise to compare"),
            (len(self.lacking), f"{{}} instances without a value: {next(iter(self.lacking), '')}"),
        ]
        return "; ".join(text.replace("{}", str(count), 1) for count, text in parts if count)


def examine_by(oracle: Oracle, obligation: Obligation, drawn: Drawn) -> Evidence:
    """Evidence by ``oracle``: both sides compared in balls at instances until the budget is spent or one refutes."""
    start = time.perf_counter()
    trials, witness, rejected = Trials(obligation, oracle), None, None
    for instance in drawn:
        rejected = instance.rejected
        if not trials.affordable(instance.point):
            continue
        witness = trials.refuted_at(instance.point)
        if witness is not None or trials.exhausted:
            break
    return Evidence(
        method=oracle.method,
        outcome="refutation" if witness else "support" if trials.kept and not trials.unverified else "inconclusive",
        strength=witness.arithmetic if witness else oracle.strength,
        note=trials.note(),
        seed=drawn.seed,
        sizes=tuple(trials.sizes),
        kept=trials.kept,
        rejected=drawn.search.rejected if rejected is None else rejected,
        non_finite=len(trials.outside),
        worst_margin=trials.worst,
        error_bar=trials.error_bar,
        undefined=tuple(trials.undefined),
        witness=None if witness is None else simplify(obligation, witness),
        seconds=time.perf_counter() - start,
    )
