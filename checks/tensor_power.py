"""Robust tensor power method for tensors of order p (arXiv:2306.00406).

The order p is a symbol. A = A* + E with A* = sum_i lambda_i v_i^{(x) p}; A(I, u, ..., u) contracts all slots but one.
"""

from derive import Paper, abs, dims, eye, grad, index, iterate, matrix, max, norm, ones, outer, power_sum, scalar
from derive import vector

paper = Paper("tensor-power", title="Robust tensor power method for tensors of order p", source="arXiv:2306.00406")

n, k, q = dims("n k q")
p = scalar("p", integer=True)
lam, V, u = vector("lam", n, positive=True, tex=r"\lambda"), matrix("V", n, n, orthogonal=True), vector("u", n)
mu, W = vector("mu", q, tex=r"\mu"), matrix("W", q, n)
i = index("i", n)

# Every symmetric tensor is a sum of multiples of powers: mu and the rows of W are any, those of V are v_1, ..., v_n.
A = power_sum(mu, W, order=p)
A_I = paper.let("A_I", A.contract(u), tex=r"A(I,u,\dots,u)")
paper.claim("gradient", grad(A(u), u) == p * A_I, given=p >= 3, cite="gradient of the form")

# Orthonormal components. c_i = <v_i, u>; what is beside v_1 has the coordinates rest * c.
c = paper.let("c", V @ u)
rest = paper.let("rest", ones(n) - eye(n)[0], tex=r"\mathbf{1}_{\ge2}")
u_next = paper.let("u_next", power_sum(lam, V, order=p).contract(u), tex="u^+")
c_next = paper.let("c_next", V @ u_next, tex="c^+")
unit = [p >= 3, norm(u) == 1, c[0] != 0]
paper.claim(
    "ratio",
    c_next[i] / c_next[0] == lam[i] / lam[0] * (c[i] / c[0]) ** (p - 1),
    given=unit,
    cite="ratio of coordinates",
)

beside = paper.let("beside", norm(u - c[0] * V[0]), tex=r"\|u-c_1v_1\|")
beside_next = paper.let("beside_next", norm(u_next - c_next[0] * V[0]), tex=r"\|u^+-c_1^+v_1\|")
tan = paper.let("tan", beside / abs(c[0]), tex=r"\tan\theta(u)")
tan_next = paper.let("tan_next", beside_next / abs(c_next[0]), tex=r"\tan\theta(u^+)")
largest = paper.let("largest", max(rest * lam * abs(c) ** (p - 2)), tex=r"\max_{i\ge2}\lambda_i|c_i|^{p-2}")
rho = paper.let("rho", largest / (lam[0] * abs(c[0]) ** (p - 2)), tex=r"\rho")
across = paper.let("across", (rest * lam * c ** (p - 2)) * (rest * c))
paper.claim("tan-step.across", beside == norm(rest * c))
paper.claim("tan-step.across-next", beside_next == norm(across), given=p >= 3)
paper.claim("tan-step.contraction", norm(across) <= largest * norm(rest * c), given=p >= 3)
paper.claim("tan-step.largest", largest >= 0, given=p >= 3)
paper.claim(
    "tan-step.beside",
    beside_next <= largest * beside,
    given=p >= 3,
    using=["tan-step.across", "tan-step.across-next", "tan-step.contraction", "tan-step.largest"],
)
paper.claim("tan-step.along", abs(c_next[0]) == lam[0] * abs(c[0]) ** (p - 2) * abs(c[0]), given=p >= 3)
paper.claim(
    "tan-step",
    tan_next <= rho * tan,
    given=unit,
    cite="one step without noise",
    using=["tan-step.beside", "tan-step.along"],
)

