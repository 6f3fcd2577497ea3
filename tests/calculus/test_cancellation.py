"""Equations lose matrices with independent columns and factors that are not zero, and nothing else."""

from __future__ import annotations

import pytest

from derive.calculus.decide import difference
from derive.language.symbols import dims, index, symbol
from derive.language.tensor import Tensor
from derive.language.text import parse_relations

n, d, m, k = dims("n d m k")
SHAPES = {"A": (n, d), "B": (d, k), "C": (d, k), "S": (d, d), "X": (n, d), "W": (d, m), "a": (m,), "y": (n,)}
NAMES: dict[str, Tensor] = {
    "n": n,
    "d": d,
    **{name: symbol(name, *shape) for name, shape in {**SHAPES, "v": (d,), "w": (d,), "s": (), "t": ()}.items()},
    "P": symbol("P", d, d, pd=True),
    "i": index("i", d),
    "j": index("j", d),
}
NETWORK = "grad(norm(exp(X @ W) @ a - y)**2, W) == 0"

FOLLOWS = {
    "v == 0 from a least singular value": ("v == 0", "A @ v == 0", "sigma_min(A) > 0"),
    "by a positive bound of it": ("v == w", "A @ v == A @ w", "sigma_min(A) >= s", "s > 0"),
    "for all columns": ("B == C", "A @ B == A @ C", "sigma_min(A) >= 0.5"),
    "by the Gram matrix": ("v == w", "A @ v == A @ w", "lambda_min(A.T @ A) > 0"),
    "by a least eigenvalue": ("v == w", "S @ v == S @ w", "S == S.T", "lambda_min(S) > 0"),
    "by a rank": ("v == w", "A @ v == A @ w", "rank(A) == d"),
    "by a determinant": ("v == w", "S @ v == S @ w", "det(S) != 0"),
    "from the left of a square matrix": ("v == w", "v @ S == w @ S", "det(S) > 0"),
    "by a property": ("v == w", "P @ v == P @ w"),
    "by a factor that is not zero": ("v == w", "s * v == s * w", "s != 0"),
    "by a factor that has an inverse": ("v == w", "s * v == s * w", "s * t == 1"),
    "by an exponential": ("v == w", "exp(s) * v == exp(s) * w"),
    "critical points of a network": ("exp(X @ W) @ a == y", NETWORK, "a**2 == 1", "sigma_min(X.T) > 0"),
}

OPEN = {
    "without a rank": ("v == 0", "A @ v == 0"),
    "by the rank of rows": ("v == w", "A @ v == A @ w", "rank(A) == n"),
    "with independent rows": ("v == 0", "A @ v == 0", "sigma_min(A.T) > 0"),
    "by the other Gram matrix": ("v == w", "A @ v == A @ w", "lambda_min(A @ A.T) > 0"),
    "a factor that may be zero": ("v == w", "s * v == s * w", "s >= 0"),
    "by a least eigenvalue that is not zero": ("v == w", "S @ v == S @ w", "S == S.T", "lambda_min(S) != 0"),
    "a vector that is not zero": ("v == 0", "w * v == 0", "norm(w) > 0"),
    "what is squared behind the matrix": ("v == w", "(A @ v)**2 == (A @ w)**2", "sigma_min(A) > 0"),
    "a product beside another term": ("v == 0", "A @ v == s", "sigma_min(A) > 0"),
    "critical points without a rank": ("exp(X @ W) @ a == y", NETWORK, "a**2 == 1"),
    "critical points without signs": ("exp(X @ W) @ a == y", NETWORK, "sigma_min(X.T) > 0"),
    "critical points of twice the labels": ("exp(X @ W) @ a == 2*y", NETWORK, "a**2 == 1", "sigma_min(X.T) > 0"),
}


def proved(statement: str, given: tuple[str, ...]) -> bool:
    claim, *hypotheses = (relation for text in (statement, *given) for relation in parse_relations(text, NAMES))
    return difference(claim.left, claim.right, hypotheses).proved


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_is_left_is_proved(name: str) -> None:
    statement, *given = FOLLOWS[name]
    assert proved(statement, tuple(given))


@pytest.mark.parametrize("name", OPEN)
def test_what_may_annul_stays(name: str) -> None:
    statement, *given = OPEN[name]
    assert not proved(statement, tuple(given))


@pytest.mark.parametrize(
    ("statement", "given", "follows"),
    [
        ("S == 0", ("S[i, j] == 0",), True),
        ("S == 0", ("S[i, j] == 0", "i != j"), False),
        ("S[i, j] * s == 0", ("S[i, j] == 0", "i != j"), True),
        ("S @ S == S", ("S[i, j] == 0", "i != j"), False),
        ("trace(S) == 0", ("S[i, j] == 0", "i != j"), False),
        ("v == 0", ("v[i] == 0", "i != 0"), False),
        ("v == 0", ("s * v[i] == 0", "s != 0", "i != 0"), False),
    ],
)
def test_an_equation_holds_at_the_positions_that_hypotheses_allow(
    statement: str, given: tuple[str, ...], follows: bool
) -> None:
    """``i != j`` keeps an equation of entries from the diagonal."""
    assert proved(statement, given) is follows
