"""Active Learning with a Nearly Orthogonal Basis (arXiv:2306.03356): the Gram matrix, leverage scores and a sample.

A law on a finite set has N atoms x with weights r, of which N is any; the rows of V are the values phi(x).
"""

from derive import Paper, abs, diag, dims, expectation, eye, inv, lambda_max, lambda_min, log, matrix, norm, one_hot
from derive import ones, outer, probability, scalar, sum, vector

paper = Paper("near-orthogonal", title="Active Learning with a Nearly Orthogonal Basis", source="arXiv:2306.03356")

d, N, m = dims("d N m")
rho = scalar("rho", nonnegative=True, tex=r"\rho")

# The Gram matrix of functions of norm 1. That it is positive semidefinite is used where it is said.
G = matrix("G", d, d, symmetric=True)
nearly = [diag(G) == 1, abs(G - eye(d)) <= rho]
paper.claim(
    "gram-eigs",
    [1 - (d - 1) * rho <= lambda_min(G), lambda_max(G) <= 1 + (d - 1) * rho],
    given=nearly,
    cite="spectrum of the Gram matrix",
    kind="spectral",
)
G_high = paper.let("G_high", 4 * eye(4) / 5 + ones(4, 4) / 5, tex="G_+")
G_low = paper.let("G_low", 6 * eye(4) / 5 - ones(4, 4) / 5, tex="G_-")
paper.claim(
    "gram-tight",
    [
        *[diag(G_high) == 1, abs(G_high - eye(4)) <= 0.2, G_high >> 0, lambda_max(G_high) == 1.6],
        *[diag(G_low) == 1, abs(G_low - eye(4)) <= 0.2, G_low >> 0, lambda_min(G_low) == 0.4],
    ],
    cite="both bounds attained, for d = 4 and rho = 0.2",
    kind="spectral",
)
G_psd = matrix("G_psd", d, d, psd=True, tex="G")
paper.claim(
    "gram-rho",
    [1 - rho <= lambda_min(G_psd), lambda_max(G_psd) <= 1 + rho],
    given=[diag(G_psd) == 1, abs(G_psd - eye(d)) <= rho, d >= 2],
    cite="without the factor d - 1",
    kind="spectral",
    expect="refuted",
    reason="The factor d - 1 is missing: three functions with the inner products rho have the eigenvalue 1 + 2 rho.",
)
paper.claim(
    "gram-rho-corrected",
    [1 - (d - 1) * rho <= lambda_min(G), lambda_max(G) <= 1 + (d - 1) * rho],
    given=[*nearly, d >= 2],
)

# Leverage scores under the law with weights r, and under the law q with the density tau / d.
V, r = matrix("V", N, d), vector("r", N, nonnegative=True)
x = one_hot("x", 1, N, p=r)[0] @ V
G_r = paper.let("G_r", V.T @ diag(r) @ V, tex="G")
tau = paper.let("tau", diag(V @ inv(G_r) @ V.T), tex=r"\tau")
y = one_hot("y", 1, N, p=r * tau / d)[0] @ V
paper.claim(
    "leverage-sum",
    [
        expectation(outer(x, x)) == G_r,
        expectation(x @ inv(G_r) @ x) == d,
        expectation(d / (y @ inv(G_r) @ y) * outer(y, y)) == G_r,
    ],
    given=sum(r) == 1,
    cite="sum of the leverage scores, and the law of the sample",
)
phi = vector("phi", d, tex=r"\phi(x)")
paper.claim(
    "leverage-sup",
    phi @ inv(G) @ phi <= norm(phi) ** 2 / (1 - (d - 1) * rho),
    given=[(d - 1) * rho < 1, *nearly],
    cite="largest leverage score",
    kind="bound",
    using=["gram-eigs"],
)

# A sample by leverage scores, of the uniform law.
eps, delta = scalar("eps", positive=True, tex=r"\epsilon"), scalar("delta", positive=True, tex=r"\delta")
G_N = paper.let("G_N", V.T @ V / N, tex="G")
tau_N = paper.let("tau_N", diag(V @ inv(G_N) @ V.T), tex=r"\tau")
S = one_hot("S", m, N, p=tau_N / (d * N))
G_m = paper.let("G_m", (S @ V).T @ (S @ V * (d / (S @ tau_N))[:, None]) / m)
paper.claim(
    "chernoff",
    probability([(1 - eps) * G_N << G_m, G_m << (1 + eps) * G_N]) >= 1 - delta,
    given=[eps < 1, delta < 1, m >= 3 * d * log(2 * d / delta) / eps**2],
    cite="the sampled Gram matrix",
    kind="probabilistic",
    using=["leverage-sum"],
)
