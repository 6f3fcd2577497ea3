"""Planted errors: the numeric methods find all of them, and what they cannot find is said."""

from collections.abc import Callable

import pytest

from derive import Paper, dim, exponent, gaussian, judge, norm
from derive.language.paper import Claim
from derive.mutation.planting import plant
from derive.record import MutationRecord

State = Callable[..., Claim]

SOFTMAX = "grad(norm(softmax(A @ x) - b)**2/2, x) == A.T @ (f*(f - b) - f*(f @ (f - b)))"


@pytest.fixture
def softmax(state: State) -> MutationRecord:
    return plant(state(SOFTMAX, let={"f": "softmax(A @ x)"}))


def test_every_error_in_the_softmax_gradient_is_found_by_each_method_on_its_own(softmax: MutationRecord) -> None:
    assert softmax.killed == softmax.planted >= 12
    assert softmax.methods == softmax.applied
    assert {"explicit entries", "finite differences"} <= softmax.methods.keys()
    assert softmax.complete


def test_no_symbolic_method_counts(softmax: MutationRecord) -> None:
    assert "normal form" not in softmax.methods
    assert "normal form" not in softmax.applied


def test_a_change_that_leaves_the_claim_true_does_not_count(state: State) -> None:
    """The transpose of a Gram matrix is no error."""
    found = plant(state("hessian(norm(A @ x)**2/2, x) == A.T @ A"))
    assert [mutant.kind for mutant in found.equivalents] == ["transpose"]
    assert found.killed == found.planted
    assert found.complete


def test_an_error_that_no_method_finds_survives_and_is_listed(state: State) -> None:
    """With every numeric method switched off nothing is found."""
    every = [name for name, _ in judge.numeric_methods()]
    found = plant(state("grad(b @ b, b) == 2*b"), without=every)
    assert found.killed == 0
    assert len(found.survivors) == found.planted >= 5
    assert not found.complete
    doubled = next(mutant for mutant in found.survivors if mutant.change == "everything is doubled")
    assert doubled.statement_text == "grad(b @ b, b) == 2*(2*b)"


def test_a_method_that_raises_is_reported(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(obligation: object, drawn: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("derive.mutation.planting.numeric_methods", lambda: (("raising", raising),))
    found = plant(state("grad(b @ b, b) == 2*b"))
    assert found.faults
    assert "raising raised ZeroDivisionError: a bug" in found.faults[0]
    assert not found.complete


def test_bounds_are_counted_apart(state: State) -> None:
    """Half of a tight bound is refuted, and it is not among the planted errors."""
    found = plant(state("abs(b @ c) <= norm(b)*norm(c)"))
    assert (found.planted, found.tightened, found.tightened_refuted) == (0, 1, 1)
    assert found.complete


def test_a_hypothesis_that_is_needed_is_missed(state: State) -> None:
    found = plant(state("sqrt(t**2) == t", given=["t >= 0"]))
    assert found.killed == found.planted
    assert not [mutant for mutant in found.equivalents if mutant.kind == "dropped hypothesis"]


def test_the_counts_in_words(softmax: MutationRecord) -> None:
    count = softmax.planted
    assert str(softmax).startswith(f"{count} of {count} planted errors found (")
    assert f"finite differences {count}" in str(softmax)


def test_nothing_is_planted_in_a_claim_on_an_experiment() -> None:
    """It is measured at the sizes that it names: there is no instance at which an error would show."""
    n = dim("n")
    found = plant(Paper("p").claim("c", exponent(norm(gaussian("g", n)), n, [10, 20]) <= 1))
    assert (found.planted, found.tightened, found.complete) == (0, 0, True)
