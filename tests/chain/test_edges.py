"""The graph of what uses what: orders, what a claim rests on, circles."""

import pytest

from derive.chain.edges import Edges, edges
from derive.record import ClaimRecord, Verdict


def graph(**uses: str) -> Edges:
    """The edges of claims that use, each, the claims that its text names."""
    return edges(
        ClaimRecord(id=name, kind="bound", statement_tex="", verdict=Verdict.PROVED, uses=tuple(used.split()))
        for name, used in uses.items()
    )


DIAMOND = {"top": "left right", "left": "bottom", "right": "bottom", "bottom": ""}


def test_each_claim_comes_after_those_that_it_uses() -> None:
    found = graph(**DIAMOND)
    places = {name: found.order.index(name) for name in DIAMOND}
    assert all(places[used] < places[name] for name, uses in DIAMOND.items() for used in uses.split())


def test_a_claim_rests_on_what_is_used_directly_or_not_and_on_each_once() -> None:
    assert sorted(graph(**DIAMOND).rests_on("top")) == ["bottom", "left", "right"]
    assert graph(**DIAMOND).rests_on("bottom") == ()


def test_a_claim_that_is_not_there_is_rested_on_all_the_same() -> None:
    assert graph(a="other/b").rests_on("a") == ("other/b",)


def test_a_diamond_has_no_circle() -> None:
    assert graph(**DIAMOND).circles == ()


@pytest.mark.parametrize(
    ("uses", "circle"),
    [
        ({"a": "b", "b": "a"}, ("a", "b")),
        ({"z": "", "c": "a", "a": "b", "b": "c z"}, ("c", "a", "b")),
        ({"a": "a"}, ("a",)),
    ],
)
def test_a_circle_is_told_from_the_claim_stated_first_along_what_each_uses(
    uses: dict[str, str], circle: tuple[str, ...]
) -> None:
    assert graph(**uses).circles == (circle,)


def test_two_circles_are_both_found() -> None:
    assert set(graph(a="b", b="a", c="d", d="c a").circles) == {("a", "b"), ("c", "d")}


def test_what_rests_on_a_circle_is_told_of_it() -> None:
    found = graph(top="a", a="b", b="a", free="")
    assert found.circle("top") == found.circle("a") == ("a", "b")
    assert found.circle("free") == ()
    assert found.rests_on("top") == tuple(name for name in found.order if name in ("a", "b"))


def test_a_long_chain_is_followed_to_its_end() -> None:
    """No limit of recursion is met."""
    found = graph(**{f"c{k}": f"c{k + 1}" for k in range(3000)})
    assert len(found.rests_on("c0")) == 3000
