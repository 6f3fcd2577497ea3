"""What a claim on an experiment allows, and how often."""

from __future__ import annotations

from math import comb

import pytest

import derive as dv
from derive.language.relations import Relation
from derive.obligation import Obligation, obligations
from derive.scaling.repetition import HALF, limit, median_failure

g = dv.gaussian("g")
FREQUENCY = dv.frequency(g >= 0, seeds=10)


def obligation(relation: Relation) -> Obligation:
    return obligations(dv.Paper("p").claim("c", relation))[0]


@pytest.mark.parametrize(("seeds", "most"), [(10, 0), (10, 1), (20, 7), (1, 0)])
def test_the_limit_is_where_the_claim_holds_as_often_as_not(seeds: int, most: int) -> None:
    q = median_failure(seeds, most)
    often = sum(comb(seeds, k) * q**k * (1 - q) ** (seeds - k) for k in range(most + 1))
    assert float(often) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(
    ("relation", "most", "happening"),
    [(FREQUENCY >= 0.9, 1, False), (FREQUENCY > 0.9, 0, False), (FREQUENCY <= 0.2, 2, True)],
)
def test_a_claim_on_a_frequency_is_one_on_seeds(relation: Relation, most: int, happening: bool) -> None:
    found = limit(obligation(relation), [FREQUENCY])
    assert (found.seeds, found.happening, found.allowed) == (True, happening, median_failure(10, most))


@pytest.mark.parametrize("relation", [abs(FREQUENCY - 0.5) <= 0.1, FREQUENCY >= 2, FREQUENCY >= -1])
def test_other_claims_are_on_whole_experiments(relation: Relation) -> None:
    found = limit(obligation(relation), [FREQUENCY])
    assert (found.seeds, found.allowed) == (False, HALF)
