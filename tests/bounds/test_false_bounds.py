"""False bounds are not proved: each trap of the norm calculus once, random claims below an attained value, orders."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp

from derive.bounds.goals import goals, prove
from derive.bounds.order import at_most
from derive.language.paper import Paper
from derive.language.symbols import dim, index, symbol
from derive.obligation import Obligation, obligations
from tests.bounds.planted import planted

SHAPES = {
    **dict.fromkeys(("M", "N", "X", "Y"), "n,n"),
    **dict.fromkeys(("x", "y", "z", "a"), "d"),
    **dict.fromkeys(("b", "u", "v"), "n"),
    **dict.fromkeys(("R", "s", "t", "c"), ""),
    "A": "n,d",
}
LET = {"e": "exp(u)", "h": "A @ x", "G": "grad(opnorm(outer(x, x)), x)"}

TRAPS: list[tuple[str, str, tuple[str, ...]]] = [
    # why it is false or undefined, the claim, its hypotheses
    ("a quotient by the sum has any numerator", "norm((5/sum(e))*e) <= 1", ()),
    ("the square of a lower bound needs its sign", "t**2 >= (s - 3)**2", ("t >= 0", "t >= s - 3")),
    ("so does its reciprocal", "1/t <= 1/(s - 3)", ("t >= 1/100", "t >= s - 3")),
    ("and the square of a singular value's", "A.T @ A >> c**2", ("sigma_min(A) >= c",)),
    ("in a Hessian, too", "hessian(norm(A @ x)**2/2, x) >> c**2*eye(d)", ("sigma_min(A) >= c",)),
    ("the matrix of a row depends on it", "norm(b[i]*M, 'fro') <= sqrt(n)*R", ("norm((b[i]*M)[i]) <= R",)),
    ("one row is not all", "norm(X, 'fro') <= sqrt(n)*R", ("norm(X[0]) <= R",)),
    ("columns are not rows", "norm(X[0]) <= R", ("norm(X[:, i]) <= R",)),
    (
        "Schur's theorem is of symmetric matrices",
        "(eye(n) + M)*(eye(n) + N) >> 0",
        ("opnorm(M) <= 1", "opnorm(N) <= 1"),
    ),
    ("no place in the Loewner order", "M << opnorm(M)*eye(n)", ()),
    ("A x is not the variable", "hessian(norm(x)**2/2 + u @ (A @ a), x) << opnorm(A)**2*eye(d)", ()),
    ("a row is not a column", "norm(X[:, 0] - Y[0, :]) <= norm(X - Y, 'fro')", ()),
    ("nor the next row", "norm(X[0] - Y[1]) <= norm(X - Y, 'fro')", ()),
    ("another axis", "norm(sum(X, 0) - sum(Y, 1)) <= sqrt(n)*norm(X - Y, 'fro')", ()),
    ("said of one point", "norm(h*h - subs(h*h, x, y)) <= 2*R*opnorm(A)*norm(x - y)", ("norm(h) <= R",)),
    ("moved in part", "norm(e/sum(e) - exp(u)/sum(exp(v))) <= norm(u - v)/2", ()),
    ("a move in two steps", "norm(x - subs(subs(x, x, y), y, z)) <= norm(x - y)", ()),
    ("what cannot be substituted", "norm(subs(G, x, y)) <= R", ("norm(G) <= R",)),
    ("a sign", "abs(t) <= t", ("t >= -2",)),
    ("nonnegative entries are asked for", "norm(u, 1) <= 1", ("sum(u) <= 1",)),
    ("a jump at a pole", "abs(relu(t)/t - relu(s)/s) <= 0*abs(t - s)", ()),
    ("a jump at an end", "abs(sign(t*t) - sign(s*s)) <= 0*abs(t - s)", ("t <= 0", "s <= 0")),
]


def proved(obligation: Obligation) -> bool:
    return any(prove(goal)[0] is not None for goal in goals(obligation))


@pytest.mark.parametrize(("why", "statement", "given"), TRAPS, ids=[trap[0] for trap in TRAPS])
def test_a_trap_is_not_proved(why: str, statement: str, given: tuple[str, ...]) -> None:
    paper = Paper("traps")
    paper.names |= {size: dim(size) for size in ("n", "d")}
    paper.names["i"] = index("i", paper.names["n"])
    for name, text in SHAPES.items():
        axes = [paper.names[axis] for axis in text.split(",") if axis]
        paper.names[name] = symbol(name, *axes, positive=name == "R")
    for name, text in LET.items():
        paper.names[name] = paper.let(name, text)
    claim = paper.claim("claim", statement, given=list(given))
    assert claim.problem is None, claim.problem
    assert not any(proved(obligation) for obligation in obligations(claim)), why


FACTORS = (Fraction(1, 2), Fraction(9, 10), Fraction(99, 100), Fraction(999, 1000))


SEEDS = (
    "2 3 4 5 6 7 8 9 11 12 13 15 18 19 22 23 28 29 30 33 34 35 39 40 41 42 43 44 49 50 52 53 "
    "54 55 56 59 60 61 62 63 64 65 68 69 70 71 72 73 74 75 83 89 90 91 96 101 106 107 108 109 111 112 116 118 "
    "120 123 129 130 132 133 138 139 143 144 145 146 147 151 153 155 156 158 164 165 170 177 178 179 "
    "180 181 183 186 187 188 189 193"
)
"""Of the first two hundred, those that plant a claim and whose derivation takes no second."""


@pytest.mark.parametrize("seed", [int(seed) for seed in SEEDS.split()])
def test_a_bound_below_an_attained_value_is_not_proved(seed: int) -> None:
    """The claimed constant is a part of what a random search attains under the hypotheses."""
    claim = planted(f"planted {seed}", FACTORS[seed % 4], draws=12, moves=8)
    assert claim is not None
    assert not proved(claim.obligation), (claim.obligation, claim.sizes, claim.values)


L, K = sp.symbols("L K", real=True)
Q, _Q = sp.symbols("Q _Q", nonnegative=True)
N = sp.Symbol("N", integer=True, positive=True)

ORDERS = [
    # smaller, larger, relations; false somewhere
    (sp.Abs(L), L, [(sp.Integer(-2), L, False)]),
    (Q * sp.Abs(L), Q * L, [(sp.Integer(-2), L, False)]),
    (-1 / L, -1 / Q, [(L, Q, False)]),
    (-1 / (Q - 1), -1 / (L - 1), [(Q, L, False)]),
    (_Q, Q, []),
    (sp.cbrt(L**2), L, [(sp.Integer(-2), L, False)]),
    (L**2, 4 * L, [(sp.Integer(-2), L, False), (L, sp.Integer(4), False)]),
    (sp.log(Q), sp.S.Zero, []),
    (sp.log(N) ** 3, sp.log(N - 2), [(N, sp.Integer(-5), False)]),  # under hypotheses that nothing meets
    (L * K, Q**2, [(L, Q, False), (K, Q, False)]),
]


@pytest.mark.parametrize(("small", "large", "relations"), ORDERS, ids=lambda part: str(part)[:30])
def test_an_order_that_fails_somewhere_is_not_proved(
    small: sp.Expr, large: sp.Expr, relations: list[tuple[sp.Expr, sp.Expr, bool]]
) -> None:
    """Signs, poles and names."""
    assert not at_most(small, large, relations)
