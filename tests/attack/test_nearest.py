"""The end of a climb is made exact: hypotheses hold exactly, and the values hardly move."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from derive.attack.nearest import nearest
from derive.instances import rational
from derive.instances.admission import holds
from derive.instances.draft import Draft
from derive.instances.plan import plan
from tests.instances.obligations import obligation

NEAR = 0.02
SIZES = {"n": 3, "d": 2, "m": 4}

CASES: dict[str, tuple[dict[str, str], tuple[str, ...], dict[str, Any]]] = {
    "interval": ({"t": ""}, ("t >= 0", "t <= 1"), {"t": 1.01}),
    "open interval": ({"t": ""}, ("t > 0", "t < 1"), {"t": 0.0}),
    "ball": ({"x": "n", "r": ""}, ("norm(x) <= r",), {"x": [1.0, -2.0, 2.02], "r": 3.0}),
    "outside of a ball": ({"x": "n"}, ("norm(x) >= 3",), {"x": [1.0, -2.0, 1.98]}),
    "operator norm": ({"A": "n,d"}, ("opnorm(A) <= 1",), {"A": [[1.0, 0.1], [0.0, 0.5], [0.1, 0.0]]}),
    "sphere": ({"x": "n"}, ("norm(x) == 1",), {"x": [0.61, 0.0, -0.8]}),
    "rows on spheres": ({"A": "n,d"}, ("sum(A**2, 1) == 1",), {"A": [[0.6, 0.81], [1.0, 0.01], [-0.7, 0.71]]}),
    "affine": ({"x": "n"}, ("sum(x) == 0",), {"x": [1.01, -2.0, 1.0]}),
    "simplex": ({"p": "n;positive"}, ("sum(p) == 1",), {"p": [0.2, 0.3, 0.51]}),
    "definition": ({"s": "", "x": "n"}, ("s == sum(x)",), {"s": 3.01, "x": [1.0, 1.0, 1.0]}),
    "above in the Loewner order": ({"S": "d,d;symmetric"}, ("S >> 1",), {"S": [[1.0, 0.01], [0.01, 2.0]]}),
    "between in the Loewner order": (
        {"S": "d,d;symmetric"},
        ("S >> 0", "S << 1"),
        {"S": [[1.0, 0.0], [0.0, 0.5]]},
    ),
    "distance": ({"x": "n", "y": "n"}, ("norm(x - y) <= 1/10",), {"x": [1.0, 1.0, 1.11], "y": [1.0, 1.0, 1.0]}),
}


def drafted(values: dict[str, Any]) -> Draft:
    arrays = {}
    for name, value in values.items():
        array = np.asarray(value, dtype=np.float64)
        arrays[name] = rational.array([Fraction(float(x)).limit_denominator(1000) for x in array.flat], array.shape)
    return Draft(SIZES, {}, ({},), arrays)


@pytest.mark.parametrize("name", CASES)
def test_hypotheses_hold_exactly_near_by(name: str) -> None:
    shapes, given, values = CASES[name]
    claim = obligation(shapes, *given)
    start = draft = drafted(values)
    for repair in plan(claim.given).repairs:
        moved = nearest(repair, draft)
        assert moved is not None
        draft = draft.replaced(repair.target.name, moved)
    assert all(holds(relation, draft) for relation in claim.given)
    for key, value in draft.values.items():
        assert np.max(np.abs(np.asarray(value - start.values[key], dtype=np.float64))) < NEAR
