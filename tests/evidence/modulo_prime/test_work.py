"""The work of a comparison is told before it is done: sums of random entries have as many terms as entries."""

from __future__ import annotations

import pytest

from derive.evidence.modulo_prime.work import NODE, TERM, work
from derive.language.api import dim, expectation, gaussian, index, sum, vector
from derive.language.tensor import Tensor
from derive.obligation import Obligation

n = dim("n")
x, w, i = vector("x", n), gaussian("w", n), index("i", n)


def entries(side: Tensor, size: int) -> int:
    """The work of one side without the visits of its nodes."""
    nodes = len(list(side.walk()))
    return (
        work(Obligation("c", "==", side, x[0], ()), {"n": size})
        - work(Obligation("c", "==", x[0], x[0], ()), {"n": size})
        - NODE * (nodes - len(list(x[0].walk())))
    )


@pytest.mark.parametrize("operand", [w @ x, w.sum(), sum(w[i], over=i)], ids=["product", "sum", "index sum"])
@pytest.mark.parametrize("size", [2, 5])
def test_a_power_of_a_random_sum_has_a_power_of_its_terms(operand: Tensor, size: int) -> None:
    once, cubed = entries(expectation(operand), size), entries(expectation(operand**3), size)
    assert cubed - once >= TERM * size**3


def test_what_is_not_random_is_counted_by_entries() -> None:
    assert entries((x @ x) ** 3, 5) < entries(expectation(w @ x), 5)
