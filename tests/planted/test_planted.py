"""Planted errors: every wrong claim is refuted and proved by no method; no method refutes its true twin."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from derive.judge import judge
from derive.language.paper import Claim, Paper
from derive.language.symbols import dim, index, symbol
from derive.record import ClaimRecord, Outcome, Verdict

Row = dict[str, Any]

ROWS: list[Row] = tomllib.loads(Path(__file__).with_name("table.toml").read_text(encoding="utf-8"))["pair"]
PARAMETERS = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def claim(row: Row, side: str) -> Claim:
    """The row's ``"true"`` or ``"wrong"`` statement, under its hypotheses."""
    paper = Paper(row["id"])
    specifications = {name: text.partition(";") for name, text in row["symbols"].items()}
    axes = {
        name: [axis.strip() for axis in shape.split(",") if axis.strip()]
        for name, (shape, _, _) in specifications.items()
    }
    paper.names |= {axis: dim(axis) for sizes in axes.values() for axis in sizes}
    for name, (_, _, properties) in specifications.items():
        sizes = [paper.names[axis] for axis in axes[name]]
        paper.names[name] = symbol(name, *sizes, **dict.fromkeys(properties.split(), True))
    paper.names |= {name: index(name, paper.names[size]) for name, size in row.get("indices", {}).items()}
    for name, text in row.get("let", {}).items():
        paper.names[name] = paper.let(name, text)
    given = row.get("given", [])
    return paper.claim(side, row[side], given=row.get("wrong_given", given) if side == "wrong" else given)


@cache
def record(identifier: str, side: str) -> ClaimRecord:
    """The judgement of one side of a row, made once."""
    row = next(row for row in ROWS if row["id"] == identifier)
    return judge(claim(row, side))


def methods(found: ClaimRecord, outcome: Outcome) -> list[str]:
    return [evidence.method for evidence in found.evidence if evidence.outcome is outcome]


@PARAMETERS
def test_a_planted_error_is_refuted_and_no_method_proves_it(row: Row) -> None:
    """The whole refutes it, with a witness."""
    found = record(row["id"], "wrong")
    assert methods(found, Outcome.PROOF) == []
    assert found.verdict is Verdict.REFUTED, found.reason
    assert found.witness is not None


@PARAMETERS
def test_a_true_twin_is_proved_and_no_method_refutes_it(row: Row) -> None:
    """Its normal forms agree, and no rounding, scale, size or hypothesis misleads a method."""
    found = record(row["id"], "true")
    assert methods(found, Outcome.REFUTATION) == []
    assert found.verdict is Verdict.PROVED, found.reason


def test_the_table_is_well_formed() -> None:
    """Identifiers are unique, both sides differ, and there are at least 45 pairs."""
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 45
    sides = [
        (row["true"], row.get("given", []), row["wrong"], row.get("wrong_given", row.get("given", []))) for row in ROWS
    ]
    assert all((true, given) != (wrong, wrong_given) for true, given, wrong, wrong_given in sides)
