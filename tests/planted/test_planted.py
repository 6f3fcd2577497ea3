"""Planted errors: every wrong claim is refuted and proved by no method; no method refutes its true twin."""

from __future__ import annotations

from functools import cache

import pytest

from derive.judge import judge
from derive.record import ClaimRecord, Outcome, Verdict
from tests.planted.table import ROWS, Row, claim

PARAMETERS = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


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
