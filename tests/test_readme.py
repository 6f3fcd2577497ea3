"""The README: what its commands print, and that what it names exists."""

import re
from pathlib import Path

import pytest

from derive.cli import EXIT_CODES, cli
from derive.record import Verdict
from tests import console

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(page: str, heading: str) -> dict[str, str]:
    """The first two columns of the table whose first column is called ``heading``."""
    table = page.partition(f"\n| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    return {first.strip(" `"): second.strip() for _, first, second, *_ in (row.split("|") for row in table)}


def test_the_commands_print_what_the_readme_shows(tmp_path: Path) -> None:
    for block, transcript in console.played(README, tmp_path):
        assert console.normalised(block["text"]) == console.normalised(transcript)


def test_the_readme_lists_every_verdict_in_order() -> None:
    assert list(rows(README, "verdict")) == [str(verdict) for verdict in Verdict]


def test_the_readme_lists_every_command() -> None:
    listed = {usage.split()[1] for usage in rows(README, "command")}
    assert listed == set(cli.commands)


def test_the_readme_lists_the_exit_codes_of_the_help_page() -> None:
    told = dict(re.findall(r"^  (\d)  (.+)$", EXIT_CODES, re.MULTILINE))
    assert list(rows(README, "code")) == list(told)
    assert rows(README, "code")["5"] == told["5"]


@pytest.mark.parametrize("target", ["report", "test"])
def test_a_make_target_of_the_readme_exists(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_a_transcript_that_prints_something_else_is_noticed(tmp_path: Path) -> None:
    page = "```console\n$ derive list missing.toml\nnothing\n$ echo $?\n0\n```\n"
    [(_, transcript)] = console.played(page, tmp_path)
    assert transcript.startswith("$ derive list missing.toml\nerror: missing.toml: cannot be read")
    assert transcript.endswith("$ echo $?\n2\n")
    assert transcript in console.corrected(page, tmp_path)
