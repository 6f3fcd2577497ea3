"""What is known of earlier runs: taken where nothing has changed, found anew where anything has, and never a fault."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from derive.cache import answers
from derive.cache.answers import Memory, Question, Terms, remembered
from derive.cache.edition import Edition
from derive.cache.store import Store
from derive.isolation import Answer, Call
from derive.options import Options
from derive.record import ClaimRecord, MutationRecord, Verdict, encode
from derive.run import Run, run
from tests import papers


class Asked:
    """The calls that reach a process."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self.calls)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The ids of the claims that are given to a process, with what is asked of them."""
    heard = Asked()
    real = answers.answers

    def listened(calls: list[Call], *, jobs: int, time_limit: float) -> Iterator[Answer]:
        heard.calls += [(call.function.__name__, call.arguments[1]) for call in calls]
        return real(calls, jobs=jobs, time_limit=time_limit)

    monkeypatch.setattr(answers, "answers", listened)
    return heard


Ran = Callable[..., Run]


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: Asked) -> Ran:
    """Run the given text of a paper with a cache; what is asked of processes is counted from the last run on."""
    monkeypatch.chdir(tmp_path)

    def run_text(text: str, name: str = "paper.py", **options: Any) -> Run:
        asked.calls.clear()
        (tmp_path / name).write_text(text)
        return run([Path(name)], replace(Options(cache=tmp_path / "cache"), **options))

    return run_text


def ids(found: Asked) -> list[str]:
    return sorted(name for _, name in found.calls)


BOTH = ["mixed/right", "mixed/wrong"]


def test_an_unchanged_paper_is_not_examined_again_and_its_record_is_the_same_to_the_byte(
    ran: Ran, asked: Asked
) -> None:
    """With the seconds that the examination took: only the processes that load papers run."""
    first = ran(papers.MIXED)
    assert ids(asked) == BOTH
    second = ran(papers.MIXED)
    assert ids(asked) == []
    assert encode(second.record) == encode(first.record)


def untimed(record: ClaimRecord) -> ClaimRecord:
    evidence = tuple(msgspec.structs.replace(found, seconds=0.0) for found in record.evidence)
    return msgspec.structs.replace(record, seconds=0.0, evidence=evidence)


def test_what_is_taken_from_the_cache_is_what_a_run_without_one_finds(ran: Ran) -> None:
    ran(papers.MIXED)
    kept, found = ran(papers.MIXED).record.papers, ran(papers.MIXED, cache=None).record.papers
    assert [untimed(claim) for claim in kept[0].claims] == [untimed(claim) for claim in found[0].claims]


def test_a_claim_that_is_added_is_the_only_one_that_is_examined(ran: Ran, asked: Asked) -> None:
    ran(papers.MIXED)
    head, wrong, right = papers.MIXED.rpartition('paper.claim("right"')
    found = ran(f'{head}paper.claim("new", x @ x >= 0)\n{wrong}{right}')
    assert ids(asked) == ["mixed/new"]
    assert [claim.id for claim in found.record.papers[0].claims] == ["mixed/wrong", "mixed/new", "mixed/right"]


def test_claims_that_move_are_not_examined_but_tell_their_new_lines(ran: Ran, asked: Asked) -> None:
    before = ran(papers.MIXED).record.papers[0].claims[0]
    after = ran(papers.MIXED.replace("paper = ", "# a comment\n\npaper = ")).record.papers[0].claims[0]
    assert ids(asked) == []
    assert before.where
    assert after.where
    assert after.where.line == before.where.line + 2
    assert after.reproduce == before.reproduce


def test_a_paper_that_moves_to_another_file_is_not_examined_but_tells_its_file(ran: Ran, asked: Asked) -> None:
    ran(papers.MIXED)
    (paper,) = ran(papers.MIXED, "renamed.py").record.papers
    assert ids(asked) == []
    assert [claim.reproduce for claim in paper.claims] == [
        f"derive check renamed.py -k mixed/{name} --seed 0" for name in ("wrong", "right")
    ]


def test_a_new_expectation_changes_the_record_but_needs_no_examination(ran: Ran, asked: Asked) -> None:
    assert ran(papers.MIXED).record.totals.unexpected == 1
    found = ran(papers.MIXED.replace("3 * x)", '3 * x, expect="refuted", reason="a slip", cite="Lemma 3")'))
    assert ids(asked) == []
    wrong = found.record.papers[0].claims[0]
    assert (wrong.expected, wrong.expected_reason, wrong.cite) == (Verdict.REFUTED, "a slip", "Lemma 3")
    assert found.record.totals.unexpected == 0


