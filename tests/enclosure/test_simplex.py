"""The elimination of exponentials: only of a softmax whose argument is free."""

from __future__ import annotations

import pytest

from derive.enclosure.simplex import on_the_simplex
from derive.language.plain import plain
from tests.enclosure.claims import obligation


def points(statement: str, *given: str) -> dict[str, str]:
    claim = obligation(statement, *given)
    return on_the_simplex([claim.left, claim.right], claim.given).points


@pytest.mark.parametrize(
    "statement",
    [
        "softmax(z) @ softmax(z) <= 1",
        "sum((exp(z)/sum(exp(z)))**2) <= 1",
        "sum((exp(z)/(exp(z) @ ones(n)))**2) <= 1",
        "norm(softmax(A @ w)) <= 1",
    ],
)
def test_a_softmax_of_a_free_argument_is_a_point_of_the_simplex(statement: str) -> None:
    assert list(points(statement)) == ["p"]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("softmax(z) @ softmax(z) <= 1", ("norm(z) <= 1",)),
        ("softmax(z) @ z <= 1", ()),
        ("norm(softmax(A @ w)) <= opnorm(A)", ()),
        ("norm(softmax(f)) <= 1", ()),
        ("norm(softmax(z + x)) <= norm(x)", ()),
        ("opnorm(jacobian(softmax(z), z)) <= 1", ()),
    ],
)
def test_a_softmax_of_anything_else_stays(statement: str, given: tuple[str, ...]) -> None:
    assert points(statement, *given) == {}


def test_the_new_symbol_has_a_new_name_and_its_hypotheses() -> None:
    claim = obligation("softmax(z) @ b <= 1")
    found = on_the_simplex([claim.left, claim.right], claim.given)
    assert [plain(side) for side in found.expressions] == ["p @ b", "1"]
    assert [repr(relation) for relation in found.given] == ["sum(p) == 1"]
