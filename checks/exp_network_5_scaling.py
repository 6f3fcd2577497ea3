"""Growing widths of the exponential network (arXiv:2303.16504): experiments with seeds.

Each draws inputs on the unit sphere, labels in [-1, 1] and an initialisation, and runs gradient descent.
"""

from math import ceil, log

from derive import abs, array, diag, exp, exponent, frequency, gaussian, grad, heaviside, iterate, kron, lambda_min
from derive import least, matrix, max, norm, ones, opnorm, rademacher, relu, sphere, sqrt, subs, uniform

from .exp_network import W, d, m, n, p, paper

X_u, y_u = sphere("X_u", n, d, tex="X"), uniform("y_u", n, low=-1, high=1, tex="y")
G_u = X_u @ X_u.T

# [Iid]: independent weights and signs; step size 1 / (2 m ||H(0)||). T is when the network is trained.
W_u, a_u = gaussian("W_u", d, m, tex="W(0)"), rademacher("a_u", m, tex="a")
e_u = paper.let("e_u", exp(X_u @ W) @ a_u - y_u, tex="e")
L_u = paper.let("L_u", norm(e_u) ** 2 / 2, tex="L")
H_u = paper.let("H_u", G_u * (exp(X_u @ W) @ exp(X_u @ W).T) / m, tex="H")
H_u0 = paper.let("H_u0", G_u * (exp(X_u @ W_u) @ exp(X_u @ W_u).T) / m, tex="H(0)")
next_u = W - grad(L_u, W) / (2 * m * opnorm(H_u0))
iid = paper.let("iid", iterate(W, next_u, start=W_u))
L_u1 = paper.let("L_u1", subs(L_u, W, next_u), tex="L^+")
T_u = paper.let("T_u", iid.first(norm(e_u) <= 0.05), tex="T")
moved_u = paper.let("moved_u", max(sqrt(((W - W_u) ** 2).sum(axis=0))), tex=r"r_{\max}")

# [Cpl]: m = 2p, equal weights in pairs of opposite signs.
W_c, a_c = matrix("W_c", d, 2 * p, tex="W"), kron(ones(p), array([1, -1]))
W_c0 = paper.let("W_c0", kron(gaussian("V_u", d, p, tex="V(0)"), array([1, 1])), tex="W(0)")
e_c = paper.let("e_c", exp(X_u @ W_c) @ a_c - y_u, tex="e")
L_c = paper.let("L_c", norm(e_c) ** 2 / 2, tex="L")
H_c = paper.let("H_c", G_u * (exp(X_u @ W_c) @ exp(X_u @ W_c).T) / (2 * p), tex="H")
H_c0 = paper.let("H_c0", G_u * (exp(X_u @ W_c0) @ exp(X_u @ W_c0).T) / (2 * p), tex="H(0)")
next_c = W_c - grad(L_c, W_c) / (4 * p * opnorm(H_c0))
cpl = paper.let("cpl", iterate(W_c, next_c, start=W_c0))
L_c1 = paper.let("L_c1", subs(L_c, W_c, next_c), tex="L^+")
T_c = paper.let("T_c", cpl.first(norm(e_c) <= 0.05), tex="T")
moved_c = paper.let("moved_c", max(sqrt(((W_c - W_c0) ** 2).sum(axis=0))), tex=r"r_{\max}")

# The loss never increases until it is small, within 500 steps, and no weight has moved further by then. m = 2p is the
# smallest even integer that is at least n^2 log(n / delta), delta = 0.1.
trained_iid = [iid.always(L_u1 <= L_u, until=T_u), T_u <= 500, iid(moved_u, T_u) <= 2]
trained_cpl = [cpl.always(L_c1 <= L_c, until=T_c), T_c <= 500, cpl(moved_c, T_c) <= 0.1]
widths = {N: ceil(N**2 * log(N / 0.1) / 2) for N in (4, 8, 16, 32)}
paper.claim(
    "width-scaling",
    [frequency(trained_iid, seeds=10, at=[n == N, d == 4 * N, m == 2 * P]) >= 0.9 for N, P in widths.items()],
    cite="the abstract's width, measured",
    kind="convergence",
)
paper.claim(
    "width-scaling-coupled",
    [frequency(trained_cpl, seeds=10, at=[n == N, d == 4 * N, p == P]) >= 0.9 for N, P in widths.items()],
    cite="the same with coupled initialisation",
    kind="convergence",
)

