"""LaTeX of expressions and relations: precedence, the notation of the field, and only what converters take."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import math_core
import pytest

import derive as dv
from derive.language.latex import latex
from derive.language.latex_names import name_tex
from derive.language.load import load

n, d = dv.dims("n d")
A, B = dv.matrix("A", n, d), dv.matrix("B", n, d)
M, S = dv.matrix("M", d, d), dv.matrix("A1", d, d)
x, y, f = dv.vector("x", d), dv.vector("y", d), dv.vector("f", n)
s, t = dv.scalar("s"), dv.scalar("t")
E = dv.matrix("E", n, n)
i, j = dv.index("i", n), dv.index("j", d)
T = dv.symbol("T", d, n, n)
L = dv.Paper("p").let("L", dv.norm(A @ x) ** 2 / 2)

CASES = {
    "difference": (s - (t - s), "s - (t - s)"),
    "negative in a sum": (s + (-t), "s - t"),
    "negative of a sum": (-(s + t), "-(s + t)"),
    "sum that starts with a minus": (s + (-t + s), "s + (-t + s)"),
    "negative factor on the left": ((-s) * t, "-s t"),
    "negative factor on the right": (s * (-t), "s (-t)"),
    "scalar times a sum": (s * (x + y), "s (x + y)"),
    "digits are kept apart": (2 * (3 * s), r"2 \cdot 3 s"),
    "half": (s / 2, r"\frac{s}{2}"),
    "half of something long": (dv.norm(x) ** 2 / 2, r"\frac{1}{2} \|x\|_2^2"),
    "fraction": (s / (s + t), r"\frac{s}{s + t}"),
    "power of a fraction": ((s / t) ** 2, r"\left( \frac{s}{t} \right)^2"),
    "power of a power": ((s**2) ** 3, "(s^2)^3"),
    "power of a product": ((s * t) ** 2, "(s t)^2"),
    "square root": (s ** Fraction(1, 2), r"\sqrt{s}"),
    "entrywise product": (x * y, r"x \circ y"),
    "entrywise power": (x**2, r"x^{\circ 2}"),
    "entrywise power with a sum as exponent": (x ** (s + 1), r"x^{\circ (s + 1)}"),
    "entrywise product in a matrix product": (A @ (x * y), r"A (x \circ y)"),
    "matrix product in an entrywise product": (f * (A @ x), r"f \circ (A x)"),
    "matrix product": (A.T @ A @ x, r"A^\top A x"),
    "matrix power": (M @ M @ x, "M^2 x"),
    "transpose of a product": ((A @ M).T, r"(A M)^\top"),
    "inner product": (x @ y, r"\langle x, y\rangle"),
    "inner product of images": ((A @ x) @ f, r"\langle A x, f\rangle"),
    "quadratic form": (x @ M @ y, r"x^\top M y"),
    "vector times a matrix is a column": (f @ A, r"A^\top f"),
    "outer product": (dv.outer(x + y, y), r"(x + y) y^\top"),
    "diagonal": (dv.diag(f) - dv.outer(f, f), r"\mathrm{diag}(f) - f f^\top"),
    "rows scaled": (E / E.sum(axis=1, keepdims=True), r"\mathrm{diag}(E \mathbf{1}_n)^{-1} E"),
    "columns scaled": (A * x, r"A \mathrm{diag}(x)"),
    "rows scaled by a column": (f[:, None] * A, r"\mathrm{diag}(f) A"),
    "column times row": (f[:, None] * x, r"f x^\top"),
    "sum of all": (f.sum(), r"\langle f, \mathbf{1}_n\rangle"),
    "sum of squares": (((A - B) ** 2).sum(), r"\|A - B\|_F^2"),
    "column sums": (A.sum(axis=0), r"A^\top \mathbf{1}_n"),
    "Frobenius norm": (dv.norm(A), r"\|A\|_F"),
    "operator norm": (dv.opnorm(A @ M), r"\|A M\|"),
    "largest entry": (dv.norm(x, dv.inf), r"\|x\|_\infty"),
    "function": (dv.exp(A @ x), r"\exp(A x)"),
    "absolute value": (abs(x - y), r"\left|x - y\right|"),
    "identity of a size": (dv.eye(d * d), "I_{d^2}"),
    "ones": (dv.ones(n, d), r"\mathbf{1}_{n \times d}"),
    "Kronecker product": (dv.kron(A, M @ M), r"A \otimes M^2"),
    "Kronecker product with a row": (dv.kron(S[j], A), r"(A_1)_{j,*} \otimes A"),
    "Kronecker products in a product": (dv.kron(A, B) @ dv.vec(M), r"(A \otimes B) \mathrm{vec}(M)"),
    "column-major": (dv.vec(M, order="F"), r"\mathrm{vec}(M^\top)"),
    "entry": (A[i, j], "A_{ij}"),
    "column": (A[:, j], "A_{*,j}"),
    "row as a vector": (A[i], r"A_{i,*}^\top"),
    "row of rows": (dv.outer(A[i], A[i]), r"A_{i,*}^\top A_{i,*}"),
    "positions count from 1": (x[0], "x_1"),
    "unit vector": (dv.eye(n)[i], "e_i"),
    "Kronecker delta": (dv.eye(n)[i, i], r"\delta_{ii}"),
    "sum over an index": (dv.sum(f[i] * A[i], over=i), r"\sum_{i=1}^{n} f_i A_{i,*}^\top"),
    "sum over an index as a factor": (
        s * dv.sum(f[i], over=i) * t,
        r"\left( s \sum_{i=1}^{n} f_i \right) t",
    ),
    "inverse": (dv.inv(M + S), "(M + A_1)^{-1}"),
    "determinant": (dv.det(M), r"\det(M)"),
    "trace": (dv.trace(M.T @ M), r"\mathrm{tr}(M^\top M)"),
    "constant matrix": (
        dv.array([[1, Fraction(1, 2)], [0, -1]]),
        r"\begin{pmatrix} 1 & \frac{1}{2} \\ 0 & -1 \end{pmatrix}",
    ),
    "gradient": (dv.grad(L, x), r"\nabla_x L"),
    "gradient of an expression": (dv.grad(x @ y + s, x), r"\nabla_x (\langle x, y\rangle + s)"),
    "gradient as a factor": (A @ dv.grad(L, x), r"A \nabla_x L"),
    "gradient transposed": (dv.outer(x, dv.grad(L, x)), r"x (\nabla_x L)^\top"),
    "Hessian": (dv.hessian(L, x), r"\nabla^2_x L"),
    "mixed Hessian": (dv.hessian(L, x, A), r"\frac{\partial^2 L}{\partial x\,\partial A}"),
    "second partial derivative": (dv.hessian(L, x[j]), r"\frac{\partial^2 L}{\partial x_j^2}"),
    "partial derivative": (dv.grad(L, x[j]), r"\frac{\partial L}{\partial x_j}"),
    "directional derivative": (dv.jvp(L, x, y), r"\mathrm{D}_x L[y]"),
    "at another point": (dv.subs(L, x, x - s * y), r"L|_{x \leftarrow x - s y}"),
    "sum over three axes": (T.sum(), r"\sum_{i=1}^{d} \sum_{j=1}^{n} \sum_{k=1}^{n} T_{ijk}"),
    "sum of squares over three axes": ((T**2).sum(), r"\|T\|_F^2"),
    "a new axis shows its entries": (A[:, None, :] - B, r"\left[ A_{ik} - B_{jk} \right]_{ijk}"),
    "three axes by entries": (
        dv.exp((A[:, None, :] + B[None, :, :]) @ M).sum(axis=2),
        r"\left[ \sum_{k=1}^{d} \exp(\langle A_{i,*}^\top + B_{j,*}^\top, M_{*,k}\rangle) \right]_{ij}",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_notation(case: str) -> None:
    """An expression prints as papers print it, with the parentheses that it needs and no others."""
    expression, expected = CASES[case]
    assert latex(expression) == expected


@pytest.mark.parametrize("case", CASES)
def test_every_form_converts_to_mathml(case: str) -> None:
    """No construct is used that the converter to MathML lacks."""
    assert "<math" in math_core.LatexToMathML().convert_with_local_state(latex(CASES[case][0]), displaystyle=True)


RELATIONS = {
    "equal": (s == t, "s = t"),
    "at most": (dv.norm(x) <= 2, r"\|x\|_2 \le 2"),
    "Loewner order": (M >> S, r"M \succeq A_1"),
    "Loewner order with a number": (M << s / 2, r"M \preceq \frac{s}{2} I_d"),
    "Loewner order with one": (M << 1, r"M \preceq I_d"),
    "Loewner order with minus one": (M >> -1, r"M \succeq -I_d"),
    "positive semidefinite": (M >> 0, r"M \succeq 0"),
    "unequal": (j != 0, r"j \ne 1"),
}


@pytest.mark.parametrize("case", RELATIONS)
def test_relations(case: str) -> None:
    relation, expected = RELATIONS[case]
    assert latex(relation) == expected


NAMES = {
    "A": "A",
    "A1": "A_1",
    "alpha": r"\alpha",
    "alpha12": r"\alpha_{12}",
    "c_ji": "c_{ji}",
    "w_i1": "w_{i_1}",
    "rate": r"\mathrm{rate}",
    "e_next": r"e_{\mathrm{next}}",
    "x_hat": r"\hat{x}",
    "x_star": r"x^\ast",
    "B1_diag": r"B_{1,\mathrm{diag}}",
}


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    assert name_tex(name) == NAMES[name]


def test_the_authors_latex_is_kept() -> None:
    z = dv.vector("z", d, tex=r"\zeta^{(1)}")
    assert latex(z) == r"\zeta^{(1)}"
    assert latex(dv.outer(z, z)) == r"\zeta^{(1)} (\zeta^{(1)})^\top", "no double superscript"


def test_index_symbols_keep_the_authors_latex() -> None:
    k = dv.index("k", d, tex="k'")
    assert latex(x[k]) == "x_{k'}"


def test_shared_parts_cost_once() -> None:
    """Sixty doublings have 2^60 leaves and sixty nodes."""
    doubled = s
    for _ in range(60):
        doubled = doubled + doubled
    assert r"\cdots" in latex(doubled)


def test_a_deep_expression_prints() -> None:
    total = s
    for _ in range(3000):
        total = total + t
    assert latex(total).count("+") == 3000


def test_a_number_of_thousands_of_digits_is_not_written_out() -> None:
    assert latex(Fraction(10) ** 5000 * s) == r"\ldots s"


CATALOGUE = sorted((Path(__file__).parents[2] / "checks").glob("*.py"))


@pytest.mark.parametrize("file", CATALOGUE, ids=lambda file: file.stem)
def test_the_catalogue_converts_to_mathml(file: Path) -> None:
    """Every claim and definition of the catalogue prints, and the converter takes it."""
    converter = math_core.LatexToMathML()
    for paper in load(file):
        printed = [latex(item) for claim in paper.claims for item in (*claim.relations, *claim.given)]
        printed += [latex(item) for definition in paper.definitions for item in (definition, definition.operand)]
        assert printed
        for text in printed:
            converter.convert_with_local_state(text, displaystyle=True)
