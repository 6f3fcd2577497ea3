"""Growing widths of the exponential network (arXiv:2303.16504): experiments with seeds.

Each draws inputs on the unit sphere, labels in [-1, 1] and an initialisation, and runs gradient descent.
"""

from math import ceil, log

from derive import abs, array, diag, exp, exponent, frequency, gaussian, grad, heaviside, iterate, kron, lambda_min
from derive import least, matrix
from derive import max as largest
from derive import norm, ones, opnorm, rademacher, relu, sphere, sqrt, subs, uniform

from .exp_network import W, d, m, n, p, paper

X_u, X_4 = sphere("X_u", n, d, tex="X"), sphere("X_4", n, 4 * n, tex="X")
y_u = uniform("y_u", n, low=-1, high=1, tex="y")

# [Iid]: independent weights and signs. [Cpl]: m = 2p, equal weights in pairs of opposite signs.
signs_iid, signs_cpl = rademacher("a_u", m, tex="a"), kron(ones(p), array([1, -1]))
G, V = gaussian("G", d, m, tex="W(0)"), gaussian("V_u", d, p, tex="V(0)")
G_4, V_4 = gaussian("G_4", 4 * n, m, tex="W(0)"), gaussian("V_4", 4 * n, p, tex="V(0)")
W_4 = matrix("W_4", 4 * n, m, tex="W")
W_2, W_8 = matrix("W_2", d, 2 * p, tex="W"), matrix("W_8", 4 * n, 2 * p, tex="W")


def pair(weights):
    """Coupled weights: each twice."""
    return kron(weights, array([1, 1]))


class Descent:
    """Gradient descent from ``start`` with the step size 1 / (2 m ||H(0)||), and what is measured of it."""

    def __init__(self, weights, start, X, signs, width, activation=exp, slope=exp):
        self.e = activation(X @ weights) @ signs - y_u
        self.L = norm(self.e) ** 2 / 2
        S = slope(X @ weights)
        self.H = (X @ X.T) * (S @ S.T) / width
        self.H_start = subs(self.H, weights, start)
        self.next = weights - grad(self.L, weights) / (2 * width * opnorm(self.H_start))
        self.run = iterate(weights, self.next, start=start)
        self.moved = sqrt(((weights - start) ** 2).sum(axis=0))
        self.reached = self.run.first(norm(self.e) <= 0.05)
        self.never_up = self.run.always(subs(self.L, weights, self.next) <= self.L, until=self.reached)
        self.rho = self.run(norm(weights - start, "fro"), 400) / sqrt(width)
        self.kernel_stays = self.run.always(
            norm(self.H - self.H_start, "fro") <= lambda_min(self.H_start) / 4, until=self.reached
        )

    def trained(self, movement):
        """The loss never increases until it is small, within 500 steps, and no weight has moved further by then."""
        return [self.never_up, self.reached <= 500, self.run(largest(self.moved), self.reached) <= movement]


iid, cpl = Descent(W, G, X_u, signs_iid, m), Descent(W_2, pair(V), X_u, signs_cpl, 2 * p)
iid_4, cpl_4 = Descent(W_4, G_4, X_4, signs_iid, m), Descent(W_8, pair(V_4), X_4, signs_cpl, 2 * p)
relu_4 = Descent(W_8, pair(V_4), X_4, signs_cpl, 2 * p, relu, heaviside)

# m is the smallest even integer that is at least n^2 log(n / delta), delta = 0.1.
HALF_WIDTHS = {size: ceil(size**2 * log(size / 0.1) / 2) for size in (4, 8, 16, 32)}

paper.claim(
    "width-scaling",
    [frequency(iid_4.trained(2), seeds=10, at=[n == size, m == 2 * half]) >= 0.9 for size, half in HALF_WIDTHS.items()],
    cite="the abstract's width, measured",
    kind="convergence",
)
paper.claim(
    "width-scaling-coupled",
    [frequency(cpl_4.trained(0.1), seeds=10, at=[n == size, p == half]) >= 0.9 for size, half in HALF_WIDTHS.items()],
    cite="the same with coupled initialisation",
    kind="convergence",
)

widths, data = [1000, 4000, 16000], [X_u, y_u]
paper.claim(
    "movement-scaling",
    [
        abs(exponent(cpl.rho, 2 * p, widths, seeds=10, fixed=data, at=[n == 5, d == 6]) + 1) <= 0.15,
        abs(exponent(iid.rho, m, widths, seeds=10, fixed=data, at=[n == 5, d == 6]) + 0.5) <= 0.25,
    ],
    cite="how far the weights move",
    kind="convergence",
)

# The width at which the kernel of a coupled start stays within a quarter of its least eigenvalue until the network is
# trained, for the exponential and, beside it, the rectified linear unit: the abstract's exponent of n is 2.
grid, numbers = [2**k for k in range(1, 15)], [4, 8, 16, 32]
for name, descent in {"width-exponent": cpl_4, "width-exponent-relu": relu_4}.items():
    stays = [descent.kernel_stays, descent.reached <= 500]
    paper.claim(
        name, exponent(least(2 * p, stays, grid), n, numbers, seeds=10) <= 2, cite="exponent of the width, measured"
    )

# The induction, simulated under [Thm]: labels such that ||e(0)|| is as large as it allows, lambda_0 = 4/3 lambda_min(H(0)).
u_0 = sphere("u_0", n)
lam = 4 * lambda_min(iid.H_start) / 3
B, h = largest(abs(X_u @ G)), largest(diag(iid.H_start))
e_0 = m * lam**2 / (128 * exp(B + 1 / 2) * sqrt(n) ** 3 * h)
eta = lam / (32 * m * opnorm(iid.H_start) ** 2)
y_0 = exp(X_u @ G) @ signs_iid - e_0 * u_0
e_thm = exp(X_u @ W) @ signs_iid - y_0
next_thm = W - eta * grad(norm(e_thm) ** 2 / 2, W)
thm = iterate(W, next_thm, start=G)
D = 8 * exp(B + 1 / 2) * sqrt(n) * e_0 / (m * lam)
ratio = norm(subs(e_thm, W, next_thm)) ** 2 / norm(e_thm) ** 2
H_moved = norm(iid.H - iid.H_start, "fro")
induction = [
    thm.always(sqrt(((W - G) ** 2).sum(axis=0)).max() <= D, until=100),
    thm.always(ratio <= 1 - eta * m * lam / 4, until=100),
    thm.always(H_moved <= (exp(2 * D) - 1) * norm(iid.H_start, "fro"), until=100),
    thm.always(lambda_min(iid.H) >= lam / 2, until=100),
]
paper.claim(
    "induction-simulated",
    [frequency(induction, seeds=20, at=[n == 4, d == 8, m == width]) >= 1 for width in (100, 1000, 10_000, 100_000)],
    cite="the induction, 100 steps",
    kind="convergence",
)
