"""Method: the experiments that a claim speaks of are carried out, with seeds of their own, in doubles.

What it proves: nothing; a claim on an experiment is supported by an experiment that shows what is claimed. One that
shows the contrary is repeated with fresh seeds: the claim is refuted, at a level, where it would be false of such
experiments more often than not. How it fails: in doubles a run may differ from the exact one; other seeds, or sizes
that the claim does not name, may show something else.
"""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from functools import partial

import msgspec

from derive.evaluate.errors import EvaluationError
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.instances.drawn import Drawn
from derive.instances.seeds import stream
from derive.language.errors import InputError
from derive.language.experiment import Experiment, Exponent, experiments
from derive.language.tensor import Tensor
from derive.obligation import Obligation
from derive.record import ExperimentRecord
from derive.scaling.asked import allowed, holds, sides
from derive.scaling.measurement import Measurement, measured, range_of
from derive.scaling.repetition import Experimenter, Repeated, repeated
from derive.simulation.draw import Stream

METHOD = "experiment"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Carry out the experiments, and repeat them where they speak against the claim."""
    start = time.perf_counter()
    nodes = experiments(obligation.left, obligation.right)
    if not nodes:
        return Inapplicable(METHOD, "the claim speaks of no experiment", telling=False)
    if obligation.given:
        return Inapplicable(METHOD, "an experiment has no hypotheses: it fixes its sizes itself, at=[n == 4]")
    if obligation.left.shape or obligation.right.shape or obligation.sign not in ("<=", "<", "=="):
        return Inapplicable(METHOD, "the claim does not compare numbers")

    def draws(repetition: int) -> Stream:
        return partial(stream, drawn.seed, obligation.id, METHOD, str(repetition))

    try:
        first = [measured(node, draws(0)) for node in nodes]
        found = _found(obligation, nodes, first, lambda number: [range_of(node, draws(number)) for node in nodes])
    except (EvaluationError, InputError) as error:
        return Inapplicable(METHOD, str(error))
    return replace(found, seed=drawn.seed, seconds=time.perf_counter() - start)


def _found(
    obligation: Obligation, nodes: list[Experiment], first: list[Measurement], carry_out: Experimenter
) -> Evidence:
    records = tuple(_record(obligation, nodes, node, one) for node, one in zip(nodes, first, strict=True))
    told = "; ".join(record.words for record in records)
    seeds = sum(record.seeds for record in records)
    sizes = tuple(dict(record.at) for record in records if record.at)
    shared = Evidence(METHOD, "inconclusive", "float64", told, sizes=sizes, kept=seeds, experiments=records)
    values: dict[Tensor, Fraction] = {node: one.value for node, one in zip(nodes, first, strict=True)}
    if holds(obligation, values):
        return replace(shared, outcome="support")
    again = repeated(obligation, [*nodes], carry_out)
    note = f"{told}; {_counted(again)}"
    if not again.refuted:
        return replace(shared, outcome="support" if again.usual else "inconclusive", note=note, draws=again.draws)
    left, right = (str(float(side)) for side in sides(obligation, values))
    witness = Witness(records[0].at, {}, {}, (), left, right, "a test")
    return replace(shared, outcome="refutation", note=note, draws=again.draws, witness=witness)


def _counted(again: Repeated) -> str:
    """What the repetitions showed."""
    draws = again.draws
    if draws.allowed == 0.5:
        return f"{draws.failures} of {draws.runs} such experiments speak against the claim"
    return f"{draws.failures} of {draws.runs} seeds speak against the claim, which allows {draws.allowed:.2g} of them"


def _record(obligation: Obligation, nodes: list[Experiment], node: Tensor, found: Measurement) -> ExperimentRecord:
    """The record, with the exponents that the claim allows."""
    if len(nodes) > 1 or not isinstance(node, Exponent):
        return found.record
    low, high = allowed(obligation, node)
    return msgspec.structs.replace(found.record, claimed_low=low, claimed_high=high)
