"""``rank(M)``: which verdicts claims about it get, and from which witnesses."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language import api as dv
from derive.language.errors import ShapeError
from derive.language.paper import Paper

n, d, m = dv.dims("n d m")
A, B = dv.matrix("A", n, d), dv.matrix("B", d, m)
x, y = dv.vector("x", n), dv.vector("y", d)
f = dv.softmax(x)


def verdict(statement: object, given: tuple[object, ...] = ()) -> str:
    return str(judge(Paper("p").claim("c", statement, given=list(given))).verdict)


def test_a_vector_has_no_rank() -> None:
    with pytest.raises(ShapeError, match=r"rank\(\) needs a matrix: x has shape \(n,\)"):
        dv.rank(x)


def test_it_is_printed_in_latex_and_numpy() -> None:
    from derive.language.latex import latex
    from derive.language.numpy_code import numpy_code

    assert latex(dv.rank(A)) == r"\mathrm{rank}(A)"
    assert "np.linalg.matrix_rank(A)" in numpy_code(dv.rank(A))


@pytest.mark.parametrize(
    "statement",
    [dv.rank(A.T) == dv.rank(A), dv.rank(dv.array([[1, 2], [2, 4]])) == 1],
    ids=["transpose", "numbers"],
)
def test_what_is_proved(statement: object) -> None:
    assert verdict(statement) == "proved"


@pytest.mark.parametrize(
    "statement",
    [
        dv.rank(A) >= d,
        dv.rank(A @ B) == dv.rank(B),
        dv.rank(A + dv.ones(n, d)) == dv.rank(A),
        dv.rank(dv.diag(f) - dv.outer(f, f)) <= n - 2,
        dv.rank(dv.array([[1, 2], [2, 3]])) == 1,
        dv.rank(dv.hessian(dv.norm(dv.softmax(A @ y)) ** 2, y)) <= n - 2,
    ],
    ids=["full", "factor", "shift", "softmax", "numbers", "hessian"],
)
def test_what_is_false_falls(statement: object) -> None:
    assert verdict(statement) == "refuted"


def test_a_rank_in_a_hypothesis_is_met_exactly() -> None:
    assert verdict(dv.rank(A) == d, (dv.det(A.T @ A) > 0,)) == "supported"
    assert verdict(dv.det(A.T @ A) > 0, (dv.rank(A) == d,)) == "supported"
    assert verdict(dv.det(A.T @ A) > 0, (dv.rank(A) == d - 1,)) == "refuted"
