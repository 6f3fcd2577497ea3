"""A claim that is proved or refuted already is attacked too, for its bracket, at a fraction of the cost."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.attack.campaign import Campaign, budget
from derive.evidence.attack import SETTLED, examine
from derive.evidence.evidence import Evidence
from derive.instances.drawn import Drawn
from tests.attack.table import obligation


@pytest.mark.parametrize("name", ["young", "mish-lipschitz"])
def test_a_settled_claim_has_a_worst_case(name: str, tmp_path: Path) -> None:
    claim = obligation(name, "true", tmp_path)
    drawn = Drawn(claim, 0)
    drawn.settled = True
    found = examine(claim, drawn)
    assert isinstance(found, Evidence)
    assert found.outcome == "support"
    assert found.nearest is not None


def test_few_instances_are_drawn_for_a_settled_claim(tmp_path: Path) -> None:
    claim = obligation("young", "true", tmp_path)
    drawn, settled = Drawn(claim, 0), Drawn(claim, 0)
    settled.settled = True
    for shared in (drawn, settled):
        next(Campaign(claim, shared, budget(claim) // SETTLED).violations(), None)
    assert 0 < len(settled.found) < len(drawn.found)


def test_a_smaller_budget_is_spent_in_fewer_steps(tmp_path: Path) -> None:
    claim = obligation("young", "true", tmp_path)
    paces = [Campaign(claim, Drawn(claim, 0), budget(claim) // part).pace for part in (1, 4, 1000)]
    assert paces == sorted(set(paces), reverse=True)
    assert paces[0] == 1
