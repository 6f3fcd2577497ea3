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

EXP_NETWORK = """gradient hessian-block jacobian-gram flow init-coupled-zero loss-decomposition remainder gradient-norm
convexity gram-psd gram-perturbation gram-perturbation-eig gram-cts-factor gram-cts-psd gram-cts-psd-strict
gram-cts-range gram-mean gram-variance init-second-moment truncated-mean inner-max gram-concentration
gram-concentration-log induction-weights induction-loss induction-gradient convergence iterations critical-points
convergence-coupled abstract width-scaling width-scaling-coupled movement-scaling"""
SOFTMAX_REGRESSION = """domain 5.9 5.10.3 gradient hessian hessian-expanded shift-invariance B-structure B-range
B-range-l2 B-range-l2-attained psd-reg 7.2.1 f-lipschitz hess-lipschitz unregularised-psd newton-quadratic"""
SPARSE_SOFTMAX = """D.38 D.44.1 D.44.2 D.44.3 D.44.4 D.44.5 hessian-total D.47.0 D.47.1 D.47.2 D.47.1-full D.47.2-full
D.48 D.48-full D.49.init D.49.alg"""
ATTENTION = """norms A.2.6 A.4.1 A.4.2 A.4.4 A.4.5 A.4.6 A.4.7 A.5.1 A.7-tensor A.7-loss A.14.1 A.14.2 A.14.3 B.1.1
B.1.2 B.1.3 B.1.4 B.1.5 B.1.6 B.1.7 B.1.8 B.1.9 B.1.10 B.2.7 B.4.3 B.4.10 B.4-vec-col B.4-vec-row B.5.3 C.0 C.1 D.1.1
D.1.2 D.2.2 D.4 E.3 E.4.2-step E.4.5 E.4.6 E.5.1 E.5.1-step E.5.2-step E.5.3 E.7 E.7-step E.8-step E.12 E.2 E.1.1 F.1.1
F.1.3 F.1.4a F.1.4b F.1.5 F.1.6 F.2.1 F.2.2 F.2.2-step F.2.3 F.2.4 F.2-R4 G.0 G.1.2 G.1.3a G.1.3b G.1.4 G.1.5 G.2.3 H.1
H.2.1 H.2.3 H.4.1 H.4.1r H.4.2 I.1.1 I.9.1 I.9.2 I.10.1 I.10.3 I.10.5 main-Gi J.2 J.2-mean J.3 J.6.1 K.1.grad K.1 K.2
K.3 K.4 K.4-step L.1.T L.1"""
STATED = {
    f"{paper}/{name}"
    for paper, names in (
        ("exp-network", EXP_NETWORK),
        ("softmax-regression", SOFTMAX_REGRESSION),
        ("sparse-softmax", SPARSE_SOFTMAX),
        ("attention", ATTENTION),
    )
    for name in names.split()
}
"""What the papers state."""

MEASURED = {f"exp-network/{name}" for name in ("width-exponent", "width-exponent-relu", "induction-simulated")}
"""What the catalogue measures beside it."""

NOT_STANDING = """attention/norms attention/A.4.6 attention/A.5.1 attention/A.14.2 attention/A.14.3 attention/B.1.8
attention/B.4.10 attention/B.4-vec-col attention/C.0 attention/D.1.1 attention/D.1.2 attention/D.4 attention/E.5.1-step
attention/E.5.2-step attention/E.8-step attention/F.1.4b attention/F.1.6 attention/F.2.1 attention/F.2.2
attention/F.2.2-step attention/G.0 attention/G.1.3b attention/H.2.3 attention/H.4.1 attention/H.4.1r attention/I.9.1
attention/I.9.2 attention/main-Gi attention/J.2 exp-network/convexity exp-network/truncated-mean
softmax-regression/unregularised-psd sparse-softmax/D.38 sparse-softmax/D.44.5 sparse-softmax/D.47.0
sparse-softmax/D.47.1 sparse-softmax/D.47.2 sparse-softmax/D.48 sparse-softmax/D.49.init sparse-softmax/D.49.alg
attention/J.3 attention/K.1.grad attention/K.1 attention/K.2 attention/K.3 attention/K.4 attention/L.1.T attention/L.1
exp-network/critical-points exp-network/convergence-coupled exp-network/abstract"""
WRONG = set(NOT_STANDING.split())
"""What they state wrongly, or so that it says nothing, or that is beyond what can be decided so far."""

UNCORRECTED = """attention/E.5.1-step attention/F.1.4b attention/F.1.6 attention/G.1.3b exp-network/convexity
exp-network/truncated-mean softmax-regression/unregularised-psd sparse-softmax/D.47.1 sparse-softmax/D.47.2
sparse-softmax/D.48 attention/J.3 attention/K.1.grad attention/K.2 attention/L.1 sparse-softmax/D.49.init
sparse-softmax/D.49.alg exp-network/critical-points exp-network/convergence-coupled exp-network/abstract"""
"""Those that have no correction of their own: another claim of the paper says what holds, or nothing does."""

UNPROVED = """softmax-regression/B-range softmax-regression/B-range-l2 softmax-regression/hess-lipschitz
exp-network/gram-perturbation-eig exp-network/gram-cts-psd-strict exp-network/gram-cts-range
exp-network/width-scaling-coupled exp-network/movement-scaling exp-network/width-exponent
exp-network/width-exponent-relu exp-network/induction-simulated attention/K.3-corrected attention/K.4-corrected
attention/L.1.T-corrected softmax-regression/newton-quadratic exp-network/induction-weights exp-network/induction-loss
exp-network/induction-gradient exp-network/convergence exp-network/iterations exp-network/width-scaling"""
"""Claims that stand without a proof for all dimensions so far."""

LONGEST_FILE = 200


@cache
def papers() -> list[Paper]:
    return [paper for file in sorted(CHECKS.glob("*.py")) for paper in load(file)]


def claims() -> dict[str, Claim]:
    return {claim.id: claim for paper in papers() for claim in paper.claims}


def test_every_stated_claim_is_entered() -> None:
    assert not STATED - set(claims())


def test_every_other_claim_corrects_a_wrong_one() -> None:
    corrected = {f"{name}-corrected" for name in WRONG - set(UNCORRECTED.split())}
    assert set(claims()) - STATED == corrected | MEASURED


def test_papers_and_claims_are_entered_once() -> None:
    ids = [claim.id for paper in papers() for claim in paper.claims]
    assert len(ids) == len(set(ids))
    assert len({(paper.id, paper.title) for paper in papers()}) == len({paper.id for paper in papers()})


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
    """Proved unless the file expects otherwise; what is refuted has a witness, an identity also the difference."""
    claim = claims()[name]
    record = judge(claim, seed=0)
    proved = {Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED} if name in UNPROVED.split() else {Verdict.PROVED}
    assert record.verdict in ({Verdict(claim.expect)} if claim.expect else proved), record.reason
    assert record.reason
    if record.verdict is Verdict.REFUTED:
        assert record.witness is not None
        assert record.difference_tex or record.kind not in ("identity", "hessian")
