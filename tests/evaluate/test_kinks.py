"""Kinks are found where they are, and named by their entry; regions tell the pieces of a function apart."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.kinks import kinked, region
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import System
from derive.language import api as dv
from derive.language.tensor import Tensor

d = dv.dim("d")
A, x, y = dv.matrix("A", d, d), dv.vector("x", d), dv.vector("y", d)
s = dv.scalar("s")
i = dv.index("i", d)
POINT = Point(
    {"d": 3},
    {"i": 1},
    {
        "A": tuple(tuple(Fraction(k) for k in row) for row in ((1, 0, 0), (0, 0, 0), (0, 0, -1))),
        "x": (Fraction(1), Fraction(2), Fraction(3)),
        "y": (Fraction(5), Fraction(0), Fraction(5)),
        "s": Fraction(0),
    },
)
SYSTEMS = [Float64(), Balls(), Rationals()]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@pytest.mark.parametrize(
    ("expression", "named"),
    [
        (dv.relu(A @ x), ["relu(A @ x)[1]"]),
        (dv.relu(x), []),
        (dv.grad(dv.relu(A @ x).sum(), x), ["relu(A @ x)[1]"]),
        (abs(s), ["abs(s)"]),
        (dv.maximum(x, 2), ["maximum(x, 2)[1]"]),
        (y.max(), ["max(y)"]),
        (y.min(), []),
        (A.max(axis=1), ["max(A, axis=1)[1]", "max(A, axis=1)[2]"]),
        (dv.norm(A[0], 1), ["abs(A[0, :])[1]", "abs(A[0, :])[2]"]),
        (dv.sqrt(y), ["sqrt(y)[1]"]),
        (dv.subs(dv.relu(x).sum(), x, x + 1), []),
        (dv.subs(dv.relu(x).sum(), x, x - 3), ["relu(x)[2]"]),
        (dv.relu(y[i]).sum(over=i), ["relu(y[i])"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_kink_is_named_by_its_entry(expression: Tensor, named: list[str], system: System) -> None:
    with system.context():
        found = [str(kink) for kink in kinked(expression, scope_at(POINT, system))]
    assert found == named


@pytest.mark.parametrize(("number", "certain"), [(arb(0), [True]), (arb(0, 1e-9), [False]), (arb(1, 1e-9), [])])
def test_a_ball_that_touches_a_kink_is_in_doubt(number: Any, certain: list[bool]) -> None:
    value = np.array(number, dtype=object)
    scope = scope_at(Point({}, {}, {"s": value}), Balls())
    assert [kink.certain for kink in kinked(dv.relu(s), scope)] == certain


@pytest.mark.parametrize(
    ("expression", "signs"),
    [
        (dv.exp(x).sum() + dv.sqrt(x).sum(), ()),
        (dv.relu(A @ x).sum(), ((1, 0, -1),)),
        (dv.relu(x).sum() + abs(x - 2).sum(), ((1, 1, 1), (-1, 0, 1))),
        (x.max(), ((2,),)),
        (A.min(axis=1).sum(), ((1, 0, 2),)),
        (dv.maximum(x, 2 * y).sum(), ((-1, 1, -1),)),
    ],
    ids=repr,
)
def test_a_region_is_the_signs_of_all_pieces(expression: Tensor, signs: tuple[tuple[int, ...], ...]) -> None:
    assert region(expression, scope_at(POINT, Balls())) == signs
