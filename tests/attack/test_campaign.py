"""The attack refutes false inequalities of many kinds, and never their true twins."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from derive.attack.campaign import Campaign, budget
from derive.evidence.attack import examine
from derive.evidence.evidence import Evidence
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.obligation import Obligation
from tests.attack.table import PAIRS, obligation

SHARE = 12
"""By how much less is spent on true claims here, which take all of the budget."""

MODEL_SIZES = (2, 3, 4, 5, 6)

BEST = 0.5714
"""What ||A||^3 is multiplied by in the best Lipschitz constant known of the Hessian of softmax regression."""


@pytest.mark.parametrize("name", PAIRS)
def test_a_false_inequality_is_refuted(name: str, tmp_path: Path) -> None:
    claim = obligation(name, "false", tmp_path)
    found = examine(claim, Drawn(claim, 0))
    assert isinstance(found, Evidence)
    assert (found.outcome, found.witness is not None) == ("refutation", True)


@pytest.mark.parametrize("name", PAIRS)
def test_its_true_twin_is_not(name: str, tmp_path: Path) -> None:
    """Whatever looks like a violation in doubles is none when it is verified."""
    claim = obligation(name, "true", tmp_path)
    campaign = Campaign(claim, Drawn(claim, 0), budget(claim) // SHARE)
    assert all(verify(claim, draft.point()) is None for draft in campaign.violations())
    assert campaign.climbs > 0


def regression(n: int, constant: float) -> Obligation:
    """The Hessian of softmax regression is said to be Lipschitz with ``constant * ||A||^3``."""
    d = dv.dims("d")
    features, label = dv.matrix("A", n, d), dv.vector("b", n)
    here, there = dv.vector("x", d), dv.vector("y", d)
    curvature = dv.hessian(dv.norm(dv.softmax(features @ here) - label) ** 2 / 2, here)
    left = dv.opnorm(curvature - dv.subs(curvature, here, there))
    right = constant * dv.opnorm(features) ** 3 * dv.norm(here - there)
    return Obligation(f"regression-{n}", "<=", left, right, (label >= 0, dv.norm(label, 1) <= 1))


@pytest.mark.parametrize("n", MODEL_SIZES)
def test_the_curvature_of_softmax_regression_changes_as_fast_as_is_known(n: int) -> None:
    """Within one percent."""
    claim = regression(n, 0.99 * BEST)
    found = examine(claim, Drawn(claim, 0))
    assert isinstance(found, Evidence)
    assert found.outcome == "refutation"


def test_the_same_seed_gives_the_same_instances(tmp_path: Path) -> None:
    claim = obligation("mish-lipschitz", "false", tmp_path)
    rows = [
        [draft.point() for draft in islice(Campaign(claim, Drawn(claim, 3), budget(claim)).violations(), 3)]
        for _ in range(2)
    ]
    assert rows[0] == rows[1]
    assert rows[0]


def test_the_budget_is_kept(tmp_path: Path) -> None:
    """Within the climb that exceeds it."""
    claim = obligation("young", "true", tmp_path)
    campaign = Campaign(claim, Drawn(claim, 0), 5_000_000)
    assert not list(campaign.violations())
    assert campaign.work < 15_000_000
