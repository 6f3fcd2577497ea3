"""Conditions on parameters with their constants written out."""

import derive as dv
from derive.explanation.conditions import conditions
from derive.language.claims import Claim
from derive.language.relations import Relation
from derive.record import ConditionRecord

n, m = dv.dims("n m")
x = dv.vector("x", n)
B, D, delta = dv.scalar("B"), dv.scalar("D"), dv.scalar("delta", positive=True)
DEFINED = dv.sqrt(2 * dv.log(m / delta)) == B


def claim(*given: Relation, name: str = "c") -> Claim:
    return dv.Paper("p").claim(name, dv.norm(x) >= 0, given=given)


def told(*given: Relation, used: tuple[Claim, ...] = ()) -> list[str]:
    return [found.text for found in conditions(claim(*given), used)]


def test_a_parameter_that_a_hypothesis_defines_is_written_out() -> None:
    assert told(DEFINED, m >= dv.exp(4 * B)) == ["m >= exp(4*sqrt(2*log(m/delta)))"]


def test_constants_are_followed_one_into_the_other() -> None:
    assert told(DEFINED, dv.exp(B) / m == D, D <= 1) == ["exp(sqrt(2*log(m/delta)))/m <= 1"]


def test_a_closed_definition_of_the_paper_is_written_out_and_another_is_not() -> None:
    paper = dv.Paper("p")
    M, L = paper.let("M", n**2 * dv.exp(delta)), paper.let("L", dv.norm(x) ** 2)
    found = conditions(paper.claim("c", dv.norm(x) >= 0, given=[M * L <= 1]), [])
    assert [condition.text for condition in found] == ["n**2*exp(delta)*L <= 1"]


def test_what_a_used_claim_says_of_a_parameter_is_named() -> None:
    lemma = claim(DEFINED, name="lemma")
    (found,) = conditions(claim(m >= dv.exp(B)), [lemma])
    assert (found.text, found.defined_by) == ("m >= exp(sqrt(2*log(m/delta)))", ("p/lemma",))


def test_what_the_claim_itself_says_comes_first() -> None:
    lemma = claim(DEFINED, name="lemma")
    (found,) = conditions(claim(delta / 2 == B, m >= dv.exp(B)), [lemma])
    assert found == ConditionRecord(tex=found.tex, text="m >= exp(delta/2)")


def test_conditions_without_constants_and_on_arrays_are_left_out() -> None:
    assert told(DEFINED, m >= n**2, dv.norm(x) <= 1, abs(x) <= B) == []


def test_of_constants_that_define_each_other_one_stays_as_it_is() -> None:
    """The second equality would lead back to the first, so it defines nothing."""
    assert told(D == B + 1, B == 2 * D, D <= 3) == ["B == 2*(B + 1)", "B + 1 <= 3"]
