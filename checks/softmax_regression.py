"""Attention Scheme Inspired Softmax Regression (arXiv:2304.10411).

Numbered lemmas are those that appendix D of arXiv:2306.14048 quotes; the others are what the paper needs.
"""

from derive import Paper, array, diag, dims, exp, eye, grad, hessian, index, inv, jacobian, lambda_min, matrix, norm
from derive import ones, opnorm, outer, rank, scalar, sigma_min, sqrt, subs, sum, vector

paper = Paper("softmax-regression", title="Attention Scheme Inspired Softmax Regression", source="arXiv:2304.10411")

n, d = dims("n d")
A, b, x, w = matrix("A", n, d), vector("b", n), vector("x", d), vector("w", n)
i, j = index("i", d), index("j", d)

u = paper.let("u", exp(A @ x))
alpha = paper.let("alpha", u @ ones(n))
f = paper.let("f", u / alpha)
c = paper.let("c", f - b)
L = paper.let("L", norm(c) ** 2 / 2, tex=r"L_{\exp}")
g = paper.let("g", f * c - (f @ c) * f)
J = paper.let("J", diag(f) - outer(f, f))
B = paper.let("B", J @ J + diag(g) - outer(g, f) - outer(f, g))

paper.claim("domain", [alpha > 0, f > 0, sum(f) == 1], cite="domain of the model", kind="domain")
paper.claim("5.9", jacobian(jacobian(u, x[i]), x[j]) == A[:, j] * u * A[:, i], cite="Lemma 5.9")
paper.claim("5.10.3", hessian(alpha, x) == A.T @ diag(u) @ A, cite="Lemma 5.10, part 3")
paper.claim("gradient", grad(L, x) == A.T @ (f * c - (f @ c) * f), cite="gradient")
paper.claim("hessian", hessian(L, x) == A.T @ B @ A, cite="Hessian", using=["gradient"])
paper.claim(
    "hessian-expanded",
    B
    == ((3 * f - 2 * b) @ f) * outer(f, f)
    + outer((b - 2 * f) * f, f)
    + outer(f, (b - 2 * f) * f)
    + diag((2 * f - b) * f)
    - ((f - b) @ f) * diag(f),
    cite="Hessian, expanded",
)

t = vector("t", d)
paper.claim("shift-invariance", subs(L, A, A + outer(ones(n), t)) == L, cite="shift invariance")

# b is of a probability vector's size: [D]. Constants on a ball: [R].
D = [b >= 0, norm(b, 1) <= 1]
R, l, xt = scalar("R", positive=True), scalar("l", positive=True), vector("xt", d, tex="x'")
R_ball = [opnorm(A) <= R, norm(x) <= R, norm(xt) <= R]
L_reg = paper.let("L_reg", norm(diag(w) @ A @ x) ** 2 / 2, tex=r"L_{\mathrm{reg}}")

paper.claim(
    "B-structure",
    rank(B - diag((2 * f - b) * f - ((f - b) @ f) * f)) <= 2,
    cite="B as a diagonal matrix plus one of rank two",
    kind="rank",
)

# B at any point p of the closed simplex.
p = vector("p", n, nonnegative=True, tex="f")
simplex = sum(p) == 1
J_p = paper.let("J_p", diag(p) - outer(p, p), tex="J(f)")
g_p = paper.let("g_p", p * (p - b) - (p @ (p - b)) * p, tex="g")
B_p = paper.let("B_p", J_p @ J_p + diag(g_p) - outer(g_p, p) - outer(p, g_p), tex="B(f,b)")
paper.claim("B-range", [-eye(n) / 4 << B_p, B_p << eye(n) / 3], given=[simplex, *D], cite="range of B")
paper.claim("B-range-l2", B_p >> -5 * eye(n) / 16, given=[simplex, norm(b) <= 1], cite="B in the Euclidean ball")
p_2, b_2 = ones(2) / 2 + sqrt(2) / 4 * array([-1, 1]), array([1, -1]) / sqrt(2)
J_2 = paper.let("J_2", diag(p_2) - outer(p_2, p_2))
g_2 = paper.let("g_2", p_2 * (p_2 - b_2) - (p_2 @ (p_2 - b_2)) * p_2)
B_2 = paper.let("B_2", J_2 @ J_2 + diag(g_2) - outer(g_2, p_2) - outer(p_2, g_2))
paper.claim("B-range-l2-attained", lambda_min(B_2) == -5 / 16, cite="B in the Euclidean ball", kind="psd")
paper.claim(
    "psd-reg",
    hessian(L + L_reg, x) >> l * eye(d),
    given=[*D, sigma_min(A) > 0, w**2 >= 4 + l / sigma_min(A) ** 2],
    cite="positive definiteness with regulariser",
    using=["hessian", "B-range"],
)
paper.claim(
    "7.2.1",
    norm(u - subs(u, x, xt)) <= 2 * sqrt(n) * R * exp(R**2) * norm(x - xt),
    given=R_ball,
    cite="Lemma 7.2, part 1",
    kind="lipschitz",
)
paper.claim("f-lipschitz", norm(f - subs(f, x, xt)) <= opnorm(A) * norm(x - xt) / 2, cite="softmax", kind="lipschitz")
paper.claim(
    "hess-lipschitz",
    opnorm(hessian(L, x) - subs(hessian(L, x), x, xt)) <= opnorm(A) ** 3 * norm(x - xt),
    given=D,
    cite="Lipschitz constant of the Hessian",
    kind="lipschitz",
    using=["hessian"],
)
paper.claim(
    "unregularised-psd",
    hessian(L, x) >> 0,
    given=D,
    cite="convexity without regulariser",
    expect="refuted",
    reason="B has eigenvalues down to about -0.24.",
)

# One exact Newton step for L + L_reg, with gradient and Hessian in closed form as above.
x_star = vector("x_star", d, tex="x^*")
slope, curvature = A.T @ (g + w**2 * (A @ x)), A.T @ (B + diag(w**2)) @ A
paper.claim(
    "newton-quadratic",
    norm(x - inv(curvature) @ slope - x_star) <= opnorm(A) ** 3 / (2 * l) * norm(x - x_star) ** 2,
    given=[*D, sigma_min(A) > 0, w**2 == 4 + l / sigma_min(A) ** 2, subs(slope, x, x_star) == 0],
    cite="one Newton step",
    kind="convergence",
    using=["gradient", "hessian", "hess-lipschitz", "psd-reg"],
)
