"""Runs: what becomes of each claim, whatever becomes of the others."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from derive.judge import numeric_methods
from derive.record import ClaimRecord, MutationRecord, Verdict
from derive.run import Options, Run, outlines, run
from derive.selection import parse_selection
from tests import papers

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def write_file(text: str, name: str) -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write_file


def verdicts(result: Run) -> dict[str, Verdict]:
    return {claim.id: claim.verdict for paper in result.record.papers for claim in paper.claims}


def without_times(claim: ClaimRecord) -> ClaimRecord:
    evidence = tuple(msgspec.structs.replace(found, seconds=0.0) for found in claim.evidence)
    mutation = claim.mutation and msgspec.structs.replace(claim.mutation, seconds=0.0)
    return msgspec.structs.replace(claim, seconds=0.0, evidence=evidence, mutation=mutation)


def test_the_record_has_papers_and_claims_in_the_order_of_the_files(write: Write) -> None:
    files = [write(papers.WRONG, "b.py"), write(papers.GOOD, "a.py"), write(papers.TOML, "c.toml")]
    assert list(verdicts(run(files))) == ["wrong/gradient", "good/gradient", "good/value", "text/gradient"]


def test_a_folder_stands_for_its_papers_in_the_order_of_their_names(write: Write, tmp_path: Path) -> None:
    write(papers.WRONG, "b.py")
    write(papers.GOOD, "a.py")
    write("raise Exception", "_draft.py")
    write("", "notes.txt")
    assert [paper.id for paper in outlines([tmp_path]).record.papers] == ["good", "wrong"]


def test_a_file_named_twice_is_run_once(write: Write) -> None:
    path = write(papers.GOOD, "a.py")
    result = outlines([path, path])
    assert not result.errors
    assert result.record.totals.claims == 2


def test_the_record_does_not_depend_on_the_number_of_processes(write: Write) -> None:
    files = [write(papers.GOOD, "a.py"), write(papers.WRONG, "b.py")]
    one, two = (
        [
            without_times(claim)
            for paper in run(files, Options(jobs=jobs, mutate=True)).record.papers
            for claim in paper.claims
        ]
        for jobs in (1, 2)
    )
    assert one == two


def test_each_kind_of_fault_costs_its_own_claim_alone(write: Write) -> None:
    result = run([write(papers.FAULTY, "faulty.py"), write(papers.GOOD, "good.py")], Options(time_limit=4))
    assert verdicts(result) == {
        "faulty/endless": Verdict.UNDECIDED,
        "faulty/dying": Verdict.BROKEN,
        "faulty/greedy": Verdict.UNDECIDED,
        "faulty/raising": Verdict.BROKEN,
        "faulty/sound": Verdict.PROVED,
        "good/gradient": Verdict.PROVED,
        "good/value": Verdict.PROVED,
    }
    reasons = [claim.reason for claim in result.record.papers[0].claims]
    assert "time limit of 4 s" in reasons[0]
    assert "SIGKILL" in reasons[1]
    assert "memory limit" in reasons[2]
    assert "ArithmeticError: lost in the middle" in reasons[3]
    assert all(claim.statement_tex for claim in result.record.papers[0].claims)


def test_a_file_that_loops_for_ever_is_ended_and_leaves_the_others(write: Write) -> None:
    result = run([write(papers.LOOP, "loop.py"), write(papers.GOOD, "good.py")], Options(time_limit=3))
    (error,) = result.errors
    assert error.startswith("loop.py: does not finish loading within 3 s")
    assert verdicts(result)["good/gradient"] is Verdict.PROVED
    assert result.exit_code == 2


def test_a_file_at_fault_stands_in_the_record_with_its_message(write: Write) -> None:
    result = run([write("x = = 1", "bad.py"), write(papers.GOOD, "good.py")])
    assert [(paper.id, bool(paper.error)) for paper in result.record.papers] == [("good", False), ("bad.py", True)]
    assert result.record.totals.errors == 1


@pytest.mark.parametrize(
    ("rest", "kept", "claim"),
    [
        ('paper.claim("shapes", x + y == x)\npaper.claim("last", x == x)', 2, "claim good/shapes: "),
        ('paper.claim("value", x == x)\npaper.claim("last", x == x)', 2, "claim good/value: "),
        ('paper.claim("last", x == x)\n1/0', 3, ""),
    ],
    ids=["shapes", "duplicate", "end"],
)
def test_a_file_that_raises_has_the_claims_before_examined(write: Write, rest: str, kept: int, claim: str) -> None:
    path = write(papers.GOOD + rest, "good.py")
    result = run([path])
    line = papers.GOOD.count("\n") + kept - 1
    (error,) = result.errors
    assert error.startswith(f"good.py:{line}: {claim}")
    assert "any claims from this line on are missing\n  hint: " in error
    assert [paper.error for paper in result.record.papers] == [error]
    assert list(verdicts(result).values()) == [Verdict.PROVED] * kept
    assert result.exit_code == 2


def test_a_file_that_raises_says_so_whatever_is_selected(write: Write) -> None:
    path = write(papers.GOOD + "1/0", "good.py")
    assert outlines([path], parse_selection("nothing")).exit_code == 2
    assert outlines([path], parse_selection("value")).record.totals.errors == 1


def test_two_papers_of_one_id_are_an_error_that_names_both_files(write: Write) -> None:
    result = run([write(papers.GOOD, "first.py"), write(papers.GOOD, "second.py")])
    (error,) = result.errors
    assert error.startswith("second.py: the paper good is already in first.py")
    assert result.record.totals.claims == 2


FIRST_PART = (
    papers.HEAD
    + 'paper = Paper("parts", title="In two files")\nu = paper.let("u", x * x)\npaper.claim("first", u == x**2)\n'
)
SECOND_PART = 'from .first import paper, u, x\nv = paper.let("v", 2 * u)\npaper.claim("second", v == 2 * x * x)\n'


def test_files_that_are_parts_of_one_paper_are_joined(write: Write) -> None:
    """Definitions are imported, claims are examined once, each in the file that states it."""
    first, second = write(FIRST_PART, "first.py"), write(SECOND_PART, "second.py")
    result = run([first, second])
    (paper,) = result.record.papers
    assert [(claim.id, claim.where and claim.where.file) for claim in paper.claims] == [
        ("parts/first", "first.py"),
        ("parts/second", "second.py"),
    ]
    assert list(verdicts(result).values()) == [Verdict.PROVED] * 2
    assert len(paper.definitions) == 2


def test_a_part_of_a_paper_can_be_run_alone(write: Write) -> None:
    write(FIRST_PART, "first.py")
    assert list(verdicts(run([write(SECOND_PART, "second.py")]))) == ["parts/second"]


def test_only_selected_claims_are_run(write: Write) -> None:
    result = run([write(papers.GOOD, "good.py")], Options(selection=parse_selection("value")))
    assert list(verdicts(result)) == ["good/value"]


def test_a_run_can_stop_at_the_first_failure(write: Write) -> None:
    result = run([write(papers.MIXED, "mixed.py")], Options(stop_at_first=True, jobs=1))
    assert list(verdicts(result)) == ["mixed/wrong"]
    assert result.notices == ("stopped early: 1 of 2 claims were not examined",)


def test_the_observer_hears_of_each_claim_once(write: Write) -> None:
    heard: list[tuple[str, int, int]] = []
    run(
        [write(papers.GOOD, "good.py")],
        Options(jobs=1),
        lambda claim, done, total: heard.append((claim.id, done, total)),
    )
    assert heard == [("good/gradient", 1, 2), ("good/value", 2, 2)]


def planted(result: Run) -> dict[str, MutationRecord | None]:
    return {claim.id: claim.mutation for paper in result.record.papers for claim in paper.claims}


def test_errors_are_planted_in_the_claims_that_hold(write: Write) -> None:
    found = planted(run([write(papers.MIXED, "mixed.py")], Options(mutate=True)))
    assert found["mixed/wrong"] is None
    assert found["mixed/right"] is not None
    assert found["mixed/right"].killed == found["mixed/right"].planted > 5
    assert run([write(papers.GOOD, "good.py")], Options(mutate=True)).exit_code == 0


def test_no_error_is_planted_where_none_is_asked_for(write: Write) -> None:
    assert set(planted(run([write(papers.GOOD, "good.py")])).values()) == {None}


def test_a_planted_error_that_no_method_finds_makes_the_run_fail(write: Write) -> None:
    every = tuple(name for name, _ in numeric_methods())
    result = run([write(papers.GOOD, "good.py")], Options(mutate=True, without=every))
    assert result.record.totals.unexpected == 0
    assert result.exit_code == 1


def test_the_time_limit_holds_for_planted_errors_too(write: Write) -> None:
    """The claim keeps its verdict, and the run says that errors could not be planted."""
    slow = papers.GOOD + "import derive.examination, time\nderive.examination.plant = lambda *a, **k: time.sleep(60)\n"
    result = run([write(slow, "slow.py")], Options(mutate=True, time_limit=3))
    assert set(verdicts(result).values()) == {Verdict.PROVED}
    assert {found.problem for found in planted(result).values() if found} == {
        "time limit of 3 s; --time-limit sets another"
    }
    assert result.exit_code == 1


def test_a_method_can_be_switched_off(write: Write) -> None:
    result = run([write(papers.GOOD, "good.py")], Options(without=("normal form",)))
    assert set(verdicts(result).values()) == {Verdict.SUPPORTED}
    first = result.record.papers[0].claims[0]
    assert ("normal form", "switched off") in [(found.method, found.note) for found in first.evidence]
    assert first.reproduce.endswith("--seed 0 --without 'normal form'")


def test_an_interruption_keeps_what_is_known(write: Write) -> None:
    def interrupt(claim: ClaimRecord, done: int, total: int) -> None:
        raise KeyboardInterrupt

    result = run([write(papers.GOOD, "good.py")], Options(jobs=1), interrupt)
    assert list(verdicts(result)) == ["good/gradient"]
    assert result.exit_code == 130


@pytest.mark.parametrize(
    ("text", "code"), [(papers.GOOD, 0), (papers.ERRATUM, 0), (papers.WRONG, 1), ("x = = 1", 2), ("", 5)]
)
def test_the_exit_code_tells_what_came_of_it(write: Write, text: str, code: int) -> None:
    assert run([write(text, "paper.py")]).exit_code == code


def test_a_claim_tells_how_to_reproduce_it_and_where_it_stands(write: Write, tmp_path: Path) -> None:
    (tmp_path / "my papers").mkdir()
    (paper,) = run([write(papers.WRONG, "my papers/wrong.py")], Options(seed=7)).record.papers
    assert paper.claims[0].reproduce == "derive check 'my papers/wrong.py' -k wrong/gradient --seed 7"
    assert str(paper.claims[0].where) == "my papers/wrong.py:7"


def test_the_versions_name_what_a_result_depends_on() -> None:
    assert {"python", "derive-check", "sympy", "numpy", "mpmath", "python-flint"} <= set(run([]).record.versions)


def test_a_claim_is_proved_from_a_claim_that_is_proved(write: Write) -> None:
    """Whichever is judged first; and what rests on proved claims alone is fully checked."""
    found = run([write(papers.CHAIN.replace("LAST", "trace"), "chain.py")])
    assert set(verdicts(found).values()) == {Verdict.PROVED}
    assert all(claim.fully_checked for claim in found.record.papers[0].claims)


def test_a_claim_that_was_left_out_proves_nothing(write: Write) -> None:
    options = Options(selection=parse_selection("bound"))
    (paper,) = run([write(papers.CHAIN.replace("LAST", "trace"), "chain.py")], options).record.papers
    (bound,) = paper.claims
    assert bound.verdict is Verdict.SUPPORTED
    assert "not examined in this run" in bound.reason


@pytest.mark.parametrize(
    ("last", "says"),
    [("tracee", "did you mean 'trace'?"), ("theorem", "uses itself"), ("a b", "expected ids of claims")],
)
def test_a_use_that_is_none_is_an_error_with_its_line(write: Write, last: str, says: str) -> None:
    found = run([write(papers.CHAIN.replace("LAST", last), "chain.py")], Options(selection=parse_selection("nothing")))
    assert found.exit_code == 2
    assert "chain.py:8" in found.errors[0]
    assert says in found.errors[0]


def test_a_circular_argument_is_an_error_that_shows_the_circle(write: Write) -> None:
    text = papers.CHAIN.replace("LAST", "trace").replace("trace(B @ A))\n", 'trace(B @ A), using="theorem")\n')
    found = run([write(text, "chain.py")], Options(selection=parse_selection("nothing")))
    assert found.exit_code == 2
    assert "chain/trace (chain.py:7) uses chain/theorem (chain.py:8)" in found.errors[0]


def test_a_part_of_a_paper_may_use_claims_of_parts_that_are_not_run(write: Write) -> None:
    first = write(papers.GOOD, "a.py")
    uses = 'from .a import paper, x\npaper.claim("last", x @ x >= 0, using="middle")\n'
    middle = 'from .a import paper, x\npaper.claim("middle", x @ x >= -1)\n'
    last = write(uses, "c.py")
    assert run([last], Options(selection=parse_selection("nothing"))).errors == ()
    assert "has no claim 'middle'" in run([first, last], Options(selection=parse_selection("nothing"))).errors[0]
    parts = [first, write(middle, "b.py"), last]
    assert run(parts, Options(selection=parse_selection("nothing"))).errors == ()
