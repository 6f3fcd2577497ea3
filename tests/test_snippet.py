"""The program of a witness, run by itself, prints the two sides that the witness states."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

import derive as dv
from derive.judge import judge
from derive.language.load import load
from derive.language.paper import Claim, Paper
from derive.record import Verdict, WitnessRecord

CHECKS = Path(__file__).parents[1] / "checks"
KNOWN = {
    claim.id: claim
    for file in sorted(CHECKS.glob("*.py"))
    for paper in load(file)
    for claim in paper.claims
    if claim.expect == "refuted"
}

n, d = dv.dims("n d")
A, X, S = dv.matrix("A", n, d), dv.matrix("X", d, d), dv.matrix("S", d, d, pd=True)
x, y, b = dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
s = dv.scalar("s", positive=True)
g, v, u = dv.gaussian("g", d), dv.sphere("v", d), dv.uniform("u")
r, P, k = dv.rademacher("r", n), dv.one_hot("P", d, n), dv.bernoulli("k", n, p=1 / (1 + s))
i, j = dv.index("i", d), dv.index("j", d)
paper = Paper("planted")
f = paper.let("f", dv.softmax(A @ x))
L = paper.let("L", (f - b) @ (f - b) / 2)
G = paper.let("G", dv.grad(L, x))

PLANTED: dict[str, tuple[Claim, str]] = {
    name: (paper.claim(name.replace(" ", "-"), relation), library)
    for name, (relation, library) in {
        "a gradient": (dv.grad(L, x) == A.T @ f, "numpy"),
        "no derivative": (dv.vec(X) @ dv.vec(X) == dv.trace(X @ X), "numpy"),
        "the derived side on the right": (A.T @ f == dv.grad(L, x), "numpy"),
        "an entry": (dv.hessian(L, x[i], x[j]) == A[:, i] @ A[:, j], "numpy"),
        "an entry of a gradient": (dv.grad(x @ X @ x, X[:, j])[i] == x[i] * x[i], "numpy"),
        "a nested derivative": (dv.jacobian(G, x) == A.T @ dv.diag(f) @ A, "numpy"),
        "a second derivative in two variables": (dv.hessian(x @ X @ y, x, y) == X.T, "numpy"),
        "third derivatives": (dv.jacobian(dv.hessian((x**3).sum(), x), x)[i, i] == 6 * dv.eye(d)[j], "mpmath"),
        "a direction": (dv.jvp(L, x, y) == -(G @ y), "numpy"),
        "a direction of a part": (dv.jvp(x @ X @ x, X[:, j], y) == x @ y, "numpy"),
        "another point": (dv.subs(G, x, x - s * y) == dv.subs(A.T @ f, x, x - s * y), "numpy"),
        "linear algebra": (dv.grad(dv.trace(dv.inv(S)) + dv.logdet(S), S) == dv.inv(S), "numpy"),
        "the Loewner order": (X.T @ X << X.T @ X - dv.eye(d), "numpy"),
        "a multiple of the identity": (dv.hessian(L, x) >> 0, "numpy"),
        "the Loewner order by little": (S << (1 - 1e-9) * S, "mpmath"),
        "a spectral norm off by 1e-9": ((1 + 1e-9) * dv.opnorm(S) <= dv.opnorm(S), "mpmath"),
        "a smallest singular value off by 1e-9": ((1 + 1e-9) * dv.sigma_min(S) <= dv.sigma_min(S), "mpmath"),
        "entries off by 1e-9": (dv.grad(dv.log(dv.exp(x).sum()), x) == (1 + 1e-9) * dv.softmax(x), "mpmath"),
        "a mean": (dv.expectation(dv.exp(g @ x)) == dv.exp(x @ x), "numpy"),
        "a mean over signs": (dv.expectation((r @ A @ x) ** 2 * k[0]) == s * (A @ x) @ (A @ x), "numpy"),
        "a mean of a uniform number": (dv.expectation(u**2) == s - s + 0.25, "numpy"),
        "a mean on a sphere": (dv.expectation(dv.outer(v, v)) == 2 * dv.eye(d) / d, "numpy"),
        "a mean of a sample": (dv.expectation((P @ A).sum(axis=0)) == A.sum(axis=0), "numpy"),
        "a derivative of a mean": (dv.grad(dv.expectation(dv.exp(g @ x)), x) == 2 * x, "numpy"),
        "a mean of a derivative": (dv.expectation(dv.grad(dv.exp(g @ x), x)) == 2 * x, "numpy"),
        "a mean of a squared norm": (dv.expectation(dv.norm(g + x) ** 2) == d + 2 * dv.norm(x) ** 2, "numpy"),
        "a probability": (dv.probability([k[0] >= 1, r @ b >= 0]) >= 1, "numpy"),
        "a mean under a condition": (dv.expectation(r.sum(), given=r[0] >= 0) == 2 + 0 * s, "numpy"),
        "a sum off by 1e-12": (dv.sigmoid(s) + dv.norm(x) + 1e-12 * s == dv.sigmoid(s) + dv.norm(x), "mpmath"),
    }.items()
}


def refutation(claim: Claim) -> WitnessRecord:
    record = judge(claim)
    assert record.verdict is Verdict.REFUTED, record.reason
    assert record.witness is not None
    return record.witness


def printed(snippet: str) -> tuple[Fraction, Fraction]:
    """The claimed and the derived value that the program prints."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-"], input=snippet, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    claimed, derived = run.stdout.splitlines()
    return Fraction(claimed.removeprefix("claimed: ")), Fraction(derived.removeprefix("derived: "))


