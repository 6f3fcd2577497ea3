"""Revisiting Quantum Algorithms for Linear Regressions (arXiv:2311.14823): leverage scores and sketches.

What its abstract and reviews tell was read; the ingredients are classical.
"""

from derive import Paper, det, diag, dims, eye, index, inv, log, matrix, norm, one_hot, probability, scalar
from derive import sigma_min, sqrt, sum, vector

paper = Paper("least-squares", title="Revisiting Quantum Algorithms for Linear Regressions", source="arXiv:2311.14823")

n, d, m, k = dims("n d m k")
i = index("i", n)
A, b = matrix("A", n, d), vector("b", n)
sigma = paper.let("sigma", diag(A @ inv(A.T @ A) @ A.T), tex=r"\sigma")

# Q has orthonormal columns that span the range of A.
Q, T = matrix("Q", n, d), matrix("T", d, d)
paper.claim(
    "leverage-def",
    sigma[i] == norm(Q[i]) ** 2,
    given=[Q.T @ Q == eye(d), A == Q @ T, det(T) != 0],
    cite="leverage scores by an orthonormal basis",
)
paper.claim("leverage-sum", sum(sigma) == d, cite="sum of the leverage scores")
paper.claim("leverage-range", [sigma >= 0, sigma <= 1], cite="range of the leverage scores", kind="bound")

# A singular value decomposition of A.
U, V, s = matrix("U", n, d), matrix("V", d, d, orthogonal=True), vector("s", d, nonnegative=True)
mu = scalar("mu", nonnegative=True, tex=r"\mu")
paper.claim(
    "ridge-sum",
    sum(diag(A @ inv(A.T @ A + mu * eye(d)) @ A.T)) == sum(s**2 / (s**2 + mu)),
    given=[A == U @ diag(s) @ V.T, U.T @ U == eye(d)],
    cite="sum of the ridge leverage scores",
)

# m rows of A, drawn with the probabilities p and scaled.
eps, delta = scalar("eps", positive=True, tex=r"\epsilon"), scalar("delta", positive=True, tex=r"\delta")
enough = [eps < 1, delta < 1, m >= 3 * d * log(2 * d / delta) / eps**2]
p = paper.let("p", sigma / d)
P = one_hot("P", m, n, p=p)
SA = paper.let("SA", P @ A / sqrt(m * (P @ p))[:, None])
paper.claim(
    "sampling",
    probability([(1 - eps) * (A.T @ A) << SA.T @ SA, SA.T @ SA << (1 + eps) * (A.T @ A)]) >= 1 - delta,
    given=enough,
    cite="a sample by leverage scores",
    kind="probabilistic",
)
R = one_hot("R", m, n)
G = paper.let("G", n / m * ((R @ A).T @ (R @ A)), tex=r"A^\top S^\top SA")
paper.claim(
    "uniform-sampling",
    probability([(1 - eps) * (A.T @ A) << G, G << (1 + eps) * (A.T @ A)]) >= 1 - delta,
    given=[sigma_min(A) > 0, *enough],
    cite="a uniform sample",
    kind="probabilistic",
    expect="refuted",
    reason="A row of leverage 1 among many others is likely never drawn.",
)

coherence = scalar("coherence", positive=True, tex="c")
paper.claim(
    "uniform-sampling-corrected",
    probability([(1 - eps) * (A.T @ A) << G, G << (1 + eps) * (A.T @ A)]) >= 1 - delta,
    given=[eps < 1, delta < 1, sigma <= coherence, m >= 3 * n * coherence * log(2 * d / delta) / eps**2],
    kind="probabilistic",
)

# What S does to vectors in the span of the columns of A and b; the residuals of x' and x* are the ones that matter.
S, x_, x = matrix("S", k, n), vector("x_", d, tex="x'"), vector("x", d, tex="x^*")
paper.claim(
    "sketch-solve",
    norm(A @ x_ - b) ** 2 <= (1 + eps) / (1 - eps) * norm(A @ x - b) ** 2,
    given=[
        eps < 1,
        *[A.T @ (A @ x - b) == 0, (S @ A).T @ (S @ (A @ x_ - b)) == 0],
        (1 - eps) * norm(A @ x_ - b) ** 2 <= norm(S @ (A @ x_ - b)) ** 2,
        norm(S @ (A @ x - b)) ** 2 <= (1 + eps) * norm(A @ x - b) ** 2,
    ],
    cite="sketch and solve",
    kind="perturbation",
)
paper.claim(
    "1.4",
    "quantum_time(X_) <= C*log(n*d/eps)**C*(sqrt(n)*d**(3/2)/eps) + (d*N/eps)**C",
    cite="Theorem 1.4",
    kind="convergence",
    expect="ill-posed",
    reason="The time is that of a quantum algorithm, whose access to A and B is not given, and nor are the powers.",
)
