"""Textbook identities that are proved for all dimensions, and false ones beside them that are not.

The Matrix Cookbook's derivatives and inverses, Kronecker products, softmax and normalisation, Gaussian processes,
and the relations of the elementwise functions.
"""

from __future__ import annotations

import pytest

from derive.calculus.decide import difference
from derive.language.api import (
    abs,
    arctan,
    cos,
    cosh,
    det,
    diag,
    dims,
    erf,
    exp,
    eye,
    gelu,
    grad,
    heaviside,
    hessian,
    index,
    inv,
    jacobian,
    jvp,
    kron,
    log,
    logdet,
    logsumexp,
    matrix,
    max,
    maximum,
    minimum,
    norm,
    ones,
    opnorm,
    outer,
    pi,
    relu,
    scalar,
    sigmoid,
    sign,
    silu,
    sin,
    sinh,
    softmax,
    softplus,
    sqrt,
    subs,
    sum,
    tan,
    tanh,
    trace,
    vec,
    vector,
)

n, d = dims("n d")
A, B, M = (matrix(name, n, n) for name in ("A", "B", "M"))
X = matrix("X", n, d)
U, V = matrix("U", n, d), matrix("V", d, n)
C, D = matrix("C", d, d), matrix("D", d, d)
S = matrix("S", n, n, symmetric=True)
P = matrix("P", n, n, pd=True)
K = matrix("K", n, n, skew=True)
Q = matrix("Q", n, n, orthogonal=True)
x, y, u, v = (vector(name, n) for name in "xyuv")
w = vector("w", n, positive=True)
z = vector("z", d)
a, b, c = scalar("a"), scalar("b"), scalar("c")
s, l = scalar("s", positive=True), scalar("l", positive=True)
i, j = index("i", n), index("j", n)
I = eye(n)

