"""What rests on what, drawn: a node a claim, what is used above what uses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from derive.record import ClaimRecord, PaperRecord, Record, Verdict
from derive.render.layers import arranged

CHARACTER, PADDING, SHAPE = 6.6, 11.0, 18.0
"""Pixels: the width of a letter, the room at both ends of a node, and that of the shape of its verdict."""

HEIGHT, ROW, GAP, MARGIN = 28.0, 74.0, 20.0, 4.0
"""Pixels: the height of a node, from one layer to the next, between nodes of a layer, and around the drawing."""

PAGE = 860.0
"""Pixels beyond which parts of the drawing that no edge joins stand below each other."""


@dataclass(frozen=True)
class Node:
    """One claim: its name as shown, its place, and what is known of it; no verdict where it was not examined."""

    claim: str
    name: str
    verdict: Verdict | None
    checked: bool
    left: str
    top: str
    width: str
    height: str
    shape: tuple[str, str]
    text: tuple[str, str]


@dataclass(frozen=True)
class Drawing:
    """A drawing of the size ``width`` by ``height``; ``lines`` are the paths of its edges, and whether in a circle."""

    width: str
    height: str
    nodes: tuple[Node, ...]
    lines: tuple[tuple[str, bool], ...]


def draw(paper: PaperRecord, record: Record) -> Drawing | None:
    """What the claims of a paper rest on, claims of other papers among them; None where no claim uses another."""
    claims = {claim.id: claim for other in record.papers for claim in other.claims}
    names = _names(paper, claims)
    if not names:
        return None
    places = {name: number for number, name in enumerate(names)}
    used = [(other, name) for name in names for other in _uses(name, claims) if other in places]
    down = [edge for edge in used if places[edge[0]] < places[edge[1]]]
    shown = {name: name.removeprefix(f"{paper.id}/") for name in names}
    widths = {name: CHARACTER * len(text) + SHAPE + 2 * PADDING for name, text in shown.items()}
    placed = arranged(widths, down, GAP, PAGE)
    nodes = tuple(
        _node(
            name, shown[name], claims.get(name), MARGIN + along - widths[name] / 2, layer * ROW + MARGIN, widths[name]
        )
        for name, (layer, along) in placed.nodes.items()
    )
    lines = [(_line(placed.paths[edge]), False) for edge in down]
    circular = [(placed.nodes[one], placed.nodes[other]) for one, other in used if (one, other) not in down]
    lines += [(_line(ends), True) for ends in circular]
    right = max(along + widths[name] / 2 for name, (_, along) in placed.nodes.items())
    lowest = max(layer for layer, _ in placed.nodes.values())
    height = lowest * ROW + HEIGHT + 2 * MARGIN
    return Drawing(f"{right + 2 * MARGIN:.0f}", f"{height:.0f}", nodes, tuple(lines))


def _names(paper: PaperRecord, claims: Mapping[str, ClaimRecord]) -> list[str]:
    """The claims that use others or are used by the paper's, each after those that it uses.

    What a claim rests on has fewer claims that it rests on itself, unless they stand on a circle.
    """
    using = [claim for claim in paper.claims if claim.uses]
    concerned = dict.fromkeys(name for claim in using for name in (*_resting(claim), claim.id))
    own = {claim.id: number for number, claim in enumerate(paper.claims)}
    return sorted(concerned, key=lambda name: (_depth(claims.get(name)), own.get(name, -1), name))


def _resting(claim: ClaimRecord) -> Iterable[str]:
    return (premise.claim for premise in claim.chain.rests_on) if claim.chain else claim.uses


def _depth(claim: ClaimRecord | None) -> int:
    return len(claim.chain.rests_on) if claim and claim.chain else 0


def _uses(name: str, claims: Mapping[str, ClaimRecord]) -> tuple[str, ...]:
    return claims[name].uses if name in claims else ()


def _node(claim: str, name: str, found: ClaimRecord | None, left: float, top: float, width: float) -> Node:
    verdict = found.verdict if found else None
    middle = top + HEIGHT / 2
    return Node(
        claim=claim,
        name=name,
        verdict=verdict,
        checked=found is not None and found.fully_checked,
        left=f"{left:.1f}",
        top=f"{top:.1f}",
        width=f"{width:.1f}",
        height=f"{HEIGHT:.0f}",
        shape=(f"{left + PADDING:.1f}", f"{middle - 5.5:.1f}"),
        text=(f"{left + PADDING + SHAPE:.1f}", f"{middle + 4:.1f}"),
    )


def _line(points: Sequence[tuple[int, float]]) -> str:
    """A smooth path from the lower edge of the first node to the upper edge of the last."""
    (first, start), *others = points
    along, down = MARGIN + start, first * ROW + MARGIN + HEIGHT
    path = f"M{along:.1f} {down:.1f}"
    for number, (layer, place) in enumerate(others):
        end = layer * ROW + MARGIN + (0 if number == len(others) - 1 else HEIGHT / 2)
        middle = (down + end) / 2
        beside = MARGIN + place
        path += f"C{along:.1f} {middle:.1f} {beside:.1f} {middle:.1f} {beside:.1f} {end:.1f}"
        along, down = beside, end
    return path


def used_by(record: Record) -> dict[str, tuple[str, ...]]:
    """Each claim to the claims that say they use it, in their order."""
    found: dict[str, list[str]] = {}
    for paper in record.papers:
        for claim in paper.claims:
            for name in claim.uses:
                found.setdefault(name, []).append(claim.id)
    return {name: tuple(users) for name, users in found.items()}
