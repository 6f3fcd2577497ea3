"""The wrong claims of the planted table: what is said of each is true, and names the error where numbers can."""

from __future__ import annotations

from functools import cache

import pytest

from derive.diagnosis.wording import UNEXPLAINED
from derive.explanation.diagnosis_record import diagnosis_record
from derive.explanation.explain import sides
from derive.language.api import sqrt
from derive.language.arrays import diag, norm, outer, softmax
from derive.language.derivatives import grad, jacobian
from derive.language.paper import Claim, Paper
from derive.language.symbols import dim, matrix, scalar, vector
from derive.obligation import obligations
from derive.record import DiagnosisRecord
from tests.planted.table import ROWS, claim

NAMED = {
    "softmax-gradient-sign": "the term A.T @ (f*(f @ c)) has the wrong sign",
    "softmax-gradient-factor": "a global factor 1/2",
    "kronecker-factors": "the factors of each axis in the other order",
    "least-squares-relative-1e-9": "a global factor 1.0000000005",
    "one-entry": "only entry [0] is wrong: 1e-6 too large",
    "one-entry-of-a-hessian": "only entry [0, 0] is wrong: 1e-6 too large",
    "centering": "the term -2*sum(x) lacks a factor 1/n",
    "determinant": "the transpose",
    "normalisation": "the first term, eye(n), lacks a factor 1/sum(p)",
    "cross-entropy-on-the-simplex": "the term outer(f, x) lacks a factor sum(t)",
    "cross-entropy-needs-the-simplex": "the first term, softmax(z), lacks a factor sum(t)",
    "mask-hypothesis": "lacks the factor M",
    "absolute-value": "wrong only where x < 0",
    "small-integers": "the second term, x*(x**2 - 1)*(x**2 - 4)*(x**2 - 9), does not belong",
    "power": "each entry lacks the factor x**2",
    "tail": "every entry is exp(-40) too large",
    "thirtieth-digit": "a global factor 1.0000000000000000000000000000005",
    "tiny-loss": "the sign is wrong",
    "next-to-a-large-constant": "every entry is 1e-6 too large",
    "cancellation": "every entry is 1e-6 too large",
    "hyperbolic-identity": "on the left side, the second term, sinh(x)**2, has the wrong sign",
    "inverse-in-a-trace": "the transpose",
    "jacobian-of-the-inverse": "indices j and l are swapped",
    "logdet-gradient": "the transpose",
    "norm-gradient": "a global factor 1/norm(x)",
    "frobenius": "the transpose",
    "mixed-hessian": "the transpose",
    "ridge-hessian": "the second term, r*eye(d), lacks a factor 2",
    "quotient-rule": "the second term, (a @ x)*b/(b @ x)**2, has the wrong sign",
    "entropy": "every entry is 1 too small",
    "symbolic-power": "each entry has the factor x too many",
}
"""What must be said of an error."""

TRUE_BESIDE = {
    "one-entry": ("the second term, 1/1000000*eye(d)[0, :], does not belong",),
    "one-entry-of-a-hessian": ("the second term does not belong",),
    "normalisation": ("the second term, -outer(p, ones(n)), lacks a factor 1/sum(p)**2",),
    "tail": ("the second term, exp(-40), does not belong",),
    "next-to-a-large-constant": ("the third term, 1/1000000, does not belong",),
    "cancellation": ("the second term, 1/1000000, does not belong",),
    "ridge-hessian": ("r times the identity is missing",),
    "softplus-derivative": ("claimed and derived entries add up to 1 everywhere",),
    "quadratic-form": ("right at some instances and wrong at others",),
    "attention-values": ("right at some instances and wrong at others",),
    "relu-away-from-the-kink": ("right at some instances and wrong at others",),
    "positive-homogeneity": ("right at some instances and wrong at others", "where it is wrong, the sign is wrong"),
    "mixed-hessian-of-a-network": ("each row is right up to a factor of its own",),
    "two-layer-gradient": ("each row is right up to a factor of its own",),
    "logsumexp-hessian-term": ("the difference has rank one",),
    "saturated-softmax": ("the difference has rank one",),
    "norm-hessian": ("the difference has rank one",),
    "reflection": ("the difference has rank one",),
    "tanh-derivative": ("only the diagonal is wrong",),
    "sigmoid-second-derivative": ("only the diagonal is wrong",),
    "rank-one-inverse": ("the second term, -outer(u, v)/(1 - u @ v), has a wrong factor",),
}
"""What may be said as well: each checked by hand."""


def diagnosed(stated: Claim) -> DiagnosisRecord:
    derived, claimed = sides(stated.relations[0])
    found = diagnosis_record(obligations(stated)[0], derived, claimed, None)
    assert found is not None
    return found


@cache
def of_row(identifier: str) -> DiagnosisRecord:
    return diagnosed(claim(next(row for row in ROWS if row["id"] == identifier), "wrong"))


