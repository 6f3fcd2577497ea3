"""A search finds instances of the hypotheses at which a logarithm or a root has no value, if there are any."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from derive.lint.undefined import undefined_somewhere
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, S = dv.matrix("A", n, d), dv.matrix("S", d, d, pd=True)
x, y = dv.vector("x", d), dv.vector("y", d)
t, R = dv.scalar("t"), dv.scalar("R", positive=True)


@pytest.mark.parametrize(
    ("side", "given", "conditions"),
    [
        (dv.log(t), [], ("t > 0",)),
        (dv.log(t), [t >= 0], ("t > 0",)),
        (dv.log(t), [t <= 1, t <= 0], ("t > 0",)),
        (dv.log(t), [t >= 1], ()),
        (dv.log(R), [], ()),
        (dv.sqrt(t), [t >= 0], ()),
        (x.sum() ** 1.5, [], ("sum(x) >= 0",)),
        (dv.log(A @ x), [], ("A @ x > 0",)),
        (dv.grad(dv.log(dv.exp(A @ x).sum()), x), [], ()),
        (dv.log(1 - x @ x), [dv.norm(x) <= 0.5], ()),
        (dv.logdet(S), [], ()),
        (dv.subs(dv.log(x).sum(), x, dv.exp(y)), [], ()),
    ],
)
def test_the_conditions_that_the_hypotheses_do_not_imply(side: Any, given: list[Any], conditions: tuple[str]) -> None:
    assert undefined_somewhere(Obligation("p/c", "==", side, side, tuple(given))) == conditions
