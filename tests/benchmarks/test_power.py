"""The benchmark of derivative checkers, run without peers: what derive's row has to reach."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@cache
def quick_run() -> tuple[str, dict[str, Any]]:
    """What ``python -m benchmarks.power --quick --json FILE`` prints and writes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "power.json"
        command = [sys.executable, "-m", "benchmarks.power", "--quick", "--json", str(file)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
        assert done.stderr == ""
        return done.stdout, json.loads(file.read_text(encoding="utf-8"))


def cells() -> dict[tuple[str, str], dict[str, Any]]:
    """derive's cells, by group and column."""
    return {(cell["group"], cell["column"]): cell for cell in quick_run()[1]["cells"] if cell["row"] == "derive"}


def columns(right: bool) -> list[tuple[str, str]]:
    return [(column["group"], column["column"]) for column in quick_run()[1]["columns"] if column["right"] is right]


def test_every_right_derivative_is_accepted() -> None:
    assert {place: cells()[place]["accepted"] for place in columns(right=True)} == dict.fromkeys(
        columns(right=True), 10
    )


def test_no_wrong_derivative_is_accepted() -> None:
    assert {place for place in columns(right=False) if cells()[place]["accepted"]} == set()


def test_there_are_right_and_wrong_columns_of_every_kind() -> None:
    assert len(columns(right=True)) >= 9
    assert len(columns(right=False)) >= 17


@pytest.mark.parametrize("column", ["right", "1e-2"])
def test_every_kink_is_named(column: str) -> None:
    assert cells()["at a kink", column]["kinks_named"] == 10


def test_a_peer_that_is_not_installed_is_named() -> None:
    """Rows are never dropped: the table has a line for each, measured or not."""
    printed, found = quick_run()
    assert all(any(line.startswith(row["name"]) for line in printed.splitlines()) for row in found["rows"])