def test_a_claim_that_changes_is_examined_and_has_its_new_verdict(ran: Ran, asked: Asked) -> None:
    ran(papers.MIXED)
    found = ran(papers.MIXED.replace("3 * x", "2 * x"))
    assert ids(asked) == ["mixed/wrong"]
    assert {claim.verdict for claim in found.record.papers[0].claims} == {Verdict.PROVED}


DEFINED = papers.HEAD + 'paper = Paper("p")\nu = paper.let("u", 2 * x)\npaper.claim("double", u == 2 * x)\n'
HYPOTHESIS = papers.HEAD + 'paper = Paper("p")\npaper.claim("small", norm(x) <= 2, given=[norm(x) <= 1])\n'


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [(DEFINED, '"u", 2 * x', '"u", 3 * x'), (HYPOTHESIS, "given=[norm(x) <= 1]", "given=[norm(x) <= 3]")],
    ids=["definition", "hypothesis"],
)
def test_a_verdict_does_not_outlive_what_it_rested_on(ran: Ran, text: str, old: str, new: str) -> None:
    assert ran(text).record.papers[0].claims[0].verdict is Verdict.PROVED
    assert ran(text.replace(old, new)).record.papers[0].claims[0].verdict is Verdict.REFUTED
    assert ran(text).record.papers[0].claims[0].verdict is Verdict.PROVED


@pytest.mark.parametrize("change", [{"seed": 1}, {"without": ("normal form",)}], ids=["seed", "without"])
def test_other_terms_are_another_examination(ran: Ran, asked: Asked, change: dict[str, object]) -> None:
    ran(papers.MIXED)
    ran(papers.MIXED, **change)
    assert ids(asked) == BOTH
    ran(papers.MIXED)
    assert ids(asked) == []


