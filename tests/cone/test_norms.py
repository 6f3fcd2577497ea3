"""Norms that are compared as those of residuals at their least are: what follows from it, and what does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from derive.cone.inequality import show
from derive.cone.termwise import readings
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import obligations

n, d, k = dv.dims("n d k")
A, b, S = dv.matrix("A", n, d), dv.vector("b", n), dv.matrix("S", k, n)
x, y, e = dv.vector("x", d), dv.vector("y", d), dv.scalar("e", positive=True)
FAR, NEAR = A @ x - b, A @ y - b
SOLVED = (S @ A).T @ (S @ NEAR) == 0
KEPT = (1 - e) * dv.norm(NEAR) ** 2 <= dv.norm(S @ NEAR) ** 2
GROWN = dv.norm(S @ FAR) ** 2 <= (1 + e) * dv.norm(FAR) ** 2


def within(factor: Tensor) -> Relation:
    return dv.norm(NEAR) ** 2 <= factor * dv.norm(FAR) ** 2


def proved(statement: Relation, given: Sequence[Relation]) -> bool:
    (obligation,) = obligations(dv.Paper("paper").claim("claim", statement, given=list(given)))
    return any(all(show(r.obligation, obligation.given) for r in read) for read in readings(obligation))


def test_a_sketch_is_solved() -> None:
    assert proved(within((1 + e) / (1 - e)), [e < 1, SOLVED, KEPT, GROWN])


@pytest.mark.parametrize("left_out", range(4))
def test_every_hypothesis_is_needed(left_out: int) -> None:
    given = [e < 1, SOLVED, KEPT, GROWN]
    assert not proved(within((1 + e) / (1 - e)), given[:left_out] + given[left_out + 1 :])


@pytest.mark.parametrize("factor", [1 + e, 1 / (1 - e), (1 - e) / (1 + e)], ids=repr)
def test_a_smaller_factor_is_not_proved(factor: Tensor) -> None:
    assert not proved(within(factor), [e < 1, SOLVED, KEPT, GROWN])


def test_the_other_residual_is_not_the_least() -> None:
    other = (S @ A).T @ (S @ FAR) == 0
    assert not proved(within((1 + e) / (1 - e)), [e < 1, other, KEPT, GROWN])
