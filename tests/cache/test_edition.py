"""The edition of derive: any change of what decides is another one, and what only prints is no part of it."""

import ast
import sys
from pathlib import Path

import pytest

from derive.cache.edition import LATER, PACKAGE, Edition
from derive.versions import NAMED_VERSIONS
from tests.test_structure import MODULES, everything_below, part, tree

EXAMINED_BY = {"derive.examination", *(name for name in MODULES if part(name) == "evidence")}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, text in {
        "verdict.py": "1",
        "bounds/rules.py": "2",
        "render/html.py": "3",
        "cli.py": "4",
        "checks/paper.py": "5",
        "bounds/notes.txt": "6",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_same_files_are_the_same_edition(package: Path) -> None:
    assert Edition(package).digest == Edition(package).digest


@pytest.mark.parametrize("name", ["verdict.py", "bounds/rules.py", "bounds/new.py"])
def test_a_source_file_that_changes_makes_another_edition(package: Path, name: str) -> None:
    before = Edition(package)
    (package / name).write_text("changed")
    assert Edition(package).digest != before.digest
    assert not before.unchanged()


def test_a_source_file_that_moves_makes_another_edition(package: Path) -> None:
    before = Edition(package).digest
    (package / "verdict.py").rename(package / "judge.py")
    assert Edition(package).digest != before


@pytest.mark.parametrize("name", ["render/html.py", "cli.py", "checks/paper.py", "bounds/notes.txt"])
def test_what_no_examination_imports_is_no_part_of_it(package: Path, name: str) -> None:
    before = Edition(package)
    (package / name).write_text("changed")
    assert Edition(package).digest == before.digest
    assert before.unchanged()


@pytest.mark.parametrize("name", [*NAMED_VERSIONS, "python"])
def test_another_version_makes_another_edition(package: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("derive.cache.edition.versions", lambda: {name: "1.0"})
    before = Edition(package).digest
    monkeypatch.setattr("derive.cache.edition.versions", lambda: {name: "1.1"})
    assert Edition(package).digest != before


def test_another_machine_makes_another_edition(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Edition(package).digest
    monkeypatch.setattr("platform.machine", lambda: "another")
    assert Edition(package).digest != before


def test_no_examination_imports_what_is_left_out() -> None:
    reached = set().union(*map(everything_below, EXAMINED_BY))
    assert {part(name) for name in reached} & LATER == set()


def test_all_else_that_an_examination_imports_is_in_the_digest() -> None:
    named = set(Edition()._stamps())
    reached = EXAMINED_BY.union(*map(everything_below, EXAMINED_BY))
    assert {MODULES[name].relative_to(PACKAGE).as_posix() for name in reached} <= named


DISTRIBUTIONS = {"flint": "python-flint"}
"""Packages whose distribution has another name."""

NEVER_DECIDE = {"msgspec", "click"}
"""Packages that carry what was found and decide nothing."""


def test_every_package_that_an_examination_imports_is_named_with_its_version() -> None:
    reached = EXAMINED_BY.union(*map(everything_below, EXAMINED_BY))
    nodes = [node for name in reached for node in ast.walk(tree(MODULES[name]))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names = plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    roots = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"derive", *NEVER_DECIDE}
    assert "sympy" in roots
    assert {DISTRIBUTIONS.get(name, name) for name in roots} <= set(NAMED_VERSIONS)
