"""A claim tried at instance after instance, with derivatives taken in one way or another.

The number of instances follows from a budget of work, counted in array entries and not in seconds: the same seed gives
the same trials on every machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.kinks import Region
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Witness
from derive.evidence.hypotheses.conditions import defined_where
from derive.evidence.trials.regions import Regions
from derive.evidence.trials.symmetry import asymmetry
from derive.evidence.trials.trial import Oracle, Trial, kink_at, tried
from derive.evidence.trials.work import expected_work
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.language.derivatives import Derivative, Directional
from derive.obligation import Obligation

LARGEST_SHARE = 0.4
"""The part of the budget that one instance may be expected to take."""

LARGEST_FIRST = 3.0
"""The same for the first instance of nontrivial size, without which little was tried."""

MOST_KEPT = 24
MOST_TRIED = 40

PIECEWISE = 2
"""By what more instances are tried of a claim with pieces: each leads to points in other regions."""


@dataclass
class Trials:
    """The instances of an obligation under an oracle, and what became of them.

    Attributes:
        obligation: what a witness has to violate.
        tested: what is compared in its place: the obligation itself, or one that follows from it.
        placed: an instance of the obligation, made one of ``tested``.
    """

    obligation: Obligation
    oracle: Oracle
    tested: Obligation
    placed: Callable[[Point], Point]
    regions: Regions
    rejected: int | None = None
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
    reached: set[tuple[tuple[int, ...], Region]] = field(default_factory=set)

    @property
    def exhausted(self) -> bool:
        more = PIECEWISE if self.regions.symbols else 1
        return self.kept >= more * MOST_KEPT or self.tried >= more * MOST_TRIED or self.work >= self.oracle.work

    def affordable(self, point: Point) -> bool:
        """Whether the budget allows a trial at these sizes; more is allowed for the first of nontrivial size."""
        expected, budget = expected_work(self.tested, point.sizes), self.oracle.work
        if all(size == 1 for sizes in self.sizes for size in sizes.values()):
            return expected < LARGEST_FIRST * budget
        return expected < min(LARGEST_SHARE * budget, budget - self.work)

    def refuted_at(self, point: Point) -> Witness | None:
        """The verified witness that ``point`` is, if the sides differ there. Enters the trial."""
        self.tried += 1
        place = self.placed(point)
        trial = tried(self.oracle, self.tested, place)
        self.work += trial.work
        match trial.fate:
            case "holds":
                self._keep(point, trial)
            case "violated":
                return self._verified(point, place, trial)
            case "kink":
                self.kinks.append(trial.kink)
            case "open":
                self.open += 1
            case "outside" | "lacking":
                self._without_value(trial)
        return None

    def _keep(self, point: Point, trial: Trial) -> None:
        assert trial.comparison is not None
        self.kept += 1
        self.sizes += [point.sizes] if point.sizes not in self.sizes else []
        self.worst = max(trial.comparison.margin, trial.comparison.margin if self.worst is None else self.worst)
        self.error_bar = max(self.error_bar or 0.0, trial.comparison.error_bar)
        if trial.region:
            self.reached.add((tuple(point.sizes.values()), trial.region))

    def _verified(self, point: Point, place: Point, trial: Trial) -> Witness | None:
        """The witness; a difference that cannot be verified is one at a kink, or counted as it is."""
        witness = verify(self.obligation, point, trial.precision)
        if witness is not None:
            self._keep(point, trial)
        elif kink := kink_at(self.oracle, self.tested, place, trial.precision):
            self.kinks.append(kink)
        else:
            self.unverified += 1
        return witness

    def _without_value(self, trial: Trial) -> None:
        """Count an instance without a value, and record the condition that fails if it is the author's."""
        error = trial.error
        if not isinstance(error, OutsideDomain):
            self.lacking.append(str(error))
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
            (len(self.kinks), f"{{}} instances undecided at a kink of {next(iter(self.kinks), '')}"),
            (self.open, "{} instances too imprecise to compare"),
            (len(self.lacking), f"{{}} instances without a value: {next(iter(self.lacking), '')}"),
        ]
        return "; ".join(text.replace("{}", str(count), 1) for count, text in parts if count)


def examine_by(
    oracle: Oracle,
    obligation: Obligation,
    drawn: Drawn,
    tested: Obligation | None = None,
    placed: Callable[[Point], Point] = lambda point: point,
) -> Evidence:
    """Evidence by ``oracle``: both sides compared in balls at instances until the budget is spent or one refutes.

    ``tested`` may stand for the obligation where it follows from it; its instances are those of the obligation as
    ``placed`` makes them.
    """
    start = time.perf_counter()
    trials, witness = Trials(obligation, oracle, tested or obligation, placed, Regions(obligation)), None
    for point in _points(drawn, trials):
        witness = trials.refuted_at(point)
        if witness is not None or trials.exhausted:
            break
    remarks = [trials.note(), "" if witness is None else asymmetry(obligation, drawn)]
    return Evidence(
        method=oracle.method,
        outcome="refutation" if witness else "support" if trials.kept and not trials.unverified else "inconclusive",
        strength=witness.arithmetic if witness else oracle.strength,
        note="; ".join(filter(None, remarks)),
        seed=drawn.seed,
        sizes=tuple(trials.sizes),
        kept=trials.kept,
        rejected=drawn.search.rejected if trials.rejected is None else trials.rejected,
        non_finite=len(trials.outside),
        worst_margin=trials.worst,
        error_bar=trials.error_bar,
        undefined=tuple(trials.undefined),
        at_kinks=len(trials.kinks),
        kinks=tuple(dict.fromkeys(trials.kinks)),
        regions=len(trials.reached),
        witness=witness,
        seconds=time.perf_counter() - start,
    )


def _points(drawn: Drawn, trials: Trials) -> Iterator[Point]:
    """The instances that can be afforded, each followed by points beside it in regions not seen before."""
    for instance in drawn:
        trials.rejected = instance.rejected
        if trials.affordable(instance.point):
            yield instance.point
            yield from trials.regions.beside(instance.point)
