"""What is wrong with a claim, in print."""

from __future__ import annotations

import pytest

from derive.record import (
    ClaimRecord,
    DiagnosisRecord,
    EntryRecord,
    PaperRecord,
    Record,
    TermRecord,
    Verdict,
    make_record,
)
from derive.render.diagnosis import in_print, listed, number, place, summary, wrong_digits
from derive.render.formats import html, tex
from tests.render.conftest import HOSTILE


def entry(claimed: str, reference: str, index: tuple[int, ...] = (0, 2)) -> EntryRecord:
    return EntryRecord(index=index, claimed=claimed, reference=reference, absolute=1.5e-6, relative=2.5e-7)


def diagnosis(*words: str, wrong: int = 1) -> DiagnosisRecord:
    return DiagnosisRecord(
        sizes={"n": 3},
        wrong=wrong,
        total=9,
        entries=(entry("2.50000150", "2.50000000"),),
        cosine=0.5,
        norm_ratio=2.0,
        words=words,
        terms=(TermRecord(tex="x", coefficient="1"), TermRecord(tex="y", coefficient="-1", note="has the wrong sign")),
    )


def record(found: DiagnosisRecord) -> Record:
    claim = ClaimRecord(
        id="p/c", kind="identity", statement_tex="a = b", verdict=Verdict.REFUTED, reason="refuted", diagnosis=found
    )
    return make_record([PaperRecord(id="p", claims=(claim,))], versions={}, seed=0)


@pytest.mark.parametrize(
    ("claimed", "reference", "parts"),
    [
        ("2.50000150", "2.50000000", ("2.50000", "150")),
        ("-1.5", "1.5", ("", "-1.5")),
        ("1.25e-6", "1.24e-6", ("1.2", "5e-6")),
        ("1.25e-6", "1.25e-7", ("", "1.25e-6")),
        ("12", "1", ("1", "2")),
    ],
)
def test_the_digits_that_are_wrong_begin_where_the_numbers_part(
    claimed: str, reference: str, parts: tuple[str, str]
) -> None:
    assert wrong_digits(entry(claimed, reference)) == parts


def test_places_count_from_one() -> None:
    assert [place(entry("1", "2", index)) for index in ((0, 2), (4,), ())] == ["(1, 3)", "5", "the number"]


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("only entry [2] is wrong", "only entry 3 is wrong"),
        ("only entry [0, 2] is wrong", "only entry (1, 3) is wrong"),
        ("only entries of row [1, :] are wrong", "only entries of row 2 are wrong"),
        ("only columns [:, 2:4] are wrong", "only columns 3 to 4 are wrong"),
        ("only the block [1:3, 0:2] is wrong", "only the block (2 to 3, 1 to 2) is wrong"),
        ("only entries of [:, 2, :] are wrong", "only entries of (:, 3, :) are wrong"),
        ("the second term, x[0]*y, has the wrong sign", "the second term, x[0]*y, has the wrong sign"),
    ],
)
def test_positions_in_words_count_from_one_in_print(words: str, printed: str) -> None:
    """A formula that the words quote stays as its author wrote it."""
    assert in_print(words) == printed


def test_the_page_and_the_appendix_print_positions_like_their_tables() -> None:
    found = record(diagnosis("only entry [0, 2] is wrong"))
    assert "Only entry (1, 3) is wrong" in html.page(found)
    assert "What is wrong: only entry (1, 3) is wrong." in tex.fragment(found)


def test_a_summary_counts_the_wrong_entries() -> None:
    assert summary(diagnosis()) == "1 of 9 entries is wrong at n = 3"


def test_a_table_says_what_it_leaves_out() -> None:
    assert (listed(diagnosis(wrong=1), 1), listed(diagnosis(wrong=7), 1)) == ("", "the 1 worst of 7")


@pytest.mark.parametrize(
    ("text", "shown"), [("1.5e-06", r"1.5\cdot 10^{-6}"), ("-2.5", "-2.5"), ("1/3", r"\tfrac{1}{3}")]
)
def test_numbers_in_tex_have_powers_of_ten(text: str, shown: str) -> None:
    assert number(text) == shown


def test_the_page_says_the_words_first_and_marks_what_is_wrong_by_a_sign_too() -> None:
    page = html.page(record(diagnosis("the sign is wrong")))
    assert page.index("The sign is wrong.") < page.index("1 of 9 entries is wrong")
    assert '<span class="unequal" aria-hidden="true">≠</span>2.50000<mark>150</mark>' in page
    assert "✗ has the wrong sign" in page


def test_the_appendix_has_the_words_and_the_entries() -> None:
    fragment = tex.fragment(record(diagnosis("the sign is wrong")))
    assert "What is wrong: the sign is wrong." in fragment
    assert "$(1, 3)$ & $2.50000150$ & $2.50000000$" in fragment


def test_hostile_words_stay_words() -> None:
    """A term is quoted as its author typed it."""
    found = record(diagnosis(HOSTILE))
    assert "<script>alert" not in html.page(found)
    assert r"\input{/etc/passwd}" not in tex.fragment(found)
