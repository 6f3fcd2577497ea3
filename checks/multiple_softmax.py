"""Solving Attention Regression by a Tensor Trick, with a softmax in each row (arXiv:2307.02419).

The objectives were read; the formulas are those of one attention layer in a special case.
"""

from derive import Paper, diag, dims, exp, eye, grad, hessian, index, inv, kron, matrix, norm, ones, opnorm, outer
from derive import softmax, subs, sum, vec, vector

paper = Paper("multiple-softmax", title="Attention Regression with Several Softmax Units", source="arXiv:2307.02419")

n, d = dims("n d")
A1, A2, C, X = matrix("A1", n, d), matrix("A2", n, d), matrix("C", n, n), matrix("X", d, d)
j = index("j", n)

U = paper.let("U", exp(A1 @ X @ A2.T))
D = paper.let("D", diag(U @ ones(n)), tex="D(X)")
S = paper.let("S", inv(D) @ U)
L_N = paper.let("L_N", norm(S - C, "fro") ** 2)
L_S = paper.let("L_S", norm(U - D @ C, "fro") ** 2)

# At row j.
A_j = paper.let("A_j", kron(A1[j], A2), tex=r"\mathsf A_j")
u_j, f_j, c_j, e_j = paper.let("u_j", U[j]), paper.let("f_j", S[j]), paper.let("c_j", C[j]), eye(n)[j]
J = paper.let("J", diag(f_j) - outer(f_j, f_j), tex="J(f_j)")
g_j = paper.let("g_j", f_j * (f_j - c_j) - (f_j @ (f_j - c_j)) * f_j)
B = paper.let("B", J @ J + diag(g_j) - outer(g_j, f_j) - outer(f_j, g_j), tex="B(f_j,c_j)")

P = paper.let("P", sum(outer(e_j, J @ (f_j - c_j)), over=j))
paper.claim(
    "gradient",
    [
        f_j == softmax(A_j @ vec(X)),
        grad(L_N, vec(X)) == 2 * sum(A_j.T @ J @ (f_j - c_j), over=j),
        grad(L_N, vec(X)) == 2 * vec(A1.T @ P @ A2),
    ],
    cite="gradient of the normalised loss",
)
paper.claim("hessian", hessian(L_N, vec(X)) == 2 * sum(A_j.T @ B @ A_j, over=j), cite="Hessian of the normalised loss")

rho_j = paper.let("rho_j", u_j - (u_j @ ones(n)) * c_j, tex=r"\rho_j")
Q = paper.let("Q", sum(outer(e_j, u_j * (rho_j - (c_j @ rho_j) * ones(n))), over=j), tex="P")
paper.claim("rescaled-gradient", grad(L_S, vec(X)) == 2 * vec(A1.T @ Q @ A2), cite="gradient of the rescaled loss")

# The loss of one attention layer (arXiv:2309.07418) for d = n.
A1_n, A2_n, A3_n = matrix("A1_n", n, n, tex="A_1"), matrix("A2_n", n, n, tex="A_2"), matrix("A3_n", n, n, tex="A_3")
X_n, Y_n, B_n = matrix("X_n", n, n, tex="X"), matrix("Y_n", n, n, tex="Y"), matrix("B_n", n, n, tex="B")
U_n = paper.let("U_n", exp(A1_n @ X_n @ A2_n.T), tex="U")
S_n = paper.let("S_n", inv(diag(U_n @ ones(n))) @ U_n, tex="S")
L_XY = paper.let("L_XY", norm(S_n @ A3_n @ Y_n - B_n) ** 2 / 2, tex="L(X,Y)")
paper.claim(
    "special-case",
    subs(subs(subs(L_XY, A3_n, eye(n)), Y_n, eye(n)), B_n, C) == norm(S_n - C, "fro") ** 2 / 2,
    cite="a special case of one attention layer",
)
t = vector("t", d)
paper.claim("shift-invariance", subs(S, A2, A2 + outer(ones(n), t)) == S, cite="shift invariance")

A, A_, x = matrix("A", n, d), matrix("A_", n, d, tex="A'"), vector("x", d)
paper.claim(
    "lipschitz-A",
    norm(softmax(A @ x) - softmax(A_ @ x)) <= opnorm(A - A_) * norm(x) / 2,
    cite="Lipschitz constant in the matrix",
    kind="lipschitz",
)
paper.claim("psd-at-fit", subs(hessian(L_N, vec(X)), C, S) >> 0, cite="positive semidefinite where the loss is zero")
