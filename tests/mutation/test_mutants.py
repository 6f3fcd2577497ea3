"""The errors that are planted in a claim: which ones, how many, and that they are the same every time."""

from collections import Counter
from collections.abc import Callable

import pytest

import derive as dv
from derive.language.chance import unbound
from derive.language.paper import Claim
from derive.mutation.mutants import DROPPED, TIGHTENED, USUAL, mutants
from derive.mutation.operators import OPERATORS

State = Callable[..., Claim]

SOFTMAX = "grad(norm(softmax(A @ x) - b)**2/2, x) == A.T @ (f*(f - b) - f*(f @ (f - b)))"
LET = {"f": "exp(A @ x)/sum(exp(A @ x))"}


def told(claim: Claim, number: int = 0, seed: int = 0) -> list[str]:
    return [f"{mutant.kind}: {mutant.relation!r}" for mutant in mutants(claim, number, seed)]


def test_a_seed_plants_the_same_errors_and_another_seed_others(state: State) -> None:
    claim = state(SOFTMAX, let=LET)
    assert told(claim) == told(claim)
    assert told(claim) != told(claim, seed=1)


def test_every_kind_that_applies_occurs(state: State) -> None:
    kinds = Counter(mutant.kind for mutant in mutants(state(SOFTMAX, let=LET), 0, 0))
    absent = {"swapped factors", "missing diag or outer", "swapped index", "wrong axis", "transpose"}
    assert OPERATORS.keys() - kinds.keys() == absent | {"exponent off by one", "constant off by one"}
    assert sum(kinds.values()) >= USUAL


def test_no_error_is_planted_twice_and_none_leaves_the_claim_as_it_is(state: State) -> None:
    claim = state(SOFTMAX, let=LET)
    statements = [repr(mutant.relation) for mutant in mutants(claim, 0, 0)]
    assert len(set(statements)) == len(statements)
    assert repr(claim.relations[0]) not in statements


def test_the_derived_side_stays_as_it_is(state: State) -> None:
    claim = state(SOFTMAX, let=LET)
    assert all(mutant.relation.left is claim.relations[0].left for mutant in mutants(claim, 0, 0))
    turned = state("2*b == grad(b @ b, b)")
    assert all(mutant.relation.right is turned.relations[0].right for mutant in mutants(turned, 0, 0))


def test_where_nothing_is_derived_errors_come_into_either_side(state: State) -> None:
    claim = state("S @ T - S @ T == zeros(n, n)")
    lefts = [repr(mutant.relation.left) for mutant in mutants(claim, 0, 0)]
    assert "S @ T" in lefts
    assert any(mutant.relation.right is not claim.relations[0].right for mutant in mutants(claim, 0, 0))


def test_no_inverse_of_a_matrix_of_rank_one_is_planted(state: State) -> None:
    """It has no value but for n = 1, where it may be right."""
    found = mutants(state("grad(b @ inv(diag(c)) @ b, b) == 2*inv(diag(c)) @ b"), 0, 0)
    assert "missing diag or outer" not in {mutant.kind for mutant in found}


def test_each_relation_of_a_claim_gets_its_own_errors(state: State) -> None:
    claim = state("grad(b @ b, b) == 2*b", "grad(c @ c, c) == 2*c")
    assert all(repr(mutant.relation.left) == "grad(c @ c, c)" for mutant in mutants(claim, 1, 0))
    assert {mutant.obligation.id for mutant in mutants(claim, 1, 0)} == {"paper/claim.2"}


def test_a_hypothesis_is_dropped(state: State) -> None:
    claim = state("norm(t*b) == t*norm(b)", given=["t >= 0"])
    (wider,) = [mutant for mutant in mutants(claim, 0, 0) if mutant.kind == DROPPED]
    assert wider.obligation.given == ()
    assert wider.unchanged is None
    assert wider.change == "the hypothesis t >= 0 is left out"


@pytest.mark.parametrize(
    ("statement", "tighter"),
    [
        ("norm(b + c) <= norm(b) + norm(c)", "norm(b + c) <= 1/2*(norm(b) + norm(c))"),
        ("exp(t) >= 1 + t", "exp(t) >= 2*(1 + t)"),
        ("t/(1 + t**2) >= -1/2", "t/(1 + t**2) >= 1/2*(-1/2)"),
        ("S @ S.T >> 0", "S @ S.T >> 2*0"),
    ],
)
def test_a_bound_is_made_twice_as_tight(state: State, statement: str, tighter: str) -> None:
    (mutant,) = mutants(state(statement), 0, 0)
    assert mutant.kind == TIGHTENED
    assert repr(mutant.relation) == tighter


def test_no_error_takes_a_random_symbol_out_of_its_mean() -> None:
    """It would be plain to see: the claim would be ill-posed."""
    d = dv.dim("d")
    w, x = dv.gaussian("w", d), dv.vector("x", d)
    claim = dv.Paper("p").claim("c", dv.grad(dv.expectation(dv.exp(w @ x)), x) == x * dv.exp(x @ x / 2))
    relations = [mutant.relation for seed in range(5) for mutant in mutants(claim, 0, seed)]
    assert len(relations) > USUAL
    assert not [relation for relation in relations if unbound(relation.left) or unbound(relation.right)]
