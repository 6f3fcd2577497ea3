"""What ``derive check`` prints in each format."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import click
import pytest

from derive.formats import FORMATS, writer
from derive.formats.github import SHOWN
from derive.formats.wording import assignment, remark, summary
from derive.record import (
    ClaimRecord,
    FlagRecord,
    MutantRecord,
    MutationRecord,
    PaperRecord,
    Record,
    Verdict,
    WhereRecord,
    WitnessRecord,
    decode,
    make_record,
)

HOSTILE = "a <b> & \"c\" 'd'\n::error::x % \x00 \x1b[31m é 中 ]]>"


def claim(name: str, verdict: Verdict, *, expected: Verdict | None = None, **more: Any) -> ClaimRecord:
    return ClaimRecord(
        id=f"paper/{name}",
        kind="identity",
        statement_tex="x = x",
        verdict=verdict,
        expected=expected,
        where=WhereRecord(file="my papers/paper.py", line=7),
        seconds=0.25,
        **more,
    )


def record(*claims: ClaimRecord, error: str = "") -> Record:
    papers = [PaperRecord(id="paper", claims=claims)]
    if error:
        papers.append(PaperRecord(id="broken.py", error=error))
    return make_record(papers, versions={"derive-check": "1.2"}, seed=0)


PROVED = claim("true", Verdict.PROVED)
REFUTED = claim("false", Verdict.REFUTED, reason="the sign is wrong", repair_tex="x = -x")
ERRATUM = claim("erratum", Verdict.REFUTED, expected=Verdict.REFUTED, expected_reason="a typo in v1")
SURPRISE = claim("surprise", Verdict.PROVED, expected=Verdict.REFUTED)
UNDECIDED = claim("slow", Verdict.UNDECIDED, reason="time limit of 2 s")
BROKEN = claim("broken", Verdict.BROKEN, reason="the examination died")
MISSED = claim(
    "missed",
    Verdict.PROVED,
    mutation=MutationRecord(
        planted=7,
        killed=6,
        methods={"finite differences": 6},
        applied={"finite differences": 7},
        survivors=(
            MutantRecord(
                statement_tex="x = 2x",
                statement_text="x == 2*x",
                kind="factor 2",
                change="everything is doubled",
                reason="finite differences: 3 instances agree",
            ),
        ),
    ),
)
FOUND = claim(
    "found",
    Verdict.PROVED,
    mutation=MutationRecord(planted=5, killed=5, methods={"finite differences": 5}, applied={"finite differences": 5}),
)
CUT_SHORT = PaperRecord(id="paper", claims=(PROVED,), error="paper.py:8: raised ZeroDivisionError: division by zero")
ALL = (PROVED, REFUTED, ERRATUM, SURPRISE, UNDECIDED, BROKEN)
MUTATED = (PROVED, MISSED, FOUND)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "content",
    [record(), record(*ALL, error="broken.py:1: does not parse"), record(*MUTATED)],
    ids=["empty", "full", "mutated"],
)
def test_every_format_writes_every_record_ending_a_line(name: str, content: Record) -> None:
    assert writer(name)(content).endswith("\n")


@pytest.mark.parametrize("name", ["json", "junit", "sarif", "github", "markdown"])
def test_a_paper_cut_short_keeps_its_claims_and_its_message(name: str) -> None:
    shortened = PaperRecord(id="paper", claims=(REFUTED,), error="paper at fault")
    text = writer(name)(make_record([shortened], versions={}, seed=0))
    assert "paper at fault" in text
    assert "paper/false" in text.replace("\\", "") or 'classname="paper" name="false"' in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_a_planted_error_that_was_not_found(name: str) -> None:
    text = writer(name)(record(*MUTATED))
    assert "everything is doubled" in text
    assert "6 of 7 planted errors found" in text or '"killed": 6' in text


def test_text_counts_planted_errors_by_claim_and_by_method() -> None:
    text = click.unstyle(writer("text")(record(*MUTATED)))
    assert "    5 of 5 planted errors found (finite differences 5)\n" in text
    assert "    not found: everything is doubled: x == 2*x (finite differences: 3 instances agree)\n" in text
    assert "planted errors: 11 of 12 found" in text
    assert "  finite differences  11 of 12\n" in text


def test_a_planted_error_that_was_not_found_fails_its_test_case() -> None:
    root = ET.fromstring(writer("junit")(record(*MUTATED)))
    assert [case.get("name") for case in root.iter("testcase") if case.find("failure") is not None] == ["missed"]


def test_a_planted_error_that_was_not_found_is_a_result_of_its_own_rule() -> None:
    (run,) = json.loads(writer("sarif")(record(*MUTATED)))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["planted-error"]
    assert "planted-error" in {rule["id"] for rule in run["tool"]["driver"]["rules"]}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_record_gives_the_same_text(name: str) -> None:
    assert writer(name)(record(*ALL)) == writer(name)(record(*ALL))


def test_text_has_a_line_a_claim_and_a_summary() -> None:
    text = click.unstyle(writer("text")(record(*ALL)))
    lines = text.splitlines()
    assert next(line.split()[:2] for line in lines if " s" in line and "paper/" in line) == ["proved", "paper/true"]
    assert all(sum(f" {each.id} " in line for line in lines) == 1 for each in ALL)
    assert lines[-1] == "6 claims: 2 proved, 2 refuted, 1 undecided, 1 broken (1 known erratum, 4 not as expected)"


@pytest.mark.parametrize(
    ("given", "marked", "words"),
    [
        (PROVED, False, ""),
        (REFUTED, True, "    my papers/paper.py:7: the sign is wrong\n    true would be: x = -x"),
        (ERRATUM, False, "a known erratum: a typo in v1"),
        (SURPRISE, True, "my papers/paper.py:7: expected refuted"),
        (UNDECIDED, True, "time limit of 2 s"),
    ],
)
def test_text_marks_what_was_not_expected_and_says_why(given: ClaimRecord, marked: bool, words: str) -> None:
    first, *rest = click.unstyle(writer("text")(record(given))).splitlines()
    assert first.startswith("!") is marked
    assert words in "\n".join(rest)


def test_json_is_the_record() -> None:
    assert decode(writer("json")(record(*ALL)).encode()) == record(*ALL)


def test_junit_counts_failures_and_errors() -> None:
    root = ET.fromstring(writer("junit")(record(*ALL, error="broken.py: does not parse")))
    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "7",
        "failures": "3",
        "errors": "2",
    }
    assert {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None} == {
        "false",
        "surprise",
        "slow",
    }


def test_junit_carries_any_text() -> None:
    text = writer("junit")(record(claim("false", Verdict.REFUTED, reason=HOSTILE)))
    failure = ET.fromstring(text).find(".//failure")
    assert failure is not None
    assert "<b>" in (failure.text or "")
    assert "é 中" in (failure.text or "")


def test_sarif_has_a_located_result_for_each_claim_that_falls() -> None:
    log = json.loads(writer("sarif")(record(*ALL)))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [result["ruleId"] for result in run["results"]] == ["refuted", "proved", "undecided", "broken"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= rules
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": "my%20papers/paper.py"}, "region": {"startLine": 7}}


def test_sarif_fingerprints_outlive_a_move_and_a_new_wording() -> None:
    def fingerprint(given: ClaimRecord) -> str:
        result = json.loads(writer("sarif")(record(given)))["runs"][0]["results"][0]
        return str(result["partialFingerprints"]["claim/v1"])

    moved = ClaimRecord(
        id=REFUTED.id,
        kind="identity",
        statement_tex="y",
        verdict=Verdict.REFUTED,
        where=WhereRecord(file="b.py", line=1),
    )
    assert fingerprint(REFUTED) == fingerprint(moved) != fingerprint(BROKEN)


def test_flags_are_notes_in_sarif_and_lines_below_their_claim() -> None:
    flags = (FlagRecord(code="unused-hypothesis", text="unused hypothesis: q >= 1"),)
    flagged = record(claim("flagged", Verdict.PROVED, flags=flags))
    (run,) = json.loads(writer("sarif")(flagged))["runs"]
    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [("unused-hypothesis", "note")]
    assert "unused-hypothesis" in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert "    flag: unused hypothesis: q >= 1 [unused-hypothesis]" in writer("text")(flagged).splitlines()


def test_sarif_tells_of_files_that_were_not_read() -> None:
    (invocation,) = json.loads(writer("sarif")(record(error="bad.py: does not parse")))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "bad.py: does not parse"


def test_github_annotates_only_what_falls() -> None:
    lines = writer("github")(record(*ALL)).splitlines()
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error", "::error", "::warning", "::error"]
    assert lines[0].startswith("::error file=my papers/paper.py,line=7,title=paper/false::paper/false is refuted")
    assert lines[-1] == summary(record(*ALL))


def test_github_takes_no_command_from_a_claims_text() -> None:
    text = writer("github")(record(claim("false", Verdict.REFUTED, reason=HOSTILE)))
    assert len([line for line in text.splitlines() if line.startswith("::")]) == 1
    assert "%25" in text


def test_github_stays_within_the_annotations_that_are_shown_and_counts_the_rest() -> None:
    many = record(*(claim(f"c{k}", Verdict.REFUTED) for k in range(SHOWN + 5)))
    commands = [line for line in writer("github")(many).splitlines() if line.startswith("::")]
    assert len(commands) == SHOWN
    assert commands[-1].startswith("::error title=derive::6 more claims fall")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (record(), "0 claims"),
        (record(PROVED), "1 claim: 1 proved"),
        (record(ERRATUM), "1 claim: 1 refuted (1 known erratum)"),
        (record(PROVED, error="x"), "1 claim: 1 proved (1 file not read)"),
        (make_record([CUT_SHORT], versions={}, seed=0), "1 claim: 1 proved (1 file not read whole)"),
    ],
)
def test_the_summary_counts_in_words(content: Record, text: str) -> None:
    assert summary(content) == text


def test_a_claim_that_holds_needs_no_remark() -> None:
    assert remark(claim("true", Verdict.PROVED, reason="equal normal forms")) == ""


def test_markdown_has_a_row_a_claim_those_that_fall_first() -> None:
    rows = [line for line in writer("markdown")(record(*ALL)).splitlines() if line.startswith("| ")][2:]
    assert len(rows) == len(ALL)
    assert [row.startswith("| **") for row in rows] == [True] * 4 + [False] * 2


def test_markdown_leaves_hostile_text_as_it_is() -> None:
    text = writer("markdown")(record(claim("false", Verdict.REFUTED, reason="a | b <script> `c` \n| d")))
    row = text.splitlines()[-1]
    assert r"a \| b \<script\> \`c\` \| d" in row


def test_markdown_stays_below_the_size_that_is_shown() -> None:
    text = writer("markdown")(record(*(claim(f"c{k}", Verdict.REFUTED, reason="x" * 10_000) for k in range(120))))
    assert len(text.encode()) < 2**20
    assert "more claims do not fit here" in text


def test_text_says_what_is_wrong_with_a_claim_that_falls_unexpectedly() -> None:
    witness = WitnessRecord(sizes={"n": 1}, values={"x": ["1/2"]}, at_entry=(0,), claimed="3/2", derived="1")
    wrong = claim("false", Verdict.REFUTED, reason="refuted", difference_tex="x", witness=witness)
    _, *rest = click.unstyle(writer("text")(record(wrong))).splitlines()
    assert rest[1:3] == [
        "    claimed - derived: x",
        "    witness: n = 1, x = [1/2] at entry [0]: claimed 3/2, derived 1",
    ]


def test_a_repair_is_told_in_the_authors_language_and_in_words() -> None:
    told = {"repair_tex": r"x = 2 a_k", "repair_text": "x == 2*a_k", "repair_note": "the sign of a_k is wrong"}
    wrong = claim("false", Verdict.REFUTED, **told)
    assert remark(wrong) == "true would be: x == 2*a_k, as the sign of a_k is wrong"


def test_a_repair_without_a_proof_is_not_called_true() -> None:
    told = {"repair_tex": "x = 2", "repair_text": "x == 2", "repair_note": "3 should be 2", "repair_instances": 8}
    wrong = claim("false", Verdict.REFUTED, **told)
    assert remark(wrong) == "agrees at 8 instances, not proved: x == 2, as 3 should be 2"


def test_a_formula_too_long_for_a_terminal_is_cut_and_its_length_told() -> None:
    terms = " + ".join(["a @ b"] * 200)
    text = writer("text")(record(claim("long", Verdict.REFUTED, difference_text=terms)))
    assert f"... ({len(terms)} characters; all of it with --format json)" in text
    assert terms not in text


def test_a_witness_without_symbols_is_its_two_values() -> None:
    assert assignment(WitnessRecord(sizes={}, values={}, claimed="2", derived="1")) == "claimed 2, derived 1"
