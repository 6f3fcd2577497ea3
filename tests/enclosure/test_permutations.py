"""Permutations: which claims they leave as they are, and which cases stand for all others."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from derive.enclosure.permutations import chain, interchangeable, representative
from derive.language.tensor import Size
from tests.enclosure.claims import NAMES, B, obligation

N = NAMES["n"]
assert isinstance(N, Size)


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (f"lambda_max({B})", True),
        ("norm(softmax(x) - f)", True),
        ("opnorm(jacobian(softmax(x), x))", True),
        ("sum(A @ w)", True),
        ("det(S)", True),
        ("x[0]", False),
        ("norm(S[:, 1])", False),
        ("norm(vec(S))", False),
        ("norm(kron(x, y))", False),
        ("norm(w[0]*x)", True),
    ],
)
def test_an_expression_without_named_positions_is_left_as_it_is(side: str, expected: bool) -> None:
    claim = obligation(f"{side} <= 1")
    assert interchangeable([claim.left], N.dimension) is expected


def test_every_labelling_is_a_permutation_of_exactly_one_representative() -> None:
    labels = [(a, b) for a, b in product((0, 1), (False, True))]
    rows = list(product(labels, repeat=3))
    for row in rows:
        assert len({order for order in permutations(row) if representative(order)}) == 1


def test_only_coordinates_of_the_same_label_are_put_in_order() -> None:
    assert chain([(1,), (1,), (0,), (0,), (0,)]) == ((0, 1), (2, 3), (3, 4))
