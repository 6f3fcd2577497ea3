"""A repair is proved where a normal form decides it; elsewhere it says that it only agrees in numbers."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.arrays import eye, inv, opnorm, outer
from derive.language.derivatives import grad
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.language.symbols import dim, matrix, vector
from derive.record import ClaimRecord, Verdict

n = dim("n")
A, x, u, v = matrix("A", n, n), vector("x", n), vector("u", n), vector("v", n)


def judged(statement: Relation) -> ClaimRecord:
    record = judge(Paper("p").claim("c", statement))
    assert record.verdict is Verdict.REFUTED
    return record


def test_a_proved_repair_counts_no_instances() -> None:
    record = judged(grad(x @ x, x) == 3 * x)
    assert (record.repair_text, record.repair_instances) == ("grad(x @ x, x) == 2*x", 0)


@pytest.mark.parametrize(
    ("statement", "repaired"),
    [
        (opnorm(2 * A) == 3 * opnorm(A), "opnorm(2*A) == 2*opnorm(A)"),
        (
            inv(eye(n) + outer(u, v)) == eye(n) - outer(u, v) / (1 - u @ v),
            "inv(eye(n) + outer(u, v)) == eye(n) - outer(u, v)/(1 + u @ v)",
        ),
    ],
    ids=["operator norm", "Sherman and Morrison"],
)
def test_what_no_normal_form_decides_is_repaired_in_numbers_and_said_to_be_unproved(
    statement: Relation, repaired: str
) -> None:
    record = judged(statement)
    assert record.repair_text == repaired
    assert record.repair_instances >= 4


def test_an_edit_that_is_off_by_a_billionth_is_no_repair() -> None:
    """The quick comparison in doubles lets it pass; balls do not."""
    assert judged(opnorm((2 + 1e-9) * A) == 3 * opnorm(A)).repair_text == ""
