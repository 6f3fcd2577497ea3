"""Three hundred identities of textbooks and models, true and false: each gets its final verdict, and the right one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from derive.judge import judge
from derive.language.load import load
from derive.language.paper import Claim
from derive.record import Outcome, Verdict

HERE = Path(__file__).parent
TRUTH: dict[str, dict[str, bool | str | None]] = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))
PAPERS = sorted(HERE.glob("*.toml"))

UNDECIDED = {"kronecker/determinant": "the determinant of a Kronecker product"}
"""True claims that are not proved yet, and what it would take."""


@cache
def claims() -> dict[str, Claim]:
    return {claim.id: claim for path in PAPERS for paper in load(path) for claim in paper.claims}


def test_the_truth_table_covers_the_claims() -> None:
    """Every claim has a row, every false one says what was changed, and at least a third are false."""
    assert TRUTH.keys() == claims().keys()
    assert all(bool(row["truth"]) == (row["changed"] is None) for row in TRUTH.values())
    assert 3 * sum(not row["truth"] for row in TRUTH.values()) > len(TRUTH) >= 80


def test_provenance_is_stated() -> None:
    """Each file says where its claims come from."""
    assert all(paper.source and paper.title for path in PAPERS for paper in load(path))


@pytest.mark.parametrize("identifier", [name for name, row in TRUTH.items() if row["truth"]])
def test_a_true_claim_is_proved(identifier: str) -> None:
    """Proved for all dimensions; refuted by no method."""
    found = judge(claims()[identifier])
    assert [evidence.method for evidence in found.evidence if evidence.outcome is Outcome.REFUTATION] == []
    if identifier in UNDECIDED:
        assert found.verdict is Verdict.SUPPORTED, found.reason
    else:
        assert found.verdict is Verdict.PROVED, found.reason


@pytest.mark.parametrize("identifier", [name for name, row in TRUTH.items() if not row["truth"]])
def test_a_false_claim_is_refuted(identifier: str) -> None:
    """Refuted with a verified witness; proved by no method."""
    found = judge(claims()[identifier])
    assert [evidence.method for evidence in found.evidence if evidence.outcome is Outcome.PROOF] == []
    assert found.verdict is Verdict.REFUTED, found.reason
    assert found.witness is not None
