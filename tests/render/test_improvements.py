"""The constants that derive has better ones for, and the claims that it could not settle."""

from msgspec.structs import replace

from derive.record import (
    BracketRecord,
    ClaimRecord,
    EvidenceRecord,
    Outcome,
    PaperRecord,
    ParameterRecord,
    Record,
    SampleRecord,
    Verdict,
    make_record,
)
from derive.render.improvements import LONGEST, improvements, unsettled, why_open


def sample(claimed: str, derived: str, *, at: str = "", reached: bool = False) -> SampleRecord:
    place = (ParameterRecord(tex="R", text="R", value=at),) if at else ()
    return SampleRecord(at=place, numbers={"claimed": claimed, "derived_upper": derived}, reached=reached)


def bounded(name: str, *samples: SampleRecord, **more: object) -> ClaimRecord:
    bracket = BracketRecord(
        measure="m", claimed="c", derived_upper="d", text={"claimed": "c", "derived_upper": "d"},
        samples=samples, replaceable=True,
    )  # fmt: skip
    found = replace(bracket, **more)
    return ClaimRecord(id=f"p/{name}", kind="bound", statement_tex="x", verdict=Verdict.PROVED, bracket=found)


def record(*claims: ClaimRecord) -> Record:
    return make_record([PaperRecord(id="p", claims=claims)], versions={}, seed=0)


def test_the_largest_factor_comes_first() -> None:
    found = improvements(record(bounded("small", sample("3", "2")), bounded("large", sample("8", "2"))))
    assert [(each.claim.id, each.factor) for each in found] == [("p/large", "4 times"), ("p/small", "1.5 times")]


def test_a_factor_that_depends_on_parameters_says_at_which() -> None:
    """At an example, and not where an attack has driven them."""
    samples = (sample("9", "1", at="0.0036", reached=True), sample("2", "1", at="1"), sample("8", "1", at="4"))
    (found,) = improvements(record(bounded("a", *samples, slack_tex="2R")))
    assert (found.factor, found.place, found.ratio) == ("8 times", "R = 4", "2R")


def test_the_ratio_of_a_constant_that_grows_is_no_factor() -> None:
    """Of a bound from below claimed by derived is less than one."""
    small = sample("1", "8", at="4")
    (found,) = improvements(record(bounded("a", small, slack_tex=r"\frac{1}{2 R}", below=True)))
    assert (found.factor, found.ratio) == ("8 times", "")


def test_a_factor_that_is_the_same_everywhere_names_no_place() -> None:
    (found,) = improvements(record(bounded("a", sample("8", "1", at="4"))))
    assert found.place == ""


def test_a_constant_that_is_as_good_is_no_improvement() -> None:
    assert improvements(record(bounded("a", sample("1.004", "1")))) == []


def test_a_bound_that_cannot_stand_in_its_place_is_no_improvement() -> None:
    assert improvements(record(bounded("a", sample("2", "1"), replaceable=False))) == []


def test_zero_has_no_factor() -> None:
    """As where a matrix is claimed to be positive, and is so by more."""
    assert improvements(record(bounded("a", sample("0", "1")))) == []
    assert improvements(record(bounded("a", sample("1", "0")))) == []


def left_open(*notes: tuple[str, Outcome, str], verdict: Verdict = Verdict.SUPPORTED) -> ClaimRecord:
    evidence = tuple(EvidenceRecord(method=method, outcome=outcome, note=note) for method, outcome, note in notes)
    return ClaimRecord(
        id="p/a", kind="bound", statement_tex="x", verdict=verdict, reason="not proved; 20 instances agree",
        evidence=evidence,
    )  # fmt: skip


def test_open_claims_are_those_that_are_supported_or_undecided() -> None:
    claims = [ClaimRecord(id=f"p/{verdict}", kind="bound", statement_tex="x", verdict=verdict) for verdict in Verdict]
    assert [claim.id for claim in unsettled(record(*claims))] == ["p/supported", "p/undecided"]


def test_an_open_claim_says_where_the_methods_ended_that_could_have_settled_it() -> None:
    claim = left_open(
        ("norm calculus", Outcome.INCONCLUSIVE, "the derived bound 2 does not prove it"),
        ("exact numbers", Outcome.INAPPLICABLE, "the claim is not about numbers alone"),
        ("norm calculus", Outcome.INCONCLUSIVE, "the derived bound 2 does not prove it"),
        ("attack", Outcome.SUPPORT, "no violation"),
    )
    assert why_open(claim) == ("not proved; 20 instances agree; norm calculus: the derived bound 2 does not prove it")


def test_what_the_reason_says_is_not_said_twice() -> None:
    claim = left_open(("hypotheses", Outcome.INCONCLUSIVE, "20 instances agree"))
    assert why_open(claim) == "not proved; 20 instances agree"


def test_a_long_reason_is_cut_between_words() -> None:
    text = why_open(left_open(("induction", Outcome.INCONCLUSIVE, "word " * 100)))
    assert len(text) <= LONGEST + 2
    assert text.endswith("word …")
