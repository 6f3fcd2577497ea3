"""The catalogue: every claim is there under its id, once, and gets the verdict that its paper's file expects."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import pytest

from derive.judge import judge
from derive.language.load import load
from derive.language.paper import Claim, Paper
from derive.record import ClaimRecord, Verdict
from tests.trust import explained

CHECKS = Path(__file__).parents[2] / "checks"
FILES = Path(__file__).parent / "stated"


class System(msgspec.Struct, forbid_unknown_fields=True):
    """What is known of a paper's claims before derive sees them; the paper's id is the name of the file.

    Attributes:
        stated: the claims of the paper itself.
        measured: what the catalogue measures beside them.
        derived: constants of derive's own beside statements that have none.
        falls: the stated ones that are wrong, that say nothing, or that are beyond what can be decided so far.
        uncorrected: those of ``falls`` that have no correction: another claim says what holds, or nothing does.
        lemmas: steps of proofs, which other claims use.
        unproved: claims that stand without a proof for all dimensions so far.
    """

    stated: tuple[str, ...]
    measured: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    uncorrected: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()


SYSTEMS = {file.stem: msgspec.toml.decode(file.read_bytes(), type=System) for file in sorted(FILES.glob("*.toml"))}


def ids(part: str) -> set[str]:
    """The ids of one part of all systems."""
    return {f"{paper}/{name}" for paper, system in SYSTEMS.items() for name in getattr(system, part)}


STATED, FALLS, UNPROVED = ids("stated"), ids("falls"), ids("unproved")

LONGEST_FILE = 200


@cache
def papers() -> list[Paper]:
    return [paper for file in sorted(CHECKS.glob("*.py")) for paper in load(file)]


def claims() -> dict[str, Claim]:
    return {claim.id: claim for paper in papers() for claim in paper.claims}


def test_every_stated_claim_is_entered() -> None:
    assert not STATED - set(claims())


def test_every_other_claim_corrects_a_wrong_one() -> None:
    corrected = {f"{name}-corrected" for name in FALLS - ids("uncorrected")}
    assert set(claims()) - STATED == corrected | ids("measured") | ids("derived") | ids("lemmas")


def test_papers_and_claims_are_entered_once() -> None:
    entered = [claim.id for paper in papers() for claim in paper.claims]
    assert len(entered) == len(set(entered))
    assert len({(paper.id, paper.title) for paper in papers()}) == len({paper.id for paper in papers()})


def test_the_wrong_claims_are_known_as_such() -> None:
    """A claim that should not stand says which verdict it should get, and why."""
    marked = {claim.id for claim in claims().values() if claim.expect}
    assert marked == FALLS
    assert all(claims()[name].reason for name in FALLS)


@pytest.mark.parametrize("file", sorted(CHECKS.glob("*.py")), ids=lambda file: file.stem)
def test_a_paper_reads_like_a_paper(file: Path) -> None:
    """Short, with its source in its first line, and without code other than definitions and claims."""
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE
    assert "arXiv:" in lines[0] or "NeurIPS" in lines[0]
    assert not [line for line in lines if line.lstrip().startswith(("def ", "class ", "for ", "if ", "while "))]


@pytest.mark.parametrize("name", sorted(STATED))
def test_every_stated_claim_says_where_its_paper_states_it(name: str) -> None:
    assert claims()[name].cite


def rests_on_proofs(record: ClaimRecord) -> bool:
    """Is it proved by claims that are to be proved themselves?"""
    used = record.conditional.premises if record.conditional else ()
    return bool(used) and all(name not in UNPROVED and not claims()[name].expect for name in used)


@pytest.mark.parametrize("name", sorted(claims()))
def test_every_claim_gets_its_verdict(name: str) -> None:
    """Proved unless the file expects otherwise; what is refuted has a witness, an identity also the difference."""
    claim = claims()[name]
    record = judge(claim, seed=0, used=[claims()[other] for other in claim.using if other in claims()])
    verdict = Verdict.PROVED if rests_on_proofs(record) else record.verdict
    proved = {Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED} if name in UNPROVED else {Verdict.PROVED}
    assert verdict in ({Verdict(claim.expect)} if claim.expect else proved), record.reason
    if record.verdict not in (Verdict.ILL_POSED, Verdict.UNDECIDED):  # these say what the author wrote, or every method
        assert explained(record.verdict, record.reason), "docs/trust.md does not say what stands behind this sentence"
    assert record.reason
    assert all(explained("a flag", flag.text) for flag in record.flags), record.flags
    if record.verdict is Verdict.REFUTED:
        assert record.witness is not None
        assert record.difference_tex or record.kind not in ("identity", "hessian")
