"""Solving Regularized Exp, Cosh and Sinh Regression Problems (arXiv:2303.15725).

Objective and abstract were read, and Lemma 6.9 as another paper quotes it; the rest is what the proofs need.
"""

from derive import Paper, cosh, diag, dims, exp, eye, function, grad, hessian, inv, lipschitz, matrix, maximum
from derive import norm, scalar, sigma_min, sinh, sqrt, subs, vector

paper = Paper("regularised-exp", title="Regularized Exp, Cosh and Sinh Regression", source="arXiv:2303.15725")

n, d = dims("n d")
A, b, w, x = matrix("A", n, d), vector("b", n), vector("w", n), vector("x", d)
z = paper.let("z", A @ x)
L_reg = paper.let("L_reg", norm(diag(w) @ A @ x) ** 2 / 2, tex=r"L_{\mathrm{reg}}")
L_e = paper.let("L_e", norm(exp(z) - b) ** 2 / 2 + L_reg, tex=r"L_{\exp}")
L_c = paper.let("L_c", norm(cosh(z) - b) ** 2 / 2 + L_reg, tex=r"L_{\cosh}")
L_s = paper.let("L_s", norm(sinh(z) - b) ** 2 / 2 + L_reg, tex=r"L_{\sinh}")

paper.claim(
    "gradient",
    [
        grad(L_e, x) == A.T @ ((exp(z) - b) * exp(z) + w * w * z),
        grad(L_c, x) == A.T @ ((cosh(z) - b) * sinh(z) + w * w * z),
        grad(L_s, x) == A.T @ ((sinh(z) - b) * cosh(z) + w * w * z),
    ],
    cite="gradient",
)
paper.claim(
    "hessian",
    [
        hessian(L_e, x) == A.T @ diag(exp(z) ** 2 + (exp(z) - b) * exp(z) + w * w) @ A,
        hessian(L_c, x) == A.T @ diag(sinh(z) ** 2 + (cosh(z) - b) * cosh(z) + w * w) @ A,
        hessian(L_s, x) == A.T @ diag(cosh(z) ** 2 + (sinh(z) - b) * sinh(z) + w * w) @ A,
    ],
    cite="Hessian",
)

# Thresholds of convexity. Below them the loss with n = d = 1 and A = 1 has negative curvature at a point: at the x with
# exp(x) = b/4, sinh(x) = b/4 or cosh(x) = b/4, and at x = 0 for cosh and b <= 4. So b is written 4 exp(x), which is any
# b > 0, 4 sinh(x), which is any b, and 4 cosh(x), which is any b >= 4.
x1, b1, w1, l = scalar("x1", tex="x"), scalar("b1", tex="b"), scalar("w1", tex="w"), scalar("l", positive=True)
b2, w2 = scalar("b2", tex="b_0"), scalar("w2", tex="w_0")
L_e1 = paper.let("L_e1", (exp(x1) - b1) ** 2 / 2 + (w1 * x1) ** 2 / 2, tex=r"L_{\exp}")
L_c1 = paper.let("L_c1", (cosh(x1) - b1) ** 2 / 2 + (w1 * x1) ** 2 / 2, tex=r"L_{\cosh}")
L_c2 = paper.let("L_c2", (cosh(x1) - b2) ** 2 / 2 + (w2 * x1) ** 2 / 2, tex=r"L_{\cosh}")
L_s1 = paper.let("L_s1", (sinh(x1) - b1) ** 2 / 2 + (w1 * x1) ** 2 / 2, tex=r"L_{\sinh}")
paper.claim(
    "threshold-exp",
    [hessian(L_e, x) >> 0, subs(hessian(L_e1, x1), b1, 4 * exp(x1)) < 0],
    given=[w**2 >= maximum(b, 0) ** 2 / 8, w1**2 < (4 * exp(x1)) ** 2 / 8],
    cite="threshold for exp",
)
paper.claim(
    "threshold-sinh",
    [hessian(L_s, x) >> 0, subs(hessian(L_s1, x1), b1, 4 * sinh(x1)) < 0],
    given=[w**2 >= b**2 / 8 - 1, w1**2 < (4 * sinh(x1)) ** 2 / 8 - 1],
    cite="threshold for sinh",
)
theta = paper.let("theta", b - 1 + maximum(b - 4, 0) ** 2 / 8, tex=r"\theta(b)")  # 1 + b^2/8 where b >= 4
paper.claim(
    "threshold-cosh",
    [
        hessian(L_c, x) >> 0,
        subs(hessian(L_c1, x1), b1, 4 * cosh(x1)) < 0,
        subs(hessian(L_c2, x1), x1, 0) < 0,
    ],
    given=[w**2 >= theta, w1**2 < 1 + (4 * cosh(x1)) ** 2 / 8, b2 <= 4, w2**2 < b2 - 1],
    cite="threshold for cosh",
)
paper.claim(
    "psd",
    [hessian(L_e, x) >> l * eye(d), hessian(L_c, x) >> l * eye(d), hessian(L_s, x) >> l * eye(d)],
    given=[sigma_min(A) > 0, w**2 >= b**2 / 2 + l / sigma_min(A) ** 2],
    cite="positive definiteness with regulariser",
)
v = vector("v", d)
paper.claim(
    "abstract-nonconvex",
    v @ hessian(norm(exp(z) - b) ** 2 / 2, x) @ v < 0,
    exists=[A, b, x, v],
    cite="abstract, not convex without the regulariser",
    kind="psd",
)
paper.claim(
    "abstract-convex",
    hessian(L_e, x) >> 0,
    given=w > 0,
    cite="abstract, convex with the regulariser",
    expect="refuted",
    reason="It takes the weights of the threshold: w_i^2 >= b_i^2/8 where b_i > 0.",
)

# Lemma 6.9: a step from any point x_t, for a function L of which only these properties are known.
loss, x_star, H_t = function("L", d), vector("x_star", d, tex="x^*"), matrix("H_t", d, d, symmetric=True)
M, eps0 = scalar("M", positive=True), scalar("eps0", positive=True, tex=r"\epsilon_0")
slope, curvature = grad(loss(x), x), hessian(loss(x), x)
r, r_next = norm(x - x_star), norm(x - inv(H_t) @ slope - x_star)
newton = [
    lipschitz(curvature, x) <= M,
    subs(slope, x, x_star) == 0,
    subs(curvature, x, x_star) >> l * eye(d),
    M * r <= 0.1 * l,
    (1 - eps0) * curvature << H_t,
    H_t << (1 + eps0) * curvature,
    eps0 < 0.1,
]
paper.claim(
    "6.9",
    r_next <= 2 * (eps0 + M * r / (l - M * r)) * r,
    given=newton,
    cite="Lemma 6.9",
    kind="convergence",
    expect="refuted",
    reason="The approximation is one in the norm of the Hessian: in the Euclidean norm its condition number enters.",
)
U = scalar("U", positive=True)
paper.claim(
    "6.9-corrected",
    r_next <= 2 * (eps0 * sqrt(U / (l - M * r)) + M * r / (l - M * r)) * r,
    given=[*newton, curvature << U * eye(d)],
    kind="convergence",
)
