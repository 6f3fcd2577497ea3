"""Method: draws counted at the setting where a claim on a probability fares worst, by a test valid at any time.

What it proves: nothing. What it refutes, it refutes at a level: were the claim true at the setting named, so many
failures would be drawn with a probability of at most that, however long one draws. The setting is chosen with draws of
its own, and satisfies the hypotheses certainly; the draws of the test are fresh. How it fails: a setting that the
search does not reach, a probability far below one over the number of draws, an excess too small for them.
"""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np

from derive.chance.adversary import FIELD, Adversary, Contender
from derive.chance.question import Question, question
from derive.chance.sequence import CONFIDENCE, Outcome, outcome
from derive.chance.settings import Settings
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.witness.verification import admitted
from derive.instances.drawn import Drawn
from derive.instances.seeds import stream
from derive.obligation import Obligation
from derive.record import DrawsRecord, written
from derive.simulation.counted import draws_of

METHOD = "sequential test"

SEARCHING, TESTING = 60_000_000, 240_000_000
"""Entries computed to find the worst setting, and to test it."""

SETTLED, FEW = 30, 8
"""By how much less where the claim is settled without, and so many settings compete then."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Test the setting that looks worst with fresh draws, until the claim is refuted or the budget is spent."""
    start = time.perf_counter()
    asked = question(obligation)
    if isinstance(asked, str):
        return Inapplicable(METHOD, asked, telling=False)
    share, width = (SETTLED, FEW) if drawn.settled else (1, FIELD)
    settings = Settings.of(obligation, admitted, drawn.seed)
    adversary = Adversary(asked, lambda name: _stream(drawn, name), SEARCHING // share, draws_of, width)
    worst = adversary.worst(settings)
    if worst is None:
        return Inapplicable(METHOD, adversary.lacking or "no setting satisfies the hypotheses")
    trials = draws_of(asked.probability, worst.point, _stream(drawn, "test"))
    found = outcome(worst.limit, trials, TESTING // share)
    if not found.counts.runs:
        return Inapplicable(METHOD, "no draw satisfies the condition")
    return Evidence(
        method=METHOD,
        outcome="refutation" if found.refuted else "support",
        strength=f"a test at level {float(found.level):g}" if found.refuted else "draws",
        note=_note(found, worst, adversary),
        seed=drawn.seed,
        sizes=tuple({tuple(c.point.sizes.items()): dict(c.point.sizes) for c in adversary.contenders}.values()),
        kept=len(adversary.contenders),
        rejected=settings.base.search.rejected,
        draws=_record(found, worst, adversary),
        witness=_witness(asked, worst, found) if found.refuted else None,
        seconds=time.perf_counter() - start,
    )


def _stream(drawn: Drawn, name: str) -> np.random.Generator:
    return stream(drawn.seed, drawn.obligation.id, METHOD, name)


def _note(outcome: Outcome, worst: Contender, adversary: Adversary) -> str:
    """What was drawn, where, and what follows from it."""
    at = ", ".join(f"{name} = {size}" for name, size in worst.point.sizes.items())
    allowed = f"{float(outcome.limit.allowed):.3g}"
    runs = outcome.counts.runs
    told = (
        f"{outcome.failures} failures in {runs} fresh runs{' at ' if at else ''}{at}, where {allowed} of them may fail"
    )
    if outcome.refuted:
        return told
    several = f" (the worst of {len(adversary.contenders)} settings)" if len(adversary.contenders) > 1 else ""
    told += (
        f"{several}; they fail with probability at most {outcome.bound:.2g} at confidence 1 - {float(1 - CONFIDENCE):g}"
    )
    if outcome.counts.undecided:
        told += f", {outcome.counts.undecided} undecided runs counted as failures"
    if outcome.powerless:
        told += "; what is claimed is too small to be told from that by draws"
    return told


def _record(outcome: Outcome, worst: Contender, adversary: Adversary) -> DrawsRecord:
    point, wealth = worst.point, outcome.log10_wealth
    return DrawsRecord(
        runs=outcome.counts.runs,
        failures=outcome.failures,
        undecided=outcome.counts.undecided,
        allowed=float(outcome.limit.allowed),
        at_least=outcome.limit.at_least,
        level=float(outcome.level),
        wealth=wealth if np.isfinite(wealth) else None,
        confidence=None if outcome.refuted else float(CONFIDENCE),
        bound=None if outcome.refuted else outcome.bound,
        searched=len(adversary.contenders),
        searched_runs=adversary.runs,
        sizes=dict(point.sizes),
        indices=dict(point.indices),
        values={name: written(value) for name, value in point.values.items()},
    )


def _witness(asked: Question, worst: Contender, outcome: Outcome) -> Witness:
    """The setting, with what was drawn in the place of the probability."""
    counts = outcome.counts
    happened = counts.runs - outcome.failures if outcome.limit.at_least else outcome.failures
    left, right = asked.sides(worst.point, Fraction(happened, counts.runs))
    return Witness(worst.point.sizes, worst.point.indices, worst.point.values, (), left, right, "a test", counts.runs)
