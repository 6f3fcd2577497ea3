"""Gradient descent on the exponential network: the induction over the steps, and convergence (arXiv:2303.16504)."""

from derive import abs, array, diag, exp, gaussian, grad, iterate, kron, lambda_min, log, matrix, max, norm
from derive import opnorm, probability, rank, scalar, sqrt, subs, time, zeros

from .exp_network import B, F, H, H_cts, L, W, X, a0, d, e, m, n, p, paper, partial, r, signs, sphere, y

# [Thm]: inputs on the sphere, a least eigenvalue at the start, bounded inner products, a wide network, a short step.
t, T = time("t"), time("T")
W_init = matrix("W_init", d, m, tex="W(0)")
lambda0 = scalar("lambda_0", positive=True, tex=r"\lambda_0")
e_init = paper.let("e_init", subs(e, W, W_init), tex="e(0)")
H_init = paper.let("H_init", subs(H, W, W_init), tex="H(0)")
h = paper.let("h", diag(H_init).max())
step = paper.let("step", lambda0 / (32 * m * opnorm(H_init) ** 2), tex=r"\eta")
theorem = [
    signs,
    sphere,
    lambda_min(H_init) >= 3 * lambda0 / 4,
    B >= abs(X @ W_init),
    norm(e_init) <= m * sqrt(n) * exp(B + 1),
    m * lambda0**2 >= 128 * exp(B + 1 / 2) * n * sqrt(n) * h * norm(e_init),
]

descent = paper.let("descent", iterate(W, W - step * partial, start=W_init))
rate = paper.let("rate", 1 - step * m * lambda0 / 4, tex=r"\rho")
radius = paper.let("radius", 8 * exp(B + 1 / 2) * sqrt(n) * norm(e_init) / (m * lambda0), tex="D")
paper.claim(
    "induction-weights",
    [descent(norm(W[:, r] - W_init[:, r]), t) <= radius, radius <= lambda0 / (16 * n * h)],
    given=theorem,
    cite="induction: weights stay near their start",
    kind="convergence",
    using=["gradient-norm"],
)
paper.claim(
    "induction-loss",
    [descent(lambda_min(H), t) >= lambda0 / 2, descent(norm(e) ** 2, t + 1) <= rate * descent(norm(e) ** 2, t)],
    given=theorem,
    cite="induction: the loss contracts",
    kind="convergence",
    using=["loss-decomposition", "remainder", "gram-perturbation-eig"],
)
move = paper.let("move", step * exp(B + 1 / 2) * sqrt(n) * norm(e_init))
paper.claim(
    "induction-gradient",
    [step * descent(norm(partial[:, r]), t) <= move, move <= 0.01],
    given=theorem,
    cite="induction: gradients stay small",
    kind="convergence",
    using=["gradient-norm"],
)
paper.claim(
    "convergence",
    descent(norm(F - y) ** 2, t) <= rate**t * norm(e_init) ** 2,
    given=theorem,
    cite="convergence of the loss",
    kind="convergence",
    using=["induction-loss", "induction-weights", "induction-gradient"],
)
eps = scalar("eps", positive=True, tex=r"\epsilon")
paper.claim(
    "iterations",
    descent(norm(F - y), T) <= eps,
    given=[*theorem, eps < norm(e_init), T >= 8 / (step * m * lambda0) * log(norm(e_init) / eps)],
    cite="number of steps",
    kind="convergence",
    using=["convergence"],
)
paper.claim(
    "critical-points",
    F == y,
    given=[signs, rank(X) == n, grad(L, W) == zeros(d, m)],
    cite="critical points of the loss",
    kind="convergence",
)

# Coupled initialisation of m = 2p weights. The number of steps s is a state too, since the bound speaks of it.
delta = scalar("delta", positive=True, tex=r"\delta")
lam = paper.let("lam", lambda_min(H_cts), tex=r"\lambda")
V_0, W_p, s = gaussian("V_0", d, p, tex="V(0)"), matrix("W_p", d, 2 * p, tex="W"), scalar("s")
F_p = paper.let("F_p", exp(X @ W_p) @ a0, tex="F")
H_p = paper.let("H_p", (X @ X.T) * exp((X[:, None, :] + X[None, :, :]) @ W_p).sum(axis=2) / (2 * p), tex="H")
W_cpl = kron(V_0, array([1, 1]))
step_p = paper.let("step_p", lam / (64 * p * opnorm(subs(H_p, W_p, W_cpl)) ** 2), tex=r"\eta")
coupled = paper.let(
    "coupled", iterate([W_p, s], [W_p - step_p * grad(norm(F_p - y) ** 2 / 2, W_p), s + 1], start=[W_cpl, 0])
)
B_p = paper.let("B_p", sqrt(2 * log(4 * n * p / delta)), tex="B")
paper.claim(
    "convergence-coupled",
    probability(coupled.always(norm(F_p - y) ** 2 <= (1 - step_p * p * lam / 2) ** s * norm(y) ** 2, until=t))
    >= 1 - delta,
    given=[
        sphere,
        lam > 0,
        abs(y) <= 1,
        delta < 1,
        2 * p >= n**2 / lam**2 * max(64 * exp(8) / delta, 1280 * exp(B_p + 1 / 2)),
    ],
    cite="convergence from a coupled start",
    kind="convergence",
    using=["convergence", "inner-max", "gram-concentration"],
)
paper.claim(
    "abstract",
    "probability(coupled.first(norm(F_p - y) <= eps) <= T) >= 1 - delta",
    given=["delta < 1", "eps < 0.1", "m >= Omega(n**(2 + o(1))*log(n/delta))"],
    cite="abstract",
    kind="convergence",
    expect="ill-posed",
    reason="Without the constants of Omega and o(1), and without a step size, no network satisfies it or violates it.",
)
