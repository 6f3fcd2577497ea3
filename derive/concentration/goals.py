"""What a claim about a probability asks: an event, and how likely it is to be at least or at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from derive.bounds.bound import Bound
from derive.bounds.derivation import Derivation
from derive.bounds.goal import parameters_of
from derive.bounds.hypotheses import facts
from derive.concentration.comparison import certainly_at_most
from derive.concentration.derivation import Chances
from derive.concentration.events import unnamed
from derive.concentration.setting import Setting
from derive.language.chance import Probability, unbound
from derive.language.tensor import Add, Negative, Tensor
from derive.obligation import Obligation


@dataclass(frozen=True)
class ChanceGoal:
    """``Pr[event] >= claimed`` where ``from_below``, otherwise ``Pr[event] <= claimed``."""

    event: Tensor
    claimed: sp.Expr
    from_below: bool
    strict: bool
    setting: Setting


def goals(obligation: Obligation) -> Iterator[ChanceGoal]:
    """The readings of an obligation as a bound of one probability."""
    if obligation.sign in ("<=", "<"):
        for side, other, from_below in (
            (obligation.right, obligation.left, True),
            (obligation.left, obligation.right, False),
        ):
            match unnamed(side):
                case Probability(event=event, given=None):
                    yield from _goal(obligation, event, other, from_below)
                case Add(left=left, right=Negative(operand=operand)):  # c - Pr[event] <= t is Pr[event] >= c - t
                    inner = unnamed(operand)
                    if isinstance(inner, Probability) and inner.given is None:
                        yield from _goal(obligation, inner.event, Add.of(left, Negative.of(other)), not from_below)


def _goal(obligation: Obligation, event: Tensor, claimed: Tensor, from_below: bool) -> Iterator[ChanceGoal]:
    parameters = parameters_of(obligation.given)
    value = parameters.scalar(claimed)
    if value is not None:
        laws = {symbol.name: symbol for symbol in unbound(event)}
        setting = Setting(Derivation(facts(obligation.given, parameters, {})), laws)
        yield ChanceGoal(event, value.expression, from_below, obligation.sign == "<", setting)


def prove(goal: ChanceGoal) -> tuple[Bound | None, tuple[Bound, ...]]:
    """A bound that proves the goal, if there is one, and all that were derived, the tightest first."""
    chances = Chances(goal.setting)
    found = chances.at_least(goal.event) if goal.from_below else chances.at_most(goal.event)
    relations = goal.setting.derivation.facts.relations
    for bound in found:
        small, large = bound.value.expression, goal.claimed
        if goal.from_below:
            small, large = large, small
        if certainly_at_most(small, large, relations) and (not goal.strict or (large - small).is_positive):
            return bound, found
    return None, found
