"""A changed draft knows what it knew of the symbols that did not change, and nothing else."""

from __future__ import annotations

from fractions import Fraction

from derive.instances.admission import bounds, holds
from derive.instances.draft import Draft
from derive.instances.rational import array
from derive.language import api as dv

n = dv.dims("n")
x, y, t = dv.vector("x", n), dv.vector("y", n), dv.scalar("t")


def draft(*entries: int) -> Draft:
    values = {"x": array([Fraction(e) for e in entries], (len(entries),)), "t": array([Fraction(2)], ())}
    return Draft({"n": len(entries)}, {}, ({},), values)


def test_a_hypothesis_is_decided_anew_where_its_symbol_changed() -> None:
    short = dv.norm(x) <= t
    before = draft(1, 1)
    assert holds(short, before)
    assert not holds(short, before.replaced("x", array([Fraction(5)] * 2, (2,))))
    assert not holds(short, before.replaced("t", array([Fraction(1)], ())))


def test_what_does_not_read_the_symbol_is_kept() -> None:
    wide = x <= 1
    before = draft(1, 1)
    assert holds(wide, before)
    assert before.replaced("t", array([Fraction(1)], ())).held == {wide: True}
    assert not before.replaced("x", array([Fraction(1)] * 2, (2,))).held


def test_a_value_that_no_instance_can_hold_bounds_nothing() -> None:
    """exp(10^6) has more digits than an instance may have."""
    huge = draft(1).replaced("t", array([Fraction(10**6)], ()))
    assert bounds(dv.exp(t), huge) is None
    assert bounds(dv.exp(t), draft(1)) is not None
