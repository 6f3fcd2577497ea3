"""Concentration at the initialisation of the exponential network (arXiv:2303.16504)."""

from derive import abs, e as euler, exp, lambda_min, log, max, norm, probability, scalar, sqrt

from .exp_network import H_cts, X, ball, m, n, paper, sphere
from .exp_network_2_initialisation import H_0, W_0

delta = scalar("delta", tex=r"\delta")
confidence = [delta > 0, delta < 1]

B_0 = paper.let("B_0", sqrt(2 * log(2 * n * m / delta)), tex="B")
paper.claim(
    "inner-max",
    probability(max(abs(X @ W_0)) <= B_0) >= 1 - delta,
    given=[ball, *confidence],
    cite="largest inner product at the initialisation",
    kind="probabilistic",
)

# The Gram matrix H(0) is near its mean, at a width m that depends on the least eigenvalue of the mean.
lambda_ = paper.let("lambda_", lambda_min(H_cts), tex=r"\lambda")
near = norm(H_0 - H_cts, "fro") <= lambda_ / 4
paper.claim(
    "gram-concentration",
    probability(near) >= 1 - delta,
    given=[sphere, lambda_ > 0, *confidence, m >= 16 * euler**8 * n**2 / (lambda_**2 * delta)],
    cite="concentration of the Gram matrix, second moment",
    kind="probabilistic",
    using=["gram-mean", "gram-variance"],
)
B_1 = paper.let("B_1", sqrt(2 * log(4 * n * m / delta)), tex="B")
paper.claim(
    "gram-concentration-log",
    probability(near) >= 1 - delta,
    given=[
        sphere,
        lambda_ > 0,
        *confidence,
        B_1 >= 2,
        m >= 32 * exp(4 * B_1) * n**2 * log(4 * n**2 / delta) / lambda_**2,
        exp(2 - (B_1 - 2) ** 2 / 2) <= lambda_ / (8 * n),
    ],
    cite="concentration of the Gram matrix, truncated weights",
    kind="probabilistic",
    using=["gram-mean", "inner-max"],
)
