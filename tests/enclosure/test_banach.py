"""The third derivative along one direction has the norm of the whole."""

from __future__ import annotations

import numpy as np
import pytest

from derive.enclosure.banach import hessian_of
from derive.enclosure.enclose import enclose
from derive.language.symbols import Symbol
from tests.enclosure.claims import NAMES, obligation

QUARTIC = ("sum(x**4)", "norm(x) <= 1", 24.0)
"""The third derivative along u is ``24 sum(x_i u_i^3)``."""

SMOOTH = ("sum(x**2)**2", "norm(x) <= 1", 24.0)
"""It is ``24 (x @ u) ||u||^2``."""


@pytest.mark.parametrize(("scalar", "given", "constant"), [QUARTIC, SMOOTH], ids=["quartic", "square of the norm"])
def test_the_lipschitz_constant_of_a_hessian_is_certified_above_the_supremum_alone(
    scalar: str, given: str, constant: float
) -> None:
    for factor, certified, work in ((1.1, True, 10**7), (0.99, False, 2 * 10**6)):
        statement = f"lipschitz(hessian({scalar}, x), x) <= {constant * factor}"
        found = enclose(obligation(statement, given, "n == 2"), work)
        assert (not found.reason) is certified


def test_random_symmetric_forms_are_largest_along_one_direction() -> None:
    """Banach's theorem on a grid: no pair of directions gives more than one does."""
    rng = np.random.default_rng(0)
    angles = np.linspace(0, np.pi, 721)
    circle = np.stack([np.cos(angles), np.sin(angles)])
    for _ in range(20):
        form = rng.normal(size=(2, 2, 2))
        form = sum(
            form.transpose(order) for order in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))
        )
        alone = np.abs(np.einsum("ijk,ia,ja,ka->a", form, circle, circle, circle)).max()
        pairs = np.abs(np.einsum("ijk,ia,ja,kb->ab", form, circle, circle, circle)).max()
        assert pairs <= alone * (1 + 1e-4)


@pytest.mark.parametrize(("text", "found"), [("hessian(norm(x)**2, x)", True), ("jacobian(x*x, x)", False)])
def test_a_hessian_is_told_from_another_derivative(text: str, found: bool) -> None:
    x = NAMES["x"]
    assert isinstance(x, Symbol)
    assert (hessian_of(obligation(f"opnorm({text}) <= 1").left.operand, x) is not None) is found