IDENTITIES = {
    "cb grad quad": (grad(x @ A @ x, x), (A + A.T) @ x),
    "cb hess quad": (hessian(x @ A @ x, x), A + A.T),
    "cb trace AXB": (grad(trace(A @ X @ C @ X.T), X), A @ X @ C + A.T @ X @ C.T),
    "cb trace XtBXC": (grad(trace(X.T @ B @ X @ C), X), B @ X @ C + B.T @ X @ C.T),
    "cb det": (grad(det(A), A), det(A) * inv(A).T),
    "cb logdet": (grad(logdet(A), A), inv(A).T),
    "cb logdet quad": (grad(logdet(X.T @ A @ X), X), A @ X @ inv(X.T @ A @ X) + A.T @ X @ inv(X.T @ A.T @ X)),
    "cb tr inv": (grad(trace(inv(A + B)), A), -(inv(A + B) @ inv(A + B)).T),
    "cb tr AinvX B": (grad(trace(B @ inv(A) @ M), A), -(inv(A) @ M @ B @ inv(A)).T),
    "det inv": (det(inv(A)), 1 / det(A)),
    "det prod": (det(A @ B), det(A) * det(B)),
    "det T": (det(A.T), det(A)),
    "det 3": (det(A @ B @ M), det(A) * det(B) * det(M)),
    "inv prod": (inv(A @ B), inv(B) @ inv(A)),
    "inv inv": (inv(inv(A)), A),
    "inv T": (inv(A.T), inv(A).T),
    "inv scal": (inv(s * A), inv(A) / s),
    "push": (inv(I + A @ B) @ A, A @ inv(I + B @ A)),
    "push rect": (inv(I + U @ V) @ U, U @ inv(eye(d) + V @ U)),
    "woodbury": (inv(A + U @ C @ V), inv(A) - inv(A) @ U @ inv(inv(C) + V @ inv(A) @ U) @ V @ inv(A)),
    "sherman": (inv(A + outer(u, v)), inv(A) - outer(inv(A) @ u, v @ inv(A)) / (1 + v @ inv(A) @ u)),
    "det lemma": (det(A + outer(u, v)), det(A) * (1 + v @ inv(A) @ u)),
    "searle": (inv(A) + inv(B), inv(A) @ (A + B) @ inv(B)),
    "searle2": (inv(I + inv(A)), A @ inv(A + I)),
    "searle3": (inv(A + B), inv(A) - inv(A) @ inv(inv(A) + inv(B)) @ inv(A)),
    "A-A(A+B)A": (A - A @ inv(A + B) @ A, B - B @ inv(A + B) @ B),
    "inv diff": (inv(A) - inv(B), inv(A) @ (B - A) @ inv(B)),
    "ridge dual": (inv(X.T @ X + l * eye(d)) @ X.T, X.T @ inv(X @ X.T + l * I)),
    "kron mix": (kron(A, C) @ kron(B, D), kron(A @ B, C @ D)),
    "kron inv": (inv(kron(A, C)), kron(inv(A), inv(C))),
    "kron T": (kron(A, C).T, kron(A.T, C.T)),
    "kron tr": (trace(kron(A, C)), trace(A) * trace(C)),
    "kron vec": (vec(A @ X @ C), kron(A, C.T) @ vec(X)),
    "kron vec F": (vec(A @ X @ C, "F"), kron(C.T, A) @ vec(X, "F")),
    "tr cyc": (trace(A @ B @ M), trace(M @ A @ B)),
    "tr kron id": (trace(A @ B.T), sum(A * B)),
    "norm2": (norm(A) ** 2, trace(A.T @ A)),
    "norm grad": (grad(norm(x), x), x / norm(x)),
    "norm hess": (hessian(norm(x), x), I / norm(x) - outer(x, x) / norm(x) ** 3),
    "fro grad": (grad(norm(X) ** 2 / 2, X), X),
    "sigmoid der": (jacobian(sigmoid(x), x), diag(sigmoid(x) * (1 - sigmoid(x)))),
    "sigmoid neg": (sigmoid(-x), 1 - sigmoid(x)),
    "sigm tanh": (sigmoid(x), (1 + tanh(x / 2)) / 2),
    "tanh add": (tanh(a + c), (tanh(a) + tanh(c)) / (1 + tanh(a) * tanh(c))),
    "softplus": (softplus(a) - softplus(-a), a),
    "softplus der": (grad(softplus(a), a), sigmoid(a)),
    "log sigmoid": (log(sigmoid(a)), -softplus(-a)),
    "cosh2": (cosh(a) ** 2 - sinh(a) ** 2, 1),
    "cosh dbl": (cosh(2 * a), 2 * cosh(a) ** 2 - 1),
    "sin dbl": (sin(2 * a), 2 * sin(a) * cos(a)),
    "sin add": (sin(a + c), sin(a) * cos(c) + cos(a) * sin(c)),
    "tan": (grad(tan(a), a), 1 + tan(a) ** 2),
    "pyth": (sin(a) ** 2 + cos(a) ** 2, 1),
    "relu abs": (relu(a), (a + abs(a)) / 2),
    "relu-": (relu(a) - relu(-a), a),
    "relu+": (relu(a) + relu(-a), abs(a)),
    "max abs": (maximum(a, c), (a + c + abs(a - c)) / 2),
    "max min": (maximum(a, c) + minimum(a, c), a + c),
    "max*min": (maximum(a, c) * minimum(a, c), a * c),
    "min neg": (minimum(a, c), -maximum(-a, -c)),
    "abs prod": (abs(a * c), abs(a) * abs(c)),
    "abs sq": (abs(a) ** 2, a**2),
    "sqrt sq": (sqrt(a**2), abs(a)),
    "norm scal": (norm(a * x), abs(a) * norm(x)),
    "norm outer": (norm(outer(x, y)), norm(x) * norm(y)),
    "relu2": (relu(a) ** 2, a * relu(a)),
    "relu x": (relu(3 * a), 3 * relu(a)),
    "softmax shift": (softmax(x + a), softmax(x)),
    "softmax jac": (jacobian(softmax(x), x), diag(softmax(x)) - outer(softmax(x), softmax(x))),
    "lse grad": (grad(logsumexp(x), x), softmax(x)),
    "lse hess": (hessian(logsumexp(x), x), diag(softmax(x)) - outer(softmax(x), softmax(x))),
    "lse shift": (logsumexp(x + a), logsumexp(x) + a),
    "log softmax": (log(softmax(x)), x - logsumexp(x)),
    "softmax sum": (sum(softmax(x)), 1),
    "softmax rows": (softmax(X, axis=1).sum(axis=1), ones(n)),
    "softmax rows tot": (sum(softmax(X)), n),
    "ce grad": (grad(-(y @ log(softmax(x))), x), y.sum() * softmax(x) - y),
    "entropy": (-(softmax(x) @ log(softmax(x))), logsumexp(x) - softmax(x) @ x),
    "layernorm mean": (sum(x - x.mean()), 0),
    "ln var": (((x - x.mean()) ** 2).mean(), (x**2).mean() - x.mean() ** 2),
    "centering": ((I - ones(n, n) / n) @ x, x - x.mean()),
    "centering idem": ((I - ones(n, n) / n) @ (I - ones(n, n) / n), I - ones(n, n) / n),
    "ln scale": (
        (s * x - (s * x).mean()) / sqrt(((s * x - (s * x).mean()) ** 2).mean()),
        (x - x.mean()) / sqrt(((x - x.mean()) ** 2).mean()),
    ),
    "ln norm": (norm((x - x.mean()) / sqrt(((x - x.mean()) ** 2).mean())) ** 2, n),
    "gp mll": (grad(y @ inv(P) @ y / 2 + logdet(P) / 2, P), -outer(inv(P) @ y, inv(P) @ y) / 2 + inv(P) / 2),
    "kalman": ((eye(d) - inv(D) @ C) @ inv(D), inv(D) - inv(D) @ C @ inv(D)),
    "sym": (x @ S @ y, y @ S @ x),
    "skew0": (x @ K @ x, 0),
    "skew tr": (trace(S @ K), 0),
    "orth norm": (norm(Q @ x), norm(x)),
    "orth inv": (inv(Q), Q.T),
    "orth trace": (trace(Q @ A @ Q.T), trace(A)),
    "orth det": (det(Q) ** 2, 1),
    "orth det2": (det(Q @ A @ Q.T), det(A)),
    "dist": (((x - y) ** 2).sum(), x @ x - 2 * (x @ y) + y @ y),
    "gram": (
        ((X[:, None, :] - X[None, :, :]) ** 2).sum(axis=2),
        (X**2).sum(axis=1)[:, None] + (X**2).sum(axis=1) - 2 * (X @ X.T),
    ),
    "rbf": (exp(-((x - y) @ (x - y)) / 2), exp(-(x @ x) / 2) * exp(x @ y) * exp(-(y @ y) / 2)),
    "attn": (softmax(X @ C @ X.T) @ ones(n), ones(n)),
    "power": (x**3 * x**-2, x),
    "log pow": (log(s**3), 3 * log(s)),
    "exp log": (exp(a * log(s)), s**a),
    "pow mul": (s**a * s**c, s ** (a + c)),
    "pow n": (s**n * s, s ** (n + 1)),
    "diag mul": (diag(x) @ diag(y), diag(x * y)),
    "diag inv": (inv(diag(x)), diag(1 / x)),
    "diag had": (diag(x) @ A @ diag(y), A * outer(x, y)),
    "diag quad": (diag(A @ diag(x) @ B.T), (A * B) @ x),
    "block": (vec(outer(x, z)), kron(x, z)),
    "hadamard": (x @ (A * B) @ y, trace(diag(x) @ A @ diag(y) @ B.T)),
    "jac lin": (jacobian(A @ x + y, x), A),
    "sum idx": (sum(x[i] * y[i], over=i), x @ y),
    "sign abs": (sign(a) * abs(a), a),
    "grad abs": (grad(norm(x, 1), x), sign(x)),
    "gelu": (gelu(-a), gelu(a) - a),
    "silu": (grad(silu(a), a), sigmoid(a) * (1 + a * (1 - sigmoid(a)))),
    "erf": (grad(erf(a), a), 2 / sqrt(pi) * exp(-(a**2))),
    "atan": (grad(arctan(a), a), 1 / (1 + a**2)),
    "huber": (hessian(sum(relu(1 - x) ** 2) / 2, x), diag(heaviside(1 - x))),
    "jvp": (jvp(x @ A @ x, x, y), y @ A @ x + x @ A @ y),
    "subs": (subs(grad(x @ x, x), x, A @ y), 2 * A @ y),
    "lagrange": ((x @ x) * (y @ y) - (x @ y) ** 2, ((outer(x, y) - outer(y, x)) ** 2).sum() / 2),
    "polar": ((norm(x + y) ** 2 - norm(x - y) ** 2) / 4, x @ y),
    "1/(xi-xj)": ((1 / (x[:, None] - x[None, :] + 1)) * (x[:, None] - x[None, :] + 1), ones(n, n)),
    "anti inv": (sum((x[:, None] - x[None, :]) ** 3), 0),
}

