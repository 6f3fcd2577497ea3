"""Layered drawings: what is used stands above, nothing overlaps, and the same graph gives the same drawing."""

from itertools import pairwise

import pytest

from derive.render.layers import Edge, Placed, arranged, place

GAP = 10.0
GRAPHS: dict[str, tuple[dict[str, float], list[Edge]]] = {
    "one node": ({"a": 30.0}, []),
    "two apart": ({"a": 30.0, "b": 50.0}, []),
    "diamond": (
        {"bottom": 40.0, "left": 60.0, "right": 20.0, "top": 90.0},
        [("bottom", "left"), ("bottom", "right"), ("left", "top"), ("right", "top")],
    ),
    "long edge": ({"a": 30.0, "b": 40.0, "c": 30.0}, [("a", "b"), ("b", "c"), ("a", "c")]),
    "wide": ({f"n{k}": 20.0 + k for k in range(12)}, [("n0", f"n{k}") for k in range(1, 12)]),
}
graphs = pytest.mark.parametrize(("widths", "edges"), GRAPHS.values(), ids=GRAPHS)


def rows(placed: Placed) -> dict[int, list[str]]:
    """The nodes of each layer, from left to right."""
    found: dict[int, list[str]] = {}
    for name, (layer, _) in sorted(placed.nodes.items(), key=lambda item: item[1][1]):
        found.setdefault(layer, []).append(name)
    return found


@graphs
def test_every_edge_leads_down_a_layer_at_a_time(widths: dict[str, float], edges: list[Edge]) -> None:
    placed = place(widths, edges, GAP)
    for (one, other), path in placed.paths.items():
        assert path[0] == placed.nodes[one]
        assert path[-1] == placed.nodes[other]
        assert all(below == above + 1 for (above, _), (below, _) in pairwise(path))


@graphs
def test_nodes_of_a_layer_do_not_overlap(widths: dict[str, float], edges: list[Edge]) -> None:
    placed = place(widths, edges, GAP)
    for row in rows(placed).values():
        for one, other in pairwise(row):
            between = placed.nodes[other][1] - placed.nodes[one][1] - (widths[one] + widths[other]) / 2
            assert between >= GAP - 1e-9


@graphs
def test_the_same_graph_is_drawn_the_same(widths: dict[str, float], edges: list[Edge]) -> None:
    assert place(widths, edges, GAP) == place(widths, edges, GAP)


def test_lines_that_need_not_cross_do_not() -> None:
    """Two pairs of which the lower nodes come in the other order."""
    placed = place(dict.fromkeys("abcd", 20.0), [("a", "d"), ("b", "c")], GAP)
    above, below = rows(placed)[0], rows(placed)[1]
    assert (above.index("a") < above.index("b")) == (below.index("d") < below.index("c"))


def test_a_node_that_uses_nothing_stands_just_above_what_uses_it() -> None:
    placed = place(dict.fromkeys("sabc", 20.0), [("a", "b"), ("b", "c"), ("s", "c")], GAP)
    assert placed.nodes["s"][0] == placed.nodes["b"][0]


def test_parts_that_no_edge_joins_stand_below_each_other_where_there_is_no_room() -> None:
    pairs = [("a", "b"), ("c", "d"), ("e", "f")]
    widths = dict.fromkeys("abcdef", 100.0)
    wide, narrow = (arranged(widths, pairs, GAP, room) for room in (1000.0, 250.0))
    assert {layer for layer, _ in wide.nodes.values()} == {0, 1}
    assert [narrow.nodes[name][0] for name in "ace"] == [0, 0, 2]
    assert max(along for _, along in narrow.nodes.values()) + 50 <= 250


@graphs
def test_arranged_nodes_do_not_overlap_either(widths: dict[str, float], edges: list[Edge]) -> None:
    placed = arranged(widths, edges, GAP, 300.0)
    assert placed.nodes.keys() == widths.keys()
    assert placed.paths.keys() == set(edges)
    for row in rows(placed).values():
        for one, other in pairwise(row):
            between = placed.nodes[other][1] - placed.nodes[one][1] - (widths[one] + widths[other]) / 2
            assert between >= GAP - 1e-9
