"""The benchmark of bounds: its claims are those of softmax regression, and its plain loop is right."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb

from benchmarks.bounds import CONSTANT, LEAST, core, definite, eigenvalue_claims, lipschitz_claim
from derive.calculus.decide import difference
from derive.evidence.evidence import Evidence
from derive.evidence.norm_calculus import examine
from derive.instances.drawn import Drawn
from derive.language import api as dv


def test_the_matrix_is_the_core_of_the_hessian() -> None:
    n, d = dv.dims("n d")
    A, x, b = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("b", n)
    f = dv.softmax(A @ x)
    assert difference(dv.hessian(dv.norm(f - b) ** 2 / 2, x), A.T @ core(f, b) @ A).proved


@pytest.mark.parametrize("seed", range(8))
def test_the_plain_loop_tells_the_sign_of_the_smallest_eigenvalue(seed: int) -> None:
    p, q = np.random.default_rng(seed).dirichlet((1, 1, 1))[:2]
    f, b = np.array([p, q, 1 - p - q]), np.array([1, 0, 0])
    J, g = np.diag(f) - np.outer(f, f), f * (f - b) - f @ (f - b) * f
    least = np.linalg.eigvalsh(J @ J + np.diag(g) - np.outer(g, f) - np.outer(f, g))[0]
    assert definite(arb(p), arb(q)) == (least > LEAST)


def test_the_plain_loop_leaves_a_wide_box_open() -> None:
    assert not definite(arb(0.5, 0.5), arb(0.5, 0.5))


def test_each_size_has_both_eigenvalues() -> None:
    assert [claim.id for claim in eigenvalue_claims(2)] == ["smallest eigenvalue, n = 2", "largest eigenvalue, n = 2"]


def test_the_lipschitz_constant_has_a_derived_bound_near_what_is_reached() -> None:
    """At most twenty times what an attack reaches, for every size."""
    claim = lipschitz_claim(2)
    found = examine(claim, Drawn(claim, 0))
    assert isinstance(found, Evidence)
    assert found.constant is not None
    (norm,) = found.constant.claimed.free_symbols
    assert found.constant.derived is not None
    assert found.constant.derived.free_symbols == {norm}
    assert found.constant.derived.subs(norm, 1) <= 20 * CONSTANT
