"""Claims about Lipschitz constants are claims about two points, under the hypotheses at both."""

from __future__ import annotations

import pytest

from derive.language import api as dv
from derive.language.errors import InputError
from derive.language.lipschitz import at_two_points
from derive.language.paper import Paper

n, d = dv.dims("n d")
A, X = dv.matrix("A", n, d), dv.matrix("X", n, d)
x, b = dv.vector("x", d), dv.vector("b", n)
R, t = dv.scalar("R", positive=True), dv.scalar("t")
f = Paper("p").let("f", dv.softmax(A @ x))


def lowered(relation, given=()) -> list[str]:
    found, hypotheses = at_two_points(relation, given)
    return [repr(found), *map(repr, hypotheses)]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (dv.lipschitz(f, x) <= R, "norm(f - subs(f, x, x_other)) <= R*norm(x - x_other)"),
        (dv.lipschitz(f, x) <= 2 * R, "norm(f - subs(f, x, x_other)) <= 2*R*norm(x - x_other)"),
        (dv.lipschitz(f, x, 1) <= R, "norm(f - subs(f, x, x_other), 1) <= R*norm(x - x_other)"),
        (dv.lipschitz(X @ x, X) <= R, 'norm(X @ x - subs(X @ x, X, X_other)) <= R*norm(X - X_other, "fro")'),
        (dv.lipschitz(X, X) <= R, 'opnorm(X - subs(X, X, X_other)) <= R*norm(X - X_other, "fro")'),
        (dv.lipschitz(X, X, "fro") <= R, 'norm(X - subs(X, X, X_other), "fro") <= R*norm(X - X_other, "fro")'),
        (dv.lipschitz(dv.sin(t), t) <= R, "abs(sin(t) - subs(sin(t), t, t_other)) <= R*abs(t - t_other)"),
        (dv.norm(x) <= R, "norm(x) <= R"),
    ],
)
def test_a_constant_bounds_the_ratio_of_two_moves(relation, expected: str) -> None:
    assert lowered(relation) == [expected]


def test_hypotheses_hold_at_both_points() -> None:
    """Those on x are repeated for the other point, through definitions; others stand once."""
    given = (dv.norm(x) <= R, f >= t, dv.opnorm(A) <= R)
    assert lowered(dv.lipschitz(f, x) <= R, given)[1:] == [
        "norm(x) <= R",
        "f >= t",
        "opnorm(A) <= R",
        "norm(x_other) <= R",
        "softmax(A @ x_other) >= t",
    ]


def test_the_other_point_has_a_name_of_its_own() -> None:
    other = dv.vector("x_other", d)
    assert "x_other_" in lowered(dv.lipschitz(f, x) <= dv.norm(other))[0]


@pytest.mark.parametrize(
    "relation", [dv.lipschitz(f, x) + 1 <= R, dv.lipschitz(f, x) >= R, dv.lipschitz(f, x) < R, dv.lipschitz(f, x) == R]
)
def test_elsewhere_it_says_nothing(relation) -> None:
    claim = Paper("p").claim("c", relation)
    assert "stands alone on the smaller side" in (claim.problem or "")


def test_it_is_no_hypothesis() -> None:
    claim = Paper("p").claim("c", dv.norm(x) <= R, given=[dv.lipschitz(f, x) <= R])
    assert "cannot stand in a hypothesis" in (claim.problem or "")


def test_the_kind_of_such_a_claim() -> None:
    assert Paper("p").claim("c", dv.lipschitz(f, x) <= R).kind == "lipschitz"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dv.lipschitz(f, A @ x), "is about a symbol"),
        (lambda: dv.lipschitz(f, x, "op"), "is not known"),
        (lambda: dv.lipschitz(dv.jacobian(X, X), X), "has 4 axes"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()
