"""Hypotheses as boxes: each contains all points of the hypotheses, with ends that are exact where they are rational."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.enclosure.domain import domain, root_above
from derive.instances.patterns import symbols
from tests.enclosure.claims import obligation

BOXES = [
    ("t", ("t >= 0", "t <= 1/3"), ("0", "1/3")),
    ("t", ("abs(t) <= 2",), ("-2", "2")),
    ("t", ("t**2 <= 4",), ("-2", "2")),
    ("t", ("-t <= 1", "2*t <= 3"), ("-1", "3/2")),
    ("x", ("norm(x) <= 3",), ("-3", "3")),
    ("x", ("norm(x, 1) <= 1/2",), ("-1/2", "1/2")),
    ("x", ("norm(x, inf) <= 1",), ("-1", "1")),
    ("x", ("norm(x)**2 <= 9",), ("-3", "3")),
    ("x", ("x @ x <= 9",), ("-3", "3")),
    ("x", ("norm(x) <= t", "t <= 2"), ("-2", "2")),
    ("f", ("sum(f) == 1",), ("0", "1")),
    ("f", ("f @ ones(n) <= 2",), ("0", "2")),
    ("A", ("opnorm(A) <= 2",), ("-2", "2")),
    ("A", ('norm(A, "fro") <= 2',), ("-2", "2")),
    ("P", ("P << 2*eye(n)",), ("-2", "2")),
    ("P", ("trace(P) <= 1",), ("-1", "1")),
]


@pytest.mark.parametrize(("name", "given", "ends"), BOXES, ids=[f"{name}: {', '.join(g)}" for name, g, _ in BOXES])
def test_a_hypothesis_gives_a_box(name: str, given: tuple[str, ...], ends: tuple[str, str]) -> None:
    hypotheses = obligation(f"sum({name}) <= 9" if name not in "st" else f"{name} <= 9", *given).given
    own = symbols(*(side for r in hypotheses for side in (r.left, r.right)))
    found = domain(own, hypotheses, {"n": 2, "m": 2}, {})
    pairs = set(zip(found.low[name], found.high[name], strict=True))
    diagonal = {(Fraction(0), Fraction(ends[1]))} if name == "P" else set()
    assert pairs == {(Fraction(ends[0]), Fraction(ends[1]))} | diagonal


@pytest.mark.parametrize("given", [("norm(x) <= t",), ("x >= 0",), ("norm(x - y) <= 1",), ("S << 2*eye(n)",)])
def test_what_bounds_nothing_gives_no_box(given: tuple[str, ...]) -> None:
    hypotheses = obligation("t <= 1", *given).given
    own = symbols(*(side for r in hypotheses for side in (r.left, r.right)))
    found = domain(own, hypotheses, {"n": 2}, {})
    assert not any(found.bounded(name) for name in own)


@pytest.mark.parametrize("square", [Fraction(2), Fraction(1, 3), Fraction(9, 4), Fraction(10**30 + 1), Fraction(0)])
def test_a_root_is_rounded_upwards_and_by_little(square: Fraction) -> None:
    root = root_above(square)
    assert 0 <= root**2 - square <= Fraction(1, 2**60) * (1 + root)
