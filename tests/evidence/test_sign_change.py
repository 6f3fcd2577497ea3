"""Scalars that are said never to vanish and change their sign; those that do not, or that jump, are left alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import derive as dv
from derive.evidence.evidence import Evidence
from derive.evidence.sign_change import examine
from derive.instances.drawn import Drawn
from derive.judge import judge
from derive.obligation import obligations
from derive.record import ClaimRecord, Verdict
from derive.verify.check import check_claim
from derive.verify.level import Level

n, d = dv.dims("n d")
A, x, v = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("v", d)
s, t, k = dv.scalar("s"), dv.scalar("t"), dv.scalar("k", integer=True)
p = dv.scalar("p", positive=True)
Q = dv.matrix("Q", n, n, orthogonal=True)

VANISHING: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "root": (t**2 != 2, []),
    "exponential": (dv.sum(dv.exp(A @ x) + A @ x) != 0, []),
    "two-sides": (t != s**3 - 2, [t >= 1, s <= 4, t <= 3, t**2 <= 3]),
    "hypothesis-just-below": (t + dv.exp(t) != 0, [t >= -0.568]),
    "gradient": (dv.grad(dv.norm(dv.exp(x) - v) ** 2 / 2, x) @ x != 7, []),
    "kink": (abs(t) + dv.exp(t) != 2, [t <= 0]),
    "norm": (dv.norm(x) != dv.exp(t), [t > 0]),
    "positive": (dv.log(p) != 1, []),
}
NOWHERE_ZERO: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "pole": (1 / t != 0, []),
    "tangent": (dv.sin(t) != 2 * dv.cos(t), [t > 1.2, t < 4]),
    "jump": (dv.heaviside(t) != 1 / 3, []),
    "sign": (dv.sign(t) != 1 / 2, []),
    "integer": (k**2 != 2, []),
    "hypothesis-just-above": (t + dv.exp(t) != 0, [t >= -0.567]),
    "derivative-of-a-kink": (dv.grad(abs(t), t) != 1 / 2, []),
    "two-parts": (t != 0, [t**2 >= 1]),
    "orthogonal": (Q[0, 0] ** 2 != 2, []),
    "within-the-ball": (dv.norm(x) ** 2 != 2, [dv.norm(x) <= 1.41]),
}


def found(statement: dv.Relation, given: list[dv.Relation]) -> bool:
    claim = dv.Paper("paper").claim("claim", statement, given=given)
    (obligation,) = obligations(claim)
    return isinstance(examine(obligation, Drawn(obligation, 0)), Evidence)


@pytest.mark.parametrize("name", VANISHING)
def test_a_zero_between_two_points_is_found(name: str) -> None:
    assert found(*VANISHING[name])


@pytest.mark.parametrize("name", NOWHERE_ZERO)
def test_nothing_is_found_where_there_is_no_zero(name: str) -> None:
    assert not found(*NOWHERE_ZERO[name])


@pytest.fixture(scope="module", params=["root", "hypothesis-just-below", "two-sides", "gradient"])
def record(request: pytest.FixtureRequest) -> ClaimRecord:
    statement, given = VANISHING[request.param]
    return judge(dv.Paper("paper").claim(request.param, statement, given=given))


def test_the_segment_is_a_witness_that_is_verified_again(record: ClaimRecord) -> None:
    assert record.verdict is Verdict.REFUTED
    assert record.witness is not None
    assert record.witness.end
    assert check_claim(record).finding.level is Level.VERIFIED


def test_an_end_that_is_moved_falls(record: ClaimRecord) -> None:
    """Both ends at the first: the sign does not change."""
    assert record.witness is not None
    ends = {name: record.witness.values[name] for name in record.witness.end}
    moved = replace(record, witness=replace(record.witness, end=ends))
    assert check_claim(moved).finding.level is Level.FALLEN


def test_an_equation_has_an_irrational_solution() -> None:
    assert judge(dv.Paper("paper").claim("claim", t**3 == 2, exists=[t])).verdict is Verdict.PROVED
