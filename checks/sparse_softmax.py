"""Softmax regression with a sparsity term: H2O (arXiv:2306.14048), appendix D.17 to D.22."""

from derive import Paper, diag, dims, exp, eye, grad, hessian, index, inv, iterate, jacobian, log, matrix, norm, opnorm
from derive import outer, scalar, sigma_min, subs, sum, time, vector

paper = Paper("sparse-softmax", title="Heavy-Hitter Oracle: Sparse Softmax Regression", source="arXiv:2306.14048")

n, d = dims("n d")
A, b, x, w = matrix("A", n, d), vector("b", n), vector("x", d), vector("w", n)
y, i = vector("y", d), index("i", d)
R, l = scalar("R", positive=True), scalar("l", positive=True)

# Definitions D.35 to D.43.
u = paper.let("u", exp(A @ x))
alpha = paper.let("alpha", sum(u))
f = paper.let("f", u / alpha)
c = paper.let("c", f - b)
W = paper.let("W", diag(w))
L_exp = paper.let("L_exp", norm(c) ** 2 / 2, tex=r"L_{\exp}")
L_reg = paper.let("L_reg", norm(W @ A @ x) ** 2 / 2, tex=r"L_{\mathrm{reg}}")
L_sparse = paper.let("L_sparse", norm(exp(A @ x), 1), tex=r"L_{\mathrm{sparse}}")
L = paper.let("L", L_exp + L_sparse + L_reg)
g = paper.let("g", f * c - (f @ c) * f)
J = paper.let("J", diag(f) - outer(f, f))
B = paper.let("B", J @ J + diag(g) - outer(g, f) - outer(f, g) + diag(u), tex="B(x)")

paper.claim(
    "D.38",
    "c == f_of_D38 - b",
    cite="D.38",
    kind="domain",
    expect="ill-posed",
    reason="The definition takes f from itself, and does not define it; D.37 is meant.",
)
paper.claim("D.38-corrected", c == f - b, kind="domain")
paper.claim("D.44.1", jacobian(exp(A @ x), x[i]) == exp(A @ x) * A[:, i], cite="D.44, part 1")
paper.claim("D.44.2", grad(sum(exp(A @ x)), x[i]) == exp(A @ x) @ A[:, i], cite="D.44, part 2")
paper.claim("D.44.3", grad(1 / alpha, x[i]) == -(f @ A[:, i]) / alpha, cite="D.44, part 3")
paper.claim(
    "D.44.4",
    [jacobian(f, x[i]) == jacobian(c, x[i]), jacobian(c, x[i]) == -(f @ A[:, i]) * f + f * A[:, i]],
    cite="D.44, part 4",
)
paper.claim(
    "D.44.5",
    grad(L_exp, x[i]) == A[:, i] @ (f * ((f - b) @ f) + diag(f) @ (f - b)),
    cite="D.44, part 5",
    expect="refuted",
    reason="The first term has the wrong sign.",
)
paper.claim("D.44.5-corrected", grad(L_exp, x[i]) == A[:, i] @ (-f * ((f - b) @ f) + diag(f) @ (f - b)))
paper.claim("hessian-total", hessian(L, x) == A.T @ (B + W @ W) @ A, cite="Hessian of the whole loss")

# The hypotheses of D.47 as they stand: one name for three functions, and two that nothing names.
D_41 = Paper("D.41").let("L_sparse", norm(exp(A @ x), 1))
D_40 = Paper("D.40").let("L_sparse", L_reg)
D_39 = Paper("D.39").let("L_sparse", L_exp)
paper.claim(
    "D.47.0",
    [L_exp == D_39, L_reg == D_40, L == L_exp + D_41 + L_reg],
    cite="hypotheses of D.47",
    kind="domain",
    expect="ill-posed",
    reason="L_sparse stands for three functions; L_exp and L_reg are meant in two places.",
)
paper.claim("D.47.0-corrected", L == L_exp + L_sparse + L_reg, kind="domain")
T = [opnorm(A) <= R, norm(x) <= R, R >= 10, b >= 0, norm(b, 1) <= 1, sigma_min(A) > 0]
definite = hessian(L, x) >> l * eye(d)
close = [0.9 * (B + W @ W) << W @ W, W @ W << 1.1 * (B + W @ W)]
large_w, larger_w = w**2 >= 20 + l / sigma_min(A) ** 2, w**2 >= 200 * exp(R**2) + l / sigma_min(A) ** 2
smooth = opnorm(hessian(L, x) - subs(hessian(L, x), x, y)) <= n**2 * exp(40 * R**2) * norm(x - y)
missing = "Nothing bounds b, A and x, whose bounds stand in Theorem D.49 alone."
paper.claim("D.47.1", definite, given=large_w, cite="D.47, part 1", expect="refuted", reason=missing)
paper.claim("D.47.2", close, given=larger_w, cite="D.47, part 2", expect="refuted", reason=missing)
paper.claim(
    "D.47.1-full",
    definite,
    given=[*T, large_w],
    cite="D.47, part 1, with the hypotheses of D.49",
    using=["hessian-total"],
)
paper.claim(
    "D.47.2-full",
    close,
    given=[*T, larger_w],
    cite="D.47, part 2, with the hypotheses of D.49",
    using=["hessian-total"],
)
paper.claim("D.48", smooth, cite="D.48", kind="lipschitz", expect="refuted", reason=missing)
paper.claim(
    "D.48-full",
    smooth,
    given=[*T, norm(y) <= R],
    cite="D.48, with the hypotheses of D.49",
    kind="lipschitz",
    using=["hessian-total"],
)

# D.49: in double precision two different points are at least the smallest double apart.
x0, x_star = vector("x0", d, tex="x_0"), vector("x_star", d, tex="x^*")
M = n**2 * exp(40 * R**2)
paper.claim(
    "D.49.init",
    norm(x0 - x_star) > 0,
    given=[*T, l == 1, M * norm(x0 - x_star) <= 0.1 * l, norm(x0 - x_star) >= 2**-1074],
    cite="D.49, in double precision",
    kind="convergence",
    expect="vacuous",
    reason="M is at least e^4000, so that the start would have to be within 10^-1738 of the minimiser.",
)

# D.49 with Algorithm 4: the gradient and the Hessian in closed form, as D.44 and the Hessian above have them.
eps, steps = scalar("eps", positive=True), time("T")
slope, curvature = A.T @ (g + u + w**2 * (A @ x)), A.T @ (B + W @ W) @ A
newton = iterate(x, x + inv(curvature) @ slope, start=x0)
distance = norm(x0 - x_star)
paper.claim(
    "D.49.alg",
    norm(newton(x, steps) - x_star) <= eps,
    given=[
        *[opnorm(A) <= R, norm(x0) <= R, R >= 10, b >= 0, norm(b, 1) <= 1, sigma_min(A) > 0, larger_w],
        *[subs(slope, x, x_star) == 0, norm(x_star) <= R, M * distance <= 0.1 * l, eps < 0.1],
        *[steps >= log(distance / eps), steps < log(distance / eps) + 1],
    ],
    cite="D.49 with line 9 of Algorithm 4",
    kind="convergence",
    expect="refuted",
    reason="Line 9 adds the step where Newton's method subtracts it: the distance doubles.",
)