def test_another_edition_of_derive_examines_all_again(
    ran: Ran, asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As after any change of a source file, a package or Python: see the tests of ``Edition``."""
    ran(papers.MIXED)
    (tmp_path / "package").mkdir()
    monkeypatch.setattr("derive.run.Edition", lambda: Edition(tmp_path / "package"))
    ran(papers.MIXED)
    assert ids(asked) == BOTH


def test_nothing_is_kept_once_derive_itself_has_changed_during_a_run(
    ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process may have imported the old file, or the new one."""
    monkeypatch.setattr(Edition, "unchanged", lambda self: False)
    assert "derive's own files were changed" in ran(papers.MIXED).notices[-1]
    assert not (tmp_path / "cache").exists()


USED = papers.HEAD + (
    'paper = Paper("used")\npaper.claim("lemma", x @ x >= 0)\npaper.claim("other", x @ x >= -1)\n'
    'paper.claim("theorem", x @ x >= -2, using="lemma")\n'
)


def test_a_used_claim_that_changes_has_its_user_examined_again(ran: Ran, asked: Asked) -> None:
    ran(USED)
    assert ids(asked) == ["used/lemma", "used/other", "used/theorem"]
    ran(USED.replace(">= 0", ">= -3"))
    assert ids(asked) == ["used/lemma", "used/theorem"]


def test_a_longer_time_limit_is_none_of_the_terms_but_a_shorter_one_takes_no_slower_result(
    ran: Ran, asked: Asked
) -> None:
    slowest = max(claim.seconds for claim in ran(papers.MIXED).record.papers[0].claims)
    ran(papers.MIXED, time_limit=1000.0)
    assert ids(asked) == []
    ran(papers.MIXED, time_limit=slowest * 0.99)
    assert len(asked) >= 1


def test_no_fault_and_no_limit_that_was_reached_is_kept(ran: Ran, asked: Asked) -> None:
    """What ended for want of time or memory, died or raised is tried again; the claim beside them is not."""
    ran(papers.FAULTY, "faulty.py", time_limit=4.0)
    ran(papers.FAULTY, "faulty.py", time_limit=4.0)
    assert ids(asked) == ["faulty/dying", "faulty/endless", "faulty/greedy", "faulty/raising"]


def test_a_claim_about_code_is_examined_every_time(ran: Ran, asked: Asked) -> None:
    code = papers.HEAD + (
        'paper = Paper("code")\nF = paper.function("F", lambda x: sum(v * v for v in x), n)\n'
        'paper.claim("gradient", grad(F(x), x) == 2 * x)\n'
    )
    ran(code)
    ran(code)
    assert ids(asked) == ["code/gradient"]


def test_a_paper_that_is_changed_during_its_examination_leaves_no_stale_verdict(
    ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is kept of what was examined, whatever the file said when the run began."""
    true, false = papers.GOOD, papers.GOOD.replace("== 2 * x", "== 3 * x")
    with monkeypatch.context() as patch:
        patch.setattr("derive.run.collect", changing("derive.run.collect", Path("paper.py"), false))
        ran(true)
    (paper,) = ran(true).record.papers
    assert {claim.verdict for claim in paper.claims} == {Verdict.PROVED}


def changing(name: str, path: Path, text: str) -> Callable[..., object]:
    """The function ``name``, after which ``path`` has another text."""
    from derive import run as module

    real = getattr(module, name.rpartition(".")[2])

    def wrapped(*arguments: object, **options: object) -> object:
        found = real(*arguments, **options)
        path.write_text(text)
        return found

    return wrapped


def test_planted_errors_are_kept_too(ran: Ran, asked: Asked) -> None:
    first = ran(papers.MIXED, mutate=True)
    assert asked.calls[-1] == ("_plant", "mixed/right")
    second = ran(papers.MIXED, mutate=True)
    assert ids(asked) == []
    assert encode(second.record) == encode(first.record)


def test_planted_errors_and_examinations_do_not_share_answers(ran: Ran, asked: Asked) -> None:
    ran(papers.MIXED)
    ran(papers.MIXED, mutate=True)
    assert asked.calls == [("_plant", "mixed/right")]


def test_a_run_that_stops_at_the_first_failure_stops_at_a_known_one(ran: Ran, asked: Asked) -> None:
    ran(papers.MIXED, jobs=1)
    found = ran(papers.MIXED.replace("== 2 * x", "== 4 * x"), stop_at_first=True, jobs=1)
    assert [claim.id for claim in found.record.papers[0].claims] == ["mixed/wrong"]
    assert ids(asked) == []


def test_an_interrupted_run_is_resumed(ran: Ran, asked: Asked, tmp_path: Path) -> None:
    def interrupt(claim: ClaimRecord, done: int, total: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "paper.py").write_text(papers.MIXED)
    stopped = run([Path("paper.py")], Options(cache=tmp_path / "cache", jobs=1), interrupt)
    assert stopped.exit_code == 130
    ran(papers.MIXED)
    assert ids(asked) == ["mixed/right"]


KILLED = """
import os, signal
from pathlib import Path
from derive.options import Options
from derive.run import run
run([Path("paper.py")], Options(cache=Path("cache"), jobs=1), lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_run_that_is_killed_is_resumed(ran: Ran, asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "paper.py").write_text(papers.MIXED)
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, capture_output=True, timeout=100, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    ran(papers.MIXED)
    assert ids(asked) == ["mixed/right"]


def test_runs_at_the_same_time_share_a_folder(ran: Ran, asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "paper.py").write_text(papers.MIXED)
    command = [sys.executable, "-m", "derive", "check", "paper.py", "--cache", "cache", "--format", "json"]
    environment = {key: value for key, value in os.environ.items() if key != "DERIVE_NO_CACHE"}
    both = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=100) for process in both]
    assert [process.returncode for process in both] == [1, 1], outputs
    found = ran(papers.MIXED)
    assert ids(asked) == []
    assert [claim.verdict for claim in found.record.papers[0].claims] == [Verdict.REFUTED, Verdict.PROVED]


def test_a_damaged_result_is_found_anew(ran: Ran, asked: Asked, tmp_path: Path) -> None:
    first = ran(papers.GOOD)
    kept = sorted((tmp_path / "cache").glob("?" * 64))
    assert len(kept) == 2
    kept[0].write_bytes(kept[1].read_bytes())
    second = ran(papers.GOOD)
    assert len(asked) == 1
    assert [claim.verdict for claim in second.record.papers[0].claims] == [
        claim.verdict for claim in first.record.papers[0].claims
    ]
    ran(papers.GOOD)
    assert len(asked) == 0


def test_a_folder_that_cannot_be_written_costs_no_verdict(ran: Ran, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    found = ran(papers.MIXED, cache=tmp_path / "taken")
    assert "cannot be written" in found.notices[-1]
    assert found.record.totals.claims == 2


def slept(claim: str, seconds: float) -> tuple[MutationRecord, None]:
    time.sleep(seconds)
    return MutationRecord(planted=1, seconds=seconds), None


def test_what_took_longest_is_begun_first_and_what_nobody_knows_before(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name, seconds in (("short", 0.1), ("long", 9.0)):
        store.took(f"sleep {name}", seconds)
    questions = [Question(name, "sleep", None, Call(slept, (name, 0.0))) for name in ("short", "new", "long")]
    memory = Memory(store, Edition(), Terms(0, ()))
    begun = remembered(questions, memory, MutationRecord, lambda _: False, jobs=1, time_limit=30)
    assert [questions[answer.number].name for answer in begun] == ["new", "long", "short"]
