"""Limits from both sides of a kink: a jump refutes continuity and Lipschitz constants; what does not jump stands."""

from __future__ import annotations

import pytest

from derive.evidence.evidence import Evidence
from derive.evidence.one_sided_limits import examine
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.one_sided import misplaced_jumps
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.obligation import obligations

n, d = dv.dims("n d")
A, x, b, t = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("b", n), dv.scalar("t")
z = A @ x
two_layers = dv.norm(dv.relu(z) - b) ** 2 / 2
smooth = dv.sum(dv.relu(z) ** 2)
behind = dv.norm(dv.relu(dv.softmax(z) - b)) ** 2

FALSE = {
    "a step": (dv.oscillation(dv.heaviside(t), t) == 0, ()),
    "a gradient": (dv.oscillation(dv.grad(two_layers, x), x) == 0, ()),
    "a gradient off its kinks": (dv.oscillation(dv.grad(two_layers, x), x) == 0, (z != 0,)),
    "a second derivative": (dv.oscillation(dv.hessian(smooth, x), x) == 0, ()),
    "a Lipschitz constant of a gradient": (dv.lipschitz(dv.grad(two_layers, x), x) < dv.inf, (z != 0,)),
    "a Lipschitz constant of a Hessian": (dv.lipschitz(dv.hessian(smooth, x), x) < dv.inf, (z != 0,)),
    "behind a softmax": (dv.lipschitz(dv.hessian(behind, x), x) < dv.inf, ()),
    "a sign, in the other variable": (dv.oscillation(dv.sign(z), A) == 0, ()),
    "the slope of a maximum": (dv.oscillation(dv.grad(dv.maximum(t, 2 * t - 1), t), t) == 0, ()),
    "inside a ball": (dv.oscillation(dv.grad(two_layers, x), x) == 0, (dv.norm(x) <= 1,)),
}

TRUE = {
    "relu": (dv.oscillation(dv.relu(z), x) == 0, ()),
    "the loss": (dv.lipschitz(two_layers, x) < dv.inf, ()),
    "the gradient of a square": (dv.oscillation(dv.grad(smooth, x), x) == 0, ()),
    "its Lipschitz constant": (dv.lipschitz(dv.grad(smooth, x), x) < dv.inf, ()),
    "jumps that cancel": (dv.oscillation(dv.heaviside(t) + dv.heaviside(-t), t) == 0, ()),
    "away from the kink": (dv.oscillation(dv.grad(dv.sum(dv.relu(x)), x), x) == 0, (x > 0,)),
    "a jump times zero": (dv.oscillation(t * dv.heaviside(t), t) == 0, ()),
}


def found(statement: Relation, given: tuple[Relation, ...]) -> Evidence:
    [obligation] = obligations(Paper("p").claim("c", statement, given=list(given)))
    evidence = examine(obligation, Drawn(obligation, 0))
    assert isinstance(evidence, Evidence)
    return evidence


@pytest.mark.parametrize("name", FALSE)
def test_a_jump_refutes(name: str) -> None:
    assert found(*FALSE[name]).outcome == "refutation"


@pytest.mark.parametrize("name", TRUE)
def test_what_does_not_jump_stands(name: str) -> None:
    assert found(*TRUE[name]).outcome in ("support", "inconclusive")


def test_the_witness_is_told_exactly() -> None:
    witness = found(*FALSE["a step"]).witness
    assert witness is not None
    assert (witness.left, witness.right, witness.arithmetic) == ("1", "0", "exact rationals")


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (dv.oscillation(t, t) <= 1, ()),
        (dv.oscillation(t, t) == 0, (t == 1,)),
        (dv.oscillation(t, t) == 0, (dv.heaviside(t) > 0,)),
        (dv.norm(x) >= 0, (dv.oscillation(t, t) == 0,)),
    ],
    ids=["not zero", "at one point", "a hypothesis that jumps", "as a hypothesis"],
)
def test_what_cannot_be_told_is_ill_posed(statement: Relation, given: tuple[Relation, ...]) -> None:
    assert misplaced_jumps([statement], given)
    assert Paper("p").claim("c", statement, given=list(given)).problem


def test_the_text_form_says_the_same() -> None:
    paper = Paper("p")
    paper.let("f", two_layers)
    for text in ("oscillation(grad(f, x), x) == 0", "lipschitz(hessian(f, x), x) < inf"):
        claim = paper.claim(f"c{len(text)}", text)
        assert claim.problem is None
        assert [repr(relation) for relation in claim.relations] == [text]
