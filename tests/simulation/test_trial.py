"""What is said along runs whose course is known: x halves at every step, from 1, 2, 3 and so on, or diverges."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest

import derive as dv
from derive.evaluate.errors import Unavailable
from derive.instances.seeds import stream
from derive.language.chance import event_of
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.simulation import trial
from derive.simulation.trial import tried

n = dv.dim("n")
g, s, x = dv.gaussian("g", n), dv.rademacher("s", n), dv.vector("x", n)
halving = dv.iterate(x, x / 2, start=s)
doubling = dv.iterate(x, 2 * x, start=s)
draws = partial(stream, 0, "test")
SIZES = {"n": 3}


def seen(expression: Tensor | Relation | Sequence[Relation | Tensor], seeds: int = 4) -> list[float]:
    node = expression if isinstance(expression, Tensor) else event_of(expression)
    return list(tried(node, SIZES, range(seeds), draws).values)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (halving(dv.norm(x) ** 2, 3), 3 / 64),
        (halving.first(dv.norm(x) ** 2 <= 3 / 64), 3),
        (halving.first(abs(x) <= 1), 0),
        (halving(abs(x[0]), halving.first(dv.norm(x, 1) <= 1)), 1 / 4),
        (halving(dv.norm(x), 2) ** 2 + halving(dv.norm(x), 1) ** 2, 3 / 16 + 3 / 4),
        (dv.norm(s) ** 2 + n, 6),
    ],
)
def test_values_along_a_run(expression: Tensor, value: float) -> None:
    assert seen(expression) == pytest.approx([value] * 4)


@pytest.mark.parametrize(
    ("event", "happens"),
    [
        (halving.always(abs(x) <= 1, 5), True),
        (halving.always(abs(x) < 1, 5), False),
        (halving.always(abs(x) >= 1 / 32, 5), True),
        (halving.always(abs(x) >= 1 / 32, 6), False),
        (halving.always(abs(x) >= 1 / 4, halving.first(abs(x) <= 1 / 4)), True),
        ([halving.first(abs(x) <= 1 / 8) <= 3, dv.norm(s) <= 2], True),
        ([halving.first(abs(x) <= 1 / 8) <= 2, dv.norm(s) <= 2], False),
        (halving.always(dv.outer(x, x) << 4 * dv.eye(n), 3), True),
        (halving.always(dv.outer(x, x) << dv.eye(n), 3), False),
    ],
)
def test_events_along_a_run(event: Tensor, happens: bool) -> None:
    assert seen(event) == [happens] * 4


def test_what_never_happens_is_given_up_after_the_steps_that_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    never = doubling.first(dv.norm(x) <= 1)
    assert seen([never <= 50, doubling(dv.norm(x), never) <= 1]) == [0] * 4
    monkeypatch.setattr(trial, "MOST_STEPS", 20)
    assert seen(never) == [np.inf] * 4


def test_a_run_that_leaves_the_numbers_ends() -> None:
    """2^2000 is no double: nothing happens from there on, and what had to hold for ever does not."""
    blown = dv.iterate(x, x * x * 10**9, start=s)
    assert seen([blown.first(dv.norm(x) <= 0) <= 10_000]) == [0] * 4
    assert seen(blown.always(abs(x) >= 1, 10_000)) == [0] * 4


def test_sides_that_are_equal_but_for_roundings_are_looked_at_again() -> None:
    """(1/3 + 1/3 + 1/3) x <= x holds in extended precision where doubles round up; 1.0000001 x <= x does not."""
    tiny = dv.iterate(x, x, start=s * s)
    thirds = ((x + 0.1) + 0.2).sum() <= (x + 0.3).sum() + x[0] * dv.exp(-40)
    assert seen(tiny.always(thirds, 1)) == [1] * 4
    assert seen(tiny.always(x * (1 + dv.exp(-30)) <= x, 1)) == [0] * 4


def test_each_seed_has_draws_of_its_own_whatever_is_run_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    run = dv.iterate(x, x - x**3 / 10, start=g)
    expression = run(dv.norm(x), 7)
    together = seen(expression, 5)
    assert len(set(together)) == 5
    monkeypatch.setattr(trial, "TOGETHER", 1)  # one after the other
    assert seen(expression, 5) == pytest.approx(together, rel=1e-13)


def test_gradient_descent_on_a_quadratic_contracts_as_it_must() -> None:
    """x <- x - c grad |x|^2/2 multiplies x by 1 - c."""
    run = dv.iterate(x, x - 0.25 * dv.grad(x @ x / 2, x), start=g)
    assert seen(run(dv.norm(x), 10) / dv.norm(g)) == pytest.approx([0.75**10] * 4)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (halving(dv.norm(x), dv.norm(s)), "number of steps"),
        (dv.iterate(x, x + g, choose=dv.vector("h", n), start=s)(dv.norm(x), 2), "chosen at each step"),
    ],
)
def test_what_cannot_be_run_says_why(expression: Tensor, message: str) -> None:
    with pytest.raises(Unavailable, match=message):
        seen(expression)
