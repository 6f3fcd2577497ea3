"""What steps are about: events, and which entries have to be below which in them; means, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.arrays import Norm
from derive.language.chance import Event, Every, Expectation, Probability, unbound
from derive.language.tensor import Apply, Extremum, IndexSum, IndexSymbol, Negative, Number, Power, Tensor
from derive.verify.scope import unnamed
from derive.verify.steps import Step


class Mismatch(Exception):
    """A step is not an instance of its rule."""


OPPOSITE = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}


@dataclass(frozen=True)
class Less:
    """``small <= large`` in every entry, or ``<`` where ``strict``; of the absolute value where ``two_sided``."""

    small: Tensor
    large: Tensor
    strict: bool
    two_sided: bool = False


def less(event: Tensor) -> Less:
    """An event about one inequality.

    Raises:
        Mismatch: it is about none, or about several.
    """
    if not isinstance(event, Event) or event.sign not in OPPOSITE:
        raise Mismatch("an event that is no inequality")
    small, large = event.left, event.right
    if event.sign in (">=", ">"):
        small, large = large, small
    strict = event.sign in ("<", ">")
    inner, outer = unnamed(small), unnamed(large)
    if isinstance(inner, Extremum) and inner.kind == "max" and not inner.shape:
        small, inner = inner.operand, unnamed(inner.operand)
    if isinstance(outer, Extremum) and outer.kind == "min" and not outer.shape:
        large = outer.operand
    if isinstance(inner, Norm) and inner.order == "inf" and inner.operand.shape:
        return Less(inner.operand, large, strict, two_sided=True)
    if isinstance(inner, Apply) and inner.function == "abs":
        return Less(inner.arguments[0], large, strict, two_sided=True)
    return Less(small, large, strict)


def turned(found: Less) -> Less:
    """The same with the random side on the left: ``c <= Z`` as ``-Z <= -c``."""
    if found.two_sided or not unbound(found.large) or unbound(found.small):
        return found
    return Less(Negative.of(found.large), Negative.of(found.small), found.strict)


def opposite(event: Tensor) -> Event:
    """The event that happens where this one, about scalars, does not.

    Raises:
        Mismatch: it is about an array.
    """
    if not isinstance(event, Event) or event.sign not in OPPOSITE or event.left.shape or event.right.shape:
        raise Mismatch("an event that is no inequality between numbers")
    return Event(OPPOSITE[event.sign], event.left, event.right)


def several(event: Tensor) -> list[Tensor]:
    """The events that all have to happen."""
    if isinstance(event, Every):
        return [part for inner in event.events for part in several(inner)]
    if isinstance(event, Event) and event.sign == "==":
        return [Event("<=", event.left, event.right), Event(">=", event.left, event.right)]
    return [event]


def free_indices(node: Tensor) -> dict[str, IndexSymbol]:
    """The index symbols of an expression over which nothing in it is summed."""
    if isinstance(node, IndexSymbol):
        return {node.name: node}
    found: dict[str, IndexSymbol] = {}
    for child in node.children():
        found |= free_indices(child)
    if isinstance(node, IndexSum):
        found.pop(node.index.name, None)
    return found


def expect(answer: object) -> None:
    """Raise ``Mismatch`` unless the answer is yes."""
    if not answer:
        raise Mismatch


def event_of(step: Step, measure: str) -> Tensor:
    """The event whose probability a step bounds on the given side; raises ``Mismatch`` where it is about none."""
    match unnamed(step.subject):
        case Probability(event=event, given=None) if step.measure == measure:
            return event
    raise Mismatch


def operand_of(step: Step) -> Tensor:
    """What a step bounds the mean of from above; raises ``Mismatch`` where it is about none."""
    match unnamed(step.subject):
        case Expectation(operand=operand, event=None) if step.measure == "upper":
            return unnamed(operand)
    raise Mismatch


def base_of(square: Tensor) -> Tensor | None:
    """What is squared; None of anything else."""
    match unnamed(square):
        case Power(base=base, exponent=Number(value=exponent)) if exponent == 2:
            return unnamed(base)
    return None


def only(premises: Sequence[Step]) -> Step:
    """The one premise; raises ``Mismatch`` where there is none, or more than one."""
    if len(premises) != 1:
        raise Mismatch
    return premises[0]


def first(premises: Sequence[Step]) -> tuple[Step, Sequence[Step]]:
    """The first premise, and the others; raises ``Mismatch`` where there is none."""
    if not premises:
        raise Mismatch
    return premises[0], premises[1:]
