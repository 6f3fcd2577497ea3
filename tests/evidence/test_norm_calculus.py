"""The norm calculus as a method: hypotheses that it shows to exclude each other."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language import api as dv
from derive.language.paper import Paper
from derive.record import Verdict

R, s = dv.scalar("R", positive=True), dv.scalar("s", positive=True)
APART = dv.norm(dv.vector("x", dv.dim("d"))) >= 2**-1074


def verdict(*given: dv.Relation) -> Verdict:
    return judge(Paper("p").claim("c", dv.norm(dv.vector("x", dv.dim("d"))) >= s, given=given)).verdict


@pytest.mark.parametrize("power", [40, 8])
def test_a_distance_of_doubles_is_not_as_small_as_an_exponential_of_the_radius(power: int) -> None:
    """``exp(power R^2) |x| <= s`` with R >= 10 and s <= 1 asks for |x| below 10^-347 or less."""
    distance = dv.norm(dv.vector("x", dv.dim("d")))
    given = (R >= 10, s <= 1, APART, dv.exp(power * R**2) * distance <= s)
    assert verdict(*given) is Verdict.VACUOUS


def test_hypotheses_that_a_point_meets_are_not_called_contradictory() -> None:
    distance = dv.norm(dv.vector("x", dv.dim("d")))
    given = (R >= 1, s <= 1, APART, dv.exp(R**2) * distance <= s)
    assert verdict(*given) is not Verdict.VACUOUS
