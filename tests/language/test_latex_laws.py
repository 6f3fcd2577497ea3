"""What a random symbol is, as papers print it, in LaTeX that every preamble understands."""

from __future__ import annotations

import pytest

import derive as dv
from derive.language.chance import RandomSymbol
from derive.language.latex_laws import law_tex
from derive.language.tensor import Tensor
from derive.render.portable import portable_fault

n, d, m = dv.dim("n"), dv.dim("d"), dv.dim("m")
q, r = dv.scalar("q"), dv.vector("r", n)

LAWS: dict[str, tuple[Tensor, str]] = {
    "a Gaussian": (dv.gaussian("x"), r"x \sim \mathcal{N}(0, 1)"),
    "a Gaussian vector": (dv.gaussian("x", 2 * d), r"x \sim \mathcal{N}(0, I_{2 d})"),
    "a Gaussian matrix": (
        dv.gaussian("x", d, m),
        r"x \in \mathbb{R}^{d \times m} \text{ with independent entries } \sim \mathcal{N}(0, 1)",
    ),
    "signs": (
        dv.rademacher("x", n),
        r"x \in \mathbb{R}^n \text{ with independent entries } \sim \mathrm{Unif}\{-1, 1\}",
    ),
    "a number 0 or 1": (dv.bernoulli("x", p=q / 2), r"x \sim \mathrm{Bernoulli}(\frac{q}{2})"),
    "an interval": (dv.uniform("x", low=-q, high=1), r"x \sim \mathrm{Unif}[-q, 1]"),
    "a sphere": (dv.sphere("x", d), r"x \in \mathbb{R}^d \text{ uniform on the unit sphere}"),
    "spheres": (
        dv.sphere("x", n, d),
        r"x \in \mathbb{R}^{n \times d} \text{ with independent rows, uniform on the unit sphere}",
    ),
    "a sample": (
        dv.one_hot("x", m, n),
        r"x \in \mathbb{R}^{m \times n} \text{ with independent rows } e_i \text{ of probability } 1 / n",
    ),
    "a weighted sample": (
        dv.one_hot("x", m, n, p=r),
        r"x \in \mathbb{R}^{m \times n} \text{ with independent rows } e_i \text{ of probability } r_i",
    ),
}


@pytest.mark.parametrize("case", LAWS)
def test_a_law_is_declared_as_papers_do(case: str) -> None:
    symbol, tex = LAWS[case]
    assert isinstance(symbol, RandomSymbol)
    assert law_tex("x", symbol) == tex
    assert portable_fault(tex) is None
