"""Convergence of Two-Layer Regression with Nonlinear Units (arXiv:2308.08358).

The ReLU first, then the softmax. The paper's abstract names neither the formulas nor what its Lipschitz statement
assumes: gradient and Hessian are those that follow, at points where no unit is at its kink.
"""

from derive import Paper, diag, dims, grad, heaviside, hessian, inf, lipschitz, matrix, minimum, norm, opnorm
from derive import oscillation, outer, rank, relu, softmax, subs, sum, vector

paper = Paper(
    "softmax-relu", title="Convergence of Two-Layer Regression with Nonlinear Units", source="arXiv:2308.08358"
)

n, d, m = dims("n d m")
A_1, A_2, b, x = matrix("A_1", n, d), matrix("A_2", m, n), vector("b", m), vector("x", d)

f = paper.let("f", softmax(A_2 @ relu(A_1 @ x)))
c = paper.let("c", f - b)
L = paper.let("L", norm(c) ** 2 / 2)
M = paper.let("M", A_2 @ diag(heaviside(A_1 @ x)) @ A_1)
g = paper.let("g", f * c - (f @ c) * f)
J = paper.let("J", diag(f) - outer(f, f))
B = paper.let("B", J @ J + diag(g) - outer(g, f) - outer(f, g))

regular = A_1 @ x != 0
paper.claim("gradient", grad(L, x) == M.T @ (f * c - (f @ c) * f), given=regular, cite="gradient")
paper.claim("hessian", hessian(L, x) == M.T @ B @ M, given=regular, cite="Hessian", using=["gradient"])

paper.claim(
    "abstract-lipschitz",
    lipschitz(hessian(L, x), x) < inf,
    given=regular,
    cite="abstract",
    expect="refuted",
    reason="Where a unit is switched on M jumps, and the Hessian with it.",
)
paper.claim(
    "gradient-continuity",
    oscillation(grad(L, x), x) == 0,
    given=regular,
    cite="continuity of the gradient",
    expect="refuted",
    reason="The gradient jumps with M where a unit is switched on.",
)
paper.claim("gradient-continuity-corrected", oscillation(L, x) == 0, cite="continuity of the loss")

# The same units are on at x and x'.
xt = vector("xt", d, tex="x'")
D = [b >= 0, norm(b, 1) <= 1]
same_units = (A_1 @ x) * (A_1 @ xt) > 0
paper.claim(
    "region-lipschitz",
    opnorm(hessian(L, x) - subs(hessian(L, x), x, xt)) <= opnorm(M) ** 3 * norm(x - xt),
    given=[*D, same_units],
    cite="Lipschitz constant within a region",
    kind="lipschitz",
    using=["hessian"],
)

k = paper.let("k", sum(heaviside(A_1 @ x)))
paper.claim("rank", rank(hessian(L, x)) <= minimum(k, m - 1), given=regular, cite="rank of the Hessian", kind="rank")
