"""The table of papers by kinds of claim."""

from msgspec.structs import replace

from derive.record import ClaimRecord, PaperRecord, Verdict, make_record
from derive.render import kinds


def claim(name: str, kind: str, verdict: Verdict = Verdict.PROVED) -> ClaimRecord:
    return ClaimRecord(id=f"p/{name}", kind=kind, statement_tex="x", verdict=verdict)


PAPER = PaperRecord(
    id="p",
    claims=(
        claim("a", "made-up"),
        claim("b", "lipschitz"),
        claim("c", "identity", Verdict.REFUTED),
        claim("d", "identity"),
        claim("e", "identity"),
    ),
)


def test_each_kind_that_occurs_has_a_column_known_ones_first() -> None:
    assert kinds.kinds(make_record([PAPER], versions={}, seed=0)) == ["identity", "lipschitz", "made-up"]


def test_the_verdicts_of_a_kind_are_counted_and_lead_to_their_first_claims() -> None:
    found = [(count.verdict, count.number, count.first.id) for count in kinds.counts(PAPER, "identity")]
    assert found == [(Verdict.PROVED, 2, "p/d"), (Verdict.REFUTED, 1, "p/c")]


def test_a_kind_that_a_paper_lacks_has_no_counts() -> None:
    assert kinds.counts(PAPER, "psd") == []


def test_the_counts_of_a_table_add_up_to_all_claims() -> None:
    record = make_record([PAPER, replace(PAPER, id="q")], versions={}, seed=0)
    numbers = [
        count.number for paper in record.papers for kind in kinds.kinds(record) for count in kinds.counts(paper, kind)
    ]
    assert sum(numbers) == record.totals.claims
