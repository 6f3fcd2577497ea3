"""The sketch of the approximate Newton step (arXiv:2309.07418, appendix J)."""

from derive import diag, dim, eye, expectation, kron, log, matrix, one_hot, opnorm, probability, rademacher, scalar
from derive import sigma_min, sqrt

from .attention import d, n, paper

# A TensorSRHT: signs, a Hadamard matrix on each side, and m rows drawn at random.
m = dim("m")
hadamard = matrix("H", n, n, tex=r"\mathcal H")
D1, D2 = diag(rademacher("s1", n, tex="s_1")), diag(rademacher("s2", n, tex="s_2"))
P = one_hot("P", m, n * n)
S = paper.let("S", P @ kron(hadamard @ D1, hadamard @ D2) / sqrt(m))
paper.claim(
    "J.2-mean",
    expectation(S.T @ S) == eye(n * n),
    given=[hadamard**2 == 1, hadamard @ hadamard.T == n * eye(n)],
    cite="J.2, in the mean",
)

U = matrix("U", n * n, d * d)
eps, delta, C = scalar("eps", positive=True), scalar("delta", positive=True), scalar("C", positive=True)
paper.claim(
    "J.3",
    probability([sigma_min(S @ U) >= 1 - eps, opnorm(S @ U) <= 1 + eps]) >= 1 - delta,
    given=[
        *[hadamard**2 == 1, hadamard @ hadamard.T == n * eye(n), U.T @ U == eye(d * d), eps < 1, delta < 1],
        m <= C * d**2 * log(n * d / (eps * delta)) ** 3 / eps**2,
    ],
    cite="J.3, where m = O(...) says that m is at most a multiple",
    kind="probabilistic",
    expect="refuted",
    reason="A bound of m from above allows a single row, which keeps no space of two or more dimensions.",
)
