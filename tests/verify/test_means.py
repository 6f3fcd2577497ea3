"""Means are found again by the checker's own integrals: known ones hold, and near misses of them fall."""

from __future__ import annotations

import pytest

from derive.language.api import (
    dim,
    exp,
    expectation,
    gaussian,
    log,
    norm,
    one_hot,
    scalar,
    sqrt,
    sum,
    uniform,
    variance,
    vector,
)
from derive.language.chance import Expectation
from derive.language.relations import Relation
from derive.language.tensor import Size, Tensor
from derive.verify.identities import check
from derive.verify.level import Level
from derive.verify.statement import Statement
from tests.calculus.means import IDENTITIES, QUADRATIC, VARIANCES, d, t, w

HOLD = (Level.VERIFIED, Level.CHECKED)

CASES = {
    **{name: (expectation(operand), mean, miss, ()) for name, (operand, mean, miss) in IDENTITIES.items()},
    **{f"variance: {name}": (variance(operand), *values, ()) for name, (operand, *values) in VARIANCES.items()},
    **{
        name: (expectation(operand), mean, miss, tuple(given))
        for name, (operand, mean, miss, given) in QUADRATIC.items()
    },
}


def level(left: Tensor, right: Tensor, given: tuple[Relation, ...] = ()) -> Level:
    nodes = [node for side in (left, right) for node in side.walk()]
    names = {part for node in nodes for axis in node.shape for parts, _ in axis.terms for part in parts}
    names |= {name for node in nodes if isinstance(node, Size) for parts, _ in node.dimension.terms for name in parts}
    return check(Statement((Relation.of("==", left, right),), given, {}, tuple(sorted(names))), "means").level


@pytest.mark.parametrize("name", CASES)
def test_a_mean_holds_and_a_near_miss_of_it_falls(name: str) -> None:
    left, mean, miss, given = CASES[name]
    assert level(left, mean, given) in HOLD
    assert level(left, miss, given) is Level.FALLEN


x = vector("x", d)
OPEN: dict[str, Tensor] = {
    "infinite": exp(norm(w) ** 2),
    "of a quotient": 1 / w[0],
    "of a root": norm(w),
    "of an exponential of a uniform square": exp(uniform("g", d) ** 2),
}


@pytest.mark.parametrize("name", OPEN)
def test_a_mean_without_a_value_is_left_open(name: str) -> None:
    assert level(expectation(OPEN[name]), expectation(OPEN[name])) is Level.OPEN


n = dim("n")
q, a = vector("q", n, nonnegative=True), vector("a", n, positive=True)
P, U = one_hot("P", 2, n, p=q), one_hot("U", 2, n)
OUTCOMES: dict[str, tuple[Tensor, Tensor, Tensor]] = {
    "a reciprocal": (1 / (P[0] @ a), sum(q / a), sum(q) / (q @ a)),
    "a root": (sqrt(U[1] @ a), sum(sqrt(a)) / n, sqrt(sum(a) / n)),
    "of two rows": (log((U @ a)[0]) * (U @ a)[1], sum(log(a)) * sum(a) / n**2, sum(log(a) * a) / n),
    "of the sum of the rows": (1 / sum(U @ a), sum(1 / (a[:, None] + a)) / n**2, 1 / sum(a)),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_mean_over_outcomes_holds_and_a_near_miss_of_it_falls(name: str) -> None:
    operand, mean, miss = OUTCOMES[name]
    given = (sum(q) == 1,)
    assert level(expectation(operand), mean, given) in HOLD
    assert level(expectation(operand), miss, given) is Level.FALLEN


def test_an_inner_mean_is_over_its_own_symbols() -> None:
    inner = expectation((w @ x) * w)
    assert level(expectation(inner @ w * (w @ x)), norm(x) ** 2) in HOLD


def test_a_condition_on_what_is_averaged_is_left_open() -> None:
    conditional = expectation(norm(w) ** 2, given=norm(w) <= 1)
    assert isinstance(conditional, Expectation)
    assert level(conditional, d) is Level.OPEN


def test_a_condition_on_other_symbols_changes_nothing() -> None:
    assert level(expectation(norm(w) ** 2, given=gaussian("v", d) <= t), d + 0 * scalar("t")) is Level.VERIFIED
