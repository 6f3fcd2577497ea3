"""The record: what is written is read back, byte for byte the same, and a wrong file gets one clear message."""

import re
from pathlib import Path

import msgspec
import pytest

from derive import record
from derive.record import (
    ClaimRecord,
    EvidenceRecord,
    Outcome,
    PaperRecord,
    Record,
    RecordError,
    Verdict,
    WhereRecord,
    WitnessRecord,
)


def claim(name: str, verdict: Verdict, expected: Verdict | None = None) -> ClaimRecord:
    return ClaimRecord(
        id=f"paper/{name}",
        kind="identity",
        statement_tex="a = b",
        verdict=verdict,
        expected=expected,
        evidence=(EvidenceRecord(method="normal form", outcome=Outcome.PROOF, sizes=({"n": 2},)),),
        witness=WitnessRecord(sizes={"n": 1}, values={"x": ["1/3"], "A": [["1"]], "c": "-2"}),
        where=WhereRecord(file="checks/paper.py", line=3),
        seconds=0.25,
    )


def recorded(*claims: ClaimRecord, error: str = "") -> Record:
    paper = PaperRecord(id="paper", title="Title", claims=claims, error=error)
    return record.make_record([paper], versions={"derive": "0.1.0", "a": "1"}, seed=7)


def test_round_trip(tmp_path: Path) -> None:
    """Reading gives back what was written."""
    original = recorded(claim("a", Verdict.PROVED), claim("b", Verdict.REFUTED, Verdict.REFUTED))
    record.write(original, tmp_path / "new" / "results.json")
    assert record.read(tmp_path / "new" / "results.json") == original


def test_versions_are_sorted_whatever_order_they_were_found_in() -> None:
    """Equal runs give equal bytes."""
    one = record.make_record([], versions={"a": "1", "b": "2"}, seed=0)
    two = record.make_record([], versions={"b": "2", "a": "1"}, seed=0)
    assert record.encode(one) == record.encode(two)


def test_symbols_keep_the_order_of_their_declaration() -> None:
    read_back = record.decode(record.encode(recorded(claim("a", Verdict.REFUTED))))
    witness = read_back.papers[0].claims[0].witness
    assert witness is not None
    assert list(witness.values) == ["x", "A", "c"]


def test_the_eight_verdicts_are_the_designs() -> None:
    """Three verdicts hold, five do not."""
    assert [str(v) for v in Verdict if v.holds] == ["proved", "certified", "supported"]
    assert [str(v) for v in Verdict if not v.holds] == [
        "refuted",
        "vacuous",
        "ill-posed",
        "undecided",
        "broken",
    ]


@pytest.mark.parametrize("verdict", Verdict)
def test_without_an_announcement_a_claim_is_expected_to_hold(verdict: Verdict) -> None:
    assert claim("a", verdict).as_expected is verdict.holds


@pytest.mark.parametrize("verdict", Verdict)
def test_an_announced_verdict_is_met_by_itself_alone(verdict: Verdict) -> None:
    announced = claim("a", verdict, expected=Verdict.REFUTED)
    assert announced.as_expected is (verdict is Verdict.REFUTED)
    assert announced.known_erratum is (verdict is Verdict.REFUTED)


def test_totals_count_every_claim_once() -> None:
    totals = recorded(
        claim("a", Verdict.PROVED),
        claim("b", Verdict.PROVED),
        claim("c", Verdict.REFUTED, Verdict.REFUTED),
        claim("d", Verdict.UNDECIDED),
        error="line 9: cannot be read",
    ).totals
    assert totals.verdicts["proved"] == 2
    assert sum(totals.verdicts.values()) == totals.claims == 4
    assert (totals.known_errata, totals.unexpected, totals.errors) == (1, 1, 1)
    assert totals.seconds == 1.0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "not a results file"),
        (b'{"schema": "derive-results/999"}', "derive-results/999"),
        (b'{"schema": "derive-results/1"}', "required field `versions`"),
    ],
)
def test_a_wrong_file_is_named_and_explained(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(content)
    with pytest.raises(RecordError) as raised:
        record.read(path)
    assert says in str(raised.value)
    assert str(path) in str(raised.value)


def test_an_unknown_verdict_is_refused() -> None:
    """A typing error in a verdict is no verdict."""
    content = record.encode(recorded(claim("a", Verdict.PROVED)))
    with pytest.raises(RecordError, match="Invalid enum value 'proven'"):
        record.decode(content.replace(b'"verdict": "proved"', b'"verdict": "proven"'))


def test_a_missing_file_says_who_writes_it(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="derive report"):
        record.read(tmp_path / "results.json")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where a directory is needed."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(RecordError, match="--out"):
        record.write(recorded(), tmp_path / "taken" / "results.json")


DOCUMENT = Path(__file__).parent.parent / "docs" / "results-schema.md"


STRUCTS = [found for found in vars(record).values() if isinstance(found, type) and issubclass(found, msgspec.Struct)]


@pytest.mark.parametrize("struct", STRUCTS)
def test_every_field_is_documented(struct: type[msgspec.Struct]) -> None:
    documented = set(re.findall(r"`([a-z_]+)`", DOCUMENT.read_text("utf-8")))
    assert set(struct.__struct_fields__) <= documented
