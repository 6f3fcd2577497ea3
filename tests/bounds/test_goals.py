"""Inequalities that the norm calculus proves, and false ones beside them that it must not."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language.paper import Paper
from derive.language.symbols import dim, index, symbol
from derive.obligation import obligations

SHAPES = {
    "A": "n,d",
    "M": "n,n",
    "M2": "d,d",
    "P2": "d,d",
    "S": "n,n",
    "Q": "n,n",
    "D2": "n,n",
    "x": "d",
    "y": "d",
    "q": "d",
    "b": "n",
    "u": "n",
    "v": "n",
    "R": "",
    "s": "",
    "t": "",
}
LET = {
    "f": "softmax(A @ x)",
    "e": "exp(A @ x)",
    "h": "e / sum(e)",
    "L": "norm(f - b)**2 / 2",
    "slope": "grad(L, x)",
    "N": "sum(softplus(A @ x)) - b @ (A @ x) + norm(x - y)**2/2",
    "P": "diag(f) - outer(f, f)",
    "D": "diag(u)",
    "E": "array([[1, 0], [0, 0]])",
    "F": "array([[0, 1], [0, 0]])",
    "G": "array([[0, 0], [0, 1]])",
    "H": "array([[0, 0], [1, 0]])",
}
BALL = ("opnorm(A) <= R", "norm(x) <= R", "norm(y) <= R", "R >= 1")
SIMPLEX = ("b >= 0", "norm(b, 1) <= 1")

BLOCK_BUT_NO_TRANSPOSE = "kron(E, S) + kron(F, M) + kron(H, M) + kron(G, S) >> 0"
LARGE = ("u**2 >= s/sigma_min(A)**2", "s >= 0")
LEVELS = ("u >= 0", "u <= R", "M >= 0", "M <= R", "R >= 2", "v*v == v", "A*A == A")
SUMS = "((A[:, None, :] + A[None, :, :]) @ M2)"
PLUS = "sum((A[:, None, :] + A[None, :, :])**2, axis=2)"
MINUS = "sum((A[:, None, :] - A[None, :, :])**2, axis=2)"
BLOCKS = ("S >> eye(n)", "opnorm(M) <= 1")

Case = tuple[str, str, tuple[str, ...]]

TRUE_AND_FALSE: list[Case] = [
    # what holds, what does not, under which hypotheses
    ("norm(u + v) <= norm(u) + norm(v)", "norm(u + v) <= norm(u)", ()),
    ("abs(u @ v) <= norm(u)*norm(v)", "abs(u @ v) <= norm(u)*norm(v, inf)", ()),
    ("abs(u @ v) <= norm(u, 1)*norm(v, inf)", "abs(u @ v) <= norm(u, inf)*norm(v, inf)", ()),
    ("norm(u, 1) <= sqrt(n)*norm(u)", "norm(u, 1) <= norm(u)", ()),
    ("norm(M, 'fro') <= sqrt(n)*opnorm(M)", "norm(M, 'fro') <= opnorm(M)", ()),
    ("(u @ v)**2 <= (u @ u)*(v @ v)", "(u @ v)**2 <= (u @ u)*(v @ v)/2", ()),
    ("sum(u*v) <= sqrt(sum(u**2)*sum(v**2))", "sum(u*v) <= sqrt(sum(u**2)*sum(v))", ("v >= 0",)),
    ("sum((M @ u)**2) <= sum(M**2)*sum(u**2)", "sum((M @ u)**2) <= max(M**2)*sum(u**2)", ()),
    ("opnorm(M @ M) <= opnorm(M)**2", "opnorm(M @ M) <= opnorm(M)", ()),
    (
        "max(abs(M @ A)) <= n*max(abs(M))*max(abs(A))",
        "max(abs(M @ A)) <= d*max(abs(M))*max(abs(A))",
        (),
    ),
    (
        "max(abs(S @ A - A - (M @ A - A))) <= n*max(abs(S - M))*max(abs(A))",
        "max(abs(S @ A - M @ A)) <= n*max(abs(S + M))*max(abs(A))",
        (),
    ),
    ("norm(u)**2 <= norm(u, 1)*norm(u, inf)", "norm(u)**2 <= norm(u)*norm(u, inf)", ()),
    ("abs(grad(softmax(t*u) @ v, t)) <= R/4", "abs(grad(softmax(t*u) @ v, t)) <= R/5", LEVELS),
    ("abs(grad(grad(softmax(t*u) @ v, t), t)) <= R**2/4", "abs(hessian(softmax(t*u) @ v, t)) <= R/4", LEVELS),
    (
        "abs(grad(norm(inv(diag(exp(t*M) @ ones(n))) @ exp(t*M) @ A)**2, t)) <= R*n*d/2",
        "abs(grad(norm(inv(diag(exp(t*M) @ ones(n))) @ exp(t*M) @ A)**2, t)) <= R*n/2",
        LEVELS,
    ),
    ("sum(v[i]*exp(R*u[i]), over=i) >= 0", "sum(u[i]*v[i] - R, over=i) >= 0", LEVELS),
    ("sum(v[i]*u[i], over=i) <= n*R", "sum(v[i]*u[i], over=i) <= R", LEVELS),
    (
        "max(abs(softmax(M, axis=1) @ A)) <= 1",
        "max(abs(softmax(M, axis=0) @ A)) <= 1",
        LEVELS,
    ),
    (
        "(inv(diag(exp(M) @ ones(n))) @ exp(M)) @ A >= 0",
        "(inv(diag(exp(M) @ ones(n))) @ exp(S)) @ A <= 1",
        LEVELS,
    ),
    ("outer(u, u) << norm(u)**2*eye(n)", "outer(u, u) << norm(u, inf)**2*eye(n)", ()),
    (
        "opnorm(A @ M2 - A @ P2) <= opnorm(A)*opnorm(M2 - P2)",
        "opnorm(A @ M2 - A @ P2) <= opnorm(A)*opnorm(M2 + P2)",
        (),
    ),
    (
        "norm(outer(u, b) - outer(v, b), 'fro') <= norm(u - v)*norm(b)",
        "norm(outer(u, b) - outer(v, b), 'fro') <= norm(u - v)",
        (),
    ),
    (
        "opnorm(kron(M, A) + kron(S, A)) <= opnorm(M + S)*opnorm(A)",
        "opnorm(kron(M, A) - kron(S, A)) <= opnorm(M + S)*opnorm(A)",
        (),
    ),
    (
        "opnorm(v[0]*diag(u*b) - v[0]*diag(v*b)) <= abs(v[0])*norm(b)*opnorm(diag(u) - diag(v))",
        "opnorm(v[0]*diag(u*b) - v[0]*diag(v*b)) <= abs(v[0])*norm(b)*opnorm(diag(u) + diag(v))",
        (),
    ),
    (
        "opnorm(-s*R*diag(u*b) + s*R*diag(v*b)) <= abs(s)*abs(R)*norm(b)*norm(u - v, inf)",
        "opnorm(-s*R*diag(u*b) - s*R*diag(v*b)) <= abs(s)*abs(R)*norm(b)*norm(u - v, inf)",
        (),
    ),
    ("diag(u) << norm(u)*eye(n)", "diag(u) << norm(u)**2*eye(n)", ()),
    ("opnorm(P) <= 1/2", "opnorm(P) <= 49/100", ()),
    ("A.T @ A >> 0", "M + M.T >> 0", ()),
    ("norm(f) <= 1", "norm(f) <= 9/10", ()),
    ("sum(e) >= n*exp(-R**2)", "sum(e) >= n*exp(-R)", BALL),
    ("norm(f - subs(f, x, y)) <= opnorm(A)*norm(x - y)/2", "norm(f - subs(f, x, y)) <= opnorm(A)*norm(x - y)/3", ()),
    ("norm(h - subs(h, x, y)) <= opnorm(A)*norm(x - y)/2", "norm(h - subs(h, x, y)) <= norm(x - y)/2", ()),
    ("norm(exp(x) - exp(y)) <= exp(R)*norm(x - y)", "norm(exp(x) - exp(y)) <= exp(norm(x))*norm(x - y)", BALL),
    ("norm(2*x - 2*y) <= 2*norm(x - y)", "norm(x*x - y*y) <= 2*norm(x)*norm(x - y)", ()),
    ("norm(x*x - y*y) <= 2*R*norm(x - y)", "norm(x*x - y*y) <= R*norm(x - y)", BALL),
    ("norm(x) <= R", "norm(x*x - y*y) <= 2*R*norm(x - y)", ("norm(x) <= R",)),
    ("opnorm(hessian(L, x)) <= 2*opnorm(A)**2", "opnorm(hessian(L, x)) <= opnorm(A)**2/10", SIMPLEX),
    (
        "opnorm(hessian(L, x) - subs(hessian(L, x), x, y)) <= 3/2*opnorm(A)**3*norm(x - y)",
        "opnorm(hessian(L, x) - subs(hessian(L, x), x, y)) <= 1/2*opnorm(A)**3*norm(x - y)",
        SIMPLEX,
    ),
    ("hessian(logsumexp(A @ x), x) << opnorm(A)**2/2*eye(d)", "hessian(logsumexp(A @ x), x) << opnorm(A)/2*eye(d)", ()),
    ("outer(u, v) + outer(v, u) << outer(u, u) + outer(v, v)", "outer(u, v) + outer(v, u) << outer(u, u)", ()),
    ("outer(u, v) + outer(v, u) >> -outer(u, u) - outer(v, v)", "outer(v*u, v*u) << norm(v, inf)**2*outer(u, u)", ()),
    ("9/10*(D @ D + eye(n)) << D @ D", "9/10*(D @ D + 2*eye(n)) << D @ D", ("u**2 >= 9",)),
    ("D @ D >> R*eye(n)", "D @ D >> 5*R*eye(n)", ("u >= R + s", "s >= 1")),
    (f"(A @ A.T) * exp({SUMS}).sum(axis=2) / n >> 0", f"(A @ A.T) * cosh({SUMS}).sum(axis=2) / n >> eye(n)", ()),
    ("exp(A @ A.T) >> 0", "exp(-A @ A.T) >> 0", ()),
    ("exp(Q) << exp(S)", "exp(S) << exp(Q)", ("Q << S",)),
    ("2*exp(Q) << 2*exp(S)", "exp(D2) << exp(S)", ("Q << S",)),
    ("Q**3 << S**3", "exp(-S) << exp(-Q)", ("S >> Q",)),
    ("cosh(A @ A.T) << cosh(A @ A.T + Q)", "tanh(A @ A.T) << tanh(A @ A.T + Q)", ()),
    ("sum(A) <= sqrt(n*d)*opnorm(A)", "sum(A) <= sqrt(n)*opnorm(A)", ()),
    ("sum(M - S) <= n*R", "sum(M - S) <= R", ("opnorm(S - M) <= R",)),
    ("cosh(A @ A.T) + (A @ A.T)**3 >> 0", "cos(A @ A.T) >> 0", ()),
    ("sqrt(2)*(A @ A.T) * square(A @ A.T) >> 0", "(A @ A.T)**3 - (A @ A.T)**2 >> 0", ()),
    ("S**2 + exp(S) >> 0", "M**2 >> 0", ("S >> 0",)),
    (f"exp({PLUS}/2) >> 0", f"exp(-{PLUS}/2) >> 0", ()),
    (f"exp(-{MINUS}) >> 0", f"exp({MINUS}) >> 0", ()),
    (f"(A @ A.T) * exp({PLUS}/2) >> 0", f"A @ A.T - exp({PLUS}/2) >> 0", ()),
    ("sum(relu(u)) <= sum(abs(u))", "sum(relu(u)) <= sum(u)", ()),
    ("tanh(u) <= u", "tanh(u) <= 9/10*u", ("u >= 0",)),
    ("log(e) <= e - 1", "log(e) <= e - 101/100", ()),
    ("sqrt(1 + u**2) <= 1 + abs(u)", "sqrt(1 + u**2) <= 1/2 + abs(u)", ()),
    ("sum(log(1 + exp(u))) <= sum(log(2) + relu(u))", "sum(log(1 + exp(u))) <= sum(relu(u))", ()),
    ("det(eye(n) + Q) <= exp(trace(Q))", "det(eye(n) + Q) <= exp(trace(Q)/2)", ()),
    ("det(eye(n) + Q/2) <= exp(trace(Q)/2)", "det(eye(n) + S) <= exp(trace(S) - n/100)", ()),
    ("log(det(eye(n) + Q)) >= trace(Q @ inv(eye(n) + Q))", "log(det(eye(n) + S)) >= trace(S @ inv(eye(n) - S))", ()),
    ("log(det(D2)) <= trace(D2) - n", "log(det(D2)) <= trace(D2) - 101/100*n", ()),
    ("trace(inv(D2)) + trace(D2) >= 2*n", "trace(inv(S)) + trace(S) >= 2*n", ()),
    ("inv(D2) >> 2*eye(n) - D2", "inv(S) >> 2*eye(n) - S", ()),
    ("S @ S >> 2*S - eye(n)", "S @ S >> 2*S - 99/100*eye(n)", ()),
    ("trace(S @ S) >= 2*trace(S) - n", "trace(S @ S) >= 2*trace(M) - n", ()),
    ("norm(S, 'fro')**2 <= trace(S)", "norm(S, 'fro')**2 <= trace(S)/2", ("S >> 0", "S << eye(n)")),
    ("sum(e) > 0", "norm(u) > 0", ()),
    ("h > 0", "h < 1", ()),
    ("opnorm(M + P - M) <= 1/2", "opnorm(M + P - M) <= 49/100", ()),
    ("kron(E, S) + kron(F, M) + kron(H, M.T) + kron(G, S) >> 0", BLOCK_BUT_NO_TRANSPOSE, BLOCKS),
    ("A.T @ (P + D @ D) @ A >> s*eye(d)", "A.T @ (P + D @ D) @ A >> 2*s*eye(d)", LARGE),
    (
        "opnorm(hessian(N, x) - subs(hessian(N, x), x, q)) <= opnorm(A)**3*norm(x - q)/10",
        "opnorm(hessian(N, x) - subs(hessian(N, x), x, q)) <= opnorm(A)**3*norm(x - q)/11",
        (),
    ),
    ("opnorm(hessian(N, x)) <= opnorm(A)**2/4 + 1", "opnorm(hessian(N, x)) <= opnorm(A)**2/4 + 9/10", ()),
    ("norm(grad(logsumexp(A @ x), x)) <= opnorm(A)", "norm(grad(logsumexp(A @ x), x)) <= opnorm(A)/2", ()),
    # a derivative that a hypothesis states is known at the point of the hypothesis, and at no other
    ("norm(grad(L, x)) <= norm(x)", "norm(subs(grad(L, x), x, y)) <= norm(y)", ("grad(L, x) == x",)),
    (
        "norm(grad(L, x) - y) <= norm(x - y)",
        "norm(grad(L, x) - subs(grad(L, x), x, y)) <= norm(x - y)",
        ("grad(L, x) == x",),
    ),
    ("norm(slope) <= norm(x)", "norm(slope - subs(slope, x, y)) <= norm(x - y)", ("grad(L, x) == x",)),
    ("norm(grad(L, x))**2 <= norm(x)**2", "norm(grad(norm(grad(L, x))**2, x)) <= 2*norm(x)", ("grad(L, x) == x",)),
    ("norm(grad(L, x)) <= 0", "opnorm(jacobian(grad(L, x), x)) <= 0", ("grad(L, x) == 0*x",)),
]


def proved(statement: str, given: tuple[str, ...]) -> bool:
    paper = Paper("bounds")
    paper.names |= {size: dim(size) for size in ("n", "d")}
    for name, text in SHAPES.items():
        axes = [paper.names[axis] for axis in text.split(",") if axis]
        declared = {"R": "positive", "S": "symmetric", "Q": "psd", "D2": "pd"}.get(name)
        paper.names[name] = symbol(name, *axes, **({declared: True} if declared else {}))
    paper.names["i"] = index("i", paper.names["n"])
    for name, text in LET.items():
        paper.names[name] = paper.let(name, text)
    claim = paper.claim("claim", statement, given=list(given))
    assert claim.problem is None, claim.problem
    return all(any(prove(goal)[0] for goal in goals(obligation)) for obligation in obligations(claim))


@pytest.mark.parametrize(("true", "_", "given"), TRUE_AND_FALSE, ids=[case[0][:60] for case in TRUE_AND_FALSE])
def test_a_true_bound_is_proved(true: str, _: str, given: tuple[str, ...]) -> None:
    assert proved(true, given)


@pytest.mark.parametrize(("_", "false", "given"), TRUE_AND_FALSE, ids=[case[1][:60] for case in TRUE_AND_FALSE])
def test_a_false_bound_is_not_proved(_: str, false: str, given: tuple[str, ...]) -> None:
    assert not proved(false, given)


def test_a_bound_of_rows_is_one_of_the_rows_that_positions_allow() -> None:
    """``i != 0`` says nothing of the first row."""
    assert proved("norm(A)**2 <= n", ("norm(A[i]) <= 1",))
    assert not proved("norm(A)**2 <= n", ("norm(A[i]) <= 1", "i != 0"))
    assert not proved("sum(abs(x[0]*A[i] @ x), over=i) <= n*R", ("abs(x[0]*A[i] @ x) <= R", "i != 0"))
