"""Solving Attention Kernel Regression Problem via Pre-conditioner (arXiv:2308.14304)."""

from derive import Paper, dims, exp, eye, index, inv, lambda_max, lambda_min, matrix, matrix_power, norm, scalar
from derive import sigma_min, time, vector

paper = Paper(
    "kernel-regression",
    title="Solving Attention Kernel Regression Problem via Pre-conditioner",
    source="arXiv:2308.14304",
)

n, d = dims("n d")
A, b = matrix("A", n, d), vector("b", n)
K = paper.let("K", A.T @ A)
j = time("j")
K_j = matrix_power(K, j)

# Minimisers are where the gradient vanishes: no other point z does better.
x, y, z, b_d = (vector(name, d) for name in ("x", "y", "z", "b_d"))
paper.claim(
    "chain",
    [norm(A @ K_j @ x - b) <= norm(A @ K_j @ z - b), norm(A @ y - b) <= norm(A @ z - b), K_j @ (inv(K_j) @ b_d) == b_d],
    given=[sigma_min(A) > 0, A.T @ (A @ y - b) == 0, x == inv(K_j) @ y],
    cite="the minimiser for a product by that for its first factor",
    kind="identity",
)

# Entrywise exponentials.
i, k = index("i", n), index("k", n)
X, Y = matrix("X", n, n, psd=True), matrix("Y", n, n, psd=True)
paper.claim("exp-psd", exp(A @ A.T) >> 0, cite="exponential of a Gram matrix")
paper.claim(
    "exp-psd-strict",
    lambda_min(exp(A @ A.T)) > 0,
    given=[norm(A[i] - A[k]) + eye(n)[i, k] > 0],
    cite="exponential of the Gram matrix of pairwise distinct rows",
    kind="psd",
)
paper.claim("exp-monotone", exp(X) << exp(Y), given=[X << Y], cite="order of entrywise exponentials")

# A preconditioner P of K, where S is the root of P.
eps = scalar("eps", positive=True, tex=r"\epsilon")
S = matrix("S", d, d, pd=True, tex="P^{1/2}")
P_S = paper.let("P_S", S @ S, tex="P")
M = inv(S) @ K @ inv(S)
paper.claim(
    "precond",
    lambda_max(M) / lambda_min(M) <= (1 + eps) / (1 - eps),
    given=[(1 - eps) * K << P_S, P_S << (1 + eps) * K, eps < 1],
    cite="condition number with a preconditioner",
    kind="spectral",
)
P, x_star = matrix("P", d, d, symmetric=True), vector("x_star", d, tex="x^*")
near = [(1 - eps) * K << P, P << (1 + eps) * K, eps < 1]
x_next = x - inv(P) @ (A.T @ (A @ x - b))
paper.claim(
    "richardson",
    norm(A @ (x_next - x_star)) <= eps / (1 - eps) * norm(A @ (x - x_star)),
    given=[*near, A.T @ (A @ x_star - b) == 0],
    cite="one preconditioned step",
    kind="convergence",
)
paper.claim(
    "power-approx",
    [(1 - eps) ** j * K_j << matrix_power(P, j), matrix_power(P, j) << (1 + eps) ** j * K_j],
    given=[*near, j >= 1],
    cite="powers of spectral approximations",
    kind="perturbation",
    expect="refuted",
    reason="Squares do not keep the Loewner order of matrices that do not commute.",
)
paper.claim(
    "power-approx-corrected",
    [(1 - eps) * matrix_power(K, 2 * j + 1) << K_j @ P @ K_j, K_j @ P @ K_j << (1 + eps) * matrix_power(K, 2 * j + 1)],
    given=near,
    cite="what congruence gives",
    kind="perturbation",
)
paper.claim(
    "exp-approx",
    exp(Y) << (1 + eps) * exp(X),
    given=[(1 - eps) * X << Y, Y << (1 + eps) * X, eps < 1],
    cite="entrywise exponentials of spectral approximations",
    kind="perturbation",
    expect="refuted",
    reason="One entry: exp((1 + eps) x) exceeds (1 + eps) exp(x) as soon as x > log(1 + eps)/eps.",
)
paper.claim(
    "exp-approx-corrected",
    exp(Y) << exp((1 + eps) * X),
    given=[(1 - eps) * X << Y, Y << (1 + eps) * X, eps < 1],
    cite="what the order of entrywise exponentials gives",
    kind="perturbation",
    using=["exp-monotone"],
)
