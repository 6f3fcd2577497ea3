"""The sketch of the approximate Newton step (arXiv:2309.07418, appendix J)."""

from derive import diag, dim, eye, expectation, kron, matrix, one_hot, rademacher, sqrt

from .attention import n, paper

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
