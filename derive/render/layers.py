"""A layered drawing of a graph without circles: what is used stands above what uses it.

After Sugiyama, Tagawa and Toda, *Methods for visual understanding of hierarchical system structures* (1981): nodes are
put on layers, long edges get a bend on each layer that they cross, each layer is ordered by the barycentres of its
neighbours so that few lines cross, and places along a layer are as near to the neighbours as the widths allow.
Everything is counted and ordered, so that the same graph gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 12
"""Passes over the layers, down and up in turn, that order them; as many place them."""

Edge = tuple[str, str]
"""From a node to one that stands below it."""

Node = tuple[str, ...]
"""A node by its name, or a bend of an edge by its ends and its layer."""


@dataclass(frozen=True)
class Placed:
    """Where nodes and edges are: ``along`` a layer, whose number counts from the top.

    Attributes:
        nodes: each node to its layer and its centre along it.
        paths: each edge to the layers and places that it passes, its ends included.
    """

    nodes: Mapping[str, tuple[int, float]]
    paths: Mapping[Edge, tuple[tuple[int, float], ...]]


def arranged(widths: Mapping[str, float], edges: Sequence[Edge], gap: float, room: float) -> Placed:
    """The places of all nodes, from 0 to the right; parts that no edge joins stand side by side while there is room."""
    nodes: dict[str, tuple[int, float]] = {}
    paths: dict[Edge, tuple[tuple[int, float], ...]] = {}
    top, lowest, right = 0, -1, 0.0
    for part in _parts(widths, edges):
        placed = place({name: widths[name] for name in part}, [edge for edge in edges if edge[0] in part], gap)
        left = min(along - widths[name] / 2 for name, (_, along) in placed.nodes.items())
        wide = max(along + widths[name] / 2 for name, (_, along) in placed.nodes.items()) - left
        if right and right + gap + wide > room:
            top, right = lowest + 1, 0.0
        start = right + gap if right else 0.0
        nodes |= {name: (layer + top, along - left + start) for name, (layer, along) in placed.nodes.items()}
        for edge, path in placed.paths.items():
            paths[edge] = tuple((layer + top, along - left + start) for layer, along in path)
        lowest, right = max(lowest, *(layer for layer, _ in nodes.values())), start + wide
    return Placed(nodes, paths)


def _parts(names: Mapping[str, float], edges: Sequence[Edge]) -> list[list[str]]:
    """The connected parts, in the order of their first nodes."""
    part = {name: [name] for name in names}
    for one, other in edges:
        if part[one] is not part[other]:
            part[one] += part[other]
            part |= dict.fromkeys(part[other], part[one])
    inside = {id(members): set(members) for members in part.values()}
    firsts = {id(part[name]): None for name in names}
    return [[name for name in names if name in inside[key]] for key in firsts]


def place(widths: Mapping[str, float], edges: Sequence[Edge], gap: float) -> Placed:
    """The places of nodes of these widths, ``gap`` apart at least.

    Args:
        widths: each node, in an order in which edges lead from earlier to later ones.
    """
    layer = _layers(widths, edges)
    bends = {edge: [(*edge, str(k)) for k in range(layer[edge[0]] + 1, layer[edge[1]])] for edge in edges}
    chains = {edge: [(edge[0],), *bends[edge], (edge[1],)] for edge in edges}
    rows: list[list[Node]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in widths:
        rows[layer[name]].append((name,))
    for found in bends.values():
        for bend in found:
            rows[int(bend[2])].append(bend)
    steps = [(one, other) for chain in chains.values() for one, other in pairwise(chain)]
    room = {node: widths[node[0]] if len(node) == 1 else 0.0 for row in rows for node in row}
    rows = _ordered(rows, steps)
    along = _along(rows, steps, room, gap)
    where = {node: (number, along[node]) for number, row in enumerate(rows) for node in row}
    return Placed(
        {name: where[(name,)] for name in widths},
        {edge: tuple(where[node] for node in chain) for edge, chain in chains.items()},
    )


def _layers(names: Mapping[str, float], edges: Sequence[Edge]) -> dict[str, int]:
    """One below the lowest of those above; a node without any is just above the highest of those below it."""
    above = {name: [one for one, other in edges if other == name] for name in names}
    below = {name: [other for one, other in edges if one == name] for name in names}
    layer: dict[str, int] = {}
    for name in names:
        layer[name] = max((layer[one] + 1 for one in above[name]), default=0)
    for name in reversed(list(names)):
        if not above[name] and below[name]:
            layer[name] = min(layer[other] for other in below[name]) - 1
    return layer


def _ordered(rows: Sequence[Sequence[Node]], steps: Sequence[tuple[Node, Node]]) -> list[list[Node]]:
    """The layers in the order, of all that the sweeps pass, in which fewest lines cross."""
    now = [list(row) for row in rows]
    best, fewest = [list(row) for row in now], _crossings(now, steps)
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        numbers = range(1, len(now)) if downwards else range(len(now) - 2, -1, -1)
        for number in numbers:
            beside = now[number - 1 if downwards else number + 1]
            place_of = {node: float(place) for place, node in enumerate(beside)}
            own = {node: float(place) for place, node in enumerate(now[number])}
            centre = {node: _mean(_neighbours(node, steps), place_of, own[node]) for node in now[number]}
            now[number].sort(key=lambda node: centre[node])  # stable: ties keep their order
        crossing = _crossings(now, steps)
        if crossing < fewest:
            best, fewest = [list(row) for row in now], crossing
    return best


def _crossings(rows: Sequence[Sequence[Node]], steps: Sequence[tuple[Node, Node]]) -> int:
    place_of = {node: (number, place) for number, row in enumerate(rows) for place, node in enumerate(row)}
    lines = [(place_of[one][0], place_of[one][1], place_of[other][1]) for one, other in steps]
    return sum(
        row == other_row and (start - other_start) * (end - other_end) < 0
        for k, (row, start, end) in enumerate(lines)
        for other_row, other_start, other_end in lines[:k]
    )


def _along(
    rows: Sequence[Sequence[Node]], steps: Sequence[tuple[Node, Node]], room: Mapping[Node, float], gap: float
) -> dict[Node, float]:
    """The centres, each near the mean of its neighbours', in their order and far enough apart."""
    along: dict[Node, float] = {}
    for row in rows:
        _put(row, dict.fromkeys(row, 0.0), room, gap, along)
    for _ in range(SWEEPS):
        for row in rows:
            wanted = {node: _mean(_neighbours(node, steps), along, along[node]) for node in row}
            _put(row, wanted, room, gap, along)
    return along


