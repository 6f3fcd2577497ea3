"""What a relation says of a measured number."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive as dv
from derive.language.relations import Relation
from derive.obligation import Obligation, obligations
from derive.scaling.asked import allowed, holds

g, m = dv.gaussian("g", dv.dim("m")), dv.dim("m")
EXPONENT = dv.exponent(dv.norm(g), m, [10, 20])


def obligation(relation: Relation) -> Obligation:
    return obligations(dv.Paper("p").claim("c", relation))[0]


def test_a_relation_is_decided_in_exact_numbers_where_it_can_be() -> None:
    third = Fraction(1, 3) >= EXPONENT
    assert holds(obligation(third), {EXPONENT: Fraction(1, 3)})
    assert not holds(obligation(third), {EXPONENT: Fraction(1, 3) + Fraction(1, 10**30)})


@pytest.mark.parametrize(
    ("relation", "ends"),
    [
        (EXPONENT <= 2, (None, 2)),
        (EXPONENT >= -1.15, (-1.15, None)),
        (abs(EXPONENT + 1) <= 0.15, (-1.15, -0.85)),
        (dv.exp(EXPONENT) <= 1, (None, 0)),
        (EXPONENT**2 <= -1, (None, None)),
    ],
)
def test_the_exponents_that_a_relation_allows(relation: Relation, ends: tuple[float | None, float | None]) -> None:
    found = allowed(obligation(relation), EXPONENT)
    assert [x is None for x in found] == [x is None for x in ends]
    assert [x for x in found if x is not None] == pytest.approx([x for x in ends if x is not None], abs=1e-9)
