"""An Over-parameterized Exponential Regression (arXiv:2303.16504).

Only the abstract was available; the formulas are what its proof needs, worked out with explicit constants.
"""

from derive import Paper, abs, array, diag, dim, dims, e as euler, exp, eye, grad, hessian, index, jacobian, jvp, kron
from derive import lambda_min, matrix, norm, ones, outer, scalar, sqrt, subs, sum, vec, vector, zeros

paper = Paper("exp-network", title="An Over-parameterized Exponential Regression", source="arXiv:2303.16504")

# Inputs x_i are the rows of X, weights w_r the columns of W; the signs a_r in {-1, 1} are fixed.
n, d, m = dims("n d m")
X, y = matrix("X", n, d), vector("y", n)
W, a = matrix("W", d, m), vector("a", m)
i, r, s = index("i", n), index("r", m), index("s", m)
signs = a**2 == 1

E = paper.let("E", exp(X @ W))
F = paper.let("F", E @ a)
e = paper.let("e", F - y)
L = paper.let("L", norm(e) ** 2 / 2)
H = paper.let("H", (X @ X.T) * exp((X[:, None, :] + X[None, :, :]) @ W).sum(axis=2) / m)

paper.claim(
    "gradient",
    grad(L, W[:, r]) == sum((F[i] - y[i]) * a[r] * exp(W[:, r] @ X[i]) * X[i], over=i),
    cite="gradient in one weight",
)
paper.claim(
    "hessian-block",
    hessian(L, W[:, r], W[:, s])
    == sum(
        (a[r] * a[s] * E[i, r] * E[i, s] + eye(m)[r, s] * (F[i] - y[i]) * a[r] * E[i, r]) * outer(X[i], X[i]), over=i
    ),
    cite="Hessian block of two weights",
    using=["gradient"],
)

J = paper.let("J", jacobian(F, vec(W)))
paper.claim("jacobian-gram", J @ J.T == m * H, given=signs, cite="tangent kernel")

# Along the gradient flow dW/dt = -grad L(W) a function of W changes at the rate of its derivative along -grad L.
paper.claim(
    "flow",
    [
        jvp(F, W, -grad(L, W)) == -m * H @ (F - y),
        jvp(norm(F - y) ** 2, W, -grad(L, W)) == -2 * m * ((F - y) @ H @ (F - y)),
    ],
    given=signs,
    cite="gradient flow",
    using=["jacobian-gram"],
)

# Coupled initialisation: m = 2p, equal weights in pairs of opposite signs.
p = dim("p")
V = matrix("V", d, p)
W0 = paper.let("W0", kron(V, array([1, 1])), tex="W(0)")
a0 = paper.let("a0", kron(ones(p), array([1, -1])), tex="a")
paper.claim("init-coupled-zero", exp(X @ W0) @ a0 == zeros(n), cite="coupled initialisation")

# One step of gradient descent, from W = W(t) to W(t+1). The sign of the step size eta does not matter.
eta = scalar("eta", tex=r"\eta")
partial = paper.let("partial", grad(L, W), tex=r"\partial")
z = paper.let("z", X @ partial)
F_next = paper.let("F_next", subs(F, W, W - eta * partial), tex="F(t+1)")
e_next = paper.let("e_next", F_next - y, tex="e(t+1)")
v1 = paper.let("v1", -eta * m * H @ e)
v2 = paper.let("v2", (E * (exp(-eta * z) - 1 + eta * z)) @ a)
C1 = paper.let("C1", -2 * eta * m * (e @ H @ e))
C2 = paper.let("C2", 2 * (e @ v2))
C3 = paper.let("C3", norm(F_next - F) ** 2)
paper.claim(
    "loss-decomposition",
    [F_next - F == v1 + v2, norm(e_next) ** 2 == norm(e) ** 2 + C1 + C2 + C3],
    given=signs,
    cite="one step of gradient descent",
    using=["gradient"],
)

# Bounds. [N]: inputs in the unit ball, [U]: on the unit sphere.
ball, sphere = norm(X[i]) <= 1, norm(X[i]) == 1
paper.claim(
    "remainder", abs(v2) <= eta**2 * (E * z**2).sum(axis=1), given=[signs, abs(eta * z) <= 1], cite="second order term"
)
B = scalar("B")
paper.claim(
    "gradient-norm",
    norm(grad(L, W[:, r])) <= exp(B) * sqrt(n) * norm(F - y),
    given=[signs, ball, abs(X @ W) <= B],
    cite="norm of the gradient in one weight",
    using=["gradient"],
)
paper.claim(
    "convexity",
    hessian(L, vec(W)) >> 0,
    given=signs,
    cite="convexity",
    expect="refuted",
    reason="The second derivative of F is multiplied by F - y, of either sign.",
)

# Gram matrices: at weights W, at weights near them, and in the mean over Gaussian weights (its closed form).
paper.claim("gram-psd", H >> 0, cite="Gram matrix", using=["jacobian-gram"])
V_, R = matrix("V_", d, m, tex=r"\tilde W"), scalar("R", nonnegative=True)
H_near = subs(H, W, V_)
near = [ball, norm(V_[:, r] - W[:, r]) <= R]
paper.claim(
    "gram-perturbation",
    abs(H_near - H) <= (exp(2 * R) - 1) * abs(H),
    given=near,
    cite="perturbation of the Gram matrix",
    kind="perturbation",
)
paper.claim(
    "gram-perturbation-eig",
    lambda_min(H_near) >= lambda_min(H) - (exp(2 * R) - 1) * norm(H, "fro"),
    given=near,
    cite="perturbation of its least eigenvalue",
    kind="perturbation",
    using=["gram-perturbation"],
)
G = paper.let("G", X @ X.T)
D = paper.let("D", diag(exp((X**2).sum(axis=1) / 2)))
H_cts = paper.let("H_cts", G * exp(((X[:, None, :] + X[None, :, :]) ** 2).sum(axis=2) / 2), tex=r"H^{\mathrm{cts}}")
k = index("k", n)
paper.claim("gram-cts-factor", H_cts == D @ (G * exp(G)) @ D, cite="mean Gram matrix as a product")
paper.claim("gram-cts-psd", H_cts >> 0, cite="mean Gram matrix", using=["gram-cts-factor"])
paper.claim(
    "gram-cts-psd-strict",
    lambda_min(H_cts) > 0,
    given=[norm(X[i]) > 0, norm(X[i] - X[k]) + eye(n)[i, k] > 0],
    cite="mean Gram matrix of nonzero, pairwise distinct inputs",
    kind="psd",
    using=["gram-cts-factor"],
)
paper.claim(
    "gram-cts-range",
    [euler * lambda_min(X @ X.T) <= lambda_min(H_cts), lambda_min(H_cts) <= euler**2],
    given=sphere,
    cite="least eigenvalue of the mean Gram matrix",
    kind="spectral",
    using=["gram-cts-factor"],
)