def _put(
    row: Sequence[Node], wanted: Mapping[Node, float], room: Mapping[Node, float], gap: float, along: dict[Node, float]
) -> None:
    """The places nearest to those wanted, in squares: pool adjacent violators (Ayer et al., 1955)."""
    offset, offsets = 0.0, []
    for before, node in zip([None, *row], row, strict=False):
        offset += (room[before] + room[node]) / 2 + gap if before is not None else 0.0
        offsets.append(offset)
    pools: list[tuple[float, int]] = []  # mean and number of those that stand as near as they may
    for node, offset in zip(row, offsets, strict=True):
        mean, number = wanted[node] - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, number = (mean * number + other * count) / (number + count), number + count
        pools.append((mean, number))
    means = [mean for mean, number in pools for _ in range(number)]
    along |= {node: mean + offset for node, mean, offset in zip(row, means, offsets, strict=True)}


def _neighbours(node: Node, steps: Sequence[tuple[Node, Node]]) -> list[Node]:
    return [other if one == node else one for one, other in steps if node in (one, other)]


def _mean(neighbours: Sequence[Node], along: Mapping[Node, float], otherwise: float) -> float:
    """The mean place of those that have one."""
    found = [along[node] for node in neighbours if node in along]
    return sum(found) / len(found) if found else otherwise
