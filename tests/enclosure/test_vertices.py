"""Vertices: those of the polytope of the hypotheses, and only where the inequality is affine."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.enclosure.domain import domain
from derive.enclosure.vertices import Moving, vertices
from derive.instances.patterns import symbols
from derive.language.symbols import Symbol
from tests.enclosure.claims import NAMES, B, obligation


def corners(name: str, *given: str) -> set[tuple[Fraction, ...]] | None:
    hypotheses = obligation("t <= 1", *given).given
    own = symbols(NAMES[name], *(side for r in hypotheses for side in (r.left, r.right)))
    found = vertices(own[name], hypotheses, domain(own, hypotheses, {"n": 2}, {}))
    return None if found is None else set(found)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("b", ("norm(b, 1) <= 2",), {(2, 0), (0, 2), (-2, 0), (0, -2)}),
        ("b", ("b >= 0", "norm(b, 1) <= 1"), {(0, 0), (1, 0), (0, 1)}),
        ("f", ("sum(f) == 1",), {(1, 0), (0, 1)}),
        ("f", ("sum(f) <= 1",), {(0, 0), (1, 0), (0, 1)}),
        ("b", ("b >= -1", "b <= 2"), {(-1, -1), (-1, 2), (2, -1), (2, 2)}),
        ("b", ("norm(b, inf) <= 1",), {(-1, -1), (-1, 1), (1, -1), (1, 1)}),
    ],
)
def test_a_polytope_has_its_vertices(name: str, given: tuple[str, ...], expected: set[tuple[int, int]]) -> None:
    assert corners(name, *given) == expected


@pytest.mark.parametrize("given", [("norm(b) <= 1",), ("norm(b, 1) <= 1", "b @ x <= 1"), ("norm(b, 1) <= t", "t <= 1")])
def test_other_hypotheses_have_none(given: tuple[str, ...]) -> None:
    assert corners("b", *given) is None


@pytest.mark.parametrize(
    ("expression", "is_affine"),
    [
        (B, True),
        ("f @ b + exp(f @ f)", True),
        ("diag(b)*t + outer(f, b)", True),
        ("b @ b", False),
        ("exp(b @ f)", False),
        ("f/(1 + b*b)", False),
        ("abs(b)", False),
        ("heaviside(b)*f", False),
        ("sign(b @ f)", False),
        ("relu(b)", False),
        ("max(b)", False),
        ("sqrt(b @ b)", False),
        ("grad(relu(b) @ f, b)", False),
        ("maximum(b, f)", False),
    ],
)
def test_affine_is_what_has_constant_derivatives_and_no_jumps(expression: str, is_affine: bool) -> None:
    side = obligation(f"{expression} <= {expression}").left
    b = symbols(side)["b"]
    assert isinstance(b, Symbol)
    assert Moving(b, symbols(side), {"n": 2, "m": 2}, {}).affine([side]) is is_affine


@pytest.mark.parametrize(
    ("expression", "is_concave"),
    [
        ("f @ b - norm(b - f)**2/2", True),
        ("-(b @ f)**2 + exp(f @ f)", False),
        ("-(b[0] - b[1])**2", True),
        ("b @ b", False),
        ("b[0]*b[1]", False),
        ("-b @ b*heaviside(b[0])", False),
        ("-b[0]**4", False),
        ("-norm(b, 1)", False),
        ("b*f", True),
    ],
)
def test_concave_is_what_has_a_negative_semidefinite_hessian_of_numbers(expression: str, is_concave: bool) -> None:
    """Where the second derivatives depend on anything it is not said, true though it may be."""
    side = obligation(f"{expression} <= {expression}").left
    b = symbols(side)["b"]
    assert isinstance(b, Symbol)
    assert Moving(b, symbols(side), {"n": 2, "m": 2}, {}).concave([side]) is is_concave
