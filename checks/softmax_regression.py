"""Attention Scheme Inspired Softmax Regression (arXiv:2304.10411).

Numbered lemmas are those that appendix D of arXiv:2306.14048 quotes; the others are what the paper needs.
"""

from derive import Paper, diag, dims, exp, grad, hessian, index, jacobian, matrix, norm, ones, outer, subs, vector

paper = Paper("softmax-regression", title="Attention Scheme Inspired Softmax Regression", source="arXiv:2304.10411")

n, d = dims("n d")
A, b, x = matrix("A", n, d), vector("b", n), vector("x", d)
i, j = index("i", d), index("j", d)

u = paper.let("u", exp(A @ x))
alpha = paper.let("alpha", u @ ones(n))
f = paper.let("f", u / alpha)
c = paper.let("c", f - b)
L = paper.let("L", norm(c) ** 2 / 2, tex=r"L_{\exp}")
g = paper.let("g", f * c - (f @ c) * f)
J = paper.let("J", diag(f) - outer(f, f))
B = paper.let("B", J @ J + diag(g) - outer(g, f) - outer(f, g))

paper.claim("5.9", jacobian(jacobian(u, x[i]), x[j]) == A[:, j] * u * A[:, i], cite="Lemma 5.9")
paper.claim("5.10.3", hessian(alpha, x) == A.T @ diag(u) @ A, cite="Lemma 5.10, part 3")
paper.claim("gradient", grad(L, x) == A.T @ (f * c - (f @ c) * f), cite="gradient")
paper.claim("hessian", hessian(L, x) == A.T @ B @ A, cite="Hessian")
paper.claim(
    "hessian-expanded",
    B
    == ((3 * f - 2 * b) @ f) * outer(f, f)
    + outer((b - 2 * f) * f, f)
    + outer(f, (b - 2 * f) * f)
    + diag((2 * f - b) * f)
    - ((f - b) @ f) * diag(f),
    cite="Hessian, expanded",
)

t = vector("t", d)
paper.claim("shift-invariance", subs(L, A, A + outer(ones(n), t)) == L, cite="shift invariance")
