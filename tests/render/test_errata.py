"""The list of errata: the most telling first, each with its witness in one line."""

from fractions import Fraction

import pytest

from derive.record import (
    BracketRecord,
    ClaimRecord,
    Entries,
    PaperRecord,
    ParameterRecord,
    SampleRecord,
    Verdict,
    WitnessRecord,
    make_record,
)
from derive.render.errata import LONGEST, discrepancy, errata, in_a_line, short, shown


def wrong(
    name: str,
    kind: str = "identity",
    verdict: Verdict = Verdict.REFUTED,
    *,
    said: tuple[str, str] = ("1", "2"),
    bracket: BracketRecord | None = None,
) -> ClaimRecord:
    witness = WitnessRecord(sizes={"n": 1}, values={}, claimed=said[0], derived=said[1])
    return ClaimRecord(
        id=f"p/{name}",
        kind=kind,
        statement_tex="x",
        verdict=verdict,
        reason=f"{name} is {verdict}",
        witness=witness if verdict is Verdict.REFUTED else None,
        bracket=bracket,
    )


def listed(*claims: ClaimRecord) -> list[str]:
    record = make_record([PaperRecord(id="p", claims=claims)], versions={}, seed=0)
    return [claim.id.removeprefix("p/") for claim in errata(record)]


def test_false_claims_come_before_empty_and_meaningless_ones() -> None:
    assert listed(wrong("c", verdict=Verdict.ILL_POSED), wrong("b", verdict=Verdict.VACUOUS), wrong("a")) == list("abc")


def test_wrong_formulas_come_before_wrong_bounds() -> None:
    assert listed(wrong("d", "probabilistic"), wrong("c", "lipschitz"), wrong("b", "psd"), wrong("a")) == list("abcd")


def test_those_that_are_farther_off_come_first() -> None:
    """A wrong sign, something against nothing, a factor 2, a last digit."""
    signs, nothing, factor, digit = ("1", "-1"), ("0", "1e-9"), ("2", "4"), ("1000", "1001")
    found = listed(wrong("d", said=digit), wrong("c", said=factor), wrong("b", said=nothing), wrong("a", said=signs))
    assert found == list("abcd")


def test_of_equals_the_order_of_the_paper_is_kept() -> None:
    assert listed(wrong("b"), wrong("a")) == ["b", "a"]


def test_claims_that_hold_or_are_open_are_no_errata() -> None:
    open_ones = (Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED, Verdict.UNDECIDED, Verdict.BROKEN)
    assert listed(*(wrong(verdict, verdict=verdict) for verdict in open_ones)) == []


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        (("1", "-1"), 2),
        (("1/2", "1/4"), Fraction(1, 2)),
        (("0", "5"), 1),
        (("3", "3"), 0),
        (("[0.1, 0.2]", "1"), 0),
        (("1e999999999", "1"), 0),
        (("1/0", "1"), 0),
        (("", ""), 0),
    ],
)
def test_how_far_apart_two_numbers_are(said: tuple[str, str], apart: Fraction) -> None:
    """An enclosure, and a number too large to be computed with, tell nothing."""
    assert discrepancy(wrong("a", said=said)) == apart


def test_the_worst_instance_counts_where_it_is_worse_than_the_witness() -> None:
    """The claimed constant 1 is violated by 2 at the witness, and by 100 at the worst instance found."""
    sample = SampleRecord(
        at=(ParameterRecord(tex="R", text="R", value="1"),), numbers={"claimed": "1", "attack_lower": "100"}
    )
    bracket = BracketRecord(measure="m", claimed="1", samples=(sample,))
    assert discrepancy(wrong("a", "bound", bracket=bracket)) == Fraction(99, 100)


def test_an_instance_that_does_not_violate_the_claim_tells_nothing_against_it() -> None:
    sample = SampleRecord(numbers={"claimed": "1", "attack_lower": "0.01"})
    bracket = BracketRecord(measure="m", claimed="1", samples=(sample,))
    assert discrepancy(wrong("a", "bound", bracket=bracket)) == Fraction(1, 2)


def witness(values: dict[str, Entries], **more: object) -> WitnessRecord:
    return WitnessRecord(sizes={"n": 2}, values=values, claimed="-1", derived="1/2", **more)  # type: ignore[arg-type]


def test_a_witness_stands_in_one_line() -> None:
    found = witness({"A": [["1", "0"], ["-1", "2"]], "t": "3/4"}, indices={"i": 0}, at_entry=(0, 1))
    assert in_a_line(found) == ("n = 2, i = 1, A = [[1, 0], [−1, 2]], t = 3/4: claimed −1, derived 1/2 at entry (1, 2)")


def test_long_values_are_left_out_and_short_ones_kept() -> None:
    found = in_a_line(witness({"A": [["123"] * 30] * 30, "t": "3/4"}))
    assert found == "n = 2, t = 3/4, …: claimed −1, derived 1/2"
    assert len(found.partition(":")[0]) <= LONGEST + 3


def test_what_was_counted_is_no_derivation() -> None:
    assert in_a_line(witness({}, draws=500)).endswith("claimed −1, 500 draws give 1/2")


def test_a_witness_of_existence_has_no_numbers_to_compare() -> None:
    assert in_a_line(WitnessRecord(sizes={"n": 2}, values={"x": ["1"]})) == "n = 2, x = [1]"


def test_a_claim_without_a_witness_is_told_by_its_reason() -> None:
    assert shown(wrong("a", verdict=Verdict.VACUOUS)) == "a is vacuous"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1/2", "1/2"),
        ("0e-37", "0"),
        ("0.618033988750", "0.618"),
        ("-1.57111363285e+17", "-1.57e+17"),
        ("123456789012345/1000000000000000", "0.1235"),
        ("[0.25 +/- 1e-30]", "[0.25 +/- 1e-30]"),
    ],
)
def test_a_number_is_shortened_where_it_is_long(number: str, text: str) -> None:
    assert short(number) == text
