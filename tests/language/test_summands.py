"""The terms of an expression as its author wrote it."""

from __future__ import annotations

import pytest

from derive.language.arrays import diag, eye, trace
from derive.language.calls import elementwise
from derive.language.paper import Paper
from derive.language.plain import plain
from derive.language.summands import MOST, outer_summands, summands
from derive.language.symbols import dim, matrix, vector
from derive.language.tensor import Tensor

exp = elementwise["exp"]
n, d = dim("n"), dim("d")
A, x, y, b, c = matrix("A", n, d), vector("x", d), vector("y", d), vector("b", n), vector("c", n)
S, T = matrix("S", n, n), matrix("T", n, n)


@pytest.mark.parametrize(
    ("expression", "terms"),
    [
        (x + y, ["x", "y"]),
        (x - (y - x), ["x", "-y", "x"]),
        (A.T @ (b - c), ["A.T @ b", "-A.T @ c"]),
        (-2 * (A.T @ (b - c)), ["-2*(A.T @ b)", "2*(A.T @ c)"]),
        ((x + y) / 2, ["x/2", "y/2"]),
        (trace(S - T), ["trace(S)", "-trace(T)"]),
        (diag(b + c).T, ["diag(b).T", "diag(c).T"]),
        ((b + c) * (b - c), ["b*b", "-b*c", "c*b", "-c*c"]),
        (exp(x + y), ["exp(x + y)"]),
        (x + 1, ["x", "1"]),
        (S + 2 * eye(n), ["S", "2*eye(n)"]),
    ],
    ids=repr,
)
def test_sums_are_taken_apart_under_linear_operations(expression: Tensor, terms: list[str]) -> None:
    assert [plain(term) for term in summands(expression)] == terms


def test_a_definition_keeps_its_name_inside_and_is_opened_at_the_root() -> None:
    paper = Paper("p")
    r = paper.let("r", b - c)
    gradient = paper.let("g", A.T @ r + x)
    assert [plain(term) for term in summands(gradient)] == ["A.T @ r", "x"]


def test_a_broadcast_term_stays_inside_a_product_of_matrices() -> None:
    """``A @ 1`` is no expression."""
    assert [plain(term) for term in summands(A @ (x + 1))] == ["A @ (x + 1)"]


def test_too_many_terms_are_left_in_their_products() -> None:
    factor: Tensor = b + c
    for _ in range(3):
        factor = factor * (b + c)
    assert MOST < 2**4
    assert len(summands(factor + b)) == len(outer_summands(factor + b)) == 2
