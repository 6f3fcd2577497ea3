"""The bracket of an inequality joins what was derived with what an instance reaches."""

from __future__ import annotations

from derive.attack.ratio import LARGEST, RATIO, SMALLEST
from derive.bracket import bracket
from derive.evidence.evidence import Evidence
from derive.language import api as dv
from derive.obligation import Obligation

n, d = dv.dims("n d")
x, y = dv.vector("x", n), dv.vector("y", n)
A = dv.matrix("A", n, n, symmetric=True)
LIPSCHITZ = Obligation("p/c", "<=", dv.norm(dv.softmax(x) - dv.softmax(y)), 2 * dv.norm(x - y), ())
BELOW = Obligation("p/c", "<<", -4 * dv.eye(n), A, ())


def attack(numbers: dict[str, str]) -> Evidence:
    return Evidence("attack", "support", kept=1, bracket=numbers)


def test_the_claimed_constant_times_the_ratio_is_reached() -> None:
    found = bracket(LIPSCHITZ, [attack({RATIO: "0.24999"})])
    assert (found["attack_lower"], found["claimed"]) == ("0.49998", "2")


def test_both_ends_stand_together() -> None:
    (measure,) = [bracket(LIPSCHITZ, [attack({RATIO: "0.25"})])["measure"]]
    derived = Evidence("norm calculus", "proof", bracket={"measure": measure, "derived_upper": "1", "claimed": "2"})
    found = bracket(LIPSCHITZ, [derived, attack({RATIO: "0.25"})])
    assert (found["attack_lower"], found["derived_upper"]) == ("0.5", "1")


def test_another_measure_is_not_mixed_in() -> None:
    derived = Evidence("norm calculus", "proof", bracket={"measure": "other", "derived_upper": "1", "claimed": "2"})
    assert "attack_lower" not in bracket(LIPSCHITZ, [derived, attack({RATIO: "0.25"})])


def test_a_bound_from_below_is_reached_from_above() -> None:
    found = bracket(BELOW, [attack({LARGEST: "-4", SMALLEST: "-3.5"})])
    assert (found["attack_upper"], found["claimed"]) == ("-3.5", "-4")


def test_nothing_found_gives_no_bracket() -> None:
    assert bracket(LIPSCHITZ, []) == {}
