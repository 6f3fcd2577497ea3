"""A Unified Scheme of ResNet and Softmax (arXiv:2309.13482).

The objective and two claims are those of the abstract; the formulas are what its proofs need.
"""

from derive import Paper, diag, dims, exp, eye, grad, hessian, index, inf, jacobian, matrix, norm, ones, outer
from derive import rank, scalar, sigma_min, subs, vector

paper = Paper("resnet-softmax", title="A Unified Scheme of ResNet and Softmax", source="arXiv:2309.13482")

n, d = dims("n d")
A, b, x, w = matrix("A", n, d), vector("b", n), vector("x", d), vector("w", n)
i = index("i", d)

u = paper.let("u", exp(A @ x) + A @ x)
u1 = paper.let("u1", exp(A @ x) + ones(n), tex="u_1")
u2 = paper.let("u2", exp(A @ x), tex="u_2")
alpha = paper.let("alpha", u @ ones(n), tex=r"\alpha")
f = paper.let("f", u / alpha)
c = paper.let("c", f - b)
q = paper.let("q", c - (f @ c) * ones(n))
J_f = paper.let("J_f", (diag(u1) - outer(f, u1)) / alpha)
L1 = paper.let("L1", norm(f - b) ** 2, tex="L_1")
L = paper.let("L", L1 / 2)
B = paper.let(
    "B",
    J_f.T @ J_f + diag(u2 * q) / alpha - (outer(u1 * q, u1) + outer(u1, u1 * q)) / alpha**2,
    tex=r"\mathcal B",
)
defined = alpha != 0

# Where 1/alpha is differentiated, alpha is not 0.
paper.claim(
    "du-dalpha",
    [
        jacobian(u, x[i]) == u1 * A[:, i],
        jacobian(alpha, x[i]) == u1 @ A[:, i],
        jacobian(1 / alpha, x[i]) == -(u1 @ A[:, i]) / alpha**2,
    ],
    cite="derivatives of u and of its sum",
)
paper.claim(
    "df",
    jacobian(f, x[i]) == (u1 * A[:, i] - (u1 @ A[:, i]) * f) / alpha,
    given=defined,
    cite="derivative of f",
)
paper.claim("gradient", grad(L, x) == A.T @ (u1 * (c - (f @ c) * ones(n))) / alpha, given=defined, cite="gradient")
paper.claim("hessian", hessian(L, x) == A.T @ B @ A, given=defined, cite="Hessian")
diagonal = paper.let("Delta", diag(u1 * u1 / alpha**2 + u2 * q / alpha), tex=r"\Delta")
paper.claim(
    "structure",
    rank(B - diagonal) <= 3,
    given=defined,
    cite="abstract, a diagonal matrix plus one of rank at most 3",
    kind="rank",
)
paper.claim(
    "abstract-psd",
    hessian(L1, x) >> 0,
    given=defined,
    cite="abstract, positive semidefinite Hessian",
    expect="refuted",
    reason="Away from a fit the curvature of f enters with the residual, which has either sign.",
)
paper.claim("abstract-psd-corrected", subs(hessian(L1, x), b, f) >> 0, given=defined, cite="at a fit, where b = f")
paper.claim(
    "abstract-domain",
    alpha != 0,
    cite="abstract, the objective is defined everywhere",
    kind="domain",
    expect="refuted",
    reason="For n = d = 1 and A = 1 the sum exp(x) + x goes from negative to positive numbers, and is 0 on the way.",
)
paper.claim("abstract-domain-corrected", alpha > 0, given=A @ x >= -1 / 2, kind="domain")
l = scalar("l", positive=True)
paper.claim(
    "psd-reg",
    A.T @ (B + diag(w) ** 2) @ A >> l * eye(d),
    given=[
        alpha > 0,
        sigma_min(A) > 0,
        w**2 >= l / sigma_min(A) ** 2 + norm(u2 * q, inf) / alpha + 2 * norm(u1 * q) * norm(u1) / alpha**2,
    ],
    cite="positive definiteness with regulariser",
)
paper.claim(
    "norm-f",
    norm(f) <= 1,
    given=alpha > 0,
    cite="norm of f",
    expect="refuted",
    reason="Entries of u = exp(z) + z are negative for z below -0.57, and f is then no probability vector.",
)
paper.claim("norm-f-corrected", norm(f) <= 1, given=[alpha > 0, u >= 0])
