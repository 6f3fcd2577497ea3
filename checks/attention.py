"""One attention layer with both weight products trained (arXiv:2309.07418), in the numbering of the UAI 2025 text."""

from derive import Paper, diag, dims, dot, exp, eye, grad, hessian, index, inv, jacobian, kron, matrix, norm
from derive import ones, outer, scalar, sum, vec, vector, zeros

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
L_x = paper.let("L_x", c_x**2 / 2, tex="L(x,:)_{j,i}")
L_y = paper.let("L_y", c_y**2 / 2, tex="L(:,y)_{j,i}")
L = paper.let("L", sum(sum(L_ji, over=i), over=j), tex="L(x,y)")

# A.5 is about any differentiable q. At a point both sides know q only by its value and gradient there; affine functions
# take every value with every gradient, and their exponentials every positive value.
g, q0, s, z = vector("g", d), scalar("q0"), scalar("s", tex="a"), vector("z", d, tex="x")
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

# B.1: derivatives in one entry of x. Columns of A_j are a_k and a_l.
a_k, a_l = paper.let("a_k", A_j[:, k], tex=r"\mathsf A_{j,k}"), paper.let("a_l", A_j[:, l], tex=r"\mathsf A_{j,l}")
gamma = paper.let("gamma", f_j @ v, tex=r"\gamma_j(x)")
dc_k = dot(f_j * a_k, v) - (f_j @ v) * dot(f_j, a_k)
paper.claim("B.1.1", jacobian(u_j, x[k]) == u_j * a_k, cite="B.1, part 1")
paper.claim("B.1.2", grad(alpha_j, x[k]) == dot(u_j * a_k, ones(n)), cite="B.1, part 2")
paper.claim("B.1.3", jacobian(f_j, x[k]) == f_j * a_k - f_j * dot(f_j, a_k), cite="B.1, part 3")
paper.claim("B.1.4", grad(f_j @ v, x[k]) == dc_k, cite="B.1, part 4")
paper.claim("B.1.5", grad(c_x, x[k]) == dc_k, cite="B.1, part 5")
paper.claim("B.1.6", grad(L_x, x[k]) == c_x * dc_k, cite="B.1, part 6")
paper.claim(
    "B.1.7",
    grad(dot(f_j * a_k, v), x[k]) == dot(f_j * a_k * a_k, v) - dot(f_j * a_k, v) * dot(f_j, a_k),
    cite="B.1, part 7",
)
paper.claim(
    "B.1.8",
    grad(dot(f_j * a_k, v), x[l]) == dot(f_j * a_k * a_l, v) - dot(f_j * a_l, v) * dot(f_j, a_k),
    cite="B.1, part 8",
    expect="refuted",
    reason="k and l are exchanged in the second term.",
)
paper.claim(
    "B.1.8-corrected", grad(dot(f_j * a_k, v), x[l]) == dot(f_j * a_k * a_l, v) - dot(f_j * a_k, v) * dot(f_j, a_l)
)
paper.claim("B.1.9", grad(dot(f_j, a_k), x[k]) == dot(f_j, a_k * a_k) - dot(f_j, a_k) ** 2, cite="B.1, part 9")
paper.claim(
    "B.1.10", grad(dot(f_j, a_k), x[l]) == dot(f_j, a_k * a_l) - dot(f_j, a_k) * dot(f_j, a_l), cite="B.1, part 10"
)
paper.claim("B.2.7", grad(L_y, Y[i2, i1]) == eye(d)[i1, i] * c_y * dot(v, A3[:, i2]), cite="B.2, parts 3 to 8")

# B.4, B.5: gradients of the whole loss. e_j and e_i are unit vectors: a matrix with rows r_j is the sum of e_j r_j^T.
e_j, e_i = eye(n)[j], eye(d)[i]
J_j = paper.let("J_j", diag(f_j) - outer(f_j, f_j), tex="J(f(x)_j)")
q_j = paper.let("q_j", sum(c_ji * h_i, over=i), tex="q(x,y)_j")
p_j = paper.let("p_j", J_j @ q_j, tex="p(x,y)_j")
f = paper.let("f", sum(outer(e_j, f_j), over=j), tex="f(x)")
paper.claim("B.4.3", grad(L, x) == sum(A_j.T @ (diag(f_j) - outer(f_j, f_j)) @ q_j, over=j), cite="B.4, part 3")
paper.claim(
    "B.4.10",
    "grad(L, x) == sum(A_j.T @ ((diag(f_j) - f_j[:, None] @ f_j[:, None]) @ q_j), over=j)",
    cite="B.4, display (10)",
    expect="ill-posed",
    reason="The product of the columns f and f is not defined; the second one lacks its transpose.",
)
paper.claim("B.4.10-corrected", grad(L, x) == sum(A_j.T @ p_j, over=j))
paper.claim(
    "B.4-vec-col",
    grad(L, x) == vec(A1.T @ sum(outer(p_j, e_j), over=j) @ A2),
    cite="B.4, last display",
    expect="refuted",
    reason="With the p_j as columns the matrix p is transposed.",
)
paper.claim("B.4-vec-col-corrected", grad(L, x) == vec(A1.T @ sum(outer(p_j, e_j), over=j).T @ A2))
paper.claim("B.4-vec-row", grad(L, x) == vec(A1.T @ sum(outer(e_j, p_j), over=j) @ A2), cite="Section 3.2")
paper.claim("B.5.3", grad(L, y) == vec(A3.T @ sum(outer(sum(f_j * c_ji, over=j), e_i), over=i)), cite="B.5, part 3")

