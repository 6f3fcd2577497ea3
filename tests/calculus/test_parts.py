"""The parts of the calculus one by one: labels, patterns, powers, heads and axes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import atom, delta, instantiate, number
from derive.calculus.canonical import canonical
from derive.calculus.decide import difference
from derive.calculus.form import SKEW, SWAP, Form, Head
from derive.calculus.matching import match
from derive.calculus.powers import OutsideDomain, certainly_nonnegative, certainly_positive, power
from derive.language.calls import elementwise
from derive.language.dimensions import Dimension
from derive.language.symbols import dim, matrix

N, D = Dimension.symbol("n"), Dimension.symbol("d")
A = Head("symbol", "A", (N, N))
S = Head("symbol", "S", (N, N), symmetries=SWAP)
K = Head("symbol", "K", (N, N), symmetries=SKEW)
X = Head("symbol", "x", (N,))
T = Head("symbol", "t")
P = Head("symbol", "p", positive=True)


def test_names_of_dummies_do_not_matter() -> None:
    one, _ = canonical([(A, (-1, -2), 1), (X, (-2,), 1)])
    other, _ = canonical([(X, (-7,), 1), (A, (-5, -7), 1)])
    assert one == other


def test_a_skew_matrix_between_equal_vectors_is_zero() -> None:
    assert canonical([(K, (-1, -2), 1), (X, (-1,), 1), (X, (-2,), 1)])[1] == 0


def test_a_transposed_skew_entry_costs_its_sign() -> None:
    form = Algebra().collect([([(K, (100, 101), 1), (K, (101, 100), 1)], 1)])
    assert form.key() == Algebra().collect([([(K, (100, 101), 2)], -1)]).key()


def test_a_dummy_of_a_pattern_is_none_of_its_own_labels() -> None:
    """``sum_k A[i, k]`` is not found in the diagonal entry ``A[i, i]`` of a summed i."""
    assert not list(match([(A, (-1, "?1"), 1)], [(A, (-1, -1), 1)]))
    assert list(match([(A, (-1, "?1"), 1)], [(A, (-1, -2), 1)]))


def test_ports_that_meet_add_equal_terms() -> None:
    body = Form({((A, (0, 1), 1),): 1, ((A, (1, 0), 1),): -1})
    assert instantiate(body, [100, 100]).is_zero


def test_a_summed_index_that_cancels_counts_its_axis() -> None:
    form = Algebra().collect([([(X, (-1,), 1), (X, (-1,), -1)], 1)])
    assert form.key() == atom(Head("size", "n", positive=True)).key()


def test_a_class_of_equal_labels_with_two_positions_is_empty() -> None:
    algebra = Algebra()
    product = algebra.multiply(delta("@i", "#0", N), delta("@i", "#1", N))
    assert product.is_zero


@pytest.mark.parametrize(
    ("monomial", "positive", "nonnegative"),
    [
        (((P, (), 1),), True, True),
        (((T, (), 2),), False, True),
        (((T, (), -2),), True, True),
        (((T, (), 1),), False, False),
        (((T, (), Fraction(1, 2)),), False, True),
    ],
)
def test_signs_of_factors(monomial, positive, nonnegative) -> None:
    form = Form({monomial: 1})
    assert (certainly_positive(form), certainly_nonnegative(form)) == (positive, nonnegative)


def test_the_root_of_a_square_is_the_absolute_value() -> None:
    algebra = Algebra()
    root = power(algebra, atom(T, (), 2), Fraction(1, 2))
    assert not algebra.subtract(root, atom(T)).is_zero
    assert algebra.subtract(algebra.multiply(root, root), atom(T, (), 2)).is_zero


def test_zero_has_no_reciprocal() -> None:
    with pytest.raises(OutsideDomain):
        power(Algebra(), number(0), -1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Head("determinant", "det", body=number(1), inner=2, bound=((N,), (N,))),
            Head("determinant", "det", body=number(1), inner=2, bound=((D,), (D,))),
        ),
        (
            Head("opaque", "opnorm", body=number(1), inner=3, bound=((N, D), (N,))),
            Head("opaque", "opnorm", body=number(1), inner=3, bound=((N,), (D, N))),
        ),
        (S, K),
        (S, A),
    ],
)
def test_unlike_heads_have_unlike_keys(one, other) -> None:
    assert one.key != other.key


def test_a_root_does_not_pass_through_a_sum() -> None:
    """The root of a sum of reciprocals is no reciprocal of the root of the sum."""
    rows, columns = dim("n"), dim("d")
    table = matrix("D", rows, columns)
    root = elementwise["sqrt"]
    assert not difference(root((1 / table).sum()), 1 / root(table.sum())).proved
    assert not difference(root((table**3).sum()), root(table.sum()) ** 3).proved
