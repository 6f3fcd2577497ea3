"""Equations with few rational solutions are met where they have some."""

from __future__ import annotations

from itertools import islice

import pytest

from derive.instances.search import instances
from tests.instances.obligations import Shapes, obligation

EQUATIONS: dict[str, tuple[Shapes, tuple[str, ...]]] = {
    "critical point of a regression on a softmax": (
        {"A": "n,d", "b": "n", "x": "d"},
        ("A.T @ (softmax(A@x)*(softmax(A@x) - b) - (softmax(A@x)@(softmax(A@x) - b))*softmax(A@x)) == 0",),
    ),
    "critical point of a sum of exponentials": ({"A": "n,d", "x": "d"}, ("A.T @ exp(A @ x) == 0",)),
    "critical point of a network with exponentials": (
        {"X": "n,d", "W": "d,m", "a": "m", "y": "n"},
        ("a**2 == 1", "sigma_min(X.T) > 0", "grad(norm(exp(X @ W) @ a - y)**2, W) == 0"),
    ),
    "critical point of a quadratic function": ({"A": "n,d", "b": "n", "x": "d"}, ("grad(norm(A@x - b)**2, x) == 0",)),
    "weights of one size": ({"w": "n", "t": ";positive"}, ("w**2 == 4 + t",)),
    "weights by a singular value": (
        {"A": "n,d", "w": "n", "t": ";positive"},
        ("sigma_min(A) > 0", "w**2 == 4 + t/sigma_min(A)**2"),
    ),
}


@pytest.mark.parametrize("name", EQUATIONS)
def test_instances_are_found(name: str) -> None:
    shapes, given = EQUATIONS[name]
    found = list(islice(instances(obligation(shapes, *given), 1), 20))
    assert len(found) == 20
    assert any(max(instance.point.sizes.values()) > 1 for instance in found)
