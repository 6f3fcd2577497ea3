"""Rescaled exp, cosh and sinh regression (arXiv:2305.00660).

The objective was read; the formulas are what its algorithm needs.
"""

from derive import Paper, cosh, diag, dims, exp, eye, grad, hessian, matrix, norm, ones, opnorm, outer
from derive import scalar, sinh, subs, sum, vector

paper = Paper("rescaled-exp", title="Rescaled Exp, Cosh and Sinh Regression", source="arXiv:2305.00660")

n, d = dims("n d")
A, b, x = matrix("A", n, d), vector("b", n), vector("x", d)
z = paper.let("z", A @ x)

# The three choices of u are exp, cosh and sinh; v = u'(z) is exp, sinh and cosh, and s = u''(z) is u.
u_e, u_c, u_s = paper.let("u_e", exp(z)), paper.let("u_c", cosh(z)), paper.let("u_s", sinh(z))
a_e = paper.let("a_e", u_e @ ones(n), tex=r"\alpha_e")
a_c = paper.let("a_c", u_c @ ones(n), tex=r"\alpha_c")
a_s = paper.let("a_s", u_s @ ones(n), tex=r"\alpha_s")
c_e, c_c, c_s = paper.let("c_e", u_e - a_e * b), paper.let("c_c", u_c - a_c * b), paper.let("c_s", u_s - a_s * b)
L_e = paper.let("L_e", norm(c_e) ** 2 / 2)
L_c = paper.let("L_c", norm(c_c) ** 2 / 2)
L_s = paper.let("L_s", norm(c_s) ** 2 / 2)
P = paper.let("P", (eye(n) - outer(ones(n), b)) @ (eye(n) - outer(b, ones(n))))

paper.claim("domain", [L_e >= 0, L_c >= 0, L_s >= 0], cite="domain of the objective", kind="domain")
paper.claim(
    "gradient",
    [
        grad(L_e, x) == A.T @ (u_e * (c_e - (b @ c_e) * ones(n))),
        grad(L_c, x) == A.T @ (u_s * (c_c - (b @ c_c) * ones(n))),
        grad(L_s, x) == A.T @ (u_c * (c_s - (b @ c_s) * ones(n))),
    ],
    cite="gradient",
)
paper.claim(
    "hessian",
    [
        hessian(L_e, x) == A.T @ (diag(u_e) @ P @ diag(u_e) + diag(u_e * (c_e - (b @ c_e) * ones(n)))) @ A,
        hessian(L_c, x) == A.T @ (diag(u_s) @ P @ diag(u_s) + diag(u_c * (c_c - (b @ c_c) * ones(n)))) @ A,
        hessian(L_s, x) == A.T @ (diag(u_c) @ P @ diag(u_c) + diag(u_s * (c_s - (b @ c_s) * ones(n)))) @ A,
    ],
    cite="Hessian",
)
paper.claim(
    "alpha-relation",
    [
        (u_e - a_e * b) @ ones(n) == a_e * (1 - b @ ones(n)),
        (u_c - a_c * b) @ ones(n) == a_c * (1 - b @ ones(n)),
        (u_s - a_s * b) @ ones(n) == a_s * (1 - b @ ones(n)),
        norm(u_e - a_e * b) ** 2 == a_e**2 * norm(u_e / a_e - b) ** 2,
        norm(u_c - a_c * b) ** 2 == a_c**2 * norm(u_c / a_c - b) ** 2,
        norm(u_s - a_s * b) ** 2 == a_s**2 * norm(u_s / a_s - b) ** 2,
    ],
    cite="relation to the normalised objective",
)
A_, R = matrix("A_", n, d, tex="A'"), scalar("R", positive=True)
bound = paper.let("bound", R * exp(R**2) * opnorm(A - A_), tex=r"R\,e^{R^2}\|A-A'\|")
paper.claim(
    "lipschitz-A",
    [
        norm(exp(A @ x) - exp(A_ @ x)) <= bound,
        norm(cosh(A @ x) - cosh(A_ @ x)) <= bound,
        norm(sinh(A @ x) - sinh(A_ @ x)) <= bound,
    ],
    given=[opnorm(A) <= R, opnorm(A_) <= R, norm(x) <= R],
    cite="Lipschitz constant in the matrix",
    kind="perturbation",
)
paper.claim(
    "convexity",
    hessian(L_e, x) >> 0,
    given=[b >= 0, sum(b) == 1],
    cite="convexity for b in the simplex",
    expect="refuted",
    reason="The part of the Hessian that has the residual is indefinite where the residual is not zero.",
)
paper.claim(
    "convexity-corrected",
    subs(hessian(L_e, x), b, u_e / a_e) >> 0,
    cite="at a fit, where b = u/alpha, which lies in the simplex",
)
