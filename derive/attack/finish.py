"""The end of a climb: rounded to rationals, repaired exactly, and verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from derive.attack.climb import Batch, inputs
from derive.attack.kinds import FROZEN
from derive.attack.nearest import nearest
from derive.attack.problem import Problem
from derive.attack.rounding import rounded
from derive.evaluate.system import Array
from derive.instances.draft import Draft
from derive.instances.plan import Plan
from derive.instances.sizes import Positions

DIGITS = (1, 2, 3, 4, 6, 9, 13)
"""Digits that are tried, the fewest first."""


@dataclass(frozen=True)
class End:
    """One instance in doubles: the values, and what they were made from."""

    values: Mapping[str, Array]
    raw: Mapping[str, Array]
    turns: Mapping[str, Array]
    beside: Mapping[str, str]
    """A symbol -> one that it lies near."""


def end(problem: Problem, batch: Batch, k: int) -> End:
    """The instance ``k`` of a batch."""
    one = batch.chosen(np.array([k]))
    results = problem.code.run(inputs(problem, one))
    values = {name: _single(results[node.place], node.shape) for name, node in problem.values.items()}
    raw, turns, beside = {}, {}, {}
    for g, group in enumerate(problem.groups):
        summed = one.near[g][0] @ (one.free[g][0] * np.exp(one.scale[g][0]))
        for j, name in enumerate(group.names):
            raw[name] = summed[j].reshape(group.kind.raw)
            turns[name] = one.turns[g][0]
            others = [i for i in range(j) if one.near[g][0, j, i] > 0]
            if others:
                beside[name] = group.names[others[-1]]
    return End(values, raw, turns, beside)


def _single(array: Array, shape: tuple[int, ...]) -> Array:
    return np.asarray(array, dtype=np.float64).reshape(-1)[-int(np.prod(shape, dtype=int)) :].reshape(shape)


def drafts(
    problem: Problem, found: End, plan: Plan, everywhere: Sequence[Positions], frozen: Mapping[str, Array]
) -> Iterator[Draft]:
    """Instances in ever more digits, the hypotheses of the plan satisfied as near by as can be."""
    if not all(np.isfinite(value).all() for value in found.values.values()):
        return
    for digits in DIGITS:
        values: dict[str, Array] = {}
        for name in problem.values:
            value = (
                frozen[name] if problem.kinds[name].name == FROZEN else _rounded(problem, found, name, values, digits)
            )
            if value is None:
                break
            values[name] = value
        else:
            draft = Draft(problem.sizes, problem.positions, tuple(everywhere), values)
            yield _repaired(draft, plan, problem)


def _rounded(problem: Problem, found: End, name: str, before: Mapping[str, Array], digits: int) -> Array | None:
    """Of symbols near each other the difference is rounded."""
    kind, value = problem.kinds[name], found.values[name]
    base = found.beside.get(name, "")
    if base in before and kind.name in ("free", "positive", "symmetric"):
        step = rounded(kind, value - found.values[base], found.raw[name], None, digits)
        if kind.name == "positive":
            return rounded(kind, value, found.raw[name], None, digits + 3)
        return None if step is None else np.asarray(before[base] + step, dtype=object)
    return rounded(kind, value, found.raw[name], found.turns.get(name), digits)


def _repaired(draft: Draft, plan: Plan, problem: Problem) -> Draft:
    for repair in plan.repairs:
        try:
            value = None if problem.kinds[repair.target.name].name == FROZEN else nearest(repair, draft)
        except ZeroDivisionError:
            value = None
        if value is not None:
            draft = draft.replaced(repair.target.name, value)
    return draft
