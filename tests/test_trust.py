"""The trust page says of each sentence what stands behind it, and its patterns take no other sentence for one."""

from __future__ import annotations

import pytest

from derive.isolation import Died
from derive.record import ConditionalRecord, PremiseRecord, Verdict
from derive.verdict import Judgement, about_class, decide, unexamined, with_premises
from tests.trust import explained, sentences

CITING = ConditionalRecord(premises=("p/half",), reason="equal normal forms, for all dimensions, by p/half")
CITED = PremiseRecord(claim="p/half", verdict=Verdict.PROVED)


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("proved", "a bound derived in 1 step, for all dimensions"),
        ("refuted", "refuted at n = 2, d = 3 by an exact witness"),
        ("supported", "not proved; 1 instance agrees"),
        ("a flag", "exchanging u and v changes the right side and not the left"),
        ("a flag", "exp(-R**2) is 10**-4343 at R = 100, where no double is as small"),
        ("a flag", "1 - p is -1 at p = 2, which is no probability: no hypothesis keeps p between 0 and 1"),
        ("a flag", "the step size eta has no value: no hypothesis bounds it; add one, such as eta <= 1/opnorm(...)"),
        ("proved", "by induction over the steps, for all dimensions: every step by a bound derived in 3 steps"),
    ],
)
def test_a_sentence_is_recognised_in_the_singular_and_at_any_sizes(of: str, told: str) -> None:
    assert explained(of, told)


@pytest.mark.parametrize(
    "judgement",
    [
        decide([]),
        decide([[]]),
        unexamined(TimeoutError("time limit of 60 s")),
        unexamined(MemoryError()),
        unexamined(Died("signal 9")),
        unexamined(ValueError("no such thing")),
        about_class(Judgement(Verdict.PROVED, "equal normal forms, for all dimensions"), ["L(z) = z**2"]),
        about_class(Judgement(Verdict.VACUOUS, "no instance: t <= 0, t >= 1 exclude each other"), ["L(z) = z**2"]),
        with_premises(Verdict.SUPPORTED, "not proved; 24 instances agree", CITING, [CITED]),
        with_premises(Verdict.REFUTED, "refuted at n = 1 by an exact witness", CITING, [CITED]),
    ],
    ids=lambda judgement: judgement.reason,
)
def test_what_a_verdict_says_beside_the_methods_is_on_the_page(judgement: Judgement) -> None:
    assert explained(judgement.verdict, judgement.reason)


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("proved", "it looks right"),
        ("proved", "not proved; 24 instances agree"),
        ("refuted", "equal normal forms, for all dimensions"),
    ],
)
def test_what_the_page_does_not_say_is_no_sentence_of_it(of: str, told: str) -> None:
    assert not explained(of, told)


def test_no_sentence_is_a_wildcard_alone() -> None:
    """A row such as ``"..."`` would explain everything."""
    of = ("proved", "refuted", "supported", "vacuous", "certified", "a flag")
    assert all(len(pattern.pattern.replace(".*", "")) > 8 for verdict in of for pattern in sentences(verdict))
