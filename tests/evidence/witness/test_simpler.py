"""Candidates for a simpler witness: smaller sizes first, then small integers, then one entry after the other."""

from __future__ import annotations

from fractions import Fraction

from derive.evaluate.point import Point, entries
from derive.evidence.witness.simpler import simpler
from tests.instances.obligations import obligation

HALF = Fraction(1, 2)


def test_smaller_sizes_come_first() -> None:
    """Blocks of one dimension less, of every symbol that has it."""
    point = Point({"n": 2, "d": 1}, {}, {"x": (Fraction(5), Fraction(7)), "zero_is_free": Fraction(0)})
    found = list(simpler(obligation({"x": "n"}), point))
    assert [candidate.values["x"] for candidate in found[:2]] == [(Fraction(5),), (Fraction(7),)]


def test_a_matrix_with_fractions_may_be_a_quarter_turn() -> None:
    """What has to be orthogonal is seldom a block of what it was."""
    rotation = ((Fraction(3, 5), Fraction(-4, 5)), (Fraction(4, 5), Fraction(3, 5)))
    found = simpler(obligation({"Q": "n,n;orthogonal"}), Point({"n": 2}, {}, {"Q": rotation, "zero_is_free": HALF}))
    assert ((0, 1), (-1, 0)) in [candidate.values["Q"] for candidate in found]


def test_every_entry_is_offered_as_zero() -> None:
    """One at a time, the others kept."""
    x = (Fraction(5, 7), Fraction(3))
    found = [
        c.values["x"] for c in simpler(obligation({"x": "n"}), Point({"n": 2}, {}, {"x": x, "zero_is_free": HALF}))
    ]
    assert (Fraction(0), x[1]) in found
    assert (x[0], Fraction(0)) in found


def test_small_integers_are_left_alone() -> None:
    """Nothing is offered that is more to read than what there is."""
    point = Point({"n": 1}, {}, {"x": (Fraction(0),), "zero_is_free": Fraction(0)})
    assert all(entries(candidate.values["x"]) == [0] for candidate in simpler(obligation({"x": "n"}), point))
