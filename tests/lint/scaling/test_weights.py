"""Linear forms are solved exactly: the basis makes all of them vanish and has the right dimension."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
import sympy as sp

from derive.lint.scaling.weights import Weights, at, vanishing

NAMES = ("a", "b", "c", "d", "e")


def random_forms(seed: int) -> list[Weights]:
    rng = Random(seed)
    rows = [{name: Fraction(rng.randint(-2, 2), rng.randint(1, 3)) for name in NAMES} for _ in range(rng.randint(0, 5))]
    return [{name: value for name, value in row.items() if value} for row in rows]


@pytest.mark.parametrize("seed", range(30))
def test_a_basis_of_the_solutions(seed: int) -> None:
    forms = random_forms(seed)
    basis = list(vanishing(forms, NAMES))
    assert all(at(form, weights) == 0 for form in forms for weights in basis)
    rows = [[sp.Rational(*form.get(name, Fraction(0)).as_integer_ratio()) for name in NAMES] for form in forms]
    rank = sp.Matrix(rows).rank() if rows else 0
    assert len(basis) == len(NAMES) - rank
    vectors = [[int(weights.get(name, 0)) for name in NAMES] for weights in basis]
    assert (sp.Matrix(vectors).rank() if vectors else 0) == len(basis)


def test_directions_are_in_coprime_integers_and_the_last_name_is_free() -> None:
    half = {"a": Fraction(1), "b": Fraction(-1, 2)}
    assert [dict(weights) for weights in vanishing([half], ("a", "b"))] == [{"a": 1, "b": 2}]
