"""What is made of continuous functions is proved to be continuous, and nothing else."""

from __future__ import annotations

import pytest

from derive.evidence.continuity import examine
from derive.evidence.evidence import Evidence
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.obligation import obligations

n, d = dv.dims("n d")
A, x, b, t = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("b", n), dv.scalar("t")
R = dv.scalar("R", positive=True)
z = A @ x
loss = dv.norm(dv.softmax(z) - b) ** 2
piecewise = dv.norm(dv.softmax(dv.relu(z)) - b) ** 2

TRUE = {
    "relu": (dv.oscillation(dv.relu(z), x) == 0, ()),
    "a loss": (dv.oscillation(piecewise, x) == 0, ()),
    "a gradient": (dv.oscillation(dv.grad(loss, x), x) == 0, ()),
    "a matrix norm": (dv.oscillation(dv.opnorm(A), A) == 0, ()),
    "a quotient by what is positive": (dv.oscillation(t / (1 + t**2), t) == 0, ()),
    "the softmax of relu": (dv.lipschitz(dv.softmax(dv.relu(z)), x) < dv.inf, ()),
    "a Hessian": (dv.lipschitz(dv.hessian(loss, x), x) < dv.inf, ()),
    "exp in a ball": (dv.lipschitz(dv.exp(t), t) < dv.inf, (dv.abs(t) <= R,)),
}

NOT_PROVED = {
    "a step": (dv.oscillation(dv.heaviside(t), t) == 0, ()),
    "a sign": (dv.oscillation(dv.sign(t) * 2, t) == 0, ()),
    "a derivative of relu": (dv.oscillation(dv.grad(dv.sum(dv.relu(z)), x), x) == 0, ()),
    "a reciprocal": (dv.oscillation(1 / t, t) == 0, ()),
    "a direction": (dv.oscillation(x / dv.norm(x), x) == 0, ()),
    "a logarithm": (dv.oscillation(dv.log(t), t) == 0, ()),
    "a tangent": (dv.oscillation(dv.tan(t), t) == 0, ()),
    "a power below one": (dv.oscillation(t ** (-2), t) == 0, ()),
    "an inverse": (dv.oscillation(dv.inv(A.T @ A), A) == 0, ()),
    "exp": (dv.lipschitz(dv.exp(t), t) < dv.inf, ()),
    "a square": (dv.lipschitz(t**2, t) < dv.inf, ()),
    "the slope of relu": (dv.lipschitz(dv.grad(dv.sum(dv.relu(z)), x), x) < dv.inf, ()),
}


def proved(statement: Relation, given: tuple[Relation, ...]) -> bool:
    [obligation] = obligations(Paper("p").claim("c", statement, given=list(given)))
    found = examine(obligation, Drawn(obligation, 0))
    return isinstance(found, Evidence) and found.outcome == "proof"


@pytest.mark.parametrize("name", TRUE)
def test_what_is_continuous_is_proved(name: str) -> None:
    assert proved(*TRUE[name])


@pytest.mark.parametrize("name", NOT_PROVED)
def test_what_is_not_or_may_not_be_is_not_proved(name: str) -> None:
    assert not proved(*NOT_PROVED[name])