CONDITIONAL = {
    "idem": (M @ M @ M, M, [M @ M == M]),
    "idem inv": (inv(I + M), I - M / 2, [M @ M == M]),
    "proj": ((I - M) @ (I - M), I - M, [M @ M == M]),
    "householder": ((I - 2 * outer(x, x)) @ (I - 2 * outer(x, x)), I, [norm(x) == 1]),
    "invol": (inv(M), M, [M @ M == I]),
    "logistic": (log(1 + exp(-y * x)), (1 + y) / 2 * softplus(-x) + (1 - y) / 2 * softplus(x), [y * y == 1]),
    "stief": (norm(X @ z), norm(z), [eye(d) == X.T @ X]),
    "prob": (sum(w * (x - w @ x)), 0, [sum(w) == 1]),
    "eig": (A @ A @ x, a**2 * x, [A @ x == a * x]),
    "symg": (grad(x @ A @ x, x), 2 * A @ x, [A == A.T]),
    "sumc": (x.sum() ** 2, a**2, [a == sum(x)]),
    "anti": ((A + B) @ (A + B), A @ A + B @ B, [A @ B == -B @ A]),
    "unit": (hessian(norm(x), x) @ x, 0 * x, []),
    "inverse def": (A @ M, I, [inv(A) == M]),
}

