"""The command ``derive verify``: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from derive import record
from derive.record import ClaimRecord, PaperRecord, Verdict
from tests.conftest import Derive
from tests.verify.test_check import recorded


def write(path: Path, *claims: ClaimRecord) -> Path:
    paper = PaperRecord(id="paper", claims=claims)
    record.write(record.make_record([paper], versions={}, seed=0), path)
    return path


def changed(claim: ClaimRecord, **changes: object) -> ClaimRecord:
    return msgspec.structs.replace(claim, **changes)


def test_a_line_a_claim_and_a_summary(derive: Derive, tmp_path: Path) -> None:
    done = derive("verify", write(tmp_path / "r.json", recorded("gradient"), recorded("wrong sign"), recorded("kink")))
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "re-verified     paper/gradient: proved"
    assert lines[2] == "re-verified     paper/wrong-sign: refuted"
    assert lines[4] == "re-checked      paper/kink: proved"
    assert lines[-1] == "3 verdicts: 2 re-verified, 1 re-checked"


def test_the_last_report_is_meant_where_none_is_named(derive: Derive) -> None:
    write(Path("build") / "derive" / "results.json", recorded("gradient"))
    assert derive("verify").code == 0


def test_what_falls_makes_the_command_fail(derive: Derive, tmp_path: Path) -> None:
    wrong = changed(recorded("gradient"), evidence=())
    done = derive("verify", write(tmp_path / "r.json", recorded("wrong sign"), wrong))
    assert done.code == 1
    assert "fallen          paper/gradient: proved" in done.out


def test_what_cannot_be_re_verified_is_named_and_not_counted_as_it(derive: Derive, tmp_path: Path) -> None:
    done = derive("verify", write(tmp_path / "r.json", changed(recorded("gradient"), statement=None)))
    assert done.code == 1
    assert done.out.splitlines()[-1] == "1 verdict: 1 not re-verified"


def test_other_verdicts_are_counted(derive: Derive, tmp_path: Path) -> None:
    other = changed(recorded("gradient"), id="paper/other", verdict=Verdict.SUPPORTED)
    done = derive("verify", write(tmp_path / "r.json", recorded("gradient"), other))
    assert done.code == 0
    assert done.out.splitlines()[-1].endswith("1 other verdict claims nothing that could be re-verified")


def test_only_claims_that_are_chosen(derive: Derive, tmp_path: Path) -> None:
    path = write(tmp_path / "r.json", recorded("gradient"), recorded("wrong sign"))
    assert "wrong-sign" not in derive("verify", path, "-k", "gradient").out


def test_the_same_as_json(derive: Derive, tmp_path: Path) -> None:
    done = derive("verify", write(tmp_path / "r.json", recorded("wrong sign")), "--format", "json")
    found = json.loads(done.out)
    assert found["claims"][0]["id"] == "paper/wrong-sign"
    assert found["claims"][0]["level"] == "re-verified"
    assert found["totals"]["fallen"] == 0


def test_there_may_be_nothing_to_verify(derive: Derive, tmp_path: Path) -> None:
    supported = changed(recorded("gradient"), verdict=Verdict.SUPPORTED)
    assert derive("verify", write(tmp_path / "r.json", supported)).code == 5


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"schema": "other"}'])
def test_a_file_that_cannot_be_read_gets_one_message(derive: Derive, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "r.json"
    if content is not None:
        path.write_bytes(content)
    done = derive("verify", path)
    assert (done.code, done.out) == (2, "")
    assert str(path) in done.err
    assert "Traceback" not in done.err
