"""Tangent spaces of sums of powers, and ranks at generic values: shapes, printers, and which verdicts claims get."""

from __future__ import annotations

import pytest

from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.judge import judge
from derive.language.combinatorics import binomial
from derive.language.errors import InputError, ShapeError
from derive.language.latex import latex
from derive.language.numpy_code import numpy_code
from derive.language.paper import Paper
from derive.language.rank import rank
from derive.language.relations import Relation
from derive.language.symbols import dims, matrix, vector
from derive.language.tangents import generic, tangent_gram
from derive.language.tensor import Tensor
from derive.language.text import parse_tensor

m, d, l = dims("m d l")
U = matrix("U", m, d)


def verdict(statement: Relation, *given: Relation) -> str:
    return str(judge(Paper("p").claim("c", statement, given=given)).verdict)


def at(points: int, size: int, order: int) -> Tensor:
    X = matrix("X", points, size)
    return generic(rank(tangent_gram(X, order)), X)


def test_of_matrices_order_two_symmetrisations_are_those_of_outer_products() -> None:
    rows = [[1, 2], [0, 3]]
    found = evaluate(tangent_gram(U, 2), Point({"m": 2, "d": 2}, {}, {"U": rows}), Rationals())
    tensors = [[[_half(u, a, j, k) for k in range(2)] for j in range(2)] for u in rows for a in range(2)]
    for i, first in enumerate(tensors):
        for j, second in enumerate(tensors):
            inner = sum(first[p][q] * second[p][q] for p in range(2) for q in range(2))
            assert float(found[i, j]) == pytest.approx(inner)


def _half(u: list[int], a: int, j: int, k: int) -> float:
    """An entry of ``(u e_a^T + e_a u^T) / 2``."""
    return (u[j] * (k == a) + (j == a) * u[k]) / 2


@pytest.mark.parametrize(("points", "size", "order", "dimension"), [(4, 3, 3, 10), (5, 3, 4, 14), (3, 4, 2, 9)])
def test_generic_ranks_of_numbers_are_proved(points: int, size: int, order: int, dimension: int) -> None:
    """The last two are the smallest of those that Alexander and Hirschowitz tell to be less than expected."""
    assert verdict(at(points, size, order) == dimension) == "proved"
    assert verdict(at(points, size, order) == dimension + 1) == "refuted"


def test_definitions_and_other_symbols_may_stand_in_it() -> None:
    paper, A = Paper("p"), matrix("A", d, 2)
    G = paper.let("G", tangent_gram(U, 3))
    assert str(judge(paper.claim("c", generic(rank(G), U) <= m * d)).verdict) != "broken"
    assert verdict(generic(rank(U @ A), U) == rank(A), m >= 2) == "supported"
    assert verdict(generic(rank(U @ A), U) == 1, m >= 2) == "refuted"


def test_a_rank_at_special_values_is_less() -> None:
    X = matrix("X", 3, 3)
    assert verdict(rank(X) == 3) == "refuted"
    assert verdict(generic(rank(X), X) == 3) == "proved"
    assert verdict(generic(rank(X @ X), X) <= 2) == "refuted"


def test_the_formula_falls_where_it_is_an_exception() -> None:
    count = binomial(d + l - 1, l)
    given = (d >= 2, l >= 3, m * d >= count, (m - 1) * d < count)
    assert verdict(generic(rank(tangent_gram(U, l)), U) == count, *given) == "refuted"
    assert verdict(generic(rank(tangent_gram(U, l)), U) <= count, *given) == "supported"


def test_the_rank_is_at_most_the_number_of_rows() -> None:
    assert verdict(rank(tangent_gram(U, l)) <= m * d, l >= 3) == "proved"
    assert verdict(rank(tangent_gram(U, l)) <= m * d - 1, l >= 3) == "refuted"


def test_what_bounds_the_rank_at_all_values_bounds_it_at_generic_ones() -> None:
    X, Y = matrix("X", m, d), matrix("Y", d, l)
    assert verdict(generic(rank(X @ Y), X) <= d) == "proved"
    assert verdict(generic(rank(X @ Y), X) <= rank(Y)) == "proved"


def test_hypotheses_on_the_symbol_are_not_about_its_generic_values() -> None:
    X = matrix("X", 2, 2)
    assert verdict(generic(rank(X), X) <= 1, rank(X) <= 1) == "refuted"
    assert verdict(generic(rank(X), X) <= rank(X)) == "refuted"
    assert verdict(generic(rank(X), X) >= rank(X)) != "refuted"


def test_they_are_printed_and_read() -> None:
    expression = generic(rank(tangent_gram(U, l)), U)
    assert repr(expression) == "generic(rank(tangent_gram(U, l)), U)"
    assert repr(parse_tensor(repr(expression), {"U": U, "l": l})) == repr(expression)
    assert r"\mathrm{Sym}({U}_i^{\otimes(l-1)}\otimes e_a)" in latex(expression)
    assert latex(expression).endswith(r"\text{ at generic }U")
    assert "np.kron" in numpy_code(tangent_gram(U, 3))


def test_what_does_not_conform_is_refused() -> None:
    with pytest.raises(ShapeError, match="rows of a matrix and a scalar order"):
        tangent_gram(vector("x", d), l)
    with pytest.raises(InputError, match=r"generic\(\) is of ranks"):
        generic(U, U)
    with pytest.raises(InputError, match="symbol without properties"):
        generic(rank(U), matrix("S", d, d, symmetric=True))
