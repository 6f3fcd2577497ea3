"""Means of functions of rows drawn from a finite law: the closed form is proved, and its near miss is not."""

from __future__ import annotations

import pytest

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.api import diag, dims, exp, expectation, index, inv, log, matrix, one_hot, outer, sqrt, sum, vector
from derive.language.relations import Relation
from derive.language.tensor import Tensor

d, n, m = dims("d n m")
A, q, t = matrix("A", n, d), vector("q", n, nonnegative=True), vector("t", n, positive=True)
P, U = one_hot("P", m, n, p=q), one_hot("U", m, n)
i, j = index("i", m), index("j", m)
sample = P @ A
leverage = diag(A @ inv(A.T @ A) @ A.T)

MEANS: dict[str, tuple[Tensor, Tensor, Tensor]] = {
    "a reciprocal": (1 / (P[i] @ t), sum(q / t), 1 / (q @ t)),
    "an exponential": (exp(P[i] @ t), sum(q * exp(t)), exp(q @ t)),
    "beside entries": (outer(sample[i], sample[i]) / (P[i] @ t), A.T @ diag(q / t) @ A, A.T @ diag(q) @ A),
    "summed over the rows": (sample.T @ diag(1 / (P @ t)) @ sample, m * A.T @ diag(q / t) @ A, A.T @ diag(q / t) @ A),
    "of the uniform law": (sum(log(U @ t)), m * sum(log(t)) / n, sum(log(t)) / n),
    "two rows": (
        sqrt(U @ t)[i] * sqrt(U @ t)[j],
        sum(sqrt(t)) ** 2 / n**2,
        sum(t) / n,
    ),
    "one row twice": (sqrt(U @ t)[i] * sqrt(U @ t)[i], sum(t) / n, sum(sqrt(t)) ** 2 / n**2),
    "two rows in one function": (exp(U[i] @ t + U[j] @ t), sum(exp(t)) ** 2 / n**2, sum(exp(2 * t)) / n),
    "a function of a function": (log(1 + exp(P[i] @ t)), sum(q * log(1 + exp(t))), sum(q * log(1 + t))),
    "leverage scores": (
        outer(sample[i], sample[i]) / (P[i] @ leverage),
        A.T @ diag(q / leverage) @ A,
        A.T @ diag(q) @ A,
    ),
}
GIVEN: list[Relation] = [sum(q) == 1, i != j]


@pytest.mark.parametrize("name", MEANS)
def test_the_mean_is_proved(name: str) -> None:
    operand, mean, _ = MEANS[name]
    assert difference(expectation(operand), mean, GIVEN).proved


@pytest.mark.parametrize("name", MEANS)
def test_a_near_miss_is_not(name: str) -> None:
    operand, _, miss = MEANS[name]
    assert not difference(expectation(operand), miss, GIVEN).proved


def test_a_function_of_the_sum_of_all_rows_has_no_closed_form() -> None:
    with pytest.raises(Undecidable):
        difference(expectation(log(sum(U @ t))), log(sum(t) * m / n))
