"""Sketching and convergence for one attention layer (arXiv:2309.07418, appendices J and K)."""

from derive import array, diag, dim, eye, kron, matrix, scalar, vector

from .attention import n, paper

# J.2: P takes m rows; H is a Hadamard matrix, with entries +-1 and orthogonal rows; the signs are random.
m = dim("m")
P, S = matrix("P", m, n * n), matrix("S", m, n * n)
s1, s2 = vector("s1", n), vector("s2", n)
D1, D2 = paper.let("D1", diag(s1), tex="D_1"), paper.let("D2", diag(s2), tex="D_2")
paper.claim(
    "J.2",
    "S == P @ kron(hadamard_matrix(n) @ D1, hadamard_matrix(n) @ D2) / sqrt(m)",
    cite="J.2",
    kind="domain",
    expect="ill-posed",
    reason="No Hadamard matrix of size 3 exists: only 1, 2 and multiples of 4 can be sizes of one.",
)
H, H2 = matrix("H", n, n, tex=r"\mathcal H"), array([[1, 1], [1, -1]])
paper.claim(
    "J.2-corrected",
    kron(H2, H) @ kron(H2, H).T == 2 * n * eye(2 * n),
    given=[H**2 == 1, H @ H.T == n * eye(n)],
    cite="by Sylvester's doubling there is one for each power of two",
    kind="domain",
)

# K.4: one step of the induction, with eps_0 = 0.01 and r_bar = M r.
l, M = scalar("l", positive=True), scalar("M", positive=True)
r, r_next = scalar("r", nonnegative=True, tex="r_t"), scalar("r_next", nonnegative=True, tex="r_{t+1}")
r_bar = paper.let("r_bar", M * r, tex=r"\bar r_t")
paper.claim(
    "K.4-step",
    [r_next <= 0.4 * r, M * r_next <= 0.1 * l],
    given=[r_next <= 2 * (0.01 + r_bar / (l - r_bar)) * r, r_bar <= 0.1 * l],
    cite="arithmetic inside K.4",
)
