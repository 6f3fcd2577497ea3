"""The names that an author imports from ``derive``."""

from __future__ import annotations

import ast
from pathlib import Path

import derive
from derive.language import api


def test_type_checkers_are_told_all_names_and_no_others() -> None:
    stub = ast.parse(Path(str(derive.__file__)).with_suffix(".pyi").read_text(encoding="utf-8"))
    told = {alias.asname for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert told == set(api.__all__)
