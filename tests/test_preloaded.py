"""The server that processes are forked from has imported what examinations import."""

import sys
from pathlib import Path

from derive.isolation import Call, answers
from tests import papers


def imported_meanwhile(path: Path) -> list[str]:
    """The modules that an examination, and planting errors, import in a process of their own."""
    from derive.examination import examine, find_planted_errors

    before = set(sys.modules)
    examine(path, "mixed/wrong", 0, ())
    find_planted_errors(path, "mixed/right", 0, ())
    return sorted(name for name in set(sys.modules) - before if not name.startswith("derive_papers"))


def test_an_examination_imports_nothing_but_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "mixed.py"
    path.write_text(papers.MIXED)
    (answer,) = answers([Call(imported_meanwhile, (path,))], jobs=1, time_limit=60)
    assert answer.error is None
    assert answer.value == []
