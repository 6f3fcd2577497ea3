"""Which relations of used claims may serve as hypotheses: sound ones do, and nothing slips in."""

import pytest

from derive import Paper, dims, exp, grad, index, log, matrix, norm, relu, scalar, sqrt, vector
from derive.language.claims import Claim
from derive.language.relations import Cited, Relation
from derive.lemmas.applicable import applicable, with_lemmas
from derive.obligation import obligations

n, d = dims("n d")
x, y = vector("x", n), vector("y", n)
X = matrix("X", n, d)
t, R, p = scalar("t"), scalar("R", positive=True), scalar("p", integer=True)
i, j = index("i", n), index("j", n)

Stated = tuple[Relation, list[Relation]]

SERVE: dict[str, tuple[Stated, Stated]] = {
    "no hypotheses": ((norm(x) <= norm(x, 1), []), (x @ x <= norm(x, 1) ** 2, [])),
    "the same hypothesis": ((x @ x <= R**2, [norm(x) <= R]), (x @ x <= 2 * R**2, [norm(x) <= R])),
    "turned round": ((x @ x <= R**2, [norm(x) <= R]), (x @ x <= 2 * R**2, [norm(x) <= R, y >= 0])),
    "a hypothesis that follows": ((x @ x <= 4, [norm(x) <= 2]), (x @ x <= 5, [norm(x) <= 1])),
    "a size under a root": ((norm(x, 1) <= sqrt(n) * norm(x), []), (norm(x, 1) <= n * norm(x), [])),
    "divided where the claim divides": ((t / t == 1, []), (2 * (t / t) == 2, [])),
    "a power with an exponent that is not negative": (
        (norm(x ** (p - 2) * y) <= norm(x ** (p - 2) * y, 1), [p >= 3]),
        (norm(y) >= 0, [p >= 4]),
    ),
    "all positions": ((norm(X[i]) <= 2, [norm(X[i]) <= 1]), (norm(X, "fro") <= n, [norm(X[i]) <= 1])),
}
"""What a used claim states, and what uses it: the first holds wherever the second speaks of something."""

MUST_NOT: dict[str, tuple[Stated, Stated]] = {
    "a hypothesis is missing": ((x @ x <= R**2, [norm(x) <= R]), (x @ x <= 2 * R**2, [])),
    "a weaker hypothesis": ((x @ x <= 1, [norm(x) <= 1]), (x @ x <= 5, [norm(x) <= 2])),
    "the symbol is another": ((vector("x", n, nonnegative=True).sum() >= 0, []), (x.sum() >= -1, [])),
    "the shape is another": ((norm(vector("x", d)) >= 0, []), (norm(x) >= 0, [])),
    "it has no value at zero": ((t / t == 1, []), (t == 1 + t - 1, [])),
    "it has no value below zero": ((log(t) <= t, []), (-t <= t**2, [])),
    "a root is no logarithm": ((log(t) <= t, []), (sqrt(t) >= 0, [])),
    "a power with an exponent that may be negative": ((norm(x ** (p - 2)) >= 0, []), (norm(y) >= 0, [p >= 1])),
    "a power with an exponent that may be no integer": ((norm(x ** (R - 2)) >= 0, []), (norm(y) >= 0, [R >= 3])),
    "it has kinks": ((grad(relu(t), t) >= 0, []), (t <= relu(t), [])),
    "at some positions only": ((X[i] @ X[j] <= 1, [X[i] @ X[j] <= 1]), (X[i] @ X[j] <= 2, [X[i] @ X[j] <= 1, i != j])),
}
"""What must not serve, since its hypotheses may fail, or since it may have no value, where the other claim speaks."""


def claim(stated: Stated, name: str = "lemma") -> Claim:
    relation, given = stated
    return Paper("p").claim(name, relation, given=given)


@pytest.mark.parametrize(("lemma", "theorem"), SERVE.values(), ids=SERVE)
def test_a_claim_serves_where_it_certainly_holds(lemma: Stated, theorem: Stated) -> None:
    (obligation,) = obligations(claim(theorem))
    (found,) = applicable(obligation, [claim(lemma)])
    assert found.id == "p/lemma"
    assert isinstance(found.relation, Cited)


@pytest.mark.parametrize(("lemma", "theorem"), MUST_NOT.values(), ids=MUST_NOT)
def test_a_claim_does_not_serve_where_it_may_say_nothing(lemma: Stated, theorem: Stated) -> None:
    (obligation,) = obligations(claim(theorem))
    assert applicable(obligation, [claim(lemma)]) == ()


def test_a_definition_of_the_same_name_and_another_meaning_is_refused() -> None:
    other, own = Paper("p"), Paper("q")
    lemma = other.claim("lemma", other.let("f", exp(x)) >= 0)
    (obligation,) = obligations(own.claim("theorem", own.let("f", exp(-x)) >= -1))
    assert applicable(obligation, [lemma]) == ()


def test_an_ill_posed_claim_serves_nothing() -> None:
    lemma = Paper("p").claim("lemma", "nothing >= 0")
    (obligation,) = obligations(claim((t >= t, [])))
    assert applicable(obligation, [lemma]) == ()


def test_matrices_that_may_not_exist_are_refused() -> None:
    """Of a skew matrix with positive entries every claim is true, as there is none."""
    S = matrix("S", n, n, skew=True, positive=True)
    (obligation,) = obligations(claim((t >= 0, [])))
    assert applicable(obligation, [claim((norm(S, "fro") ** 2 <= -1, []))]) == ()


def test_lemmas_stand_behind_the_hypotheses() -> None:
    (obligation,) = obligations(claim((x @ x <= 5, [norm(x) <= 1])))
    lemmas = applicable(obligation, [claim((x @ x <= 4, [norm(x) <= 2]))])
    given = with_lemmas(obligation, lemmas).given
    assert given[0] is obligation.given[0]
    assert [relation.source for relation in given if isinstance(relation, Cited)] == ["p/lemma"]
