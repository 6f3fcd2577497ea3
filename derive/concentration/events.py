"""Events in one normal form: scalars that exceed thresholds, by which an event fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from derive.concentration.randomness import mentions, realised
from derive.language.arrays import Norm
from derive.language.chance import Event, Every
from derive.language.derivatives import Definition
from derive.language.dimensions import ONE, Shape
from derive.language.entries import entry
from derive.language.tensor import Apply, Extremum, IndexSymbol, Negative, Tensor, broadcast

COMPLEMENTS = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}
TURNED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}


@dataclass(frozen=True, eq=False)
class Everywhere:
    """A scalar event that is to hold at all positions of ``indices``."""

    event: Event
    indices: tuple[IndexSymbol, ...]


def parts(event: Tensor) -> tuple[Tensor, ...]:
    """The events that all have to hold; an equation is two inequalities."""
    match event:
        case Every(events=events):
            return tuple(part for inner in events for part in parts(inner))
        case Event(sign="==", left=left, right=right):
            return Event("<=", left, right), Event(">=", left, right)
    return (event,)


def complement(event: Tensor) -> Event | None:
    """The event that a scalar one fails; None of an array, some entry of which fails."""
    if not isinstance(event, Event) or event.sign not in COMPLEMENTS or event.left.shape or event.right.shape:
        return None
    return Event(COMPLEMENTS[event.sign], event.left, event.right)


def everywhere(event: Event, fresh: Callable[[Tensor, Shape], tuple[IndexSymbol, ...]]) -> Everywhere | None:
    """An event about an array, or about its largest entry, as one about a scalar at every position.

    ``fresh`` gives index symbols for the axes of a shape that do not occur in an expression.
    """
    if not about_entries(event):
        return None
    opened = _opened(event)
    event = event if opened is None else opened
    indices = fresh(event, broadcast(event.left, event.right, event.sign))
    left, right = (_entry(side, indices) for side in (event.left, event.right))
    return Everywhere(Event(event.sign, left, right), indices)


def about_entries(event: Event) -> bool:
    """Is it an event about an array, or about its largest entry?"""
    return bool(event.left.shape or event.right.shape) or _opened(event) is not None


def _entry(side: Tensor, indices: tuple[IndexSymbol, ...]) -> Tensor:
    """The entry of a side that broadcasts: its axes are the last ones, an axis of size one has one position."""
    own = indices[len(indices) - side.ndim :]
    return entry(side, [0 if size == ONE else index for size, index in zip(side.shape, own, strict=True)])


def _opened(event: Event) -> Event | None:
    """``max(T) <= t`` as ``T <= t``, ``t <= min(T)`` as ``t <= T``, and a largest absolute value likewise."""
    if event.sign in (">=", ">"):
        turned = _opened(Event(TURNED[event.sign], event.right, event.left))
        return None if turned is None else Event(event.sign, turned.right, turned.left)
    left, right = unnamed(event.left), unnamed(event.right)
    match left:
        case Extremum(kind="max", operand=operand) if not left.shape and not right.shape:
            return Event(event.sign, operand, event.right)
        case Norm(operand=operand, order="inf") if operand.ndim and not right.shape:
            return Event(event.sign, Apply.of("abs", operand), event.right)
    if isinstance(right, Extremum) and right.kind == "min" and not right.shape and not left.shape:
        return Event(event.sign, event.left, right.operand)
    return None


def unnamed(node: Tensor) -> Tensor:
    """What a definition stands for."""
    while isinstance(node, Definition):
        node = node.operand
    return node


@dataclass(frozen=True, eq=False)
class Excess:
    """``variable > threshold``, or ``abs(variable) > threshold``: how a scalar event fails.

    Attributes:
        variable: a random scalar.
        threshold: free of randomness.
        two_sided: is it the absolute value that is too large?
        strict: does the event hold where both are equal?
    """

    variable: Tensor
    threshold: Tensor
    two_sided: bool
    strict: bool

    @cached_property
    def realised(self) -> Tensor:
        """The variable at a realisation."""
        return realised(self.variable)


def excess(event: Event, names: Mapping[str, object]) -> Excess | None:
    """How a scalar event fails; ``names`` are those of its random symbols.

    None of an event that compares two random numbers, and of one that is no inequality.
    """
    small, large = event.left, event.right
    if event.sign in (">=", ">"):
        small, large = large, small
    elif event.sign not in ("<=", "<"):
        return None
    if mentions(realised(large), names):
        small, large = Negative.of(large), Negative.of(small)
    if mentions(realised(large), names):
        return None
    strict = event.sign in ("<=", ">=")
    match unnamed(small):
        case Apply(function="abs", arguments=(inner,)):
            return Excess(inner, large, True, strict)
    return Excess(small, large, False, strict)
