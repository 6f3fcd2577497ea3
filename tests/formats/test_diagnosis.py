"""What is wrong with a claim, on a terminal."""

from __future__ import annotations

from derive.formats.diagnosis import SHOWN, lines, phrase
from derive.record import DiagnosisRecord, EntryRecord

ENTRIES = tuple(
    EntryRecord(index=(k, 0), claimed=f"{k}.5", reference=f"{k}.25", absolute=0.25, relative=0.25 if k else None)
    for k in range(5)
)
FOUND = DiagnosisRecord(
    sizes={"n": 5, "d": 1},
    wrong=5,
    total=5,
    entries=ENTRIES,
    cosine=1.0,
    norm_ratio=1 + 3e-9,
    words=("a global factor 2", "b"),
)


def test_the_words_stand_in_one_line() -> None:
    assert phrase(FOUND) == "a global factor 2; b"
    assert phrase(None) == ""


def test_the_worst_entries_follow_counted_from_one() -> None:
    assert lines(FOUND) == [
        "5 of 5 entries wrong at n = 5, d = 1, cosine 1, norm ratio 1 + 3e-09",
        "  entry [0, 0]: claimed 0.5, derived 0.25 (off by 2.5e-01)",
        "  entry [1, 0]: claimed 1.5, derived 1.25 (off by 2.5e-01, relative 2.5e-01)",
        "  entry [2, 0]: claimed 2.5, derived 2.25 (off by 2.5e-01, relative 2.5e-01)",
    ]
    assert len(lines(FOUND)) == 1 + SHOWN


def test_a_claim_without_a_diagnosis_has_no_lines() -> None:
    assert lines(None) == []
