"""Every symbol of a paper is declared once, in order of first use, with its properties."""

import pytest

from derive import Paper, dims, exp, grad, index, matrix, scalar, subs, symbol, vector
from derive.language.latex_declarations import symbol_declarations
from derive.language.tensor import Tensor

n, d = dims("n d")
A, x = matrix("A", n, d), vector("x", d)
i, j = index("i", d), index("j", d)


@pytest.mark.parametrize(
    ("declared", "tex"),
    [
        (scalar("lambda_"), r"\lambda \in \mathbb{R}"),
        (scalar("lambda_", positive=True), r"\lambda > 0"),
        (scalar("s", nonnegative=True), r"s \ge 0"),
        (scalar("s", positive=True, nonnegative=True), "s > 0"),
        (scalar("k", integer=True), r"k \in \mathbb{Z}"),
        (scalar("k", integer=True, positive=True), r"k \in \mathbb{Z}_{> 0}"),
        (vector("x", d), r"x \in \mathbb{R}^d"),
        (vector("w", 2 * n, tex=r"\hat w"), r"\hat w \in \mathbb{R}^{2 n}"),
        (vector("w", n, positive=True), r"w \in \mathbb{R}^n \text{ with positive entries}"),
        (matrix("A1", n, d), r"A_1 \in \mathbb{R}^{n \times d}"),
        (matrix("Z", n + 1, d, integer=True), r"Z \in \mathbb{Z}^{(n + 1) \times d}"),
        (symbol("T", n, d, 3), r"T \in \mathbb{R}^{n \times d \times 3}"),
        (matrix("S", d, d, symmetric=True), r"S \in \mathbb{R}^{d \times d} \text{ symmetric}"),
        (matrix("S", d, d, skew=True), r"S \in \mathbb{R}^{d \times d} \text{ skew-symmetric}"),
        (matrix("S", d, d, psd=True), r"S \in \mathbb{R}^{d \times d} \text{ symmetric positive semidefinite}"),
        (
            matrix("S", d, d, pd=True, psd=True, symmetric=True),
            r"S \in \mathbb{R}^{d \times d} \text{ symmetric positive definite}",
        ),
        (
            matrix("Q", d, d, orthogonal=True, symmetric=True, nonnegative=True),
            r"Q \in \mathbb{R}^{d \times d} \text{ symmetric and orthogonal and with nonnegative entries}",
        ),
        (index("i", n * d), r"i \in [d n]"),
    ],
)
def test_a_symbol_is_declared_with_its_shape_and_properties(declared: Tensor, tex: str) -> None:
    paper = Paper("p")
    paper.claim("c", declared + 0 * declared == declared)
    assert symbol_declarations(paper) == (tex,)


def test_definitions_come_first_then_claims_with_their_hypotheses() -> None:
    """``s`` occurs in a hypothesis alone, ``t`` in a substitution alone, ``n`` is a size."""
    s, t = scalar("s"), vector("t", d)
    paper = Paper("p")
    f = paper.let("f", exp(A @ x).sum() / n)
    paper.claim("gradient", grad(f, x)[i] == 0, given=[s > 0])
    paper.claim("shift", subs(f, x, t) == f)
    assert symbol_declarations(paper) == (
        r"A \in \mathbb{R}^{n \times d}",
        r"x \in \mathbb{R}^d",
        r"i \in [d]",
        r"s \in \mathbb{R}",
        r"t \in \mathbb{R}^d",
    )


def test_an_index_of_a_sum_alone_is_not_declared() -> None:
    paper = Paper("p")
    paper.claim("sum", (x[j] * x[i]).sum(over=j) == x.sum() * x[i])
    assert symbol_declarations(paper) == (r"x \in \mathbb{R}^d", r"i \in [d]")


def test_an_index_that_is_free_elsewhere_is_declared() -> None:
    paper = Paper("p")
    paper.claim("sum", x[j].sum(over=j) - x[j] == x.sum() - x[j])
    assert symbol_declarations(paper) == (r"x \in \mathbb{R}^d", r"j \in [d]")


def test_a_name_of_two_things_is_declared_as_the_one_or_the_other() -> None:
    paper = Paper("p")
    for name, size in (("first", n), ("second", d), ("third", n)):
        z = vector("z", size)
        paper.claim(name, z + z == 2 * z)
    assert symbol_declarations(paper) == (r"z \in \mathbb{R}^n \text{ or } z \in \mathbb{R}^d",)


def test_a_name_that_a_definition_has_too_is_declared_with_that_reservation() -> None:
    z = vector("z", d, tex="u")
    paper = Paper("p")
    paper.let("u", A @ x)
    paper.claim("c", z + z == 2 * z)
    assert symbol_declarations(paper)[-1] == r"u \in \mathbb{R}^d \text{ where it is not defined otherwise}"


def test_a_claim_that_says_nothing_declares_nothing() -> None:
    paper = Paper("p")
    paper.claim("typo", "grad(q, x) == 0")
    assert symbol_declarations(paper) == ()
