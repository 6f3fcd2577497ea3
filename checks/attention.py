"""One attention layer with both weight products trained (arXiv:2309.07418), in the numbering of the UAI 2025 text.

The set-up, and facts; gradients, Hessians, Lipschitz constants and definiteness stand in the files beside.
"""

from derive import Paper, diag, dims, exp, eye, grad, hessian, index, inf, inv, kron, matrix, norm
from derive import ones, outer, scalar, sum, vec, vector

paper = Paper("attention", title="One Attention Layer, Both Weight Products Trained", source="arXiv:2309.07418")

n, d = dims("n d")
A1, A2, A3, B = (matrix(name, n, d) for name in ("A1", "A2", "A3", "B"))
X, Y = matrix("X", d, d), matrix("Y", d, d)
w, v = vector("w", n, positive=True), vector("v", n)
j, i, i1, i2 = index("j", n), index("i", d), index("i1", d), index("i2", d)
k, l = index("k", d * d), index("l", d * d)

# Definitions A.7 to A.14, at a fixed row j of the tokens and a fixed column i of Y.
x, y = paper.let("x", vec(X)), paper.let("y", vec(Y))
W = paper.let("W", diag(w))
D = paper.let("D", diag(exp(A1 @ X @ A2.T) @ ones(n)), tex="D(X)")
L_XY = paper.let("L_XY", norm(inv(D) @ exp(A1 @ X @ A2.T) @ A3 @ Y - B) ** 2 / 2, tex="L(X,Y)")
A = paper.let("A", kron(A1, A2), tex=r"\mathsf A")
A_j = paper.let("A_j", kron(A1[j], A2), tex=r"\mathsf A_j")
u_j = paper.let("u_j", exp(A_j @ x), tex="u(x)_j")
alpha_j = paper.let("alpha_j", u_j @ ones(n), tex=r"\alpha(x)_j")
f_j = paper.let("f_j", u_j / alpha_j, tex="f(x)_j")
h = paper.let("h", A3 @ Y, tex="h(y)")
h_i = paper.let("h_i", A3 @ Y[:, i], tex="h(y)_i")
c_ji = paper.let("c_ji", f_j @ h_i - B[j, i], tex="c(x,y)_{j,i}")
c_x = paper.let("c_x", f_j @ v - B[j, i], tex="c(x,:)_{j,i}")
c_y = paper.let("c_y", v @ h_i - B[j, i], tex="c(:,y)_{j,i}")
L_ji = paper.let("L_ji", c_ji**2 / 2, tex="L(x,y)_{j,i}")
gamma = paper.let("gamma", f_j @ v, tex=r"\gamma_j(x)")
L_x = paper.let("L_x", c_x**2 / 2, tex="L(x,:)_{j,i}")
L_y = paper.let("L_y", c_y**2 / 2, tex="L(:,y)_{j,i}")
L = paper.let("L", sum(sum(L_ji, over=i), over=j), tex="L(x,y)")
a_k, a_l = paper.let("a_k", A_j[:, k], tex=r"\mathsf A_{j,k}"), paper.let("a_l", A_j[:, l], tex=r"\mathsf A_{j,l}")
e_j, e_i = eye(n)[j], eye(d)[i]
f = paper.let("f", sum(outer(e_j, f_j), over=j), tex="f(x)")

R, u = scalar("R", positive=True), vector("u", n)
z, p = vector("z", d, tex="x"), vector("p", d, tex="y")
paper.claim(
    "norms",
    "norm(z, inf) == sum(abs(z)**inf)**(1/inf)",
    cite="Notation",
    kind="domain",
    expect="ill-posed",
    reason="A power with exponent infinity is not defined; the largest absolute entry is meant.",
)
paper.claim("norms-corrected", norm(z, inf) == abs(z).max(), kind="domain")
paper.claim(
    "A.2.6",
    norm(exp(z) - exp(p)) <= exp(R) * norm(z - p),
    given=[norm(z) <= R, norm(p) <= R],
    cite="A.2",
    kind="lipschitz",
)
paper.claim("A.4.1", outer(u, u) << norm(u) ** 2 * eye(n), cite="A.4, part 1")
paper.claim("A.4.2", diag(u) << norm(u) * eye(n), cite="A.4, part 2")
paper.claim("A.4.4", outer(u, v) + outer(v, u) << outer(u, u) + outer(v, v), cite="A.4, part 4")
paper.claim("A.4.5", outer(u, v) + outer(v, u) >> -(outer(u, u) + outer(v, v)), cite="A.4, part 5")
paper.claim(
    "A.4.6",
    outer(v * u, v * u) << norm(v, inf) ** 2 * outer(u, u),
    cite="A.4, part 6",
    expect="refuted",
    reason="Two matrices of rank one are comparable only where their vectors are parallel.",
)
paper.claim("A.4.6-corrected", outer(v * u, v * u) << norm(v, inf) ** 2 * norm(u) ** 2 * eye(n))
paper.claim("A.4.7", diag(u * v) << norm(u) * norm(v) * eye(n), cite="A.4, part 7")

# A.5 is about any differentiable q. At a point both sides know q only by its value and gradient there; affine functions
# take every value with every gradient, and their exponentials every positive value.
g, q0, s = vector("g", d), scalar("q0"), scalar("s", tex="a")
q = paper.let("q", g @ z + q0, tex="q(x)")
paper.claim(
    "A.5.1",
    grad(q**s, z) == s * q ** (s - 1) * grad(q, z),
    cite="A.5, part 1",
    expect="ill-posed",
    reason="A power with an arbitrary real exponent is defined only where q(x) is positive, which is not assumed.",
)
r = paper.let("r", exp(q), tex="q_+(x)")
paper.claim("A.5.1-corrected", grad(r**s, z) == s * r ** (s - 1) * grad(r, z))

paper.claim("A.7-tensor", vec(A1 @ X @ A2.T) == kron(A1, A2) @ vec(X), cite="Section 3.1")
paper.claim("A.7-loss", L_XY == sum(sum(L_ji, over=i), over=j), cite="A.7")
paper.claim("A.14.1", norm(W @ A3 @ Y) ** 2 == sum(norm(W @ A3 @ Y[:, i]) ** 2, over=i), cite="A.14")
paper.claim(
    "A.14.2",
    hessian(norm(kron(W, eye(n)) @ kron(A1, A2) @ x) ** 2, x) == sum(sum(A_j.T @ W @ W @ A_j, over=i), over=j),
    cite="A.14 with F.1",
    expect="refuted",
    reason="The weight of block j is the number w_jj^2 and not the matrix W^2, and the factor is 2 and not d.",
)
paper.claim(
    "A.14.2-corrected",
    hessian(norm(kron(W, eye(n)) @ kron(A1, A2) @ x) ** 2, x) == sum(2 * w[j] ** 2 * A_j.T @ A_j, over=j),
)
paper.claim(
    "A.14.3",
    hessian(norm(W @ A3 @ Y) ** 2, Y[:, i]) == A3.T @ W @ W @ A3,
    cite="A.14 with G.1",
    expect="refuted",
    reason="A factor 2 is missing: the regulariser has no 1/2.",
)
paper.claim("A.14.3-corrected", hessian(norm(W @ A3 @ Y) ** 2, Y[:, i]) == 2 * A3.T @ W @ W @ A3)
