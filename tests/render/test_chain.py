"""What rests on what, as a drawing: which claims it shows, and in which order."""

from derive.chain.status import concluded
from derive.record import ClaimRecord, PaperRecord, Record, Verdict, make_record
from derive.render.chain import Drawing, draw, used_by


def claim(name: str, *uses: str, verdict: Verdict = Verdict.PROVED) -> ClaimRecord:
    return ClaimRecord(id=name, kind="bound", statement_tex="", verdict=verdict, uses=uses)


def recorded(*papers: PaperRecord) -> Record:
    return make_record(concluded(papers), versions={}, seed=0)


def drawn(*claims: ClaimRecord) -> Drawing:
    record = recorded(PaperRecord(id="p", claims=claims))
    found = draw(record.papers[0], record)
    assert found is not None
    return found


def test_a_paper_whose_claims_use_nothing_has_no_drawing() -> None:
    record = recorded(PaperRecord(id="p", claims=(claim("p/a"), claim("p/b"))))
    assert draw(record.papers[0], record) is None


def test_what_takes_part_in_no_chain_is_left_out() -> None:
    names = [node.name for node in drawn(claim("p/a"), claim("p/b", "p/a"), claim("p/alone")).nodes]
    assert sorted(names) == ["a", "b"]


def test_a_claim_stands_below_those_that_it_uses_wherever_it_is_stated() -> None:
    tops = {node.name: float(node.top) for node in drawn(claim("p/c", "p/b"), claim("p/b", "p/a"), claim("p/a")).nodes}
    assert tops["a"] < tops["b"] < tops["c"]


def test_a_claim_that_was_not_examined_is_shown_without_a_verdict() -> None:
    verdicts = {node.name: node.verdict for node in drawn(claim("p/a", "q/b")).nodes}
    assert verdicts == {"a": Verdict.PROVED, "q/b": None}


def test_only_what_is_fully_checked_is_marked_so() -> None:
    found = drawn(
        claim("p/a"), claim("p/b", verdict=Verdict.SUPPORTED), claim("p/c", "p/a", "p/b"), claim("p/d", "p/a")
    )
    assert {node.name for node in found.nodes if node.checked} == {"a", "d"}


def test_an_edge_for_each_use_and_one_of_a_circle_is_marked() -> None:
    found = drawn(claim("p/a", "p/c"), claim("p/b", "p/a"), claim("p/c", "p/b"))
    assert len(found.lines) == 3
    assert [circular for _, circular in found.lines].count(True) == 1


def test_a_lemma_of_another_paper_keeps_its_whole_id() -> None:
    record = recorded(PaperRecord(id="p", claims=(claim("p/a", "q/b"),)), PaperRecord(id="q", claims=(claim("q/b"),)))
    found = draw(record.papers[0], record)
    assert found is not None
    assert {node.name: node.verdict for node in found.nodes} == {"a": Verdict.PROVED, "q/b": Verdict.PROVED}


def test_users_are_listed_in_their_order() -> None:
    record = recorded(PaperRecord(id="p", claims=(claim("p/a"), claim("p/c", "p/a"), claim("p/b", "p/a"))))
    assert used_by(record) == {"p/a": ("p/c", "p/b")}
