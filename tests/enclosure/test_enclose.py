"""Whole inequalities: the extreme values of softmax regression, and what keeps an enclosure from being made."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.enclosure.certificate import certificate
from derive.enclosure.enclose import Enclosure, NotEnclosed, enclose
from derive.enclosure.extreme import ends
from tests.enclosure.claims import BALL, SIMPLEX, B, obligation


def enclosed(statement: str, *given: str, work: int = 10**8) -> Enclosure:
    return enclose(obligation(statement, *given), work)


LEAST, LARGEST = Fraction("-0.2404088"), Fraction("0.308117")
"""The extreme eigenvalues of this matrix in the digits in which they were found by other means."""

NEAR = Fraction(1, 10**6)


@pytest.mark.parametrize("sizes", [("n == 2",), ("n >= 2", "n <= 3")])
def test_the_least_eigenvalue_of_softmax_regression_is_enclosed(sizes: tuple[str, ...]) -> None:
    found = enclosed(f"{B} >> -0.241*eye(n)", *SIMPLEX, *BALL, *sizes)
    low, high = ends(found.reading, found.sizes, found.gap)
    assert not found.reason
    assert low is not None
    assert high is not None
    assert Fraction("-0.241") <= low <= LEAST + NEAR
    assert abs(high - LEAST) < NEAR


def test_the_largest_eigenvalue_of_softmax_regression_is_enclosed() -> None:
    found = enclosed(f"lambda_max({B}) <= 0.309", *SIMPLEX, *BALL, "n >= 2", "n <= 3")
    low, high = ends(found.reading, found.sizes, found.gap)
    assert not found.reason
    assert low is not None
    assert high is not None
    assert abs(low - LARGEST) < NEAR
    assert low <= high <= Fraction("0.309")


@pytest.mark.parametrize("constant", ["-0.2404", "-0.24", "-0.2"])
def test_a_bound_inside_the_extreme_value_is_not_certified(constant: str) -> None:
    found = enclosed(f"{B} >> {constant}*eye(n)", *SIMPLEX, *BALL, "n == 2")
    assert not found.certified
    assert found.suspect is not None


def test_each_hypothesis_is_needed() -> None:
    """Without the simplex, or on a larger ball, the same bound fails."""
    larger = enclosed(f"{B} >> -0.241*eye(n)", *SIMPLEX, "norm(b, 1) <= 1.01", "n == 2")
    beyond = enclosed(f"{B} >> -0.241*eye(n)", "sum(f) == 1.05", *BALL, "n == 2")
    assert not larger.certified
    assert not beyond.certified


@pytest.mark.parametrize(
    ("statement", "given", "reason"),
    [
        ("t <= 1", (), "nothing bounds t"),
        ("norm(x) <= 1", ("norm(x) <= s",), "nothing bounds s"),
        ("norm(x) <= 1", ("norm(x) <= 1", "n >= 9"), "none of the sizes"),
        ("t + opnorm(A) <= 9", ("t <= 1", "t >= 0", "opnorm(A) <= 1"), "opnorm"),
        ("t <= 1", ("t >= 0", "t <= -1"), "satisfies them all"),
        ("norm(A) <= 4", ('norm(A, "fro") <= 1', "n == 4", "m == 4"), "dimensions"),
    ],
)
def test_what_cannot_be_enclosed_says_why(statement: str, given: tuple[str, ...], reason: str) -> None:
    with pytest.raises(NotEnclosed, match=reason):
        enclosed(statement, *given)


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("2*s*t <= s**2 + t**2", ("s >= 0", "s <= 1", "t >= 0", "t <= 1")),
        ("t*exp(-t) <= exp(-1)", ("t >= 0", "t <= 5")),
        ("lambda_max(diag(f) - outer(f, f)) <= 1/2", (*SIMPLEX, "n == 2")),
    ],
)
def test_an_inequality_that_is_attained_stays_open_and_soon(statement: str, given: tuple[str, ...]) -> None:
    found = enclosed(statement, *given)
    assert not found.certified
    assert "both sides meet" in found.reason
    assert found.boxes < 10**6


def test_the_same_inequality_has_the_same_certificate() -> None:
    first, second = (certificate(enclosed("f @ (f*f) + f @ f <= 2.01", *SIMPLEX, "n <= 3")) for _ in range(2))
    assert first == second


def test_a_size_at_which_nothing_satisfies_the_hypotheses_is_not_named() -> None:
    found = enclosed("norm(f)**2 <= 0.9", *SIMPLEX, "norm(f)**2 <= 0.8", "n <= 3")
    assert found.sizes == [{"n": 2}, {"n": 3}]


def test_a_softmax_is_replaced_and_named() -> None:
    found = enclosed("softmax(z) @ softmax(z) <= 1.01", "n <= 3")
    assert found.replaced == {"p": "softmax(z)"}
    assert not found.reason
