"""The pages of documentation: what their commands print, where their links lead, and that nothing is left out."""

import re
from pathlib import Path

import pytest

from derive.judge import methods
from derive.record import Verdict
from tests import console

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PLAYED = [page for page in PAGES[1:] if "```console" in page.read_text(encoding="utf-8")]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
"""A link to another page, or to a heading."""


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def headings(page: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", page, re.MULTILINE)


def anchor(heading: str) -> str:
    """The name by which GitHub links to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.stem)
def test_the_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    for block, transcript in console.played(page.read_text(encoding="utf-8"), tmp_path):
        assert console.normalised(block["text"]) == console.normalised(transcript)


def test_the_tutorial_and_the_methods_have_commands() -> None:
    assert {"tutorial", "verdicts", "methods"} <= {page.stem for page in PLAYED}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target, part in LINK.findall(page.read_text(encoding="utf-8")):
        linked = page.parent / target if target else page
        assert linked.exists(), target
        if part:
            assert part in map(anchor, headings(linked.read_text(encoding="utf-8"))), f"{target}#{part}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    linked = {target for target, _ in LINK.findall(PAGES[0].read_text(encoding="utf-8"))}
    assert {f"docs/{page.name}" for page in PAGES[1:]} <= linked


@pytest.mark.parametrize("verdict", Verdict, ids=str)
def test_every_verdict_is_described_and_trusted_for_a_reason(verdict: Verdict) -> None:
    assert str(verdict) in headings(read("verdicts.md"))
    assert verdict is Verdict.CERTIFIED or str(verdict) in read("trust.md")


@pytest.mark.parametrize("method", [name for name, _ in methods()])
def test_every_method_of_evidence_is_described(method: str) -> None:
    assert method in headings(read("methods.md"))
    assert f"[{method}](#{anchor(method)})" in read("methods.md")


FILE = re.compile(r"`((?:derive|tests|checks|docs|reports)/[\w./-]+)`")


@pytest.mark.parametrize("name", sorted(set(FILE.findall(read("architecture.md")))))
def test_a_file_of_the_architecture_exists(name: str) -> None:
    assert (ROOT / name).exists()
