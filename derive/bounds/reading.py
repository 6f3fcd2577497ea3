"""A goal and what was derived of it, as the constant that a bracket speaks of."""

from __future__ import annotations

from derive.bounds.bound import FROM_BELOW, Bound
from derive.bounds.constant import Constant
from derive.bounds.goal import Goal
from derive.bounds.telling import measured, measured_text
from derive.language.tensor import Number


def read(goal: Goal, bound: Bound | None = None, *, proved: bool = False) -> Constant | None:
    """The constant that ``goal`` asks for; ``proved`` where ``bound`` reaches the goal.

    None where the subject is a number, as in ``0 <= t**2``, of which nothing is to be known.
    """
    if isinstance(goal.subject, Number):
        return None
    parameters = goal.facts.parameters
    return Constant(
        measure=measured(goal.measure, goal.subject),
        measure_text=measured_text(goal.measure, goal.subject),
        below=goal.measure in FROM_BELOW,
        value=goal.value,
        claimed=goal.claimed,
        derived=None if bound is None else bound.value.expression,
        tex=parameters.tex,
        nodes=parameters.nodes,
        relations=tuple(goal.facts.relations),
        proved=proved,
        strict=goal.strict,
    )
