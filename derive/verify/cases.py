"""One case of a certificate: a box of parameters, on every leaf of which the goal holds or no point is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from derive.language.relations import Relation
from derive.record import CaseRecord
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.balls import Balls
from derive.verify.definite import certainly_definite
from derive.verify.goals import Goal
from derive.verify.jets import Jet, coefficient
from derive.verify.relations import certain
from derive.verify.scope import Scope, scope
from derive.verify.statement import Statement
from derive.verify.trees import Box, halves, leaves, widest
from derive.verify.values import Evaluation

PRECISION = 64
DEEPER = 5
"""Times that a leaf may be halved where these balls are wider than those of the search."""


@dataclass(frozen=True)
class Placed:
    """The symbols of a case: what does not depend on parameters, what each parameter is, and sums that are kept.

    Attributes:
        fixed: the values of symbols, entries that are parameters at zero.
        entries: by number of the parameter, its symbol, entry, low and high.
        totals: by symbol, the entry that is a constant minus all others, and the constant.
    """

    case: CaseRecord
    fixed: Mapping[str, Array]
    entries: tuple[tuple[str, int, Fraction, Fraction], ...]
    totals: Mapping[str, tuple[int, Fraction]]


def unshown(statement: Statement, goal: Goal, placed: Placed) -> str | None:
    """Why the case does not show its goal; None where it does.

    Raises:
        Torn: its tree is none.
    """
    evaluation = Evaluation(Balls(), placed.case.sizes)
    with ctx.workprec(PRECISION):
        for number, (letter, box) in enumerate(leaves(placed.case.tree, len(placed.entries))):
            if not _shown(letter, box, statement, goal, placed, evaluation, DEEPER):
                return f"leaf {number} ({letter}) at {dict(placed.case.sizes)} does not hold in balls"
            evaluation.known.clear()
    return None


def _shown(
    letter: str, box: Box, statement: Statement, goal: Goal, placed: Placed, evaluation: Evaluation, deeper: int
) -> bool:
    orders = {"n": (_holds, _by_mean_value, _outside), "m": (_by_mean_value, _holds, _outside)}
    checks = orders.get(letter, (_outside, _holds, _by_mean_value))
    if any(check(box, statement, goal, placed, evaluation) for check in checks):
        return True
    if not deeper or not box:
        return False
    parts = halves(box, widest(box))
    return all(_shown(letter, part, statement, goal, placed, evaluation, deeper - 1) for part in parts)


def _holds(box: Box, statement: Statement, goal: Goal, placed: Placed, evaluation: Evaluation) -> bool:
    try:
        return _certainly(goal, goal.gap(evaluation, _at(box, placed, evaluation)))
    except Unknown:
        return False


def _certainly(goal: Goal, gap: Array) -> bool:
    if goal.definite:
        return certainly_definite(gap)
    return all(bool(entry > 0) if goal.strict else bool(entry >= 0) for entry in gap.entries)


def _outside(box: Box, statement: Statement, goal: Goal, placed: Placed, evaluation: Evaluation) -> bool:
    """Does a hypothesis, or one of the orders of the case, certainly fail on the whole box?"""
    values = _at(box, placed, evaluation)
    case = placed.case
    for name, place in case.largest.items():
        array: Array = values[name]
        if any(bool(array.entries[place] < entry) for k, entry in enumerate(array.entries) if k != place):
            return True
    if case.ordered:
        array = values[case.ordered_symbol]
        if any(bool(array.entries[i] < array.entries[j]) for i, j in case.ordered):
            return True
    return any(_fails(hypothesis, evaluation, values) for hypothesis in statement.given)


def _fails(hypothesis: Relation, evaluation: Evaluation, values: Scope) -> bool:
    try:
        return certain(hypothesis, evaluation, values) is False
    except Unknown:
        return False


def _at(box: Box, placed: Placed, evaluation: Evaluation) -> Scope:
    """The symbols on a box of parameters."""
    return _scope([_ball(low, high) for low, high in box], placed, evaluation)


def _ball(low: Fraction, high: Fraction) -> arb:
    middle, radius = (low + high) / 2, (high - low) / 2
    return arb(middle.numerator) / middle.denominator + arb(0, 1) * (arb(radius.numerator) / radius.denominator)


def _scope(parameters: list[Any], placed: Placed, evaluation: Evaluation) -> Scope:
    arrays = {name: list(value.entries) for name, value in placed.fixed.items()}
    number = evaluation.functions.number
    for (name, entry, low, high), t in zip(placed.entries, parameters, strict=True):
        arrays[name][entry] = t * number(high - low) + number(low)
    for name, (place, constant) in placed.totals.items():
        rest: Any = number(constant)
        for k, entry_value in enumerate(arrays[name]):
            rest = rest if k == place else entry_value * number(-1) + rest
        arrays[name][place] = rest
    values = {name: Array(placed.fixed[name].shape, tuple(entries)) for name, entries in arrays.items()}
    return scope(values, placed.case.indices)


def _by_mean_value(box: Box, statement: Statement, goal: Goal, placed: Placed, evaluation: Evaluation) -> bool:
    """``G(t) = G(c) + sum_k d_k G(box) (t_k - c_k)``."""
    centre = [(low + high) / 2 for low, high in box]
    try:
        gap = goal.gap(evaluation, _at(tuple((c, c) for c in centre), placed, evaluation))
        entries = list(gap.entries)
        for axis, (low, high) in enumerate(box):
            parameters: list[Any] = [_ball(a, b) for a, b in box]
            parameters[axis] = Jet({0: parameters[axis], 1: arb(1)})
            slopes = goal.gap(evaluation, _scope(parameters, placed, evaluation))
            half = arb(0, 1) * evaluation.functions.number((high - low) / 2)
            for k, slope in enumerate(slopes.entries):
                entries[k] = entries[k] + coefficient(slope, 1, evaluation.zero) * half
    except Unknown:
        return False
    return _certainly(goal, Array(gap.shape, tuple(entries)))
