"""Blocks of the Hessian of one attention layer (arXiv:2309.07418, appendices C, D, G, H and J)."""

from derive import diag, dot, eye, hessian, kron, outer, sum, vec, zeros

from .attention import A, A1, A2, A3, A_j, L, L_ji, L_x, W, Y, a_k, a_l, c_ji, c_x, d, e_i, f_j, gamma, h_i
from .attention import i, i1, j, k, l, n, paper, v, x, y

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
    kind="hessian",
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
