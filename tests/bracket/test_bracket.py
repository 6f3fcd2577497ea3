"""The bracket of an inequality joins what was derived with what an instance reaches."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive.bracket.bracket import bracket
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.norm_calculus import examine
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.tensor import tensor
from derive.obligation import Obligation
from derive.record import BracketRecord

n = dv.dims("n")
x, y, p = dv.vector("x", n), dv.vector("y", n), dv.vector("p", n, nonnegative=True)
S, T = dv.matrix("S", n, n, symmetric=True), dv.matrix("T", n, n, symmetric=True)
R = dv.scalar("R", positive=True)


def obligation(sign: str, left: Any, right: Any, *given: Any) -> Obligation:
    return Obligation("paper/claim", sign, left, right, given)


def fractions(value: Any) -> Any:
    """Nested tuples of exact numbers."""
    return tuple(map(fractions, value)) if isinstance(value, (list, tuple)) else Fraction(value)


def attack(**values: Any) -> Evidence:
    """The evidence of an attack that ended at these values, n = 2."""
    point = Point({"n": 2}, {}, {name: fractions(value) for name, value in values.items()})
    return Evidence("attack", "support", kept=1, nearest=point)


def derived(claim: Obligation) -> Evidence | Inapplicable:
    return examine(claim, Drawn(claim, 0))


def found(claim: Obligation, *findings: object) -> BracketRecord:
    record = bracket(claim, findings)
    assert record is not None
    return record


def test_a_lipschitz_constant_is_at_least_the_claimed_one_times_the_quotient_of_the_sides() -> None:
    """Of ||2x - 2y|| <= 8 ||x - y|| every instance reaches 2."""
    claim = obligation("<=", dv.norm(2 * x - 2 * y), 8 * dv.norm(x - y))
    assert 1.999 < float(found(claim, attack(x=[1, 0], y=[0, 0])).attack_lower) <= 2


def test_both_ends_stand_together_with_the_slack_of_each() -> None:
    claim = obligation("<=", dv.norm(dv.softmax(x) - dv.softmax(y)), 8 * dv.norm(x - y))
    record = found(claim, derived(claim), attack(x=["1/1000", 0], y=[0, "1/1000"]))
    assert 0.4999 < float(record.attack_lower) <= 0.5
    assert (record.derived_upper, record.claimed) == (r"\frac{1}{2}", "8")
    assert record.slack == ("the claimed constant is 16 times the worst case found and 16 times the derived bound",)


def test_what_is_reached_is_a_part_of_the_claimed_constant() -> None:
    """At ||x|| = R the claim ||x||^2 <= 4 R^2 has a quarter of its constant, whatever R is."""
    claim = obligation("<=", dv.norm(x) ** 2, 4 * R**2, dv.norm(x) <= R)
    record = found(claim, attack(x=[3, 0], R=3))
    assert record.attack_lower.endswith(" R^{2}")
    assert 0.999 < float(record.attack_lower.split()[0]) <= 1
    assert 8.999 < float(record.samples[0].numbers["attack_lower"]) <= 9


def test_a_bound_from_below_is_reached_from_above() -> None:
    claim = obligation("<<", -4 * dv.eye(n), S)
    record = found(claim, attack(S=[["-1/2", 0], [0, 1]]))
    assert -0.5 <= float(record.attack_upper) < -0.499
    assert (record.claimed, record.attack_lower) == ("-4", "")


def test_an_instance_at_which_both_sides_vanish_says_nothing() -> None:
    claim = obligation("<=", dv.norm(dv.softmax(x)), 8 + dv.norm(y))
    constant = obligation("<=", dv.norm(dv.softmax(x) - dv.softmax(x + 1)), 8 + dv.norm(y))
    assert found(claim, attack(x=[0, 0], y=[0, 0])).attack_lower
    assert bracket(constant, [attack(x=["1/3", 0], y=[0, 0])]) is None


def test_of_two_matrices_it_is_the_difference_that_is_measured() -> None:
    claim = obligation("<<", S, T)
    record = found(claim, attack(S=[[1, 0], [0, 1]], T=[[3, 0], [0, 4]]))
    assert 2 <= float(record.attack_upper) < 2.001
    assert record.claimed == "0"


def test_of_a_number_and_what_varies_it_is_the_latter_that_is_measured() -> None:
    """Of 0 <= ||x||^2 nobody asks how large zero is, and what its bound can be replaced by."""
    claim = obligation("<=", tensor(0), x @ x)
    record = found(claim, derived(claim), attack(x=[1, 2]))
    assert (record.claimed, record.words) == ("0", ())
    assert 5 <= float(record.attack_upper) < 5.001


def test_a_derived_bound_that_proves_a_loose_claim_can_replace_its_constant() -> None:
    claim = obligation("<=", dv.norm(x), 7 * R, dv.norm(x) <= R)
    record = found(claim, derived(claim))
    assert record.loose
    assert record.words == (
        "the claimed constant is 7 times the derived bound",
        "the claimed constant can be replaced by R",
    )


@pytest.mark.parametrize(
    ("sign", "factor", "why"),
    [
        ("<=", 1, "is as good"),
        ("<=", "1/2", "does not prove the claim"),
        ("<", 7, "does not say that the sides differ"),
    ],
)
def test_no_other_derived_bound_does(sign: str, factor: Any, why: str) -> None:
    claim = obligation(sign, dv.norm(x), Fraction(factor) * R, dv.norm(x) <= R)
    assert not found(claim, derived(claim)).loose, why


def test_a_ratio_that_depends_on_parameters_is_told_at_examples() -> None:
    claim = obligation("<=", dv.norm(x), R * dv.exp(20 * R**2), dv.norm(x) <= R)
    record = found(claim, derived(claim))
    assert record.slack_text == "exp(20*R**2)"
    assert record.slack[-1] == "for R = 4 the claimed constant is about 10¹³⁹ times the derived bound"


def test_examples_satisfy_the_hypotheses() -> None:
    claim = obligation("<=", dv.norm(x), 7 * R**2, dv.norm(x) <= R, R <= 2, R >= 1)
    assert [sample.place for sample in found(claim, derived(claim)).samples] == ["R = 1"]


def test_the_instance_is_told_with_both_sides_and_a_program() -> None:
    claim = obligation("<=", dv.norm(x) ** 2, 4 * R**2, dv.norm(x) <= R)
    instance = found(claim, attack(x=[3, 0], R=3)).instance
    assert instance is not None
    assert (instance.derived, instance.claimed) == ("9", "36")
    assert "print" in instance.snippet


def test_an_enclosure_stands_beside_the_claimed_constant() -> None:
    claim = obligation("<=", dv.norm(p), tensor(2))
    enclosed = Evidence("enclosure", "support", kept=1, bracket={"enclosed_lower": "0.99", "enclosed_upper": "101/100"})
    record = found(claim, enclosed)
    assert (record.enclosed_lower, record.enclosed_upper) == ("0.99", "1.01")
    assert record.samples[0].numbers["enclosed_upper"] == "1.01"


def test_nothing_found_gives_no_bracket() -> None:
    assert bracket(obligation("<=", dv.norm(x), 7 * R), []) is None


@pytest.mark.parametrize("size", [10, 20_000, 10**30], ids=["moderate", "beyond Python's text", "beyond decimals"])
def test_numbers_of_any_size_have_their_bracket(size: int) -> None:
    """What an instance reaches may be an exponential of an exponential."""
    t = dv.scalar("t", positive=True)
    claim = obligation("<=", dv.exp(t), 2 * dv.exp(t))
    record = bracket(claim, (Evidence("attack", "support", kept=1, nearest=Point({}, {}, {"t": Fraction(size)})),))
    assert record is None or record.instance is not None
