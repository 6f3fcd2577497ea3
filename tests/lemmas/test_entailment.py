"""What follows from hypotheses by the calculus."""

import pytest

from derive import Paper, dim, norm, scalar, vector
from derive.language.relations import Relation
from derive.lemmas.entailment import proved
from derive.obligation import obligations

n = dim("n")
x, y, t = vector("x", n), vector("y", n), scalar("t")


@pytest.mark.parametrize(
    ("given", "relation", "follows"),
    [
        ([norm(x) <= 1], norm(x) <= 2, True),
        ([norm(x) <= 2], norm(x) <= 1, False),
        ([x == y], x @ x == y @ x, True),
        ([], x @ x == y @ x, False),
        ([t >= 1], t > 0, True),
    ],
)
def test_what_follows(given: list[Relation], relation: Relation, follows: bool) -> None:
    (obligation,) = obligations(Paper("p").claim("a", relation, given=given))
    assert proved(obligation) is follows