rho_u = paper.let("rho_u", iid(norm(W - W_u, "fro"), 400) / sqrt(m), tex=r"\rho")
rho_c = paper.let("rho_c", cpl(norm(W_c - W_c0, "fro"), 400) / sqrt(2 * p), tex=r"\rho")
grown, data, at = [1000, 4000, 16000], [X_u, y_u], [n == 5, d == 6]
paper.claim(
    "movement-scaling",
    [
        abs(exponent(rho_c, 2 * p, grown, seeds=10, fixed=data, at=at) + 1) <= 0.15,
        abs(exponent(rho_u, m, grown, seeds=10, fixed=data, at=at) + 0.5) <= 0.25,
    ],
    cite="how far the weights move",
    kind="convergence",
)

# The width with which the kernel of a coupled start stays within a quarter of its least eigenvalue until the network
# is trained, for the exponential and, beside it, the rectified linear unit. The abstract's exponent of n is 2.
e_r = paper.let("e_r", relu(X_u @ W_c) @ a_c - y_u, tex="e")
H_r = paper.let("H_r", G_u * (heaviside(X_u @ W_c) @ heaviside(X_u @ W_c).T) / (2 * p), tex="H")
H_r0 = paper.let("H_r0", G_u * (heaviside(X_u @ W_c0) @ heaviside(X_u @ W_c0).T) / (2 * p), tex="H(0)")
next_r = W_c - grad(norm(e_r) ** 2 / 2, W_c) / (4 * p * opnorm(H_r0))
rectified = paper.let("rectified", iterate(W_c, next_r, start=W_c0))
T_r = paper.let("T_r", rectified.first(norm(e_r) <= 0.05), tex="T")
stays_c = [cpl.always(norm(H_c - H_c0, "fro") <= lambda_min(H_c0) / 4, until=T_c), T_c <= 500]
stays_r = [rectified.always(norm(H_r - H_r0, "fro") <= lambda_min(H_r0) / 4, until=T_r), T_r <= 500]
grid, numbers = [2**k for k in range(1, 15)], [4, 8, 16, 32]
m_c = paper.let("m_c", least(2 * p, stays_c, grid), tex="m_*")
m_r = paper.let("m_r", least(2 * p, stays_r, grid), tex="m_*")
paper.claim(
    "width-exponent",
    exponent(m_c, n, numbers, seeds=10, at=d == 128) <= 2,
    cite="exponent of n in the width, measured",
    kind="convergence",
)
paper.claim(
    "width-exponent-relu",
    exponent(m_r, n, numbers, seeds=10, at=d == 128) <= 2,
    cite="the same for the rectified linear unit",
    kind="convergence",
)

# The induction, simulated under [Thm] with lambda_0 = 4/3 lambda_min(H(0)): labels such that ||e(0)|| is as large as
# [Thm] allows.
lam = paper.let("lambda_u", 4 * lambda_min(H_u0) / 3, tex=r"\lambda_0")
B, h = paper.let("B_u", max(abs(X_u @ W_u)), tex="B"), paper.let("h_u", max(diag(H_u0)), tex="h")
size = paper.let("size_u", m * lam**2 / (128 * exp(B + 1 / 2) * sqrt(n) ** 3 * h), tex=r"\|e(0)\|")
eta = paper.let("eta_u", lam / (32 * m * opnorm(H_u0) ** 2), tex=r"\eta")
D = paper.let("D_u", 8 * exp(B + 1 / 2) * sqrt(n) * size / (m * lam), tex="D")
e = paper.let("e_t", exp(X_u @ W) @ a_u - (exp(X_u @ W_u) @ a_u - size * sphere("u_0", n)), tex="e")
next_t = W - eta * grad(norm(e) ** 2 / 2, W)
thm = paper.let("thm", iterate(W, next_t, start=W_u))
e_1 = paper.let("e_t1", subs(e, W, next_t), tex="e^+")
induction = [
    thm.always(moved_u <= D, until=40),
    thm.always(norm(e_1) ** 2 / norm(e) ** 2 <= 1 - eta * m * lam / 4, until=40),
    thm.always(norm(H_u - H_u0, "fro") <= (exp(2 * D) - 1) * norm(H_u0, "fro"), until=40),
    thm.always(lambda_min(H_u) >= lam / 2, until=40),
]
paper.claim(
    "induction-simulated",
    [frequency(induction, seeds=20, at=[n == 4, d == 8, m == 10**k]) >= 1 for k in (2, 3, 4, 5)],
    cite="the induction, 40 steps on 20 data sets",
    kind="convergence",
)