# A symmetric tensor E of noise.
eps = scalar("eps", positive=True, tex=r"\epsilon")
E_I = paper.let("E_I", A.contract(u), tex=r"E(I,u,\dots,u)")
noisy = paper.let("noisy", (power_sum(lam, V, order=p) + A).contract(u), tex="u^+")
c_noisy = paper.let("c_noisy", V @ noisy, tex="c^+")
beside_noisy = paper.let("beside_noisy", norm(noisy - c_noisy[0] * V[0]), tex=r"\|u^+-c_1^+v_1\|")
tan_noisy = paper.let("tan_noisy", beside_noisy / abs(c_noisy[0]), tex=r"\tan\theta(u^+)")
signal = paper.let("signal", lam[0] * abs(c[0]) ** (p - 2) * abs(c[0]), tex=r"\lambda_1|c_1|^{p-1}")
small = [*unit, norm(E_I) <= eps, eps <= signal / 4, rho <= 1 / 2]
E_beside = paper.let("E_beside", (eye(n) - outer(V[0], V[0])) @ E_I)
paper.claim("noise-step.split", beside_noisy == norm(u_next - c_next[0] * V[0] + E_beside), given=p >= 3)
paper.claim(
    "noise-step.triangle", norm(u_next - c_next[0] * V[0] + E_beside) <= beside_next + norm(E_beside), given=p >= 3
)
paper.claim("noise-step.projection", norm(E_beside) <= eps, given=[p >= 3, norm(E_I) <= eps])
paper.claim("noise-step.along-split", abs(c_next[0]) == abs(c_noisy[0] - V[0] @ E_I), given=p >= 3)
paper.claim(
    "noise-step.along-triangle", abs(c_noisy[0] - V[0] @ E_I) <= abs(c_noisy[0]) + abs(V[0] @ E_I), given=p >= 3
)
paper.claim("noise-step.along-noise", abs(V[0] @ E_I) <= eps, given=[p >= 3, norm(E_I) <= eps])
paper.claim(
    "noise-step.beside",
    beside_noisy <= largest * beside + eps,
    given=[p >= 3, norm(E_I) <= eps],
    using=["noise-step.split", "noise-step.triangle", "noise-step.projection", "tan-step.beside"],
)
paper.claim("noise-step.signal", signal >= 0, given=p >= 3)
paper.claim(
    "noise-step.along",
    abs(c_noisy[0]) >= 3 * signal / 4,
    given=[p >= 3, norm(E_I) <= eps, eps <= signal / 4],
    using=["noise-step.along-split", "noise-step.along-triangle", "noise-step.along-noise", "tan-step.along"],
)
paper.claim(
    "noise-step",
    tan_noisy <= 4 * (rho * tan + eps / signal) / 3,
    given=small,
    cite="one step with noise",
    using=["noise-step.beside", "noise-step.along", "noise-step.signal"],
)
paper.claim(
    "4.2",
    "tan_noisy <= delta",
    given=[p >= 3, norm(u) == 1, norm(E_I) <= eps],
    cite="Lemma 4.2",
    kind="perturbation",
    expect="ill-posed",
    reason="Nothing says what delta is: the hypotheses speak of p, n, A*, E and epsilon only.",
)

# The normalised iteration; here the components are unit vectors, the rows of X, which need not be orthogonal.
nu, X, j = vector("nu", k, positive=True, tex=r"\bar\lambda"), matrix("X", k, n, tex=r"\bar V"), index("j", k)
B_I = paper.let("B_I", power_sum(nu, X, order=p).contract(u), tex=r"A^*(I,u,\dots,u)")
power = paper.let("power", iterate(u, B_I / norm(B_I)))
paper.claim(
    "4.9",
    power.converges(X[0], -X[0]) == 1,
    given=[p >= 3, norm(X[j]) == 1, nu[j] <= nu[0], norm(u) == 1, abs(X[j] @ u) <= abs(X[0] @ u)],
    cite="Theorem 4.9, without noise",
    kind="convergence",
    expect="refuted",
    reason="Where the v_i are not orthogonal, v_1 is no fixed point of the iteration, also if it starts there.",
)
paper.claim(
    "4.9-corrected",
    [tan_next <= rho * tan, rho * tan <= tan],
    given=[*unit, rho <= 1],
    cite="orthonormal components, the largest lambda_i |c_i|^{p-2} that of v_1",
    kind="convergence",
    using=["tan-step"],
)
