"""Relations at a point: what certainly holds, and what certainly does not."""

from __future__ import annotations

from derive.language.arrays import array
from derive.language.relations import Relation
from derive.verify.rationals import Rationals
from derive.verify.relations import certain
from derive.verify.scope import scope
from derive.verify.values import Evaluation


def test_a_matrix_at_the_edge_of_the_loewner_order_is_told_exactly() -> None:
    """``A << B`` holds where B - A is singular and psd, and not the other way round."""
    small, large = array([[1, 1], [1, 1]]), array([[2, 2], [2, 2]])
    assert certain(Relation("<<", small, large), Evaluation(Rationals(), {}), scope({}, {})) is True
    assert certain(Relation("<<", large, small), Evaluation(Rationals(), {}), scope({}, {})) is False
