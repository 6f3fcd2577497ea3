"""Experiments carried out: the draws of all seeds, the runs that they start, and what is counted or fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from derive.chance.betting import at_most
from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array
from derive.language.experiment import Experiment, Exponent, Frequency, least_sizes, size_for
from derive.language.latex import latex
from derive.language.plain import plain
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.record import ExperimentRecord
from derive.scaling.curves import curve_records
from derive.scaling.slope import CONFIDENCE, slope
from derive.simulation.draw import Stream
from derive.simulation.trial import EXACT, Seen, Slack, tried


@dataclass(frozen=True)
class Measurement:
    """What one experiment showed.

    Attributes:
        value: of the frequency or of the exponent; an exponent is a double.
        happened: of a frequency, the seeds that show the event.
        work: steps taken, times the entries of the states.
    """

    value: Fraction
    record: ExperimentRecord
    happened: int
    work: int


ROUNDING = 1e-6
"""What roundings of doubles may do to a side of a relation, or to an exponent, at most, relative to its size."""


def range_of(node: Experiment, stream: Stream) -> tuple[Measurement, Measurement]:
    """The least and the largest value of the experiment where its relations are weakened and strengthened.

    They are moved by ``ROUNDING``, far more than roundings do: what speaks against a claim has to lie beyond.
    """
    steps = (-ROUNDING, 0.0, ROUNDING)
    slacks = [Slack(inner, outer) for inner in steps for outer in (-ROUNDING, ROUNDING)]
    found = sorted((measured(node, stream, slack) for slack in slacks), key=lambda one: one.value)
    least, most = found[0], found[-1]
    if isinstance(node, Exponent):
        spare = Fraction(ROUNDING) * (1 + max(abs(least.value), abs(most.value)))
        return replace(least, value=least.value - spare), replace(most, value=most.value + spare)
    return least, most


def measured(node: Experiment, stream: Stream, slack: Slack = EXACT) -> Measurement:
    """Carry out an experiment, whose draws follow from ``stream``; relations are weakened by ``slack``.

    Raises:
        Unavailable: something in it has no value in doubles, or a quantity no logarithm.
    """
    if isinstance(node, Frequency):
        return _frequency(node, stream, slack)
    if isinstance(node, Exponent):
        return _exponent(node, stream, slack)
    raise Unavailable(f"{type(node).__name__} is not measured")


def _frequency(node: Frequency, stream: Stream, slack: Slack) -> Measurement:
    seen = tried(node.event, node.sizes, range(node.seeds), stream, slack=slack)
    happened = int(seen.values.sum())
    record = ExperimentRecord(
        kind="frequency",
        text=plain(node),
        seeds=node.seeds,
        value=happened / node.seeds,
        low=1 - at_most(node.seeds - happened, node.seeds, CONFIDENCE),
        confidence=float(CONFIDENCE),
        at=node.sizes,
        happened=happened,
        curves=curve_records(seen.curves),
    )
    return Measurement(Fraction(happened, node.seeds), record, happened, seen.work)


def _exponent(node: Exponent, stream: Stream, slack: Slack) -> Measurement:
    fixed = [symbol.name for symbol in node.fixed if isinstance(symbol, Symbol)]
    seeds, work, columns = range(node.seeds), 0, []
    for size in node.over:
        sizes = {**node.sizes, **size_for(node.size, size)}
        seen = _quantity(node.operand, sizes, seeds, stream, fixed, slack)
        _check(node, size, seen.values)
        columns.append(seen.values)
        work += seen.work
    quantities = np.stack(columns, axis=1)
    found = slope(np.array(node.over), quantities)
    record = ExperimentRecord(
        kind="exponent",
        text=plain(node),
        seeds=node.seeds,
        value=found.value,
        low=found.low,
        high=found.high,
        confidence=float(CONFIDENCE),
        at=node.sizes,
        quantity_tex=latex(node.operand),
        quantity_text=plain(node.operand),
        size_tex=latex(node.size),
        size_text=plain(node.size),
        sizes=node.over,
        means=tuple(map(float, np.exp(np.log(quantities).mean(axis=0)))),
        least=tuple(map(float, quantities.min(axis=0))),
        most=tuple(map(float, quantities.max(axis=0))),
    )
    return Measurement(Fraction(found.value), record, 0, work)


def _check(node: Exponent, size: int, values: Array) -> None:
    """Raises Unavailable where a quantity has no logarithm."""
    lost = int((~(np.isfinite(values) & (values > 0))).sum())
    if not lost:
        return
    where = f"at {plain(node.size)} = {size} for {lost} of {len(values)} seeds"
    if least_sizes(node.operand):
        raise Unavailable(f"no size of the grid suffices {where}")
    raise Unavailable(f"{plain(node.operand)} has no logarithm {where}")


def _quantity(
    expression: Tensor,
    sizes: Mapping[str, int],
    seeds: Sequence[int],
    stream: Stream,
    fixed: Sequence[str],
    slack: Slack,
) -> Seen:
    """The value for each seed; the least sizes in it are looked for first."""
    known: dict[Tensor, Array] = {}
    work = 0
    for node in least_sizes(expression):
        found = np.full(len(seeds), np.inf)
        for size in node.over:
            waiting = [k for k, least in enumerate(found) if np.isinf(least)]
            if waiting:
                at, some = {**sizes, **size_for(node.size, size)}, [seeds[k] for k in waiting]
                seen = tried(node.event, at, some, stream, fixed, slack=slack)
                found[[k for k, value in zip(waiting, seen.values, strict=True) if value == 1]] = size
                work += seen.work
        known[node] = found
    seen = tried(expression, sizes, seeds, stream, fixed, known, slack)
    return Seen(seen.values, seen.curves, seen.work + work)
