"""The graph of what uses what: an order in which to look at claims, what a claim rests on, circular arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from derive.record import ClaimRecord

Uses = Mapping[str, tuple[str, ...]]
"""Each claim to the claims that it uses."""


@dataclass(frozen=True)
class Edges:
    """What uses what.

    Attributes:
        uses: each claim to the claims that it uses, also to those that are not examined.
        order: all of these claims, each after those that it uses, as far as no circle forbids it.
        circles: the circular arguments: each claim uses the next one, the last one the first.
    """

    uses: Uses
    order: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...]

    def rests_on(self, claim: str) -> tuple[str, ...]:
        """What a claim uses, directly or not, itself left out, in their order."""
        found: set[str] = set()
        pending = list(self.uses.get(claim, ()))
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += self.uses.get(name, ())
        return tuple(name for name in self.order if name in found and name != claim)

    def circle(self, claim: str) -> tuple[str, ...]:
        """A circular argument that the claim is part of or rests on; empty where there is none."""
        concerned = {claim, *self.rests_on(claim)}
        return next((circle for circle in self.circles if concerned.intersection(circle)), ())


def edges(claims: Iterable[ClaimRecord]) -> Edges:
    """The edges that the claims state."""
    uses = {claim.id: claim.uses for claim in claims}
    places = {name: place for place, name in enumerate(uses)}
    open_ = dict(uses)
    circles: list[tuple[str, ...]] = []
    while True:
        try:
            order = tuple(TopologicalSorter(open_).static_order())
        except CycleError as error:
            backwards: list[str] = error.args[1][:-1]  # each is used by the next
            circle = _from_the_first(tuple(reversed(backwards)), places)
            circles.append(circle)
            last = circle[-1]
            open_[last] = tuple(name for name in open_[last] if name != circle[0])
        else:
            return Edges(uses, order, tuple(circles))


def _from_the_first(circle: tuple[str, ...], places: Mapping[str, int]) -> tuple[str, ...]:
    """The same circle, told from the claim that is stated first."""
    start = min(range(len(circle)), key=lambda k: places[circle[k]])
    return circle[start:] + circle[:start]
