"""Growing widths of the exponential network (arXiv:2303.16504): experiments with seeds.

Each draws inputs on the unit sphere, labels in [-1, 1] and an initialisation, and runs gradient descent.
"""

from math import ceil, log

from derive import abs, array, diag, exp, exponent, frequency, gaussian, grad, heaviside, iterate, kron, lambda_min
from derive import least, matrix, max, norm, ones, opnorm, rademacher, relu, sphere, sqrt, subs, uniform

from .exp_network import W, d, m, n, p, paper

# Inputs in R^d, and in R^(4n). [Iid]: independent weights and signs. [Cpl]: m = 2p, equal weights in pairs of opposite
# signs.
X_u, X_4 = sphere("X_u", n, d, tex="X"), sphere("X_4", n, 4 * n, tex="X")
y_u = uniform("y_u", n, low=-1, high=1, tex="y")
G, G_4 = gaussian("G", d, m, tex="W(0)"), gaussian("G_4", 4 * n, m, tex="W(0)")
V, V_4 = (kron(gaussian(name, size, p), array([1, 1])) for name, size in (("V_u", d), ("V_4", 4 * n)))
W_4, W_2, W_8 = matrix("W_4", 4 * n, m, tex="W"), matrix("W_2", d, 2 * p, tex="W"), matrix("W_8", 4 * n, 2 * p, tex="W")
signs, signs_cpl = rademacher("a_u", m, tex="a"), kron(ones(p), array([1, -1]))


class Descent:
    """Gradient descent from ``start`` with the step size 1 / (2 m ||H(0)||), and what is measured along it."""

    def __init__(self, name, weights, start, X, signs, width, activation=exp, slope=exp):
        def kernel(w):
            return (X @ X.T) * (slope(X @ w) @ slope(X @ w).T) / width

        self.e = paper.let(f"e_{name}", activation(X @ weights) @ signs - y_u, tex="e")
        self.H = paper.let(f"H_{name}", kernel(weights), tex="H")
        self.H_0 = paper.let(f"H0_{name}", kernel(start), tex="H(0)")
        self.moved = paper.let(f"moved_{name}", sqrt(((weights - start) ** 2).sum(axis=0)), tex=r"\|w - w(0)\|")
        self.L = paper.let(f"L_{name}", norm(self.e) ** 2 / 2, tex="L")
        after = weights - grad(self.L, weights) / (2 * width * opnorm(self.H_0))
        self.run = paper.let(f"run_{name}", iterate(weights, after, start=start))
        self.L_after = paper.let(f"L1_{name}", subs(self.L, weights, after), tex="L^+")
        self.reached = paper.let(f"T_{name}", self.run.first(norm(self.e) <= 0.05), tex="T")
        self.root_mean_square = self.run(norm(weights - start, "fro"), 400) / sqrt(width)

    def trained(self, movement):
        """The loss never increases until it is small, within 500 steps, and no weight has moved further by then."""
        never_up = self.run.always(self.L_after <= self.L, until=self.reached)
        return [never_up, self.reached <= 500, self.run(max(self.moved), self.reached) <= movement]

    def kernel_stays(self):
        """Until then, within 500 steps, the kernel stays within a quarter of its least eigenvalue."""
        stays = self.run.always(norm(self.H - self.H_0, "fro") <= lambda_min(self.H_0) / 4, until=self.reached)
        return [stays, self.reached <= 500]


iid, cpl = Descent("iid", W, G, X_u, signs, m), Descent("cpl", W_2, V, X_u, signs_cpl, 2 * p)
iid_n, cpl_n = Descent("iid_n", W_4, G_4, X_4, signs, m), Descent("cpl_n", W_8, V_4, X_4, signs_cpl, 2 * p)
relu_n = Descent("relu_n", W_8, V_4, X_4, signs_cpl, 2 * p, relu, heaviside)

# m = 2p is the smallest even integer that is at least n^2 log(n / delta), delta = 0.1.
half_widths = {size: ceil(size**2 * log(size / 0.1) / 2) for size in (4, 8, 16, 32)}
paper.claim(
    "width-scaling",
    [frequency(iid_n.trained(2), seeds=10, at=[n == N, m == 2 * P]) >= 0.9 for N, P in half_widths.items()],
    cite="the abstract's width, measured",
    kind="convergence",
)
paper.claim(
    "width-scaling-coupled",
    [frequency(cpl_n.trained(0.1), seeds=10, at=[n == N, p == P]) >= 0.9 for N, P in half_widths.items()],
    cite="the same with coupled initialisation",
    kind="convergence",
)

widths, fixed, at = [1000, 4000, 16000], [X_u, y_u], [n == 5, d == 6]
paper.claim(
    "movement-scaling",
    [
        abs(exponent(cpl.root_mean_square, 2 * p, widths, seeds=10, fixed=fixed, at=at) + 1) <= 0.15,
        abs(exponent(iid.root_mean_square, m, widths, seeds=10, fixed=fixed, at=at) + 0.5) <= 0.25,
    ],
    cite="how far the weights move",
    kind="convergence",
)

# The width at which the kernel of a coupled start stays near its beginning, for the exponential and, beside it, the
# rectified linear unit. The abstract's exponent of n is 2.
grid, sizes = [2**k for k in range(1, 15)], [4, 8, 16, 32]
for name, descent in {"width-exponent": cpl_n, "width-exponent-relu": relu_n}.items():
    enough = least(2 * p, descent.kernel_stays(), grid)
    paper.claim(name, exponent(enough, n, sizes, seeds=10) <= 2, cite="exponent of the width, measured")

# The induction, simulated under [Thm] with lambda_0 = 4/3 lambda_min(H(0)): labels such that ||e(0)|| is as large as
# [Thm] allows.
lam = paper.let("lambda_0", 4 * lambda_min(iid.H_0) / 3, tex=r"\lambda_0")
B, h = paper.let("B_0", max(abs(X_u @ G)), tex="B"), paper.let("h_0", max(diag(iid.H_0)), tex="h")
size = paper.let("size", m * lam**2 / (128 * exp(B + 1 / 2) * sqrt(n) ** 3 * h), tex=r"\|e(0)\|")
eta = paper.let("eta_0", lam / (32 * m * opnorm(iid.H_0) ** 2), tex=r"\eta")
radius = paper.let("D_0", 8 * exp(B + 1 / 2) * sqrt(n) * size / (m * lam), tex="D")
e = paper.let("e_thm", exp(X_u @ W) @ signs - (exp(X_u @ G) @ signs - size * sphere("u_0", n)), tex="e")
after = W - eta * grad(norm(e) ** 2 / 2, W)
thm = paper.let("run_thm", iterate(W, after, start=G))
e_after = paper.let("e1_thm", subs(e, W, after), tex="e^+")
induction = [
    thm.always(max(iid.moved) <= radius, until=60),
    thm.always(norm(e_after) ** 2 / norm(e) ** 2 <= 1 - eta * m * lam / 4, until=60),
    thm.always(norm(iid.H - iid.H_0, "fro") <= (exp(2 * radius) - 1) * norm(iid.H_0, "fro"), until=60),
    thm.always(lambda_min(iid.H) >= lam / 2, until=60),
]
paper.claim(
    "induction-simulated",
    [frequency(induction, seeds=20, at=[n == 4, d == 8, m == width]) >= 1 for width in (100, 1000, 10_000, 100_000)],
    cite="the induction, 60 steps on 20 data sets",
    kind="convergence",
)