@pytest.mark.parametrize("identifier", NAMED)
def test_the_words_name_the_error(identifier: str) -> None:
    assert NAMED[identifier] in "; ".join(of_row(identifier).words)


@pytest.mark.parametrize("identifier", [row["id"] for row in ROWS])
def test_no_error_is_named_wrongly(identifier: str) -> None:
    """Nothing is said but what was checked by hand, and that a term is missing or wrong."""
    allowed = [NAMED.get(identifier, UNEXPLAINED[0]), *UNEXPLAINED, *TRUE_BESIDE.get(identifier, ())]
    assert [said for said in of_row(identifier).words if not any(words in said for words in allowed)] == []


@pytest.mark.parametrize("identifier", [row["id"] for row in ROWS])
def test_every_wrong_claim_has_a_table_of_its_entries(identifier: str) -> None:
    found = of_row(identifier)
    assert 0 < len(found.entries) <= found.wrong <= found.total
    assert all(entry.claimed != entry.reference for entry in found.entries)


n, d = dim("n"), dim("d")
A, x, b = matrix("A", n, d), vector("x", d), vector("b", n)


def test_the_instance_is_no_corner_case() -> None:
    """At sizes 1, where a minimal witness lies, a transpose and a factor cannot be told apart."""
    assert min(of_row("softmax-gradient-sign").sizes.values()) >= 2


def test_terms_are_given_the_numbers_that_make_them_right() -> None:
    found = diagnosed(Paper("p").claim("c", grad(norm(A @ x - b) ** 2, x) == A.T @ (A @ x) + 2 * A.T @ b))
    assert [(term.coefficient, term.note) for term in found.terms] == [
        ("2", "lacks a factor 2"),
        ("-1", "has the wrong sign"),
    ]


k, q, s = dim("k"), vector("q", d), scalar("s")
K, V = matrix("K", n, d), matrix("V", n, k)


def attention_without_its_scale() -> Claim:
    paper = Paper("p")
    a = paper.let("a", softmax(K @ q / sqrt(d)))
    return paper.claim("c", jacobian(V.T @ a, q) == V.T @ (diag(a) - outer(a, a)) @ K)


def test_a_factor_is_named_after_the_size_that_it_is_and_no_other() -> None:
    """Most generic instances have k = d, where sqrt(k) is as good a name."""
    assert diagnosed(attention_without_its_scale()).words == ("a global factor sqrt(d): claimed = sqrt(d) * derived",)


def test_a_factor_at_instances_of_one_size_alone_is_said_of_them_alone() -> None:
    """sqrt(d) is rational, and so is the hypothesis met, only where d = 1 (nothing is wrong) and d = 4."""
    stated = Paper("p").claim("c", norm(x) ** 3 == d**2, given=[norm(x) == sqrt(d)])
    assert diagnosed(stated).words == ("at this instance, a global factor 2: claimed = 2 * derived",)


def test_a_scalar_of_several_parts_is_in_parentheses() -> None:
    stated = Paper("p").claim("c", grad((q @ x - s) ** 2, x) == 2 * q)
    assert diagnosed(stated).words == ("a global factor 1/(q @ x - s): claimed = 1/(q @ x - s) * derived",)


def test_a_scalar_that_the_author_named_has_that_name() -> None:
    paper = Paper("p")
    r = paper.let("r", q @ x - s)
    stated = paper.claim("c", grad(r**2, x) == 2 * q)
    assert diagnosed(stated).words == ("a global factor 1/r: claimed = 1/r * derived",)


def test_a_claim_of_zero_is_not_compared_as_a_whole() -> None:
    found = diagnosed(Paper("p").claim("c", grad(x @ x, x) == x - x))
    assert (found.cosine, found.norm_ratio, found.comparison) == (None, None, "")


def test_a_term_that_cannot_be_counted_in_the_printed_claim_is_named_by_its_text() -> None:
    stated = Paper("p").claim("c", A @ (x + 2 * q) + b == A @ (x - 2 * q) + b)
    assert diagnosed(stated).words == ("the term -A @ (2*q) has the wrong sign",)


def test_the_same_claim_has_the_same_diagnosis() -> None:
    statement = grad(norm(A @ x - b) ** 2, x) == A.T @ (A @ x - b)
    first, second = (diagnosed(Paper("p").claim("c", statement)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("cosine", "words"),
    [(1 - 3e-7, "cosine 1 - 3e-07"), (-1 + 3e-7, "cosine -1 + 3e-07"), (1.0, "cosine 1"), (-0.5, "cosine -0.5")],
)
def test_a_cosine_is_printed_on_the_right_side_of_one(cosine: float, words: str) -> None:
    assert DiagnosisRecord(sizes={}, wrong=1, total=2, cosine=cosine).comparison == words
