"""Claims for all numbers of steps are proved by induction where it carries; false ones never are."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

import derive as dv
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.induction import examine
from derive.instances.drawn import Drawn
from derive.language.relations import Relation
from derive.obligation import obligations

n, d = dv.dims("n d")
A, Q, H = dv.matrix("A", d, d), dv.matrix("Q", d, d, psd=True), dv.matrix("H", d, d)
x, x0, v, b = dv.vector("x", d), dv.vector("x0", d), dv.vector("v", d), dv.vector("b", d)
s, s0, u, c, t = dv.scalar("s"), dv.scalar("s0"), dv.scalar("u"), dv.scalar("c"), dv.time("t")
rho, eta = dv.scalar("rho", nonnegative=True), dv.scalar("eta", positive=True)

linear = dv.iterate(x, A @ x, start=x0)
affine = dv.iterate(x, A @ x + b, start=x0)
halving = dv.iterate(s, s / 2, start=s0)
logistic = dv.iterate(s, 4 * s * (1 - s), start=s0)
rotation = dv.iterate([s, u], [(3 * s - 4 * u) / 5, (4 * s + 3 * u) / 5])
averaging = dv.iterate(x, (x + dv.ones(d) * x.mean()) / 2, start=x0)
power = dv.iterate(x, A @ x / dv.norm(A @ x), start=x0)
descent = dv.iterate(x, x - eta * dv.grad((x @ Q @ x) / 2, x), start=x0)
perturbed = dv.iterate(x, H @ x, start=x0, choose=H, where=dv.opnorm(H) <= rho)
fibonacci = dv.iterate([s, u], [u, s + u], start=[s0, s0])


@dataclass(frozen=True)
class Stated:
    name: str
    statements: list[Relation]
    given: list[Relation] = field(default_factory=list)


TRUE = [
    Stated("an invariant", [averaging(x.mean(), t) == x0.mean()]),
    Stated("an invariant of two states", [rotation(s**2 + u**2, t) == s**2 + u**2]),
    Stated("a normalised state", [power(dv.norm(x), t + 1) == 1]),
    Stated("a closed form", [halving(s, t) == s0 / 2**t]),
    Stated("a closed form with a constant step", [dv.iterate(s, s + c, start=s0)(s, t) == s0 + t * c]),
    Stated("a linear rate", [linear(dv.norm(x), t) <= rho**t * dv.norm(x0)], [dv.opnorm(A) <= rho]),
    Stated("one step", [linear(dv.norm(x), t + 1) <= dv.opnorm(A) * linear(dv.norm(x), t)]),
    Stated(
        "a bound that is kept", [affine(dv.norm(x), t) <= 2], [dv.opnorm(A) <= 1 / 2, dv.norm(b) <= 1, dv.norm(x0) <= 2]
    ),
    Stated("an interval that is kept", [logistic(s, t) >= 0, logistic(s, t) <= 1], [s0 >= 0, s0 <= 1]),
    Stated("signs that need each other", [fibonacci(s, t) >= 0, fibonacci(u, t) >= 0], [s0 >= 0]),
    Stated("a rate whatever is chosen", [perturbed(dv.norm(x), t) <= rho**t * dv.norm(x0)]),
]

FALSE = [
    Stated("an invariant of another map", [averaging(x[0], t) == x0[0]]),
    Stated("a closed form that is off by one", [halving(s, t) == s0 / 2 ** (t + 1)]),
    Stated("a faster rate", [linear(dv.norm(x), t) <= (rho / 2) ** t * dv.norm(x0)], [dv.opnorm(A) <= rho]),
    Stated(
        "a bound that is not met at the start", [affine(dv.norm(x), t) <= 2], [dv.opnorm(A) <= 1 / 2, dv.norm(b) <= 1]
    ),
    Stated(
        "a bound that is not kept",
        [affine(dv.norm(x), t) <= 2],
        [dv.opnorm(A) <= 1 / 2, dv.norm(b) <= 3 / 2, dv.norm(x0) <= 2],
    ),
    Stated("an interval that is left", [logistic(s, t) >= 0, logistic(s, t) <= 1 / 2], [s0 >= 0, s0 <= 1 / 2]),
    Stated("a descent with any step", [descent(dv.norm(x), t) <= dv.norm(x0)]),
    Stated("a faster rate whatever is chosen", [perturbed(dv.norm(x), t) <= (rho / 2) ** t * dv.norm(x0)]),
    Stated("signs of a difference", [dv.iterate([s, u], [u, u - s], start=[s0, s0])(s, t) >= 0], [s0 >= 0]),
]


def examined(case: Stated) -> list[Evidence | Inapplicable]:
    claim = dv.Paper("runs").claim("claim", case.statements, given=case.given)
    return [examine(obligation, Drawn(obligation, 0)) for obligation in obligations(claim)]


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case.name)
def test_a_claim_that_carries_itself_on_is_proved(case: Stated) -> None:
    for found in examined(case):
        assert isinstance(found, Evidence)
        assert found.outcome == "proof", found.note
        assert found.steps


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case.name)
def test_a_false_claim_is_never_proved(case: Stated) -> None:
    assert not any(isinstance(found, Evidence) and found.outcome == "proof" for found in examined(case))


def test_a_step_that_fails_is_said_with_an_instance() -> None:
    """From s = 1/2 on the interval of the logistic map is left in one step."""
    [_, found] = examined(FALSE[5])
    assert isinstance(found, Evidence)
    assert found.note.startswith("the step fails, ")
    assert "under s_t <= 1/2, s_t >= 0" in found.note


def test_a_true_claim_that_is_too_weak_to_carry_itself_is_not_refuted() -> None:
    """Fibonacci numbers are nonnegative, but s >= 0 alone does not say so of the next one."""
    [found] = examined(Stated("one sign alone", [fibonacci(s, t) >= 0], [s0 >= 0]))
    assert isinstance(found, Evidence)
    assert found.outcome == "inconclusive"
    assert found.note.endswith("the relations do not carry themselves on")


def test_a_hypothesis_without_a_value_is_not_used() -> None:
    """That log(s) <= 0 wherever it exists says nothing of a state at which it does not."""
    run = dv.iterate(s, 1 - s, start=s0)
    [found] = examined(Stated("a logarithm", [run(dv.log(s), t) <= 0], [s0 <= 1, s0 > 0]))
    assert not isinstance(found, Evidence) or found.outcome != "proof"


def test_a_number_of_steps_that_is_restricted_is_not_its_business() -> None:
    [found] = examined(Stated("late", [linear(dv.norm(x), t) <= 1], [t >= 3]))
    assert isinstance(found, Inapplicable)
