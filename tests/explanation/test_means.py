"""An expectation is told in closed form, with the laws that gave it, and what has none is left out."""

from __future__ import annotations

import pytest

from derive.explanation.means import means
from derive.language.api import (
    bernoulli,
    cos,
    dims,
    exp,
    expectation,
    gaussian,
    matrix,
    norm,
    one_hot,
    rademacher,
    relu,
    sphere,
    trace,
    uniform,
    variance,
    vector,
)
from derive.language.latex import latex
from derive.language.tensor import Tensor

n, d = dims("n d")
x, A = vector("x", d), matrix("A", d, d)
w, s, b, u = gaussian("w", d), rademacher("s", d), bernoulli("b", d, p=0.5), uniform("u", d)
o, P = sphere("o", d), one_hot("P", n, d)

LAWS: dict[str, tuple[Tensor, str]] = {
    "polynomial": (w @ A @ w, "Isserlis' theorem (w)"),
    "linear exponent": (exp(w @ x), "moment generating function of a Gaussian (w)"),
    "both": ((w @ x) * exp(w @ x), "Isserlis' theorem (w), moment generating function of a Gaussian (w)"),
    "quadratic exponent": (exp(-(norm(w) ** 2)), "Gaussian integral of a quadratic form (w)"),
    "wave": (cos(w @ x), "characteristic function of a Gaussian (w)"),
    "step": (relu(w @ x), "Gaussian integral over a half space (w)"),
    "signs": (s @ A @ s, "moments of independent signs (s)"),
    "exponential of signs": (exp(s @ x), "moment generating function of signs (s)"),
    "indicators": (b.sum() ** 2, "moments of independent indicators (b)"),
    "uniform": (norm(u) ** 2, "moments of the uniform law (u)"),
    "sphere": ((o @ x) ** 2, "moments of the uniform law on a sphere (o)"),
    "drawn rows": ((P @ x).sum(), "moments of unit vectors drawn independently (P)"),
    "two symbols": ((s @ x) ** 2 * (w @ x) ** 2, "moments of independent signs (s), Isserlis' theorem (w)"),
}


@pytest.mark.parametrize("name", LAWS)
def test_the_line_names_the_law(name: str) -> None:
    operand, law = LAWS[name]
    (line,) = means(expectation(operand), [])
    assert line.rule == law


def test_the_line_gives_the_closed_form() -> None:
    (line,) = means(expectation(w @ A @ w), [])
    assert line.tex == f"{latex(expectation(w @ A @ w))} = {latex(trace(A))}"


def test_a_variance_has_a_line_for_each_moment() -> None:
    assert len(means(variance(w @ x), [])) == 2


def test_what_has_no_closed_form_has_no_line() -> None:
    assert means(expectation(norm(w)) + expectation(norm(w) ** 2), []) == means(expectation(norm(w) ** 2), [])
