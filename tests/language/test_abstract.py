"""Abstract functions: what may be said of them, and how they are printed."""

from __future__ import annotations

import pytest

from derive.language.abstract import abstract_values, convexity, function
from derive.language.derivatives import grad, hessian
from derive.language.errors import InputError, ShapeError
from derive.language.latex import latex
from derive.language.lipschitz import lipschitz
from derive.language.paper import Paper
from derive.language.symbols import dims, matrix, vector

n, d = dims("n d")
L, x, A = function("L", d), vector("x", d), matrix("A", n, d)


def test_derivatives_have_the_shape_of_those_of_any_function() -> None:
    assert grad(L(x), x).shape == x.shape
    assert hessian(L(x), x).shape == x.shape * 2


def test_a_function_is_found_where_it_is_called() -> None:
    assert list(abstract_values(A @ grad(L(x), x))) == ["L"]
    assert not abstract_values(A @ x)


def test_an_argument_of_another_size_is_refused() -> None:
    with pytest.raises(ShapeError, match="the argument of L has shape"):
        L(A @ x)


def test_it_is_printed_as_a_call() -> None:
    assert repr(L(x)) == "L(x)"
    assert latex(function("L", d, tex=r"\mathcal L")(x)) == r"\mathcal L(x)"


def test_a_lipschitz_constant_may_be_assumed_of_it_and_of_nothing_else() -> None:
    paper = Paper("p")
    assert paper.claim("any", L(x) >= 0, given=lipschitz(hessian(L(x), x), x) <= 1).problem is None
    assert paper.claim("one", L(x) >= 0, given=lipschitz(A @ x, x) <= 1).problem


def test_a_name_is_no_function_and_symbol_at_once() -> None:
    assert Paper("p").claim("two", L(x) >= vector("L", d)).problem


def test_its_convexity_is_a_number_and_is_asked_of_nothing_else() -> None:
    assert repr(convexity(L(x), x)) == "convexity(L(x), x)"
    with pytest.raises(InputError, match="of which nothing else is known"):
        convexity(x @ x, x)
