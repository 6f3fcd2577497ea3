"""Claims about numbers alone are decided without rounding."""

from __future__ import annotations

import pytest

import derive as dv
from derive.evidence.evidence import Evidence
from derive.evidence.exact_numbers import METHOD, examine
from derive.examination import judged
from derive.instances.drawn import Drawn
from derive.obligation import obligations
from derive.record import Verdict
from derive.verify.check import check_claim
from derive.verify.level import Level

GOLDEN = (1 + dv.sqrt(5)) / 2
TINY = 10**-12
TRUE: dict[str, dv.Relation] = {
    "nested roots": dv.sqrt(5 + 2 * dv.sqrt(6)) == dv.sqrt(2) + dv.sqrt(3),
    "greatest eigenvalue": dv.lambda_max(dv.array([[1, 1], [1, 0]])) == GOLDEN,
    "least eigenvalue": dv.lambda_min(dv.array([[1, 1], [1, 0]])) == 1 - GOLDEN,
    "touching bound": dv.lambda_min(dv.array([[2, 1], [1, 2]])) >= 1,
    "from above": dv.lambda_max(dv.array([[2, 1], [1, 2]])) <= 3,
    "singular": dv.array([[1, 2], [2, 4]]) >> 0,
    "three rows": dv.lambda_min(dv.array([[2, -1, 0], [-1, 2, -1], [0, -1, 2]])) == 2 - dv.sqrt(2),
    "strict": dv.sqrt(2) < GOLDEN,
}
FALSE: dict[str, dv.Relation] = {
    "nested roots": dv.sqrt(5 + 2 * dv.sqrt(6)) == dv.sqrt(2) + dv.sqrt(3) + TINY,
    "other eigenvalue": dv.lambda_min(dv.array([[1, 1], [1, 0]])) == GOLDEN,
    "strict at equality": dv.lambda_min(dv.array([[2, 1], [1, 2]])) > 1,
    "indefinite": dv.array([[1, 2], [2, 4 - TINY]]) >> 0,
    "least for greatest": dv.lambda_max(dv.array([[2, 1], [1, 2]])) <= 3 - TINY,
}


def proved(relation: dv.Relation) -> bool:
    (obligation,) = obligations(dv.Paper("paper").claim("claim", relation))
    found = examine(obligation, Drawn(obligation, 0))
    return isinstance(found, Evidence) and found.outcome == "proof"


@pytest.mark.parametrize("name", TRUE)
def test_a_true_claim_about_numbers_is_proved(name: str) -> None:
    assert proved(TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_false_claim_about_numbers_is_not_proved(name: str) -> None:
    assert not proved(FALSE[name])


def test_what_is_not_algebraic_is_left_alone() -> None:
    assert not proved(dv.e < 3)


def test_a_claim_with_a_symbol_is_left_alone() -> None:
    assert not proved(dv.sqrt(2) < 3 + dv.scalar("x") ** 2)


@pytest.mark.parametrize("name", TRUE)
def test_the_proof_is_looked_at_again_in_balls(name: str) -> None:
    claim = judged(dv.Paper("paper").claim(name.replace(" ", "-"), TRUE[name]), 0)
    assert claim.verdict is Verdict.PROVED
    assert METHOD in {evidence.method for evidence in claim.evidence}
    assert check_claim(claim).finding.level in (Level.VERIFIED, Level.CHECKED)
