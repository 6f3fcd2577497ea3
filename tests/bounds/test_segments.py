"""Convexity and smoothness stated between two points or above a tangent: proved where true, never where not."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language.paper import Paper
from derive.language.symbols import dim, symbol
from derive.obligation import obligations

SHAPES = {
    "A": "n,d",
    "S": "n,n",
    "X": "n,n",
    "Y": "n,n",
    "P": "d,d",
    "x": "d",
    "y": "d",
    "b": "n",
    "p": "n",
    "q": "n",
    "u": "n",
    "v": "n",
    "s": "",
    "r": "",
    "t": "",
    "l": "",
}
POSITIVE = "pquvsr"
DEFINITE = "XY"
SHARE = ("t >= 0", "t <= 1")


def jensen(function: str, *moves: tuple[str, str]) -> str:
    """That a function, written with the names that move in braces, is convex between two points."""
    first, second = ({x: x for x, _ in moves}, dict(moves))
    between = {x: f"(t*{x} + (1 - t)*{y})" for x, y in moves}
    at = [function.format(**point) for point in (between, first, second)]
    return f"{at[0]} <= t*({at[1]}) + (1 - t)*({at[2]})"


def concave(function: str, *moves: tuple[str, str]) -> str:
    return jensen(function, *moves).replace("<=", ">=")


XY, PU, QV, ST = ("x", "y"), ("p", "u"), ("q", "v"), ("s", "r")
MATRICES = ("X", "Y")

TRUE: list[tuple[str, tuple[str, ...]]] = [
    (jensen("norm(A @ {x} - b)", XY), SHARE),
    (jensen("norm(A @ {x} - b, 1)", XY), SHARE),
    (jensen("norm({x}, inf)**3", XY), SHARE),
    (jensen("logsumexp(A @ {x} + b)", XY), SHARE),
    (jensen("log(sum(exp(A @ {x})))", XY), SHARE),
    (jensen("max({x})", XY), SHARE),
    (concave("min({x})", XY), SHARE),
    (jensen("sum(relu(A @ {x} - b)) + 3*sum(cosh({x}))", XY), SHARE),
    (jensen("sum(softplus(-b*(A @ {x})) + log(1 + exp(A @ {x})))", XY), SHARE),
    (jensen("exp(norm({x})**2)", XY), SHARE),
    (concave("sum(log({p}))", PU), SHARE),
    (concave("sum(sqrt({p}))", PU), SHARE),
    (jensen("sum(1/{p})", PU), SHARE),
    (jensen("sum({p}*log({p}))", PU), SHARE),
    (concave("sum(-{p}*log({p}))", PU), SHARE),
    (jensen("sum({p}*log({p}/{q}) - {p} + {q})", PU, QV), SHARE),
    (jensen("sum({p}*(log({p}) - log({q})))", PU, QV), SHARE),
    (jensen("norm({x})**2/{s}", XY, ST), SHARE),
    (jensen("sum({x}**2/{s})", XY, ST), SHARE),
    (concave("exp(sum(log({p}))/n)", PU), SHARE),
    (concave("log(det({X}))", MATRICES), SHARE),
    (concave("exp(log(det({X}))/n)", MATRICES), SHARE),
    (jensen("trace(inv({X}))", MATRICES), SHARE),
    (jensen("b @ inv({X}) @ b", MATRICES), SHARE),
    (jensen("lambda_max({X}) - lambda_min({X})", MATRICES), SHARE),
    (jensen("opnorm({X})", MATRICES), SHARE),
    (jensen("{x} @ P @ {x}", XY), (*SHARE, "P >> 0")),
    ("norm((x + y)/2, 1) <= (norm(x, 1) + norm(y, 1))/2", ()),
    ("norm(x/3 + 2*y/3)**2 <= norm(x)**2/3 + 2*norm(y)**2/3", ()),
    ("logsumexp(y) >= logsumexp(x) + softmax(x) @ (y - x)", ()),
    ("logsumexp(A @ y) <= logsumexp(A @ x) + (A.T @ softmax(A @ x)) @ (y - x) + opnorm(A)**2*norm(y - x)**2/4", ()),
    ("norm(A @ y - b)**2 >= norm(A @ x - b)**2 + 2*(A.T @ (A @ x - b)) @ (y - x)", ()),
    ("sum(log(p)) <= sum(log(u)) + sum((p - u)/u)", ()),
    ("s/2*norm(y)**2 >= s/2*norm(x)**2 + s*(x @ (y - x)) + s/2*norm(y - x)**2", ()),
    (jensen("sum(sqrt(1 + (A @ {x})**2))", XY), SHARE),
    (jensen("trace(inv({X}))", MATRICES), (*SHARE, "X >> eye(n)", "Y >> eye(n)")),
    (jensen("sum({x}**3)", XY), (*SHARE, "x >= 0", "y >= 0")),
    ("log(det(X)) <= log(det(Y)) + trace(inv(Y) @ (X - Y))", ()),
    ("norm(A @ x - b)**2 <= norm(A @ y - b)**2", ("A.T @ (A @ x - b) == 0",)),
    ("subs(norm(A @ x - b)**2, x, y) <= norm(A @ x - b)**2", ("A.T @ (A @ y - b) == 0",)),
    ("norm(u*(X @ b - v))**2 <= norm(u*(Y @ b - v))**2", ("outer(u*u*(X @ b - v), b) == 0",)),
    ("norm(u*(A @ x - b))**2 <= norm(u*(A @ y - b))**2", ("A.T @ (u*u*(A @ x - b)) == 0",)),
]

FALSE: list[tuple[str, tuple[str, ...]]] = [
    (concave("norm(A @ {x} - b)", XY), SHARE),
    (jensen("norm({x})", XY), ()),
    (jensen("norm({x})", XY), ("t >= 0",)),
    (jensen("sum(tanh({x}))", XY), SHARE),
    (jensen("sum({x}**3)", XY), SHARE),
    (jensen("sum(1/{x})", XY), SHARE),
    (jensen("min({x})", XY), SHARE),
    (jensen("exp(-norm({x})**2)", XY), SHARE),
    (jensen("sum({p}*{q})", PU, QV), SHARE),
    (jensen("sum({p}*log({q}))", PU, QV), SHARE),
    (jensen("sum({p}*log({q}/{p}))", PU, QV), SHARE),
    (jensen("sum({x}**3/{s})", XY, ST), SHARE),
    (jensen("norm({x})/{s}", XY, ST), SHARE),
    (jensen("log(det({X}))", MATRICES), SHARE),
    (concave("trace(inv({X}))", MATRICES), SHARE),
    (jensen("lambda_min({X})", MATRICES), SHARE),
    (jensen("{x} @ P @ {x}", XY), SHARE),
    (jensen("{x} @ P @ {x}", XY), (*SHARE, "P << 0")),
    (jensen("sum((A @ {x})*(A @ {x})*{x}[0])", XY), SHARE),
    ("norm(x/3 + 2*y/3) <= 2*norm(x)/3 + norm(y)/3", ()),
    ("norm((x + y)/2) <= (norm(x) + norm(y))/3", ()),
    ("norm(t*x + (1 - t)*b[0]*y) <= t*norm(x) + (1 - t)*norm(y)", SHARE),
    ("logsumexp(y) >= logsumexp(x) + 2*softmax(x) @ (y - x)", ()),
    ("logsumexp(y) >= logsumexp(x) + softmax(y) @ (y - x)", ()),
    ("logsumexp(A @ y) <= logsumexp(A @ x) + (A.T @ softmax(A @ x)) @ (y - x) + opnorm(A)**2*norm(y - x)**2/5", ()),
    ("norm(y)**2 >= norm(x)**2 + 2*(x @ (y - x)) + 1001/1000*norm(y - x)**2", ()),
    ("norm(y)**2 <= norm(x)**2 + 2*(x @ (y - x)) + 999/1000*norm(y - x)**2", ()),
    ("norm(y)**2 <= norm(x)**2 + 2*(x @ (y - x)) + norm(y - x, inf)**2", ()),
    ("norm(y)**2 <= norm(x)**2 + 2*(x @ (y - x)) + norm(y - x)", ()),
    (jensen("l*norm({x})", XY), SHARE),
    (jensen("sum({x}**3)", XY), (*SHARE, "x >= 0")),
    (jensen("sum({x}**3)", XY), (*SHARE, "x**2 >= 0", "y**2 >= 0")),
    (jensen("sum(log(1 + {x}**2))", XY), SHARE),
    (concave("sum(log({x}**2))", XY), SHARE),
    (jensen("sum(abs({x})/(1 + abs({x})))", XY), SHARE),
    ("l/2*norm(y)**2 >= l/2*norm(x)**2 + l*(x @ (y - x)) + l*norm(y - x)**2", ()),
    ("sum(log(p)) >= sum(log(u)) + sum((p - u)/u)", ()),
    ("norm(A @ x - b)**2 <= norm(A @ y - b)**2", ()),
    ("norm(A @ x - b)**2 <= norm(A @ y - b)**2", ("A.T @ (A @ y - b) == 0",)),
    ("norm(A @ x - b)**2 <= norm(A @ y - b)**2", ("A.T @ (A @ x + b) == 0",)),
    ("norm(A @ x - b)**2 <= norm(A @ y - b)**2/2", ("A.T @ (A @ x - b) == 0",)),
    ("sum(cos(x)) <= sum(cos(y))", ("sin(x) == 0",)),
    ("norm(u*(A @ x - b))**2 <= norm(u*(A @ y - b))**2", ("A.T @ (u*(A @ x - b)) == 0",)),
]


def proved(statement: str, given: tuple[str, ...]) -> bool:
    paper = Paper("segments")
    paper.names |= {size: dim(size) for size in ("n", "d")}
    for name, text in SHAPES.items():
        axes = [paper.names[axis] for axis in text.split(",") if axis]
        paper.names[name] = symbol(name, *axes, positive=name in POSITIVE, pd=name in DEFINITE)
    claim = paper.claim("claim", statement, given=list(given))
    assert claim.problem is None, claim.problem
    return all(any(prove(goal)[0] for goal in goals(obligation)) for obligation in obligations(claim))


@pytest.mark.parametrize(("statement", "given"), TRUE, ids=[f"{case[0]} {case[1]}" for case in TRUE])
def test_a_true_inequality_is_proved(statement: str, given: tuple[str, ...]) -> None:
    assert proved(statement, given)


@pytest.mark.parametrize(("statement", "given"), FALSE, ids=[f"{case[0]} {case[1]}" for case in FALSE])
def test_a_false_inequality_is_not_proved(statement: str, given: tuple[str, ...]) -> None:
    assert not proved(statement, given)
