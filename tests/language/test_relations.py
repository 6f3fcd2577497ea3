"""Relations are values that state something, and are never truth values."""

from __future__ import annotations

import operator

import pytest

from derive.language.api import Relation, dims, eye, index, matrix, scalar, vector
from derive.language.errors import InputError, ShapeError
from derive.language.relations import at_all_positions, restricted

n, d = dims("n d")
A, S, x, y, b, t = matrix("A", n, d), matrix("S", n, n), vector("x", d), vector("y", d), vector("b", n), scalar("t")
i, j = index("i", n), index("j", n)


PYTHON_FORM = {"A": A, "S": S, "x": x, "y": y, "b": b, "t": t, "d": d, "eye": eye}


@pytest.mark.parametrize(
    ("relation", "text"),
    [
        (x == y, "x == y"),
        (x <= 1, "x <= 1"),
        (x >= 0, "x >= 0"),
        (t < 1, "t < 1"),
        (t > 0, "t > 0"),
        (i != j, "i != j"),
        (t != 0, "t != 0"),
        (S >> 0, "S >> 0"),
        (S << 2 * eye(n), "S << 2*eye(n)"),
        (A == 0, "A == 0"),
    ],
)
def test_a_comparison_of_tensors_is_a_relation(relation: Relation, text: str) -> None:
    assert isinstance(relation, Relation)
    assert repr(relation) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [("1 <= t", "t >= 1"), ("0 >= t", "t <= 0"), ("0 << S", "0 << S"), ("1 >> S", "1 >> S")],
)
def test_a_number_may_stand_on_the_left(text: str, printed: str) -> None:
    assert repr(eval(text, dict(PYTHON_FORM))) == printed


@pytest.mark.parametrize(
    "text",
    [
        "bool(x == y)",
        "0 <= t <= 1",
        "(t >= 0) and (t <= 1)",
        "not (t >= 0)",
        "(t >= 0) & (t <= 1)",
        "(t >= 0) | (t <= 1)",
        "~(t >= 0)",
        "1 if t >= 0 else 2",
    ],
)
def test_a_truth_test_of_a_relation_says_what_to_write_instead(text: str) -> None:
    with pytest.raises(InputError, match=r"has no truth value\n  hint: pass it to paper.claim"):
        eval(text, dict(PYTHON_FORM))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x == b", r"x has shape \(d,\) and b has shape \(n,\) in '=='"),
        ("A == x", r"an identity of unlike arrays: A has shape \(n, d\) and x has shape \(d,\)"),
        ("x <= b", r"in '<='"),
        ("A >> 0", r"'>>' compares symmetric matrices, but A has shape \(n, d\)"),
        ("x >> 0", r"'>>' compares symmetric matrices"),
        ("S << eye(d)", r"S has shape \(n, n\) and eye\(d\) has shape \(d, d\) in '<<'"),
        ("t >> 0", r"compares matrices, but both sides are scalars\n  hint: write >= or <="),
    ],
)
def test_sides_that_do_not_conform_are_named(text: str, says: str) -> None:
    with pytest.raises(ShapeError, match=says):
        eval(text, dict(PYTHON_FORM))


def test_unequal_arrays_state_nothing() -> None:
    with pytest.raises(InputError, match="'!=' compares index symbols or scalars"):
        operator.ne(x, y)


def test_a_relation_with_something_else_is_refused() -> None:
    with pytest.raises(InputError, match="cannot stand in an expression"):
        operator.eq(x, "y")


def test_hypotheses_about_positions_that_others_restrict_are_none_about_all() -> None:
    rows, one, entries = A[i] @ x == 0, t > 0, S[i, j] == 0
    assert at_all_positions([rows, one]) == [rows, one]
    assert at_all_positions([rows, one, entries, j != 0]) == [rows, one]
    assert restricted([rows, i != j]).keys() == {"i", "j"}
    assert not restricted([rows, entries, one])
