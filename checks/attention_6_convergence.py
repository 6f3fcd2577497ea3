"""Sketching and convergence for one attention layer (arXiv:2309.07418, appendices J, K and L)."""

from derive import array, diag, dim, eye, function, grad, hessian, inv, kron, lipschitz, log, matrix, norm, scalar
from derive import outer, softmax, sqrt, subs, vector, zeros

from .attention import A1, L, d, n, paper, x

# J.2: P takes m rows; H is a Hadamard matrix, with entries +-1 and orthogonal rows; the signs are random.
m = dim("m")
P, S = matrix("P", m, n * n), matrix("S", m, n * n)
s1, s2 = vector("s1", n), vector("s2", n)
D1, D2 = paper.let("D1", diag(s1), tex="D_1"), paper.let("D2", diag(s2), tex="D_2")
paper.claim(
    "J.2",
    "S == P @ kron(hadamard_matrix(n) @ D1, hadamard_matrix(n) @ D2) / sqrt(m)",
    cite="J.2",
    kind="domain",
    expect="ill-posed",
    reason="No Hadamard matrix of size 3 exists: only 1, 2 and multiples of 4 can be sizes of one.",
)
H, H2 = matrix("H", n, n, tex=r"\mathcal H"), array([[1, 1], [1, -1]])
paper.claim(
    "J.2-corrected",
    kron(H2, H) @ kron(H2, H).T == 2 * n * eye(2 * n),
    given=[H**2 == 1, H @ H.T == n * eye(n)],
    cite="by Sylvester's doubling there is one for each power of two",
    kind="domain",
)

# K.4: one step of the induction, with eps_0 = 0.01 and r_bar = M r.
l, M = scalar("l", positive=True), scalar("M", positive=True)
r, r_next = scalar("r", nonnegative=True, tex="r_t"), scalar("r_next", nonnegative=True, tex="r_{t+1}")
r_bar = paper.let("r_bar", M * r, tex=r"\bar r_t")
paper.claim(
    "K.4-step",
    [r_next <= 0.4 * r, M * r_next <= 0.1 * l],
    given=[r_next <= 2 * (0.01 + r_bar / (l - r_bar)) * r, r_bar <= 0.1 * l],
    cite="arithmetic inside K.4",
)

# K.1: a good loss. L is any function of z = (x, y) with these properties; x and y have D = d^2 entries. A Lipschitz
# constant in the Euclidean norm of z is one in ||x|| + ||y|| too, so that what falls here falls there.
D = dim("D")
z, z_star, H_t = vector("z", 2 * D), vector("z_star", 2 * D, tex="z^*"), matrix("H_t", 2 * D, 2 * D, symmetric=True)
loss, point = function("L", 2 * D), vector("p", d)
slope, curvature = grad(loss(z), z), hessian(loss(z), z)
x_part, y_part = kron(array([[1, 0]]), eye(D)), kron(array([[0, 1]]), eye(D))
r_z = norm(x_part @ (z - z_star)) + norm(y_part @ (z - z_star))
good = [
    lipschitz(curvature, z) <= M,
    subs(slope, z, z_star) == 0,
    subs(curvature, z, z_star) >> l * eye(2 * D),
    M * r_z <= 0.1 * l,
]
z_star_of_K1 = vector("z_star", 2 * d * d, tex="z^*")
slope_of_R_d = paper.let("slope_of_R_d", grad(function("L", d)(point), point), tex=r"\nabla L(p)")
paper.claim(
    "K.1.grad",
    "subs(slope_of_R_d, point, z_star_of_K1) == zeros(d)",
    cite="K.1",
    kind="convergence",
    expect="ill-posed",
    reason="L is said to be a function on R^d, and (x*, y*) has 2 d^2 entries.",
)
paper.claim(
    "K.1",
    hessian(L, x) >> l * eye(d * d),
    given=[A1 == 0],
    cite="text after K.1, where A_1 = 0",
    kind="convergence",
    expect="refuted",
    reason="With A_1 = 0 the loss does not depend on X, so that its Hessian is positive definite at no point.",
)
paper.claim("K.1-corrected", hessian(subs(L, A1, zeros(n, d)), x) == 0, cite="why K.1 fails at every (X, Y)")

