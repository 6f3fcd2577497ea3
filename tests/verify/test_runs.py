"""Values along runs by the checker's own steps."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive as dv
from derive.judge import judge
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.check import check_claim
from derive.verify.level import Level
from derive.verify.rationals import Rationals
from derive.verify.runs import whole
from derive.verify.scope import scope
from derive.verify.values import Evaluation

s, u, c, t = dv.scalar("s"), dv.scalar("u"), dv.scalar("c"), dv.time("t")
HALVED = dv.iterate(s, s / 2, start=c)
TURNED = dv.iterate([s, u], [u, -s], start=[c, 0])
VALUES = {"c": Array((), (Fraction(3),)), "t": Array((), (Fraction(2),)), "s": Array((), (Fraction(7),))}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (HALVED(s, t), Fraction(3, 4)),
        (HALVED(s, t + 1), Fraction(3, 8)),
        (HALVED(s**2, 0), Fraction(9)),
        (HALVED(s, t) + s, Fraction(31, 4)),
        (TURNED(u, 1), Fraction(-3)),
        (TURNED(s, t), Fraction(-3)),
        ((-c) ** t, Fraction(9)),
        ((-c) ** (t + 1), Fraction(-27)),
    ],
    ids=str,
)
def test_values_after_some_steps(expression: dv.Tensor, value: Fraction) -> None:
    assert Evaluation(Rationals(), {}).value(expression, scope(VALUES, {})).scalar == value


@pytest.mark.parametrize("number", [Fraction(1, 2), Fraction(-1), Fraction(10**6)], ids=str)
def test_a_number_of_steps_that_is_none_has_no_value(number: Fraction) -> None:
    values = {**VALUES, "t": Array((), (number,))}
    with pytest.raises(Unknown):
        Evaluation(Rationals(), {}).value(HALVED(s, t), scope(values, {}))


def test_what_is_chosen_at_each_step_has_no_value() -> None:
    run = dv.iterate(s, s + u, start=c, choose=u, where=u <= 1)
    with pytest.raises(Unknown):
        Evaluation(Rationals(), {}).value(run(s, t), scope(VALUES, {}))


def test_a_whole_number_is_told_from_others() -> None:
    assert whole(Fraction(4)) == 4
    with pytest.raises(Unknown):
        whole("4")


@pytest.mark.parametrize(
    ("claim", "given"),
    [(HALVED(s, t) <= (1 / 3) * c, []), (HALVED(s, t + 1) >= HALVED(s, t), [c >= 0]), (HALVED(s, t) == c / 3**t, [])],
    ids=str,
)
def test_a_refutation_along_a_run_is_verified_again(claim: dv.Relation, given: list[dv.Relation]) -> None:
    record = judge(dv.Paper("runs").claim("falls", claim, given=given))
    assert record.verdict == "refuted"
    assert check_claim(record).finding.level is Level.VERIFIED
