"""A bound that lacks a factor of a size is refuted at sizes at which nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from derive.attack.repetition import repeated
from derive.evidence.attack import examine
from derive.evidence.evidence import Evidence
from derive.instances.draft import Draft
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.instances.rational import Array
from derive.instances.sizes import Shapes
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import Obligation

n, d = dv.dims("n d")
V, x, S = dv.matrix("V", n, d), dv.vector("x", d), dv.matrix("S", n, n, symmetric=True)
MASK = V * V == V

FALSE = {
    "sum": (dv.sum(V), 30 * n, [MASK]),
    "square": (dv.norm(V) ** 2, 50 * d, [MASK]),
    "mean": (dv.sum(V @ x), 40 * n * dv.max(dv.abs(x)), [MASK]),
}
TRUE = {
    "sum": (dv.sum(V), n * d, [MASK]),
    "mean": (dv.sum(V @ x), n * d * dv.max(dv.abs(x)), [MASK]),
    "half": (dv.sum(V), n * d / 2, [MASK, dv.sum(V) <= n * d / 2]),
}


def rationals(entries: Sequence[Any]) -> Array:
    return np.vectorize(Fraction, otypes=[object])(np.array(entries))


def attacked(left: Tensor, right: Tensor, given: list[Relation]) -> Evidence:
    claim = Obligation("sizes", "<=", left, right, tuple(given))
    found = examine(claim, Drawn(claim, 0))
    assert isinstance(found, Evidence)
    return found


@pytest.mark.parametrize("name", FALSE)
def test_a_missing_factor_of_a_size_is_found(name: str) -> None:
    found = attacked(*FALSE[name])
    assert found.witness is not None
    assert max(found.witness.sizes.values()) > 20


@pytest.mark.parametrize("name", TRUE)
def test_what_holds_at_all_sizes_is_not_refuted(name: str) -> None:
    assert attacked(*TRUE[name]).outcome == "support"


def test_every_axis_of_the_dimension_is_repeated() -> None:
    """And no other; a symmetric matrix stays symmetric."""
    shapes = Shapes(Obligation("axes", "<=", dv.sum(S @ V), dv.sum(x), ()))
    values = {
        "S": rationals([[1, 2], [2, 3]]),
        "V": rationals([[1, 0], [0, 1]]),
        "x": rationals([5, 7]),
    }
    draft = Draft({"n": 2, "d": 2}, {}, ({},), values)
    along = {tuple(found.sizes.items()): found.values for found in repeated(draft, symbols(S @ V @ x), shapes)}
    long = along[("n", 16), ("d", 2)]
    assert long["S"].shape == (16, 16)
    assert (long["S"] == long["S"].T).all()
    assert (long["V"][:2] == long["V"][14:]).all()
    assert (long["x"] == values["x"]).all()
