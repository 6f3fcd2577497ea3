"""The pages of documentation: what their commands print, where their links lead, and that nothing is left out."""

import re
from pathlib import Path

import pytest

from derive.judge import methods
from derive.record import Verdict
from tests import console

ROOT = console.ROOT
README, *PAGES = console.pages()
PLAYED = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]
METHODS = [name for name, _ in methods()]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
"""A link to another page, or to a heading."""


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def named(page: Path) -> str:
    """A page as the tests are called: ``methods/attack``."""
    return page.relative_to(ROOT / "docs").with_suffix("").as_posix() if page != README else page.stem


def own(folder: str, name: str) -> str:
    """The page of its own that a method or a verdict has, as the index links to it."""
    return f"{folder}/{anchor(name)}.md"


def headings(page: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", page, re.MULTILINE)


def anchor(heading: str) -> str:
    """The name by which GitHub links to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PLAYED, ids=named)
def test_the_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    for block, transcript in console.played(page.read_text(encoding="utf-8"), tmp_path):
        assert console.normalised(block["text"]) == console.normalised(transcript)


def test_the_tutorial_the_methods_and_the_verdicts_have_commands() -> None:
    assert {"tutorial", "methods", "methods/attack", "verdicts/proved"} <= set(map(named, PLAYED))


@pytest.mark.parametrize("page", [README, *PAGES], ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for target, part in LINK.findall(page.read_text(encoding="utf-8")):
        linked = page.parent / target if target else page
        assert linked.exists(), target
        if part:
            assert part in map(anchor, headings(linked.read_text(encoding="utf-8"))), f"{target}#{part}"


def linked_by(page: Path) -> set[Path]:
    targets = (target for target, _ in LINK.findall(page.read_text(encoding="utf-8")) if target.endswith(".md"))
    return {(page.parent / target).resolve() for target in targets}


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, news = {README}, {README}
    while news:
        news = set().union(*map(linked_by, news)) - reached
        reached |= news
    assert set(PAGES) <= reached


@pytest.mark.parametrize("verdict", Verdict, ids=str)
def test_every_verdict_is_trusted_for_a_reason(verdict: Verdict) -> None:
    assert verdict is Verdict.CERTIFIED or str(verdict) in read("trust.md")


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_a_page_that_says_what_it_proves_and_how_it_fails(name: str) -> None:
    assert opening(own("methods", name)) == [name, "Proves / refutes", "Conditions", "How it fails", "Source"]


@pytest.mark.parametrize("verdict", Verdict, ids=str)
def test_a_verdict_has_a_page_that_says_what_it_means_and_what_to_do(verdict: Verdict) -> None:
    expected = [str(verdict), "Means", "Needs", "How to read it", "What to do next"]
    assert opening(own("verdicts", str(verdict))) == expected


@pytest.mark.parametrize(("folder", "names"), [("methods", METHODS), ("verdicts", list(map(str, Verdict)))])
def test_the_index_links_to_the_pages_and_there_are_no_others(folder: str, names: list[str]) -> None:
    pages = {own(folder, name) for name in names}
    assert [name for name in names if f"[{name}]({own(folder, name)})" not in read(f"{folder}.md")] == []
    assert pages == {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs" / folder).iterdir()}


def opening(name: str) -> list[str]:
    """The title of a page, and what the items of the list after it are about."""
    title, _, text = read(name).removeprefix("# ").partition("\n\n")
    return [title, *re.findall(r"^- \*\*(.+?)\*\*: \S", text.partition("\n\n")[0], re.MULTILINE)]


FILE = re.compile(r"`((?:derive|tests|checks|docs|reports)/[\w./-]+)`")


@pytest.mark.parametrize("name", sorted(set(FILE.findall(read("architecture.md")))))
def test_a_file_of_the_architecture_exists(name: str) -> None:
    assert (ROOT / name).exists()
