"""The catalogue: every claim is there under its id, once, and gets the verdict that its paper's file expects."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from derive.judge import judge
from derive.language.load import load
from derive.language.paper import Claim, Paper
from derive.record import Verdict

CHECKS = Path(__file__).parents[2] / "checks"

EXP_NETWORK = "gradient hessian-block jacobian-gram flow init-coupled-zero loss-decomposition"
SOFTMAX_REGRESSION = "5.9 5.10.3 gradient hessian hessian-expanded shift-invariance"
ATTENTION = """A.5.1 A.7-tensor A.7-loss A.14.1 A.14.2 A.14.3 B.1.1 B.1.2 B.1.3 B.1.4 B.1.5 B.1.6 B.1.7 B.1.8 B.1.9
B.1.10 B.2.7 B.4.3 B.4.10 B.4-vec-col B.4-vec-row B.5.3 C.0 D.1.1 D.1.2 D.2.2 D.4 G.0 G.2.3 H.1 H.2.1 H.2.3 H.4.1 H.4.1r
H.4.2 J.6.1"""
STATED = {
    f"{paper}/{name}"
    for paper, names in (
        ("exp-network", EXP_NETWORK),
        ("softmax-regression", SOFTMAX_REGRESSION),
        ("attention", ATTENTION),
    )
    for name in names.split()
}
"""What the papers state: identities and Hessians that speak neither of chance nor of all steps of an iteration."""

NOT_STANDING = "A.5.1 A.14.2 A.14.3 B.1.8 B.4.10 B.4-vec-col C.0 D.1.1 D.1.2 D.4 G.0 H.2.3 H.4.1 H.4.1r"
WRONG = {f"attention/{name}" for name in NOT_STANDING.split()}
"""What they state wrongly, or so that it says nothing."""

LONGEST_FILE = 300


@cache
def papers() -> list[Paper]:
    return [paper for file in sorted(CHECKS.glob("*.py")) for paper in load(file)]


def claims() -> dict[str, Claim]:
    return {claim.id: claim for paper in papers() for claim in paper.claims}


def test_every_stated_claim_is_entered() -> None:
    assert not STATED - set(claims())


def test_every_other_claim_corrects_a_wrong_one() -> None:
    assert set(claims()) - STATED == {f"{name}-corrected" for name in WRONG}


def test_papers_and_claims_are_entered_once() -> None:
    ids = [claim.id for paper in papers() for claim in paper.claims]
    assert len(ids) == len(set(ids))
    assert len({paper.id for paper in papers()}) == len(papers())


def test_the_wrong_claims_are_known_as_such() -> None:
    """A claim that should not stand says which verdict it should get, and why."""
    marked = {claim.id for claim in claims().values() if claim.expect}
    assert marked == WRONG
    assert all(claims()[name].reason for name in WRONG)


@pytest.mark.parametrize("file", sorted(CHECKS.glob("*.py")), ids=lambda file: file.stem)
def test_a_paper_reads_like_a_paper(file: Path) -> None:
    """Short, with its source in its first line, and without code other than definitions and claims."""
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE
    assert "arXiv:" in lines[0]
    assert not [line for line in lines if line.lstrip().startswith(("def ", "class ", "for ", "if ", "while "))]


@pytest.mark.parametrize("name", sorted(STATED))
def test_every_stated_claim_says_where_its_paper_states_it(name: str) -> None:
    assert claims()[name].cite


@pytest.mark.parametrize("name", sorted(claims()))
def test_every_claim_gets_its_verdict(name: str) -> None:
    """Proved unless the file expects otherwise; what is refuted has a witness, and the difference that is wrong."""
    claim = claims()[name]
    record = judge(claim, seed=0)
    assert record.verdict == (Verdict(claim.expect) if claim.expect else Verdict.PROVED), record.reason
    assert record.reason
    if record.verdict is Verdict.REFUTED:
        assert record.witness is not None
        assert record.difference_tex
