"""A witness satisfies the hypotheses and violates the claim beyond doubt; simplifying keeps that and makes it small."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive.evaluate.point import Point, entries
from derive.evidence.evidence import Witness
from derive.evidence.witness.verification import simplify, verify
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, x, y = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("y", d)
S = dv.matrix("S", d, d, psd=True)
i = dv.index("i", d)
s = dv.scalar("s")
F = Fraction
POINT = Point(
    {"n": 2, "d": 3},
    {"i": 2},
    {
        "A": ((F(1), F(7, 3), F(-2)), (F(0), F(1, 9), F(4))),
        "x": (F(13, 7), F(-22, 5), F(3)),
        "y": (F(1, 2), F(5), F(-1)),
        "S": ((F(2), F(1), F(0)), (F(1), F(2), F(0)), (F(0), F(0), F(1, 3))),
        "s": F(355, 113),
    },
)


def obliged(relation: Relation, *given: Relation) -> Obligation:
    return Obligation("paper/claim", relation.sign, relation.left, relation.right, given)


def verified(relation: Relation, *given: Relation) -> Witness:
    witness = verify(obliged(relation, *given), POINT)
    assert witness is not None
    return witness


@pytest.mark.parametrize(
    ("relation", "entry", "left", "right"),
    [
        (2 * x == x, (1,), "-44/5", "-22/5"),
        (x @ x <= 0 * s, (), "38966/1225", "0"),
        (x < x, (0,), "13/7", "13/7"),
        (dv.exp(s) == dv.exp(s) + 1, (), "23.1409", "24.1409"),
        (S << dv.zeros(d, d), (), "0", "-3"),
        (dv.grad(dv.exp(x).sum(), x) == x, (2,), "20.0855", "3"),
        (x[i] == -x[i], (), "3", "-3"),
        (dv.sign(x - x) == dv.ones(d), (0,), "0", "1"),
    ],
)
def test_sides_at_the_entry_where_they_differ_most(relation: Relation, entry: Any, left: str, right: str) -> None:
    witness = verified(relation)
    assert witness.entry == entry
    assert (witness.left.startswith(left[:5]), witness.right.startswith(right[:5])) == (True, True)


@pytest.mark.parametrize(
    "relation",
    [
        x == x,
        dv.exp(x + y) == dv.exp(x) * dv.exp(y),
        dv.sqrt(x * x) == abs(x),
        dv.log(x) == 0 * x,
        dv.sqrt(dv.exp(s) * dv.exp(-s) - 1 - F(1, 10**45)) == 0 * s + 1,
        dv.heaviside(x - x) == dv.ones(d),
        dv.grad(dv.relu(x - x).sum(), x) == dv.ones(d),
        dv.zeros(d, d) << S,
    ],
)
def test_no_witness_where_nothing_certainly_differs(relation: Relation) -> None:
    """Equal sides, values outside a domain, jumps and kinks refute nothing."""
    assert verify(obliged(relation), POINT) is None


def test_a_difference_of_one_part_in_10_to_the_60_is_seen() -> None:
    witness = verified(dv.exp(s) == dv.exp(s) * (1 + F(1, 10**60)))
    assert witness.left != witness.right


@pytest.mark.parametrize(
    ("given", "admitted"),
    [
        (dv.norm(x) <= 6, True),
        (dv.norm(x) <= 5, False),
        (x >= 0, False),
        (S << 3 * dv.eye(d), True),
        (S << 2 * dv.eye(d), False),
    ],
)
def test_hypotheses_must_hold(given: Relation, admitted: bool) -> None:
    assert (verify(obliged(2 * x == x, given), POINT) is not None) is admitted


def test_declared_properties_must_hold() -> None:
    negative = Point(POINT.sizes, {}, {"S": ((F(-1), F(0), F(0)), (F(0), F(1), F(0)), (F(0), F(0), F(1)))})
    assert verify(obliged(2 * S == S), negative) is None


@pytest.mark.parametrize(
    ("relation", "sizes", "most"),
    [
        (A @ x == -(A @ x), {"n": 1, "d": 1}, 2),
        (dv.outer(x, x) == dv.diag(x * x), {"d": 2}, 3),
        (dv.exp(x) == 1 + x, {"d": 1}, 2),
        (dv.norm(x, 1) <= dv.norm(x), {"d": 2}, 2),
    ],
)
def test_simplified_witness_is_small_and_still_one(relation: Relation, sizes: dict[str, int], most: int) -> None:
    obligation = obliged(relation)
    witness = simplify(obligation, verified(relation))
    assert {name: witness.sizes[name] for name in sizes} == sizes
    numbers = [entry for name in ("A", "x") if name in witness.values for entry in entries(witness.values[name])]
    assert all(entry.denominator == 1 and abs(entry) <= most for entry in numbers[:9])
    assert verify(obligation, Point(witness.sizes, witness.indices, witness.values)) == witness


def test_simplifying_respects_hypotheses() -> None:
    obligation = obliged(2 * x == x, x @ x >= 10)
    witness = simplify(obligation, verified(2 * x == x, x @ x >= 10))
    assert sum(entry**2 for entry in witness.values["x"]) >= 10
    assert witness.sizes["d"] == 1


def test_a_witness_keeps_the_positions_that_the_claim_names() -> None:
    """``x[1]`` has a meaning from d = 2 on."""
    simple = simplify(obliged(x[1] == x[0]), verified(x[1] == x[0]))
    assert simple.sizes["d"] == 2
    assert verify(obliged(x[1] == x[0]), Point({"n": 1, "d": 1}, {}, {"x": (F(1),)})) is None
