"""A claimed Hessian that is not symmetric is said not to be."""

from __future__ import annotations

from typing import Any

import pytest

from derive.evidence import explicit_entries
from derive.evidence.evidence import Evidence
from derive.evidence.trials.symmetry import asymmetry
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

d = dv.dim("d")
X, S = dv.matrix("X", d, d), dv.matrix("S", d, d, symmetric=True)
x, y = dv.vector("x", d), dv.vector("y", d)
NOTE = "the claimed Hessian is not symmetric at entry (0, 1)"


def obliged(relation: Relation) -> Obligation:
    return Obligation("paper/hessian", relation.sign, relation.left, relation.right, ())


@pytest.mark.parametrize(
    ("relation", "note"),
    [
        (dv.hessian(x @ X @ x, x) == X, NOTE),
        (dv.hessian(x @ X @ x, x) == 2 * X, NOTE),
        (Relation("==", X, dv.hessian(x @ X @ x, x)), NOTE),
        (dv.jacobian(dv.grad(x @ X @ x, x), x) == X, NOTE),
        (dv.hessian(dv.logsumexp(x), x) == dv.diag(dv.softmax(x)) - dv.outer(dv.softmax(x), x), NOTE),
        (dv.hessian(x @ X @ x, x) == X + X.T, ""),
        (dv.hessian(x @ X @ x, x) == 3 * (X + X.T), ""),
        (dv.hessian(x @ S @ x, x) == S, ""),
        (dv.hessian(x @ X @ y, x, y) == 2 * X, ""),
        (dv.jacobian(X @ x, x) == 2 * X, ""),
        (dv.grad(x @ x, x) == x, ""),
    ],
    ids=repr,
)
def test_a_claimed_hessian_is_looked_at(relation: Relation, note: str) -> None:
    """Mixed second derivatives and Jacobians need not be symmetric."""
    obligation = obliged(relation)
    assert asymmetry(obligation, Drawn(obligation, 0)) == note


def test_at_a_kink_second_derivatives_need_not_commute() -> None:
    obligation = obliged(dv.hessian(abs(x - x).sum() * x[0], x) == X)
    assert asymmetry(obligation, Drawn(obligation, 0)) == ""


@pytest.mark.parametrize(("right", "said"), [(X, True), (3 * (X + X.T), False)])
def test_a_refutation_says_so(right: Any, said: bool) -> None:
    obligation = obliged(dv.hessian(x @ X @ x, x) == right)
    evidence = explicit_entries.examine(obligation, Drawn(obligation, 0))
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "refutation"
    assert (NOTE in evidence.note) is said
