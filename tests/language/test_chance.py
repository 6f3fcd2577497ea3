"""Random symbols, expectations and probabilities: what an author writes, how it prints, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import derive as dv
from derive.language.chance import Probability, RandomSymbol, as_variance, unbound
from derive.language.errors import InputError, ShapeError
from derive.language.latex import latex
from derive.language.plain import plain
from derive.language.rebuild import renamed, with_operands
from derive.language.tensor import Tensor
from derive.language.text import parse, parse_tensor

n, d, m = dv.dims("n d m")
x, y, t = dv.vector("x", d), dv.vector("y", d), dv.scalar("t")
A, q = dv.matrix("A", n, d), dv.scalar("q")
w, W, s = dv.gaussian("w", d), dv.gaussian("W", d, m), dv.rademacher("s", n)
z, u = dv.bernoulli("z", n, p=q), dv.uniform("u", d, low=-1, high=1)
v, P = dv.sphere("v", d), dv.one_hot("P", m, n)
NAMES = {name: value for name, value in globals().items() if isinstance(value, Tensor)}

SAMPLES = {
    "expectation(exp(w @ x))": r"\mathbb{E}[\exp(\langle w, x\rangle)]",
    "expectation(w @ x, given=w @ x >= 0)": r"\mathbb{E}[\langle w, x\rangle \mid \langle w, x\rangle \ge 0]",
    "expectation(outer(u, v), given=[w @ x >= 0, t <= q])": (
        r"\mathbb{E}[u v^\top \mid \langle w, x\rangle \ge 0,\ t \le q]"
    ),
    "variance(s @ A)": r"\mathrm{Var}[A^\top s]",
    "probability(norm(w) <= t)": r"\Pr[\|w\|_2 \le t]",
    "probability([w @ x >= t, w @ y >= t], given=sum(z) == n)": (
        r"\Pr[\langle w, x\rangle \ge t,\ \langle w, y\rangle \ge t \mid \langle z, \mathbf{1}_n\rangle = n]"
    ),
    "probability(W.T @ W << 2)": r"\Pr[W^\top W \preceq 2 I_m]",
    "expectation(t*indicator(w @ x >= 0))": r"\mathbb{E}[t \mathbf{1}\{\langle w, x\rangle \ge 0\}]",
    "expectation(sum(P @ A))": r"\mathbb{E}[\mathbf{1}_m^\top P A \mathbf{1}_d]",
}


@pytest.mark.parametrize(("text", "tex"), SAMPLES.items(), ids=list(SAMPLES))
def test_text_is_read_and_printed_as_it_was(text: str, tex: str) -> None:
    found = parse_tensor(text, NAMES)
    assert (plain(found), latex(found)) == (text, tex)


def test_an_event_in_text_may_be_a_chain() -> None:
    assert plain(parse_tensor("probability(0 <= w @ x <= t)", NAMES)) == "probability([0 <= w @ x, w @ x <= t])"


def test_a_claim_about_a_probability_is_a_relation_whose_event_is_another() -> None:
    found = parse("probability(norm(w) <= t) >= 1 - q", NAMES)
    assert repr(found) == "probability(norm(w) <= t) >= 1 - q"


def test_variance_is_the_mean_square_less_the_square_of_the_mean() -> None:
    written_out = dv.expectation((w @ x) ** 2) - dv.expectation(w @ x) ** 2
    assert as_variance(dv.variance(w @ x)) is not None
    assert as_variance(written_out) is None  # two products that print alike need not be one object


NO_RELATION: Any = w @ x
"""What an author without a type checker may write for an event."""

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "an event that is no relation": (lambda: dv.probability(NO_RELATION), "no event"),
    "no event at all": (lambda: dv.probability([]), "needs a relation"),
    "a condition that is no relation": (lambda: dv.expectation(w, given=NO_RELATION), "no event"),
    "a probability beyond one": (lambda: dv.bernoulli("b", p=1.5), "probability 3/2"),
    "an interval without points": (lambda: dv.uniform("b", low=1, high=0), "no interval"),
    "a law with a random parameter": (lambda: dv.bernoulli("b", p=u[0]), "u is random"),
    "a point of a sphere without axes": (lambda: dv.sphere("b"), "scalar"),
    "a vector for a probability": (lambda: dv.bernoulli("b", n, p=x), "scalar"),
    "probabilities of another number": (lambda: dv.one_hot("b", m, n, p=x), "not (n,)"),
    "text: an event that is no relation": (lambda: parse("probability(w @ x)", NAMES), "no event"),
    "text: a law in an expression": (lambda: parse("gaussian(w)", NAMES), "no function"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_says_nothing_is_refused(case: str) -> None:
    make, message = REFUSED[case]
    with pytest.raises((InputError, ShapeError)) as refused:
        make()
    assert message in str(refused.value)


def test_the_nearest_expectation_binds() -> None:
    assert unbound(w @ x - dv.expectation(u @ x)) == [w]
    assert unbound(dv.probability(w @ x >= dv.expectation(w @ y))) == []


def test_conditions_of_a_law_are_operands_of_its_symbol() -> None:
    """So that q is drawn with the other symbols, and renamed with them."""
    expected = dv.expectation(z.sum())
    moved = renamed(expected, {"q": t})
    parameters = [node.parameters for node in moved.walk() if isinstance(node, RandomSymbol)]
    assert any(node is q for node in expected.walk())
    assert len(parameters) == 1
    assert parameters[0][0] is t


@pytest.mark.parametrize("text", SAMPLES)
def test_a_node_with_its_own_operands_is_itself(text: str) -> None:
    found = parse_tensor(text, NAMES)
    assert plain(with_operands(found, list(found.children()))) == text


def test_a_probability_without_condition_stays_without_one() -> None:
    found = with_operands(dv.probability(w @ x >= 0), [dv.probability(u @ x >= 0).event])
    assert isinstance(found, Probability)
    assert found.given is None