# K.2 to K.4: one step of Newton's method with an approximate Hessian.
g_z = matrix("g_z", 2 * D, 1, tex="g(z)")
paper.claim(
    "K.2",
    "z[:, None] - g_z @ inv(H_t) == z[:, None] - inv(H_t) @ g_z",
    cite="K.2",
    kind="convergence",
    expect="ill-posed",
    reason="A column of 2 d^2 entries cannot stand to the left of a matrix of that size.",
)
z_next = z - inv(H_t) @ slope
r_next_z = norm(x_part @ (z_next - z_star)) + norm(y_part @ (z_next - z_star))
eps0 = scalar("eps0", positive=True, tex=r"\epsilon_0")
near = [(1 - eps0) * curvature << H_t, H_t << (1 + eps0) * curvature, eps0 < 0.1]
bar = M * r_z / (l - M * r_z)
conditioned = "The approximation is one in the norm of the Hessian: in the Euclidean norm its condition number enters."
paper.claim(
    "K.3",
    r_next_z <= 2 * (eps0 + bar) * r_z,
    given=[*good, *near],
    cite="K.3",
    kind="convergence",
    expect="refuted",
    reason=conditioned,
)
U = scalar("U", positive=True)
paper.claim(
    "K.3-corrected",
    norm(z_next - z_star) <= 2 * (eps0 * sqrt(U / (l - M * r_z)) + bar) * norm(z - z_star),
    given=[*good, *near, curvature << U * eye(2 * D)],
    kind="convergence",
)
paper.claim(
    "K.4",
    [r_next_z <= 0.4 * r_z, M * r_next_z <= 0.1 * l],
    given=[*good, 0.99 * curvature << H_t, H_t << 1.01 * curvature],
    cite="K.4, a step from z_t, which is any point with M r_t <= 0.1 l",
    kind="convergence",
    expect="refuted",
    reason=conditioned,
    using=["K.3", "K.4-step"],
)
paper.claim(
    "K.4-corrected",
    [norm(z_next - z_star) <= 0.4 * norm(z - z_star), M * norm(z_next - z_star) <= 0.1 * l],
    given=[*good, 0.99 * curvature << H_t, H_t << 1.01 * curvature, curvature << 64 * l * eye(2 * D)],
    kind="convergence",
    using=["K.3-corrected", "K.4-step"],
)

# L.1: the number of steps, as a real number and rounded up.
r0, r_T, r_steps, eps = (scalar(name, positive=True) for name in ("r0", "r_T", "r_steps", "eps"))
steps = scalar("steps", integer=True, nonnegative=True, tex=r"\lceil T\rceil")
T = paper.let("T", log(r0 / eps))
T_base = paper.let("T_base", log(r0 / eps) / log(2.5), tex="T")
paper.claim(
    "L.1.T",
    [r_T <= eps, r_steps <= eps],
    given=[r_T <= 0.4**T * r0, r_steps <= 0.4**steps * r0, steps >= T, steps < T + 1, eps < 0.1],
    cite="proof of L.1",
    kind="convergence",
    expect="refuted",
    reason="The logarithm is natural, and log(1/0.4) < 1: it takes log(r_0/eps)/log(2.5) steps.",
)
paper.claim(
    "L.1.T-corrected",
    [r_T <= eps, r_steps <= eps],
    given=[r_T <= 0.4**T_base * r0, r_steps <= 0.4**steps * r0, steps >= T_base, steps < T_base + 1, eps < 0.1],
    kind="convergence",
)

# L.1 with d = 1 and the Hessian itself: a start within 0.1 of a minimiser where the loss is zero, and eps half of the
# distance, so that log(r_0/eps) = log(2), rounded up one step.
a1, a2, a3, b1 = (vector(name, n) for name in ("a1", "a2", "a3", "b1"))
x1, y1, x1_star, y1_star = (vector(name, 1) for name in ("x1", "y1", "x1_star", "y1_star"))
output = softmax(outer(a1, a2) * x1[0]) @ a3 * y1[0]
loss_1 = norm(output - b1) ** 2 / 2
first, second = array([1, 0]), array([0, 1])
step = inv(
    hessian(loss_1, x1) * outer(first, first)
    + hessian(loss_1, x1, y1) * outer(first, second)
    + hessian(loss_1, y1, x1) * outer(second, first)
    + hessian(loss_1, y1) * outer(second, second)
) @ (grad(loss_1, x1) * first + grad(loss_1, y1) * second)
distance = norm(x1 - x1_star) + norm(y1 - y1_star)
paper.claim(
    "L.1",
    norm(x1 - step[0] - x1_star) + norm(y1 - step[1] - y1_star) <= distance / 2,
    given=[b1 == subs(subs(output, x1, x1_star), y1, y1_star), norm(x1 - x1_star) < 0.1, norm(y1 - y1_star) < 0.1],
    cite="L.1, where T = 1",
    kind="convergence",
    expect="refuted",
    reason="Nothing keeps the start where Newton's method converges, and nothing the Hessian definite.",
)
