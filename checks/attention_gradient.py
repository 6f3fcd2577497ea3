"""The Fine-Grained Complexity of Gradient Computation (Alman and Song, NeurIPS 2024).

Identities, and the bounds of appendix D; those of appendix E stand in the file beside.
"""

from derive import Paper, abs, diag, dims, dot, exp, eye, grad, index, inv, jacobian, kron, matrix, norm, ones
from derive import outer, subs, sum, vec

paper = Paper(
    "attention-gradient",
    title="The Fine-Grained Complexity of Gradient Computation",
    source="Alman and Song, NeurIPS 2024",
)

n, d = dims("n d")
A1, A2, A3, E = (matrix(name, n, d) for name in ("A1", "A2", "A3", "E"))
X, Y = matrix("X", d, d), matrix("Y", d, d)
j, i, k = index("j", n), index("i", d), index("k", d * d)
e_j = eye(n)[j]

# Definitions 1.2 and 3.2 to 3.7, at a row j of the tokens and a column i of Y.
x = paper.let("x", vec(X))
M = paper.let("M", exp(A1 @ X @ A2.T / d), tex=r"\exp(A_1XA_2^\top/d)")
L_X = paper.let("L_X", norm(inv(diag(M @ ones(n))) @ M @ A3 @ Y - E) ** 2 / 2, tex="L(X)")
A_j = paper.let("A_j", kron(A1[j], A2), tex=r"\mathsf A_j")
a_k = paper.let("a_k", A_j[:, k], tex=r"\mathsf A_{j,k}")
u_j = paper.let("u_j", exp(A_j @ x), tex="u(x)_j")
alpha_j = paper.let("alpha_j", u_j @ ones(n), tex=r"\alpha(x)_j")
f_j = paper.let("f_j", u_j / alpha_j, tex="f(x)_j")
f = paper.let("f", sum(outer(e_j, f_j), over=j), tex="f(x)")
h = paper.let("h", A3 @ Y, tex="h(y)")
h_i = paper.let("h_i", h[:, i], tex="h(y)_i")
c = paper.let("c", f @ h - E, tex="c(x)")
c_ji = paper.let("c_ji", f_j @ h_i - E[j, i], tex="c(x)_{j,i}")
L_ji = paper.let("L_ji", c_ji**2 / 2, tex="L(x)_{j,i}")
q = paper.let("q", c @ h.T, tex="q(x)")
q_j = paper.let("q_j", q[j], tex="q(x)_j")
J_j = paper.let("J_j", diag(f_j) - outer(f_j, f_j), tex="J(f(x)_j)")
p_j = paper.let("p_j", J_j @ q_j, tex="p(x)_j")
p = paper.let("p", sum(outer(e_j, p_j), over=j), tex="p(x)")

# The Kronecker product of any two matrices; vec(outer(a, b)) has the entry a_i b_j at (i - 1) n_1 + j.
n_0, n_1, m_0, m_1 = dims("n_0 n_1 m_0 m_1")
P, Q = matrix("P", n_0, m_0), matrix("Q", n_1, m_1, tex="Q")
j_0, j_1, i_0, i_1 = index("j_0", n_0), index("j_1", n_1), index("i_0", m_0), index("i_1", m_1)
row = paper.let("row", vec(outer(eye(n_0)[j_0], eye(n_1)[j_1])), tex="e_{(j_0-1)n_1+j_1}")
column = paper.let("column", vec(outer(eye(m_0)[i_0], eye(m_1)[i_1])), tex="e_{(i_0-1)m_1+i_1}")
paper.claim(
    "kron",
    "kron(P, Q)[(j_0 - 1)*n_1 + j_1, (i_0 - 1)*m_2 + i_1] == P[j_0, i_0]*Q[j_1, i_1]",
    cite="Notation",
    expect="ill-posed",
    reason="Nothing defines m_2; the number of columns of the second factor, m_1, is meant.",
)
paper.claim("kron-corrected", row @ kron(P, Q) @ column == P[j_0, i_0] * Q[j_1, i_1])

paper.claim("3.8-row", vec(A1 @ X @ A2.T) == kron(A1, A2) @ vec(X), cite="Fact 3.8, vec row-major")
paper.claim(
    "3.8-col",
    vec(A1 @ X @ A2.T, order="F") == kron(A1, A2) @ vec(X, order="F"),
    cite="Fact 3.8, vec column-major",
    expect="refuted",
    reason="Where vec stacks columns the factors of the Kronecker product are exchanged.",
)
paper.claim("3.8-col-corrected", vec(A1 @ X @ A2.T, order="F") == kron(A2, A1) @ vec(X, order="F"))
paper.claim("3.9", [vec(exp(A1 @ X @ A2.T)) == exp(kron(A1, A2) @ x), exp(A1 @ X @ A2.T)[j] == u_j], cite="Fact 3.9")

