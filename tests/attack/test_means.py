"""Bounds of means are attacked: a bound that is a little too small falls, and a tight one stands."""

from __future__ import annotations

import pytest

import derive as dv
from derive.attack.means import mean
from derive.attack.recorded import scope
from derive.attack.tape import Tape
from derive.evaluate.errors import Unavailable
from derive.evidence.attack import examine
from derive.evidence.evidence import Evidence
from derive.instances.drawn import Drawn
from derive.obligation import obligations

n, d = dv.dim("n"), dv.dim("d")
x, R = dv.vector("x", d), dv.scalar("R", positive=True)
w, s = dv.gaussian("w", d), dv.rademacher("s", d)


def attacked(statement: dv.Relation, *given: dv.Relation) -> Evidence:
    (obligation,) = obligations(dv.Paper("p").claim("c", statement, given=list(given)))
    found = examine(obligation, Drawn(obligation, seed=0))
    assert isinstance(found, Evidence)
    return found


BALL = dv.norm(x) <= R
BOUNDS = {
    "a fourth moment": (dv.expectation((w @ x) ** 4), 3 * R**4),
    "an exponential": (dv.expectation(dv.exp(w @ x)), dv.exp(R**2 / 2)),
    "signs": (dv.expectation((s @ x) ** 2), R**2),
    "the gradient of a mean": (dv.norm(dv.grad(dv.expectation(dv.exp(w @ x)), x)), R * dv.exp(R**2 / 2)),
}


@pytest.mark.parametrize("case", BOUNDS)
def test_a_bound_of_a_mean_that_is_a_little_too_small_falls(case: str) -> None:
    small, large = BOUNDS[case]
    found = attacked(small <= 0.99 * large, BALL, R <= 2)
    assert found.outcome == "refutation"
    assert found.witness is not None


@pytest.mark.parametrize("case", BOUNDS)
def test_a_tight_bound_of_a_mean_stands(case: str) -> None:
    small, large = BOUNDS[case]
    assert attacked(small <= large, BALL, R <= 2).outcome == "support"


def test_a_mean_of_too_many_steps_is_declined() -> None:
    tape, sizes = Tape(), {"d": 24}
    place = scope(tape, sizes, {}, {"x": tape.input((24,))})
    with pytest.raises(Unavailable, match="steps"):
        mean(dv.expectation(dv.exp((w @ x) ** 2 + w @ x)), place)