# Hessian blocks. In the blocks in Y, blockdiag(H_1, ..., H_d) is the sum of e_i e_i^T (x) H_i.
H_i = paper.let("H_i", sum(hessian(L_ji, Y[:, i]), over=j))
paper.claim(
    "C.0",
    hessian(L, y) == sum(kron(outer(e_i, e_i), H_i), over=i),
    cite="Section C",
    expect="refuted",
    reason="Row-major y interleaves the columns of Y; the Hessian is block diagonal where y stacks columns.",
)
paper.claim("C.0-corrected", hessian(L, vec(Y, order="F")) == sum(kron(outer(e_i, e_i), H_i), over=i))

fa_k, fa_l, va_k, va_l = dot(f_j, a_k), dot(f_j, a_l), dot(f_j * a_k, v), dot(f_j * a_l, v)
paper.claim(
    "D.1.1",
    hessian(L_x, x[k])
    == (va_k - gamma * fa_k) ** 2
    + c_x * (dot(f_j * a_k * a_k, v) * (1 - gamma) - 2 * va_k * fa_k + 2 * fa_k**2 * gamma),
    cite="D.1, part 1",
    expect="refuted",
    reason="gamma <f o a_k o a_k, v> stands where gamma <f, a_k o a_k> belongs.",
)
paper.claim(
    "D.1.1-corrected",
    hessian(L_x, x[k])
    == (va_k - gamma * fa_k) ** 2
    + c_x * (dot(f_j * a_k * a_k, v) - gamma * dot(f_j, a_k * a_k) - 2 * va_k * fa_k + 2 * fa_k**2 * gamma),
)
paper.claim(
    "D.1.2",
    hessian(L_x, x[k], x[l])
    == (va_k - gamma * fa_k) * (va_l - gamma * fa_l)
    + c_x * (dot(f_j * a_k * a_l, v) * (1 - gamma) - va_k * fa_l - va_l * fa_k + 2 * fa_k * fa_l * gamma),
    given=k != l,
    cite="D.1, part 2",
    expect="refuted",
    reason="gamma <f o a_k o a_l, v> stands where gamma <f, a_k o a_l> belongs.",
)
paper.claim(
    "D.1.2-corrected",
    hessian(L_x, x[k], x[l])
    == (va_k - gamma * fa_k) * (va_l - gamma * fa_l)
    + c_x
    * (dot(f_j * a_k * a_l, v) - gamma * dot(f_j, a_k * a_l) - va_k * fa_l - va_l * fa_k + 2 * fa_k * fa_l * gamma),
    given=k != l,
)
fv = f_j * v
paper.claim(
    "D.2.2",
    [
        dot(f_j * a_k * a_l, v) == a_k @ diag(fv) @ a_l,
        va_k * fa_l + va_l * fa_k == a_k @ (outer(fv, f_j) + outer(f_j, fv)) @ a_l,
    ],
    cite="D.2, parts 1 and 2",
)
B1_diag = paper.let("B1_diag", (1 - gamma) * c_x * diag(fv), tex=r"B^1_{\mathrm{diag}}")
B1_rank = paper.let("B1_rank", -(2 * gamma + c_x) * (outer(fv, f_j) + outer(f_j, fv)), tex=r"B^1_{\mathrm{rank}}")
B2_rank = paper.let("B2_rank", (2 * gamma * c_x + gamma**2) * outer(f_j, f_j), tex=r"B^2_{\mathrm{rank}}")
B3_rank = paper.let("B3_rank", outer(fv, fv), tex=r"B^3_{\mathrm{rank}}")
paper.claim(
    "D.4",
    hessian(L_x, x) == A_j.T @ (B1_diag + B1_rank + B2_rank + B3_rank) @ A_j,
    cite="D.3 and D.4",
    expect="refuted",
    reason="B1_diag should be c (diag(f o v) - gamma diag(f)), and the factor of B1_rank -(gamma + c).",
)
diag_corrected = c_x * (diag(fv) - gamma * diag(f_j))
rank_corrected = -(gamma + c_x) * (outer(fv, f_j) + outer(f_j, fv))
paper.claim("D.4-corrected", hessian(L_x, x) == A_j.T @ (diag_corrected + rank_corrected + B2_rank + B3_rank) @ A_j)

