"""A claim tried at instance after instance, with derivatives taken in one way or another.

The number of instances follows from a budget of work, counted in array entries and not in seconds: the same seed gives
the same trials on every machine.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, OutsideDomain, Unavailable
from derive.evaluate.evaluation import scope_at
from derive.evaluate.kinks import kinked
from derive.evaluate.point import Point
from derive.evaluate.scope import Differentiation, Scope
from derive.evidence.comparison import Comparison, compare
from derive.evidence.evidence import Evidence, Witness
from derive.evidence.instances import instances
from derive.evidence.terms import size_of_terms
from derive.evidence.witness import simplify, verify
from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.tensor import Tensor
from derive.obligation import Obligation

WORK = 60_000
"""Entries computed for one claim: about a third of a second."""

LARGEST_SHARE = 0.4
"""The part of the budget that one instance may be expected to take, except where none has been tried yet."""

MOST_INSTANCES = 24
MOST_TRIES = 40


@dataclass(frozen=True)
class Oracle:
    """How well a method knows a value.

    Attributes:
        precision: bits of the balls.
        resolution: the error, relative to the size of the terms, above which an agreement says nothing.
    """

    precision: int
    resolution: float


@dataclass
class Trials:
    """What became of the instances so far."""

    tried: int = 0
    kept: int = 0
    outside: int = 0
    kinks: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    open: int = 0
    unverified: int = 0
    sizes: list[Mapping[str, int]] = field(default_factory=list)
    worst: float | None = None
    work: int = 0


def examine_by(
    method: str, differentiation: Differentiation, obligation: Obligation, seed: int, *, strength: str, oracle: Oracle
) -> Evidence:
    """Evidence of ``method``: both sides compared in balls at instances, derivatives taken by ``differentiation``."""
    start = time.perf_counter()
    trials, witness, search = Trials(), None, instances(obligation, seed)
    for instance in search:
        if trials.kept >= MOST_INSTANCES or trials.tried >= MOST_TRIES or trials.work >= WORK:
            break
        if not _affordable(obligation, instance.point, trials):
            continue
        trials.tried += 1
        comparison = _compared(obligation, instance.point, differentiation, oracle, trials)
        if comparison is not None and comparison.outcome == "violated":
            witness = _witness(obligation, instance.point, trials)
            if witness is not None:
                break
    return Evidence(
        method=method,
        outcome="refutation" if witness else "support" if trials.kept and not trials.unverified else "inconclusive",
        strength=_strength(strength, trials, witness),
        note=_note(trials),
        seed=seed,
        sizes=tuple(trials.sizes),
        kept=trials.kept,
        rejected=search.rejected,
        non_finite=trials.outside,
        worst_margin=trials.worst,
        witness=witness,
        seconds=time.perf_counter() - start,
    )


def _affordable(obligation: Obligation, point: Point, trials: Trials) -> bool:
    nothing_yet = all(all(size == 1 for size in sizes.values()) for sizes in trials.sizes)
    return nothing_yet or expected_work(obligation, point.sizes) < min(LARGEST_SHARE * WORK, WORK - trials.work)


def expected_work(obligation: Obligation, sizes: Mapping[str, int]) -> int:
    """Entries of all nodes, times those of the variables that they are differentiated in."""
    return sum(_work(side, sizes) for side in (obligation.left, obligation.right))


def _work(root: Tensor, sizes: Mapping[str, int]) -> int:
    nodes = list(root.walk())
    factor = 1
    for node in nodes:
        if isinstance(node, Derivative):
            factor *= prod(_entries(underlying(variable), sizes) for variable in node.variables)
        elif isinstance(node, Directional):
            factor *= 2
    return factor * sum(_entries(node, sizes) for node in nodes)


def _entries(node: Tensor, sizes: Mapping[str, int]) -> int:
    return prod(axis.size(sizes) for axis in node.shape)


def _compared(
    obligation: Obligation, point: Point, differentiation: Differentiation, oracle: Oracle, trials: Trials
) -> Comparison | None:
    """The comparison at ``point``, entered in ``trials``; None where a side has no value there."""
    balls, sides = Balls(oracle.precision), (obligation.left, obligation.right)
    with balls.context():
        scope = scope_at(point, balls, differentiation)
        try:
            left, right = (scope.value(side) for side in sides)
            size = max(size_of_terms(side, scope) for side in sides)
            comparison = compare(obligation.sign, left, right, balls, size, oracle.resolution)
        except OutsideDomain:
            trials.outside += 1
            return None
        except AtKink as error:
            culprit = _culprit(sides, scope)
            trials.kinks.append(_name(error.subject if culprit is None else culprit))
            return None
        except Unavailable as error:
            trials.lacking.append(str(error))
            return None
        finally:
            trials.work += scope.tally.work
        if comparison.outcome == "open":
            culprit = _culprit(sides, scope)
            trials.kinks += [repr(culprit)] if culprit is not None else []
            trials.open += culprit is None
            return comparison
    trials.kept += 1
    trials.sizes += [point.sizes] if point.sizes not in trials.sizes else []
    trials.worst = comparison.margin if trials.worst is None else max(trials.worst, comparison.margin)
    return comparison


def _culprit(sides: Sequence[Tensor], scope: Scope) -> Tensor | None:
    """A subexpression that stands at a kink."""
    return next((node for side in sides for node in kinked(side, scope)), None)


def _witness(obligation: Obligation, point: Point, trials: Trials) -> Witness | None:
    witness = verify(obligation, point)
    if witness is None:
        trials.unverified += 1
        return None
    return simplify(obligation, witness)


def _name(node: Tensor | None) -> str:
    return "a kink" if node is None else repr(node)


def _strength(words: str, trials: Trials, witness: Witness | None) -> str:
    if witness is not None:
        return "a witness verified in exact or ball arithmetic"
    return f"{words} at {trials.kept} instances of {len(trials.sizes)} sizes"


def _note(trials: Trials) -> str:
    parts = []
    if trials.unverified:
        parts.append(f"the sides differ at {trials.unverified} instances that could not be verified as witnesses")
    if trials.kinks:
        parts.append(f"{len(trials.kinks)} instances at a kink of {trials.kinks[0]}")
    if trials.open:
        parts.append(f"{trials.open} instances too imprecise to compare")
    if trials.lacking:
        parts.append(trials.lacking[0])
    return "; ".join(parts)
