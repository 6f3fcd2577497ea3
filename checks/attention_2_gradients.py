"""Gradients of one attention layer (arXiv:2309.07418, appendix B)."""

from derive import diag, dot, eye, grad, jacobian, ones, outer, sum, vec

from .attention import A1, A2, A3, A_j, L, L_x, L_y, Y, a_k, a_l, alpha_j, c_ji, c_x, c_y, d, e_i, e_j, f_j, h_i
from .attention import i, i1, i2, j, k, l, n, paper, u_j, v, x, y

# B.1: derivatives in one entry of x.
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
J_j = paper.let("J_j", diag(f_j) - outer(f_j, f_j), tex="J(f(x)_j)")
q_j = paper.let("q_j", sum(c_ji * h_i, over=i), tex="q(x,y)_j")
p_j = paper.let("p_j", J_j @ q_j, tex="p(x,y)_j")
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
