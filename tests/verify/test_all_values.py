"""Bounds of ranks for generic values are looked at again as bounds at all values, and hypotheses on these are not."""

from __future__ import annotations

import msgspec
import pytest

import derive as dv
from derive.examination import judged
from derive.language.tangents import Generic
from derive.verify.all_values import about_all_values
from derive.verify.check import check_claim
from derive.verify.level import Level
from derive.verify.statement import Statement

m, d = dv.dims("m d")
X, Y = dv.matrix("X", m, d), dv.matrix("Y", m, d)
RANK = dv.generic(dv.rank(X), X)


@pytest.mark.parametrize(("bound", "holds"), [(d, True), (d - 1, False)])
def test_a_proof_is_looked_at_again_and_a_changed_one_falls(bound: dv.Tensor, holds: bool) -> None:
    claim = dv.Paper("paper").claim("rank", d >= RANK)
    record = judged(claim, 0, ("attack", "enclosure"))
    assert record.verdict == "proved"
    assert record.statement is not None
    changed = msgspec.structs.replace(record.statement, relations=(f"generic(rank(X), X) <= {bound!r}",))
    found = check_claim(msgspec.structs.replace(record, statement=changed))
    assert (found.finding.level != Level.FALLEN) == holds


@pytest.mark.parametrize(
    ("relation", "given", "kept"),
    [
        (d >= RANK, [dv.rank(X) <= 1, dv.rank(Y) <= 1], 1),
        (d >= RANK, [dv.norm(Y) <= 1], 1),
        (dv.generic(dv.rank(X), X) < d + 1, [dv.norm(X) <= 1], 0),
    ],
)
def test_hypotheses_on_the_symbol_are_left_out(relation: dv.Relation, given: list[dv.Relation], kept: int) -> None:
    found = about_all_values(Statement((relation,), tuple(given), {}))
    assert len(found.given) == kept
    assert not any(isinstance(node, Generic) for side in _sides(found) for node in side.walk())


@pytest.mark.parametrize("relation", [RANK >= 1, dv.rank(X) >= RANK, d == RANK, dv.rank(Y) <= RANK])
def test_no_bound_from_above_of_it_is_changed(relation: dv.Relation) -> None:
    statement = Statement((relation,), (dv.norm(X) <= 1,), {})
    assert about_all_values(statement) is statement


def _sides(statement: Statement) -> tuple[dv.Tensor, dv.Tensor]:
    (relation,) = statement.relations
    return relation.left, relation.right
