"""Local Convergence of Approximate Newton Method for Two Layer Nonlinear Regression (arXiv:2311.15390).

The softmax first, then the ReLU. The paper's abstract names neither the formulas nor what its Lipschitz statement
assumes: gradient and Hessian are those that follow, at points where no unit is at its kink.
"""

from derive import Paper, diag, dims, eye, grad, heaviside, hessian, inf, lipschitz, matrix, norm, outer, relu, scalar
from derive import sigma_min, softmax, vector

paper = Paper(
    "relu-softmax",
    title="Local Convergence of Approximate Newton Method for Two Layer Nonlinear Regression",
    source="arXiv:2311.15390",
)

n, d, m = dims("n d m")
A_1, A_2, b, x = matrix("A_1", n, d), matrix("A_2", m, n), vector("b", m), vector("x", d)

f = paper.let("f", softmax(A_1 @ x))
c = paper.let("c", relu(A_2 @ f) - b)
L = paper.let("L", norm(c) ** 2 / 2)
Delta = paper.let("Delta", diag(heaviside(A_2 @ f)), tex=r"\Delta")
q = paper.let("q", A_2.T @ Delta @ c)
J = paper.let("J", diag(f) - outer(f, f), tex="J(f)")
k = paper.let("k", J @ q)

regular = A_2 @ f != 0
paper.claim("gradient", grad(L, x) == A_1.T @ J @ q, given=regular, cite="gradient")
paper.claim(
    "hessian",
    hessian(L, x) == A_1.T @ (J @ A_2.T @ Delta @ A_2 @ J + diag(k) - outer(k, f) - outer(f, k)) @ A_1,
    given=regular,
    cite="Hessian",
    using=["gradient"],
)

paper.claim(
    "abstract-lipschitz",
    lipschitz(hessian(L, x), x) < inf,
    given=regular,
    cite="abstract",
    expect="refuted",
    reason="Where a unit is switched on Delta jumps, and the Hessian with it.",
)

w, l = vector("w", n), scalar("l", positive=True)
paper.claim(
    "psd-reg",
    hessian(L, x) + A_1.T @ diag(w**2) @ A_1 >> l * eye(d),
    given=[regular, sigma_min(A_1) > 0, w**2 >= l / sigma_min(A_1) ** 2 + 3 * norm(q) / 2],
    cite="positive definiteness with regulariser",
    using=["hessian"],
)
