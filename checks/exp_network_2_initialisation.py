"""Means and variances at the initialisation of the exponential network (arXiv:2303.16504)."""

from derive import abs, array, exp, expectation, gaussian, kron, norm, rademacher, scalar, subs, variance

from .exp_network import F, H, H_cts, W, X, a, d, i, k, m, p, paper, y

# [Iid]: independent standard Gaussian weights, independent signs. [Cpl]: m = 2p, equal weights in pairs of opposite
# signs, V(0) with independent standard Gaussian entries.
w = gaussian("w", d)
W_0, a_0 = gaussian("W_0", d, m, tex="W(0)"), rademacher("a_0", m, tex="a(0)")
V_0 = gaussian("V_0", d, p, tex="V(0)")

pairs = X[:, None, :] + X[None, :, :]
s = norm(X[i] + X[k])
H_0 = paper.let("H_0", subs(H, W, W_0), tex="H(0)")
H_cpl = paper.let(
    "H_cpl",
    (X @ X.T) * exp(pairs @ kron(V_0, array([1, 1]))).sum(axis=2) / (2 * p),
    tex=r"H^{\mathrm{cpl}}(0)",
)
F_0 = paper.let("F_0", subs(subs(F, W, W_0), a, a_0), tex="F(0)")

paper.claim("gram-mean", expectation((X @ X.T) * exp(pairs @ w)) == H_cts, cite="mean Gram matrix")
paper.claim(
    "gram-variance",
    [
        variance(H_0[i, k]) == (X[i] @ X[k]) ** 2 * (exp(2 * s**2) - exp(s**2)) / m,
        variance(H_cpl[i, k]) == (X[i] @ X[k]) ** 2 * (exp(2 * s**2) - exp(s**2)) / p,
    ],
    cite="variance of the Gram matrix",
    kind="probabilistic",
    using=["gram-mean"],
)
paper.claim(
    "init-second-moment",
    [
        expectation(F_0[i] ** 2) == m * exp(2 * norm(X[i]) ** 2),
        expectation(norm(F_0 - y) ** 2) == m * exp(2 * (X**2).sum(axis=1)).sum() + norm(y) ** 2,
    ],
    cite="second moment of the initial residual",
    kind="probabilistic",
)
B = scalar("B", positive=True)
paper.claim(
    "truncated-mean",
    expectation(H_0, given=abs(X @ W_0) <= B) == H_cts,
    cite="mean Gram matrix of truncated weights",
    kind="probabilistic",
    expect="refuted",
    reason="Weights with large inner products carry more than their share of the mean, which only grows with B.",
)
