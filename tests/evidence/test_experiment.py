"""Claims on experiments: wrong ones fall at a level, right ones stand."""

from __future__ import annotations

import pytest

import derive as dv
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.experiment import examine
from derive.instances.drawn import Drawn
from derive.judge import judge
from derive.language.relations import Relation
from derive.obligation import obligations
from derive.record import Verdict

m, n = dv.dims("m n")
g, u, h = dv.gaussian("g"), dv.uniform("u"), dv.gaussian("h", m)
x = dv.vector("x", m)
halving = dv.iterate(x, x / 2, start=h)

RIGHT = {
    "a frequency": dv.frequency(u <= 0.99, seeds=10) >= 0.9,
    "a rare event": dv.frequency(u <= 0.01, seeds=10) <= 0.1,
    "an even chance": abs(dv.frequency(g >= 0, seeds=100) - 0.5) <= 0.3,
    "a run": dv.frequency(halving.first(dv.norm(x) <= 1) <= 10, seeds=20, at=m == 50) >= 1,
    "an exponent": abs(dv.exponent(dv.norm(h), m, [10, 100, 1000]) - 0.5) <= 0.1,
    "two exponents": dv.exponent(dv.norm(h), m, [10, 1000]) <= dv.exponent(h @ h, m, [10, 1000]),
}
WRONG = {
    "a frequency": dv.frequency(u <= 0.5, seeds=10) >= 0.9,
    "a frequency just too large": dv.frequency(u <= 0.7, seeds=10) >= 0.9,
    "a rare event": dv.frequency(u <= 0.5, seeds=10) <= 0.1,
    "an even chance": abs(dv.frequency(u <= 0.9, seeds=100) - 0.5) <= 0.1,
    "a run": dv.frequency(halving.first(dv.norm(x) <= 1) <= 1, seeds=20, at=m == 50) >= 0.5,
    "an exponent": abs(dv.exponent(dv.norm(h), m, [10, 100, 1000]) - 1) <= 0.1,
    "two exponents": dv.exponent(h @ h, m, [10, 1000]) <= dv.exponent(dv.norm(h), m, [10, 1000]),
}


def examined(relation: Relation, seed: int = 0) -> Evidence:
    found = examine(*given(relation, seed))
    assert isinstance(found, Evidence), found
    return found


def given(relation: Relation, seed: int = 0) -> tuple[object, Drawn]:
    obligation = obligations(dv.Paper("p").claim("c", relation))[0]
    return obligation, Drawn(obligation, seed)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_claim_stands(name: str) -> None:
    found = examined(RIGHT[name])
    assert found.outcome == "support"
    assert found.experiments


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_claim_falls_at_a_level(name: str) -> None:
    found = examined(WRONG[name])
    assert found.outcome == "refutation"
    assert found.draws is not None
    assert found.draws.wealth is not None
    assert found.draws.wealth >= 6
    assert found.witness is not None
    assert found.witness.arithmetic == "a test"


def test_a_claim_that_is_right_nearly_always_is_never_refuted() -> None:
    """9 of 10 seeds with a chance of 0.9 each hold in 74 % of all experiments, and fail in the others."""
    found = [examined(dv.frequency(u <= 0.9, seeds=10) >= 0.9, seed) for seed in range(40)]
    assert {evidence.outcome for evidence in found} <= {"support", "inconclusive"}
    assert {evidence.draws is None for evidence in found} == {True, False}  # some first experiments fail


signs = dv.rademacher("s", m)
thirds = dv.iterate(x, x / 3, start=h)
EQUAL = {
    "at a time": dv.frequency(thirds(dv.norm(x), 5) <= dv.norm(h) / 243, seeds=20, at=m == 5) >= 1,
    "when it happens": dv.frequency(thirds.first(dv.norm(x) * 243 <= dv.norm(h)) <= 5, seeds=20, at=m == 5) >= 1,
    "not before": dv.frequency(thirds.first(dv.norm(x) * 243 < dv.norm(h)) >= 6, seeds=20, at=m == 5) >= 1,
    "all the time": dv.frequency(thirds.always(x / 3 * 3 == x, 9), seeds=20, at=m == 5) >= 1,
    "an exponent": dv.exponent(dv.norm(signs) ** 2, m, [3, 5, 7, 11]) <= 1,
    "from the other side": dv.exponent(dv.norm(signs) ** 2, m, [3, 5, 7, 11]) >= 1,
}


@pytest.mark.parametrize("name", EQUAL)
@pytest.mark.parametrize("seed", range(3))
def test_roundings_refute_nothing(name: str, seed: int) -> None:
    """Both sides are equal, and doubles may see them either way."""
    assert examined(EQUAL[name], seed).outcome in ("support", "inconclusive")


def test_the_verdict_of_a_claim_on_an_experiment() -> None:
    paper = dv.Paper("p")
    right, wrong = paper.claim("right", RIGHT["an exponent"]), paper.claim("wrong", WRONG["an exponent"])
    assert judge(right).verdict is Verdict.SUPPORTED
    found = judge(wrong)
    assert found.verdict is Verdict.REFUTED
    assert found.reason.startswith("refuted at level 1e-06: the measured exponent is 0.")
    assert {item.method for item in found.evidence if item.outcome != "inapplicable"} == {"experiment"}


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (dv.probability(g >= 0) >= 0.5, "speaks of no experiment"),
        (dv.exponent(-dv.norm(h), m, [1, 2]) <= 1, "no logarithm"),
        (dv.frequency(dv.iterate(x, x, choose=dv.vector("c", m), start=h)(x, 1) <= 1, at=m == 2) >= 0.5, "chosen"),
        (dv.frequency(g >= 0) * dv.ones(n) <= dv.ones(n), "does not compare numbers"),
    ],
)
def test_what_is_no_experiment_says_so(relation: Relation, reason: str) -> None:
    found = examine(*given(relation))
    assert isinstance(found, Inapplicable)
    assert reason in found.reason