paper.claim(
    "G.0",
    "hessian(L, Y[:, i]) == sum(A3.T @ outer(f[i1], f[i1]) @ A3, over=i1)",
    cite="G.1",
    expect="ill-posed",
    reason="The sum over the rows f_j runs to d, and there are n of them.",
)
paper.claim("G.0-corrected", hessian(L, Y[:, i]) == sum(A3.T @ outer(f_j, f_j) @ A3, over=j))
paper.claim("G.2.3", hessian(L_ji, Y[:, i]) == A3.T @ outer(f_j, f_j) @ A3, cite="G.2, part 3")

# The mixed block has the entries of x as rows and those of a column of Y as columns.
t, fh = paper.let("t", A3[:, i1]), f_j * h_i
paper.claim(
    "H.1",
    hessian(L_ji, x[k], Y[i1, i])
    == dot(f_j, t) * dot(f_j * a_k, h_i)
    - dot(f_j, t) * dot(f_j, h_i) * dot(f_j, a_k)
    + c_ji * (dot(f_j * a_k, t) - dot(f_j, t) * dot(f_j, a_k)),
    cite="H.1",
)
paper.claim(
    "H.2.1",
    [
        dot(f_j, t) * dot(f_j * a_k, h_i) == a_k @ outer(fh, f_j) @ t,
        dot(f_j, t) * dot(f_j, h_i) * dot(f_j, a_k) == dot(f_j, h_i) * (a_k @ outer(f_j, f_j) @ t),
    ],
    cite="H.2, parts 1 and 2",
)
paper.claim(
    "H.2.3",
    "dot(hadamard(f_j[:, None], a_k[:, None].T)[:, 0], t) == a_k @ diag(f_j) @ t",
    cite="H.2, part 3",
    expect="ill-posed",
    reason="The entrywise product of a column and a row is not defined; a_k should not be transposed.",
)
paper.claim("H.2.3-corrected", dot(f_j * a_k, t) == a_k @ diag(f_j) @ t)
C1_rank = paper.let("C1_rank", outer(fh, f_j), tex=r"B^1_{\mathrm{rank}}(x,y)")
C2_rank = paper.let("C2_rank", -dot(f_j, h_i) * outer(f_j, f_j), tex=r"B^2_{\mathrm{rank}}(x,y)")
C1_diag = paper.let("C1_diag", -c_ji * diag(f_j), tex=r"B^1_{\mathrm{diag}}(x,y)")
C3_rank = paper.let("C3_rank", c_ji * outer(f_j, f_j), tex=r"B^3_{\mathrm{rank}}(x,y)")
paper.claim(
    "H.4.1",
    hessian(L_ji, x, Y[:, i]) == A_j.T @ (C1_diag + C1_rank + C2_rank + C1_rank) @ A3,
    cite="H.3 and H.4, part 1",
    expect="refuted",
    reason="B1_rank is used twice in place of B3_rank, and B1_diag and B3_rank have the wrong sign.",
)
paper.claim(
    "H.4.1r",
    hessian(L_ji, x, Y[:, i]) == A_j.T @ (C1_diag + C1_rank + C2_rank + C3_rank) @ A3,
    cite="H.3 and H.4, part 1",
    expect="refuted",
    reason="B1_diag and B3_rank have the wrong sign.",
)
paper.claim("H.4.1-corrected", hessian(L_ji, x, Y[:, i]) == A_j.T @ (C1_rank + C2_rank - C1_diag - C3_rank) @ A3)
paper.claim("H.4.1r-corrected", hessian(L_ji, x, Y[:, i]) == A_j.T @ (-C1_diag + C1_rank + C2_rank - C3_rank) @ A3)
paper.claim(
    "H.4.2",
    [hessian(L_ji, x, Y[:, i1]) == A_j.T @ zeros(n, n) @ A3, A_j.T @ zeros(n, n) @ A3 == zeros(d * d, d)],
    given=i1 != i,
    cite="H.4, part 2",
)

A_bar = paper.let("A_bar", kron(W @ A1, A2), tex=r"\bar{\mathsf A}")
paper.claim("J.6.1", A.T @ kron(W @ W, eye(n)) @ A == A_bar.T @ A_bar, cite="J.6, part 1")
