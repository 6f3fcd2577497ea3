"""Planted bounds are what they are called: the false ones have witnesses and nothing proves them; no true one falls."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.false_bounds.claims import Claim, bounded, claims
from benchmarks.false_bounds.outcomes import PROVERS, attacked, proved
from derive.evaluate.point import Point
from derive.evidence.witness.verification import verify
from derive.judge import methods

SEEDS = range(8)


@cache
def planted() -> tuple[Claim, ...]:
    return tuple(claim for seed in SEEDS for claim in (*claims(f"bounds {seed}"), *bounded(f"bounded {seed}")))


def test_every_kind_is_planted() -> None:
    kinds = {claim.kind for claim in planted()}
    assert kinds == {"true", "constant scaled", "hypothesis dropped", "norm swapped", "bounded domain"}


def test_the_methods_that_prove_are_asked() -> None:
    assert {name for name, _ in methods()} >= PROVERS


@pytest.mark.parametrize("seed", SEEDS)
def test_a_false_bound_has_a_witness_and_no_proof(seed: int) -> None:
    for claim in planted():
        if claim.against is not None and claim.obligation.id.endswith(f" {seed}"):
            point = Point(claim.against.sizes, claim.against.indices, claim.against.values)
            assert verify(claim.obligation, point) is not None
            assert [complaint for _, complaint in proved(claim) if complaint] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_true_bound_is_not_refuted(seed: int) -> None:
    for claim in planted():
        if claim.against is None and claim.obligation.id.endswith(f" {seed}"):
            assert [complaint for _, complaint in attacked(claim) if complaint] == []
