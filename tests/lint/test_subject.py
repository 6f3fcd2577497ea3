"""The lint has a check a file, each described, and changes no verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import derive as dv
from derive.judge import judge
from derive.lint.flags import checks
from tests.lint.examined import examined

ROOT = Path(__file__).resolve().parents[2]
CODES = [code for code, _ in checks()]
x = dv.vector("x", dv.dim("d"))


def test_the_folder_is_the_registry() -> None:
    files = {path.stem.replace("_", "-") for path in (ROOT / "derive" / "lint" / "checks").glob("[a-z]*.py")}
    assert set(CODES) == files


def test_the_page_describes_every_check() -> None:
    page = (ROOT / "docs" / "lint.md").read_text("utf-8")
    assert re.findall(r"^## ([a-z-]+)$", page, re.MULTILINE) == CODES


def test_sides_are_told_as_the_author_wrote_them() -> None:
    case = examined(dv.norm(x) >= x[0])
    left, right = case.as_written(case.obligations[0])
    assert (repr(left), repr(right)) == ("norm(x)", "x[0]")


@pytest.mark.parametrize("code", CODES)
def test_a_check_that_raises_leaves_the_verdict_and_the_others(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tuple((name, (lambda case: 1 / 0) if name == code else check) for name, check in checks())
    monkeypatch.setattr("derive.lint.flags.checks", lambda: broken)
    record = judge(dv.Paper("p").claim("c", dv.grad(x @ x, x) == 2 * x, given=[dv.norm(dv.vector("y", 2)) <= 1]))
    assert record.verdict == "proved"
    assert [
        flag.text.startswith(f"{code}: ZeroDivisionError") for flag in record.flags if flag.code == "lint-failed"
    ] == [True]