# The loss of Definition 1.2 without the factor 1/d in the exponent.
L_noscale = paper.let(
    "L_noscale", norm(inv(diag(exp(A1 @ X @ A2.T) @ ones(n))) @ exp(A1 @ X @ A2.T) @ A3 @ Y - E) ** 2 / 2
)
paper.claim(
    "3.10",
    L_X == sum(sum(L_ji, over=i), over=j),
    cite="Fact 3.10",
    expect="refuted",
    reason="The exponent of Definition 1.2 has a factor 1/d, that of Definition 3.2 has none.",
)
paper.claim("3.10-corrected", L_noscale == sum(sum(L_ji, over=i), over=j))

k_1, k_2 = dims("k_1 k_2")
U_1, V_1, U_2, V_2 = matrix("U_1", n, k_1), matrix("V_1", n, k_1), matrix("U_2", n, k_2), matrix("V_2", n, k_2)
U = paper.let("U", sum(outer(e_j, kron(U_2[j], U_1[j])), over=j), tex=r"U_1\oslash U_2")
V = paper.let("V", sum(outer(e_j, kron(V_2[j], V_1[j])), over=j), tex=r"V_1\oslash V_2")
paper.claim("A.2", (U_1 @ V_1.T) * (U_2 @ V_2.T) == U @ V.T, cite="Fact A.2")

G = matrix("G", n, d, tex=r"\mathsf A_j")
paper.claim(
    "B.1.0",
    "a_k == G[:, k]",
    cite="Lemma B.1, hypotheses",
    expect="ill-posed",
    reason="A_j has d^2 columns and not d.",
)
paper.claim("B.1.0-corrected", a_k == (kron(outer(ones(1), e_j), eye(n)) @ kron(A1, A2))[:, k])
paper.claim("B.1.5", jacobian(f_j, x[k]) == a_k * f_j - dot(a_k, f_j) * f_j, cite="Lemma B.1, part 5")
paper.claim(
    "B.1.8",
    grad(L_ji, x[k]) == (dot(h_i, a_k * f_j) - dot(f_j, a_k) * dot(h_i, f_j)) * c_ji,
    cite="Lemma B.1, part 8",
)
paper.claim(
    "C.7",
    grad(L_X, x) == vec(A1.T @ p @ A2),
    given=d >= 2,
    cite="Lemma C.7 with Definition 1.2",
    expect="refuted",
    reason="The factor 1/d of the exponent is lost, inside p and before it.",
)
p_d = paper.let("p_d", subs(p, A1, A1 / d), tex=r"p_d(x)")
paper.claim("C.7-corrected", grad(L_X, x) == vec(A1.T @ p_d @ A2) / d)
paper.claim("C.7-noscale", grad(L_noscale, x) == vec(A1.T @ p @ A2), cite="Lemma C.7 with the remark of section B")

F = matrix("F", n, n, tex=r"\hat f")
paper.claim("D.2", abs(F @ h - E - c).max() <= n * abs(F - f).max() * abs(h).max(), cite="Lemma D.2")
paper.claim(
    "D.3.q",
    q == h @ c.T,
    cite="Lemma D.3",
    expect="refuted",
    reason="h c^T is the transpose of q.",
)
paper.claim("D.3.q-corrected", q.T == h @ c.T)

r = paper.let("r", sum(dot(f_j, q_j) * e_j, over=j), tex="r(x)")
p_1 = paper.let("p_1", f * q, tex="p_1(x)")
p_2 = paper.let("p_2", sum(outer(outer(f_j, f_j) @ q_j, e_j), over=j), tex="p_2(x)")
paper.claim(
    "D.5.p2",
    p_2 == f @ diag(r),
    cite="Lemma D.5",
    expect="refuted",
    reason="The f_j are the rows of f and the columns of f^T.",
)
paper.claim("D.5.p2-corrected", p_2 == f.T @ diag(r))
paper.claim(
    "D.6.p",
    p == p_1 - p_2,
    cite="Lemmas D.4 to D.6",
    expect="refuted",
    reason="p has the vectors p_j as rows, p_2 has its vectors as columns.",
)
paper.claim("D.6.p-corrected", p == p_1 - p_2.T)
S = matrix("S", n, n, tex="P")
paper.claim(
    "D.6.norm",
    abs(A1.T @ S @ A2).max() <= abs(A1).max() * abs(A2).max() * n**2 * abs(S).max(),
    cite="Lemma D.6, proof",
)
