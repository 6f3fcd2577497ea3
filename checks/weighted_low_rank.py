"""Efficient Alternating Minimization with Applications to Weighted Low Rank Approximation (arXiv:2306.04169)."""

from derive import Paper, diag, dims, grad, index, inv, iterate, matrix, norm, ones, opnorm, outer, scalar, subs, sum
from derive import time, vector

paper = Paper(
    "weighted-low-rank",
    title="Efficient Alternating Minimization with Applications to Weighted Low Rank Approximation",
    source="arXiv:2306.04169",
)

n, k = dims("n k")
M, W = matrix("M", n, n), matrix("W", n, n, nonnegative=True)
X, Y, U, V = (matrix(name, n, k) for name in "XYUV")
i = index("i", n)
J = paper.let("J", ones(n, n), tex=r"\mathbf J")
Phi = paper.let("Phi", norm(W * (M - X @ Y.T)) ** 2, tex=r"\Phi")

paper.claim(
    "abstract",
    "norm(W * (M - U @ V))**2 == subs(subs(Phi, X, U), Y, V)",
    cite="abstract of the first version",
    expect="ill-posed",
    reason="U and V both have n rows, so that U V does not conform: the second factor is V^T.",
)
paper.claim(
    "abstract-corrected",
    norm(W * (M - U @ V.T)) ** 2 == subs(subs(Phi, X, U), Y, V),
    cite="what the reviewed version minimises",
)
paper.claim(
    "gradient",
    [grad(Phi, X) == -2 * (W * W * (M - X @ Y.T)) @ Y, grad(Phi, Y) == -2 * (W * W * (M - X @ Y.T)).T @ X],
    cite="gradients in both factors",
)

# Minimisers of Phi(., Y) are the X at which the gradient vanishes: no other factor Z has a smaller loss.
Z, x = matrix("Z", n, k), vector("x", k)
stationary = (W * W * (M - X @ Y.T)) @ Y == 0
Omega = paper.let("Omega", diag(W[i] ** 2), tex=r"\Omega_i")
row = inv(Y.T @ Omega @ Y) @ Y.T @ Omega @ M[i]
row_loss = norm(W[i] * (M[i] - Y @ x)) ** 2
paper.claim(
    "row-update",
    [subs(grad(row_loss, x), x, row) == 0, X[i] == row, Phi <= subs(Phi, X, Z)],
    given=[stationary],
    cite="least squares, row by row",
    using=["gradient"],
)
row_W = inv(Y.T @ diag(W[i]) @ Y) @ Y.T @ diag(W[i]) @ M[i]
paper.claim(
    "row-update-W",
    X[i] == row_W,
    given=[stationary],
    cite="least squares, row by row, with the weights themselves",
    expect="refuted",
    reason="The weights of the squares are the squares of the weights.",
)
Xt, Yt = matrix("Xt", n, k, tex="X^+"), matrix("Yt", n, k, tex="Y^+")
after_X, after_Y = subs(Phi, X, Xt), subs(subs(Phi, X, Xt), Y, Yt)
paper.claim(
    "monotone",
    [after_X <= Phi, after_Y <= after_X],
    given=[(W * W * (M - Xt @ Y.T)) @ Y == 0, (W * W * (M - Xt @ Yt.T)).T @ Xt == 0],
    cite="minimisation in X, then in Y",
    kind="convergence",
    using=["row-update"],
)

gamma = scalar("gamma", nonnegative=True)
paper.claim(
    "fraction",
    sum(J - W) / n**2 <= gamma,
    given=[W * W == W, opnorm(W - J) <= gamma * n],
    cite="fraction of zeros",
    kind="spectral",
)

# 4.6 at rank 1, where all rows are updated by quotients: M = M* + N with M* = u v^T, T sweeps from x_0, y_0. C and T
# are any numbers here, and one choice of them has a witness; below it falls for all of them.
u, v, x1, y1, x0, y0 = (vector(name, n) for name in ("u", "v", "x1", "y1", "x0", "y0"))
N, C, eps = matrix("N", n, n), scalar("C", positive=True), scalar("eps", positive=True, tex=r"\epsilon")
T, t = time("T"), time("t")
W2 = paper.let("W2", W * W, tex=r"W^{\circ2}")
M_1 = paper.let("M_1", outer(u, v) + N, tex="M")
x_new = W2 * M_1 @ y1 / (W2 @ (y1 * y1))
y_new = (W2 * M_1).T @ x_new / (W2.T @ (x_new * x_new))
sweeps = paper.let("sweeps", iterate([x1, y1], [x_new, y_new], start=[x0, y0]))
paper.claim(
    "4.6",
    sweeps(opnorm(outer(x1, y1) - outer(u, v)), T) <= C * opnorm(W * N) + eps,
    given=[eps < 1, opnorm(W - J) <= gamma * n],
    cite="Theorem 4.6, form only",
    kind="convergence",
    expect="refuted",
    reason="With M* and N the output is multiplied by any c > 0, and eps is not: T sweeps are too few for a large c.",
)

# W = [[1, 1], [1, 0]], M* = c J of size 2, N = 0, start (1, 2): a half-sweep, in X or in Y, takes (p, q) to
# c ((p + q)/(p^2 + q^2), 1/p), and the last entry of the output, after t + 1 of them, is the product of two q.
p, q, c = scalar("p"), scalar("q"), scalar("c", positive=True)
half = paper.let("half", iterate([p, q], [c * (p + q) / (p**2 + q**2), c / p], start=[1, 2]))
paper.claim(
    "4.6-corrected",
    [
        half(p, t) > 0,
        half(q, t) >= (1 + (1 / 2) ** t) * half(p, t),
        half(q, t + 1) * half(q, t) >= c + c * (1 / 2) ** t,
    ],
    cite="the error is at least c/2^t, however often one minimises: no C and T do for all c",
    kind="convergence",
)
