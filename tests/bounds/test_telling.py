"""What is bounded in print, and the lines of a proof with what they follow from."""

from __future__ import annotations

import pytest

from derive.bounds.bound import Bound
from derive.bounds.goals import goals, prove
from derive.bounds.parameters import Parameters
from derive.bounds.telling import lines, measured, measured_text
from derive.language import api as dv
from derive.language.tensor import Tensor, tensor
from derive.obligation import Obligation

n = dv.dims("n")
x, y, M, t = dv.vector("x", n), dv.vector("y", n), dv.matrix("M", n, n), dv.scalar("t")
L = dv.Paper("p").let("L", x @ x)


@pytest.mark.parametrize(
    ("measure", "subject", "tex", "text"),
    [
        ("2", x, r"\left\|x\right\|_{2}", "norm(x)"),
        ("op", M, r"\left\|M\right\|", "opnorm(M)"),
        ("inf", t, r"\left|t\right|", "abs(t)"),
        ("upper", x, r"\max\left(x\right)", "max(x)"),
        ("lower", t, "t", "t"),
        ("rank of parts", M, r"\mathrm{rank}\left(M\right)", "rank(M)"),
        ("lambda_min", M, r"\lambda_{\min}\left(M\right)", "lambda_min(M)"),
        ("lipschitz 2", x, r"\mathrm{Lip}_{2}\left(x\right)", "the Lipschitz constant of x"),
        ("D3", L, r"\left\|\nabla^{3} L\right\|", "the norm of the third derivative of L"),
        (
            "smoothness",
            L,
            r"\lambda_{\max}\left(\nabla^{2} L\right)",
            "the largest eigenvalue of the Hessian of L",
        ),
        (
            "convexity",
            x @ x,
            r"\lambda_{\min}\left(\nabla^{2} \left(\langle x, x\rangle\right)\right)",
            "the smallest eigenvalue of the Hessian of x @ x",
        ),
    ],
)
def test_a_measure_of_an_expression(measure: str, subject: Tensor, tex: str, text: str) -> None:
    assert (measured(measure, subject), measured_text(measure, subject)) == (tex, text)


def proof() -> tuple[Bound, Parameters]:
    given = (dv.norm(x) <= 1, dv.norm(y) <= 2)
    goal = next(goals(Obligation("p/c", "<=", dv.norm(x + y), tensor(3), given)))
    bound, found = prove(goal)
    return bound or found[0], goal.facts.parameters


def test_a_line_follows_from_lines_before_it() -> None:
    told = lines(*proof())
    assert all(premise < number for number, (_, _, premises) in enumerate(told) for premise in premises)


def test_every_line_but_the_last_is_used() -> None:
    told = lines(*proof())
    assert {premise for _, _, premises in told for premise in premises} == set(range(len(told) - 1))


def test_the_triangle_inequality_follows_from_both_hypotheses() -> None:
    told = lines(*proof())
    *_, (_, rule, premises) = told
    assert rule == "triangle inequality"
    assert [told[k][1] for k in premises] == ["hypothesis", "hypothesis"]
