"""Limits of runs: a run does not converge to what its update moves, and stays at a fixed point where it starts."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.calls import elementwise
from derive.language.errors import InputError, ShapeError
from derive.language.iteration import Run, iterate
from derive.language.latex import latex
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.language.symbols import dim, matrix, scalar, vector
from derive.language.tensor import Tensor
from derive.language.text import parse_tensor

n = dim("n")
x, y, t, s = vector("x", n), vector("y", n), scalar("t"), scalar("s")
A = matrix("A", n, n)


def verdict(statement: Tensor, *given: Relation) -> str:
    return str(judge(Paper("p").claim("c", statement == 1, given=given)).verdict)


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (iterate(x, x / 2).converges(y), (y @ y == 1,)),
        (iterate(t, t / 2 + 1).converges(1, -1), ()),
        (iterate(t, t**2 + 1).converges(t), ()),
        (iterate(x, A @ x).converges(x), ()),
        (iterate(t, 1 - elementwise["exp"](t)).converges(1), ()),
    ],
)
def test_no_run_converges_to_what_its_update_moves(statement: Tensor, given: tuple[Relation, ...]) -> None:
    assert verdict(statement, *given) == "refuted"


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (iterate(x, x / 2).converges(0 * y), ()),
        (iterate(t, t / 2 + 1).converges(2, -1), ()),
        (iterate(t, t / 2 + 1).converges(2), (t == 2,)),
        (iterate(t, elementwise["relu"](t)).converges(t), (t >= 0,)),
    ],
)
def test_no_true_limit_is_refuted(statement: Tensor, given: tuple[Relation, ...]) -> None:
    assert verdict(statement, *given) in ("supported", "undecided")


def test_a_run_that_starts_at_a_fixed_point_stays_there() -> None:
    assert verdict(iterate(t, t / 2 + 1, start=s).converges(2), s == 2) == "supported"


@pytest.mark.parametrize("name", ["sign", "heaviside"])
def test_where_the_update_jumps_a_limit_need_not_be_fixed(name: str) -> None:
    """Half of t, and one more where t is not positive: from 1 it converges to 0, which it would move."""
    jump = elementwise[name]
    update = t / 2 + (1 - jump(t)) * jump(1 - t)
    assert verdict(iterate(t, update).converges(0), t == 1) != "refuted"


def test_a_power_whose_exponent_moves_need_not_be_continuous() -> None:
    assert verdict(iterate(t, t ** (t * t) / 2).converges(0), t == 0) != "refuted"


def test_it_is_printed_and_read() -> None:
    run = Paper("p").let("run", iterate(t, t / 2))
    assert isinstance(run, Run)
    expression = run.converges(0, s)
    assert repr(expression) == "run.converges(0, s)"
    assert repr(parse_tensor("run.converges(0, s)", {"run": run, "s": s})) == repr(expression)
    assert r"\lim" in latex(expression)


def test_what_says_nothing_is_refused() -> None:
    with pytest.raises(ShapeError, match="the state x has shape"):
        iterate(x, x / 2).converges(0)
    with pytest.raises(InputError, match="of a run of one state"):
        iterate([x, y], [y, x]).converges(x)
    with pytest.raises(InputError, match="to one of some points"):
        iterate(x, x / 2).converges()
