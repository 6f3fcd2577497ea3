"""Hypotheses that are met at d = 1 only are told so, with the rank argument where there is one."""

from __future__ import annotations

import re
from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

n, d = dv.dims("n d")
A, x, y = dv.matrix("A", n, d), dv.vector("x", n), dv.vector("y", d)


@pytest.mark.parametrize(
    ("matrix", "shown"),
    [(dv.outer(x, y), r"outer\(x, y\)"), (A.T @ dv.outer(x, y), r"A.T @ outer\(x, y\)")],
    ids=["rank one", "a product with it"],
)
def test_met_at_one_size_by_rank(matrix: Any, shown: str) -> None:
    [told] = flagged("met_only_at", dv.norm(y) >= 0, dv.sigma_min(matrix) > 0)
    reason = rf"{shown} has d columns and a smaller rank, so that its sigma_min is zero at d = 2"
    assert re.match(rf"met only at d = 1: {reason}", told)


@pytest.mark.parametrize("given", [[], [dv.sigma_min(A) > 0], [d >= 2]], ids=["none", "full rank", "a size"])
def test_met_at_all_sizes(given: list[Any]) -> None:
    assert flagged("met_only_at", dv.norm(y) >= 0, *given) == []
