"""What a reader is told beside the verdict: the derivation, the difference, the repair."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.arrays import diag, eye, inv, logdet, logsumexp, norm, outer, softmax, trace
from derive.language.calls import elementwise
from derive.language.claims import Claim
from derive.language.derivatives import grad, hessian
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.language.symbols import dim, matrix, scalar, vector
from derive.language.tensor import Tensor
from derive.record import ClaimRecord, Verdict

exp = elementwise["exp"]
n, d = dim("n"), dim("d")
A, x, b = matrix("A", n, d), vector("x", d), vector("b", n)


def softmax_paper() -> tuple[Paper, dict[str, Tensor]]:
    paper = Paper("p")
    u = paper.let("u", exp(A @ x))
    alpha = paper.let("alpha", u.sum())
    f = paper.let("f", u / alpha)
    c = paper.let("c", f - b)
    loss = paper.let("L", norm(c) ** 2 / 2)
    return paper, {"u": u, "f": f, "c": c, "L": loss}


def claimed(statement: Relation, paper: Paper | None = None) -> ClaimRecord:
    claim: Claim = (paper or Paper("p")).claim("claim", statement)
    return judge(claim, seed=0)


def test_a_derivation_has_one_line_for_each_definition_with_the_rule_that_gave_it() -> None:
    paper, names = softmax_paper()
    f, c = names["f"], names["c"]
    record = claimed(grad(names["L"], x) == A.T @ (f * c - f * (f @ c)), paper)
    assert [step.tex.split(" = ")[0] for step in record.derivation] == [
        r"\mathrm{d}u",
        r"\mathrm{d}\alpha",
        r"\mathrm{d}f",
        r"\mathrm{d}c",
        r"\mathrm{d}L",
    ]
    assert record.derivation[2].rule == "quotient rule"
    assert record.derivation[2].tex.endswith(r"f \circ (A \mathrm{d}x) - \langle f, A \mathrm{d}x\rangle f")


@pytest.mark.parametrize("name", ["relu", "abs", "sign", "heaviside"])
def test_a_piecewise_definition_is_derived_away_from_its_kinks(name: str) -> None:
    paper = Paper("p")
    z = paper.let("z", elementwise[name](A @ x))
    record = claimed(grad(norm(z - b) ** 2, x) == x, paper)
    assert record.witness is not None
    assert "no-explanation" not in {flag.code for flag in record.flags}
    assert "delta" not in "".join(step.tex for step in record.derivation).lower()


def test_a_result_is_told_in_the_authors_definitions() -> None:
    paper, names = softmax_paper()
    f, c = names["f"], names["c"]
    record = claimed(grad(names["L"], x) == A.T @ (f * c - f * (f @ c)), paper)
    assert record.verdict is Verdict.PROVED
    assert record.result_tex == r"A^\top (c \circ f - \langle c, f\rangle f)"


P = softmax(A @ x)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param(grad(norm(A @ x - b) ** 2, x) == A.T @ (A @ x - b), "factor 2", id="factor"),
        pytest.param(grad(norm(A @ x - b) ** 2 / 2, x) == A.T @ (A @ x + b), "sign", id="sign"),
        pytest.param(hessian(exp(A @ x).sum(), x) == -A.T @ diag(exp(A @ x)) @ A, "sign of A.T is", id="minus"),
        pytest.param(hessian(norm(A @ x) ** 2 / 2, x) == A.T @ A + eye(d), "does not belong", id="superfluous term"),
        pytest.param(
            grad(x @ matrix("S", d, d) @ vector("z", d), x) == matrix("S", d, d).T @ vector("z", d),
            "transposed",
            id="transpose",
        ),
        pytest.param(hessian(exp(A @ x).sum(), x) == A.T @ A, "", id="no single edit"),
        pytest.param(grad(norm(A @ x) ** 2 / (2 * n), x) == A.T @ (A @ x), "divisor n is missing", id="size"),
        pytest.param(hessian(norm(A @ x) ** 2 / 2 + norm(x) ** 2 / 2, x) == A.T @ A + 1, "eye(d)", id="identity"),
        pytest.param(grad(b @ (b * (A @ x)), x) == A.T @ b, "squared", id="entrywise square"),
        pytest.param(
            hessian(logsumexp(A @ x), x) == A.T @ diag(P) @ A,
            "is missing",
            id="missing term",
        ),
    ],
)
def test_a_refuted_identity_is_repaired_by_one_edit_where_one_exists(statement: Relation, words: str) -> None:
    record = claimed(statement)
    assert record.verdict is Verdict.REFUTED
    assert words in record.repair_note
    assert bool(record.repair_tex) == bool(record.repair_text) == bool(words)


def test_a_difference_is_claimed_minus_derived() -> None:
    record = claimed(grad(norm(x) ** 2, x) == 3 * x)
    assert (record.difference_tex, record.difference_text) == ("x", "x")


def test_a_difference_names_the_terms_that_are_wrong() -> None:
    record = claimed(hessian(logsumexp(A @ x), x) == A.T @ (diag(P) + outer(P, P)) @ A)
    assert record.difference_tex.startswith("2 A^")


@pytest.mark.parametrize(
    ("side", "repaired"),
    [
        (2 * (A.T @ (A @ x)), "A.T @ (A @ x)"),
        (-(A.T @ (A @ x)), "A.T @ (A @ x)"),
        (A.T @ (A @ (2 * x)), "A.T @ (A @ x)"),
    ],
)
def test_a_repair_leaves_no_factor_1_behind(side: Tensor, repaired: str) -> None:
    assert claimed(grad(norm(A @ x) ** 2 / 2, x) == side).repair_text == f"grad(norm(A @ x)**2/2, x) == {repaired}"


def test_a_trace_of_an_inverse_is_told_as_such() -> None:
    S, s = matrix("S", d, d), scalar("s")
    record = claimed(grad(logdet(S + s * eye(d)), s) == 2 * trace(inv(S + s * eye(d))))
    assert record.result_text == "trace(inv(S + s*eye(d)))"