def check(witness: WitnessRecord) -> None:
    """The values printed are those of the witness, up to an error far smaller than what tells them apart.

    They may be equal, which violates a strict inequality.
    """
    stated = Fraction(witness.claimed), Fraction(witness.derived)
    error = max(abs(x - y) for x, y in zip(printed(witness.snippet), stated, strict=True))
    assert error <= min(abs(stated[0] - stated[1]) / 100, Fraction(1, 10**5) * max(map(abs, stated)))


UNWRITTEN = {
    "exp-network/truncated-mean",  # a mean under a condition on Gaussians: no quadrature of few nodes is good enough
    "least-squares/uniform-sampling",  # a probability of an order between matrices
    *("sparse-softmax/D.49.alg", "tensor-power/4.9", "weighted-low-rank/4.6"),  # runs
    *(
        "relu-softmax/abstract-lipschitz",
        "softmax-relu/abstract-lipschitz",
        "softmax-relu/gradient-continuity",
    ),  # a jump
    "resnet-softmax/abstract-domain",  # a zero between two points
    "tensor-decomposition/count-formula",  # a rank for generic values
}
"""Claims whose witness is no pair of values that a short program could print."""


@pytest.mark.parametrize("name", sorted(UNWRITTEN))
def test_no_program_is_written_where_it_would_not_show_the_difference(name: str) -> None:
    assert refutation(KNOWN[name]).snippet == ""


@pytest.mark.parametrize("name", sorted(KNOWN.keys() - UNWRITTEN))
def test_the_witness_of_a_known_erratum_runs(name: str) -> None:
    check(refutation(KNOWN[name]))


@pytest.mark.parametrize("name", PLANTED)
def test_the_witness_of_a_planted_error_runs(name: str) -> None:
    """It imports mpmath only where doubles would not show the difference."""
    claim, library = PLANTED[name]
    witness = refutation(claim)
    assert ("import mpmath" in witness.snippet) == (library == "mpmath")
    assert "derive" not in {line.split()[1] for line in witness.snippet.splitlines() if line.startswith("import")}
    check(witness)


@pytest.mark.parametrize(
    "statement",
    [
        lambda: dv.grad(dv.vector("along", n) @ b, b) == 2 * dv.vector("along", n),
        lambda: dv.grad(x @ x, x) == (2 + Fraction(1, 10**30)) * x,
    ],
    ids=["a name that the program needs", "less than differences show"],
)
def test_where_no_program_is_possible_there_is_none(statement: Callable[[], dv.Relation]) -> None:
    assert refutation(Paper("none").claim("none", statement())).snippet == ""


@pytest.mark.parametrize("turned", [False, True])
def test_the_derived_side_is_the_one_with_derivatives(turned: bool) -> None:
    """On whichever side of the relation it stands."""
    gradient, wrong = dv.grad(s * s, s), 3 * s
    witness = refutation(Paper("sides").claim("sides", wrong == gradient if turned else gradient == wrong))
    assert (witness.claimed, witness.derived) == ("3", "2")
