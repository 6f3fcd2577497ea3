"""What a claim about a probability asks: an event, and how likely it is to be at least or at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.bounds.bound import Bound
from derive.bounds.derivation import Derivation
from derive.bounds.goal import Goal, parameters_of
from derive.bounds.hypotheses import facts
from derive.concentration.comparison import certainly_at_most
from derive.concentration.derivation import Chances
from derive.concentration.events import parts, unnamed
from derive.concentration.setting import Setting
from derive.language.chance import Event, Probability, unbound
from derive.language.relations import Relation
from derive.language.tensor import Add, Negative, Size, Tensor
from derive.obligation import Obligation


@dataclass(frozen=True)
class ChanceGoal:
    """``lower`` or ``upper`` of a probability against what is claimed of it, and what lemmas may use."""

    goal: Goal
    event: Tensor
    setting: Setting


def goals(obligation: Obligation) -> Iterator[ChanceGoal]:
    """The readings of an obligation as a bound of one probability."""
    if obligation.sign in ("<=", "<"):
        sides = ((obligation.right, obligation.left, "lower"), (obligation.left, obligation.right, "upper"))
        for side, other, measure in sides:
            match unnamed(side):
                case Probability(given=None) as found:
                    yield from _goal(obligation, measure, found, other)
                case Add(left=left, right=Negative(operand=operand)):  # c - Pr[event] <= t is Pr[event] >= c - t
                    inner = unnamed(operand)
                    if isinstance(inner, Probability) and inner.given is None:
                        yield from _goal(obligation, TURNED[measure], inner, Add.of(left, Negative.of(other)))


TURNED = {"upper": "lower", "lower": "upper"}


def _goal(obligation: Obligation, measure: str, subject: Probability, claimed: Tensor) -> Iterator[ChanceGoal]:
    parameters = parameters_of(obligation.given)
    value = parameters.scalar(claimed)
    if value is not None:
        for limit in (*_thresholds(subject.event), *_least_sizes(obligation.given)):
            parameters.scalar(limit)  # its norms are parameters too, which bounds may be told in
        known = facts(obligation.given, parameters, {})
        goal = Goal(measure, subject, value.expression, known, strict=obligation.sign == "<", value=subject)
        laws = {symbol.name: symbol for symbol in unbound(subject.event)}
        yield ChanceGoal(goal, subject.event, Setting(Derivation(known), laws, tuple(obligation.expressions)))


def _thresholds(event: Tensor) -> Iterator[Tensor]:
    """The scalars that random ones are compared with."""
    for part in parts(event):
        if isinstance(part, Event):
            yield from (side for side in (part.left, part.right) if not side.shape and not unbound(side))


def _least_sizes(given: Sequence[Relation]) -> Iterator[Tensor]:
    """The scalars that hypotheses compare sizes with."""
    for relation in given:
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            if isinstance(unnamed(side), Size) and not other.shape:
                yield other


def prove(asked: ChanceGoal) -> tuple[Bound | None, tuple[Bound, ...]]:
    """A bound that proves the goal, if there is one, and the best that were derived."""
    goal, chances = asked.goal, Chances(asked.setting)
    found = chances.at_least(asked.event) if goal.measure == "lower" else chances.at_most(asked.event)
    for bound in found:
        small, large = bound.value.expression, goal.claimed
        if goal.measure == "lower":
            small, large = large, small
        apart = not goal.strict or bool((large - small).is_positive)
        if apart and certainly_at_most(small, large, goal.facts.relations):
            return bound, found
    return None, found