NEAR_MISSES = {
    "invol": (M @ M.T, eye(n), [eye(n) == M @ M]),
    "stiefel": (X @ X.T, eye(n), [eye(d) == X.T @ X]),
    "fixed i": (x[j], a, [x[i] == a]),
    "fixed i0": (x[0], a, [x[i] == a, i != 0]),
    "pos0": (sqrt(x[1] ** 2), x[1], [x[0] > 0]),
    "log0": (sqrt(x**2)[0], x[0], []),
    "sum p diag": (sum(x * x), sum(x), [sum(x) == 1]),
    "trA": (trace(A * B), trace(A), [sum(B) == 1]),
    "sym grad": (grad(trace(S @ A), S), A, []),
    "sym hess": (grad(x @ S @ x, S), 2 * outer(x, x) - diag(x * x), []),
    "skew": (x @ K @ y, y @ K @ x, []),
    "inv sum": (inv(A + B), inv(A) + inv(B), []),
    "eigen": (A @ A @ x, b * x, [A @ x == b * x]),
    "det prod": (det(A + B), det(A) + det(B), []),
    "orth det": (det(Q), 1 + 0 * a, []),
    "y2": (y * x, x, [y * y == 1]),
    "y2 sum": (sum(y), 0 * a + n, [y * y == 1]),
    "y2 exp": (exp(x * y), exp(x), [y * y == 1]),
    "abs": (abs(a + b), abs(a) + abs(b), []),
    "(a^2)^1/2": (sqrt(a**2), a, []),
    "(a^3b^3)": ((a**3 * b**3) ** (1 / 2), a * b * sqrt(a * b), []),
    "grad hyp": (grad(norm(x) ** 2, x), 0 * x, [norm(x) == 1]),
    "grad dep": (grad(a * b, a), 2 * a, [a == b]),
    "kl": (eye(n)[i, j], 0 * a, []),
    "kron": (kron(A, B), kron(B, A), []),
    "kron sq": (kron(x, y), kron(y, x), []),
    "max": (max(x) + max(y), max(x + y), []),
    "max neg": (max(-x), -max(x), []),
    "max scale": (max(a * x), a * max(x), []),
    "softmax": (softmax(x + y), softmax(x) * softmax(y), []),
    "lse": (logsumexp(x + y), logsumexp(x) + logsumexp(y), []),
    "contr": (a, b, [a == a + 1]),
    "sqrtn": (sqrt(a ** (2 * n)), a**n, []),
    "detneg": (det(-A), -det(A), []),
    "detscale2": (det(a * A), abs(a) ** n * det(A), []),
    "sizes": (sum(ones(n, d)), n * n + 0 * a, []),
    "atan": (arctan(1 / a) + arctan(a), pi / 2, []),
    "logdet": (logdet(A @ B), logdet(A) + logdet(B), []),
    "erf": (erf(-a), erf(a), []),
    "relu": (relu(a) + relu(b), relu(a + b), []),
    "max xx": (maximum(a, b) ** 2, maximum(a**2, b**2), []),
    "determinant of ones": (det(a * ones(n, n)), det(a * ones(d, d)), []),
    "norm of ones": (opnorm(ones(n, d)), opnorm(ones(n, n)), []),
    "norm of unlike axes": (opnorm(outer(vec(X), z)), opnorm(kron(X, z[None, :])), []),
    "root of a square": (sqrt(a**2 + 2 * a * c + c**2), sqrt(a + c), []),
    "root of a product": (sqrt(a * c + a + c + 1), sqrt(a + 1) * sqrt(c + 1), []),
    "trace over row sums": (trace(A / A.sum(axis=1, keepdims=True)), 1 + 0 * a, []),
    "all rows of a softmax": (sum(softmax(X)), 1 + 0 * a, []),
    "odd integer power": (norm(x**n, 1), sum(x**n), []),
    "positive part of a power": (maximum(x**n, 0), x**n, []),
    "sign of one entry": (exp(y[1]), exp(y[1] ** 2) * y[1], [y[0] ** 2 == 1]),
    "diagonal of an inverse": (trace(inv(A + A.T)) + S[0, 1], trace(inv(2 * A)) + S[1, 0], []),
    "determinants that vanish": (det(diag(x)), det(diag(-x)), []),
    "negated row sum": (sum(sin(x) ** 2 + cos(x) ** 2), 1 + 0 * a, []),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_identities_are_proved(name):
    left, right = IDENTITIES[name]
    assert difference(left, 0 * left + right).proved


@pytest.mark.parametrize("name", CONDITIONAL)
def test_identities_are_proved_under_their_hypotheses(name):
    left, right, given = CONDITIONAL[name]
    assert difference(left, 0 * left + right, given).proved


@pytest.mark.parametrize("name", [name for name, (_, _, given) in CONDITIONAL.items() if given])
def test_without_their_hypotheses_they_are_not(name):
    left, right, _ = CONDITIONAL[name]
    assert not difference(left, 0 * left + right).proved


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_misses_are_not_proved(name):
    left, right, given = NEAR_MISSES[name]
    assert not difference(left, 0 * left + right, given).proved
