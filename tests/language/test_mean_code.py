"""What no quadrature of few nodes shows is not written out as code."""

from __future__ import annotations

import pytest

import derive as dv
from derive.language.errors import InputError
from derive.language.mean_code import check_means
from derive.language.tensor import Tensor

n, d = dv.dim("n"), dv.dim("d")
x = dv.vector("x", d)
w, v, s, u = dv.gaussian("w", d), dv.sphere("v", d), dv.rademacher("s", d), dv.uniform("u")
SIZES = {"n": 2, "d": 2}

REFUSED: dict[str, tuple[Tensor, dict[str, int]]] = {
    "an event of Gaussians": (dv.probability(w @ x >= 0), SIZES),
    "a condition on Gaussians": (dv.expectation(w @ x, given=w @ x >= 0), SIZES),
    "a kink": (dv.expectation(dv.relu(w @ x)), SIZES),
    "a norm": (dv.expectation(dv.norm(w)), SIZES),
    "a maximum": (dv.expectation(dv.max(w)), SIZES),
    "many entries": (dv.expectation(dv.exp(w @ x)), {"d": 4}),
    "many signs": (dv.expectation(dv.exp(s @ x)), {"d": 20}),
    "a sphere of many dimensions": (dv.expectation((v @ x) ** 2), {"d": 3}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_mean_that_takes_too_many_nodes_is_refused(case: str) -> None:
    mean, sizes = REFUSED[case]
    with pytest.raises(InputError):
        check_means(mean, sizes)


ALLOWED: dict[str, Tensor] = {
    "a squared norm": dv.expectation(dv.norm(w) ** 2),
    "a softmax": dv.expectation(dv.softmax(w) @ x),
    "an event of signs": dv.probability(s @ x >= 0),
    "a kink of signs": dv.expectation(dv.relu(s @ x)),
    "a uniform number": dv.expectation(dv.exp(u)),
    "no mean": dv.norm(x),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_a_mean_of_few_nodes_is_written_out(case: str) -> None:
    check_means(ALLOWED[case], SIZES)
