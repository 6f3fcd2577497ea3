"""Powers of matrices: which exponents there are, and what they are read and printed as."""

from __future__ import annotations

import pytest

import derive as dv
from derive.language.errors import InputError, ShapeError
from derive.language.latex import latex
from derive.language.plain import plain

n, d = dv.dims("n d")
A, M, j = dv.matrix("A", n, d), dv.matrix("M", d, d), dv.time("j")


@pytest.mark.parametrize(
    ("power", "text"),
    [
        (dv.matrix_power(M, j), "matrix_power(M, j)"),
        (dv.matrix_power(M, 2 * j + 1), "matrix_power(M, 2*j + 1)"),
        (dv.matrix_power(M, -j), "inv(matrix_power(M, j))"),
        (dv.matrix_power(M, 0), "eye(d)"),
        (dv.matrix_power(M, 1), "M"),
        (dv.matrix_power(M, -1), "inv(M)"),
        (dv.matrix_power(A.T @ A, 3), "matrix_power(A.T @ A, 3)"),
    ],
)
def test_a_power_is_printed_as_text(power: dv.Tensor, text: str) -> None:
    assert plain(power) == text


def test_a_power_of_a_matrix_is_printed_without_the_circle_of_entrywise_ones() -> None:
    assert latex(dv.matrix_power(M, j)) == "M^j"
    assert latex(M**2) == r"M^{\circ 2}"


@pytest.mark.parametrize("exponent", [0.5, dv.scalar("s"), dv.scalar("s", positive=True), j / 2, 65, -65])
def test_other_exponents_are_refused(exponent: object) -> None:
    with pytest.raises(InputError):
        dv.matrix_power(M, exponent)


@pytest.mark.parametrize("base", [A, dv.vector("x", d), dv.scalar("s")])
def test_other_bases_are_refused(base: dv.Tensor) -> None:
    with pytest.raises(ShapeError):
        dv.matrix_power(base, 2)


def test_a_symbol_may_have_the_name_of_the_state_of_the_iteration() -> None:
    """``power`` within the base is the author's."""
    power = dv.matrix("power", d, d)
    states = dv.matrix_power(power, j).expand().run.states  # type: ignore[attr-defined]
    assert [state.name for state in states] == ["power_"]
