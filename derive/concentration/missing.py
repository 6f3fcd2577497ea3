"""Which hypothesis a bound of a probability lacks: what is left in it that nothing bounds."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.bounds.bound import Bound
from derive.bounds.goal import Goal
from derive.bounds.hypotheses import HYPOTHESIS
from derive.language.plain import identity, plain


def missing(goal: Goal, bound: Bound) -> str:
    """``; nothing bounds norm(X[i]): add a hypothesis such as norm(X[i]) <= R``, or nothing."""
    bounded = goal.claimed.free_symbols | {small for small, _, _ in goal.facts.relations}
    bounded |= {s for step in _steps(bound) if step.rule == HYPOTHESIS for s in step.value.expression.free_symbols}
    stated = {identity(part) for part in goal.subject.walk() if not part.shape}
    nodes = goal.facts.parameters.nodes
    left = [s for s in bound.value.expression.free_symbols - bounded if identity(nodes[s]) not in stated]
    named = {_name(symbol, goal, bound) for symbol in left if not symbol.is_integer}
    if not named:
        return ""
    return f"; nothing bounds {', '.join(sorted(named))}: add a hypothesis such as {min(named)} <= R"


def _name(parameter: sp.Symbol, goal: Goal, bound: Bound) -> str:
    """The norm that the parameter is, or that of the rows that it stands for."""
    rows = [step for step in _steps(bound) if step.measure == "rows" and step.value.expression == parameter]
    return f"norm({plain(rows[0].subject)}[i])" if rows else plain(goal.facts.parameters.nodes[parameter])


def _steps(bound: Bound) -> Iterator[Bound]:
    yield bound
    for premise in bound.premises:
        yield from _steps(premise)
