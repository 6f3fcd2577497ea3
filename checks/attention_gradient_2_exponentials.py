"""Means under exponential weights (Alman and Song, NeurIPS 2024, appendix E)."""

from derive import abs, diag, exp, function, grad, index, inv, lipschitz, matrix, norm, ones, scalar, subs, sum
from derive import dim

from .attention_gradient import d, i, j, n, paper

# At least half of the entries of each row of Lambda are beta: those where H is 1.
beta, lam = scalar("beta", positive=True, tex=r"\beta"), scalar("lam", tex=r"\lambda")
Lam, H, V = matrix("Lam", n, n, tex=r"\Lambda"), matrix("H", n, n), matrix("V", n, d)
half = [Lam >= 0, Lam <= beta, H * H == H, H * (Lam - beta) == 0, H @ ones(n) >= n / 2]
binary = [*half, V * V == V]

M_lam = paper.let("M_lam", exp(lam * Lam), tex=r"M_\lambda")
F_lam = paper.let("F_lam", norm(inv(diag(M_lam @ ones(n))) @ M_lam @ V) ** 2, tex=r"F(\lambda)")
k1, k2 = index("k1", n, tex="k_1"), index("k2", n, tex="k_2")
weight = exp(lam * (Lam[j, k1] + Lam[j, k2]))
a = paper.let("a", sum(sum(sum(V[k1, i] * V[k2, i] * weight, over=k2), over=k1), over=i), tex=r"a(\lambda,j)")
b = paper.let("b", sum(sum(weight, over=k2), over=k1), tex=r"b(\lambda,j)")

paper.claim(
    "E.3.1",
    abs(grad(F_lam, lam)) <= 8 * beta * n,
    given=binary,
    cite="Lemma E.3, first item",
    expect="refuted",
    reason="F adds up d columns: repeated often enough they exceed a bound without the factor d.",
)
paper.claim("E.3.1-corrected", abs(grad(F_lam, lam)) <= beta * n * d / 2, given=binary)
paper.claim(
    "E.3.2",
    "abs(grad(grad(F_lam, lam), lam)) <= C * beta**2 * n",
    given=binary,
    cite="Lemma E.3, second item",
    expect="ill-posed",
    reason="Nothing defines the constant C, and none would do: as in the first item the factor d is missing.",
)
paper.claim("E.3.2-corrected", abs(grad(grad(F_lam, lam), lam)) <= 5 * beta**2 * n * d / 8, given=binary)

paper.claim(
    "E.3.eq7",
    [(n / 2) ** 2 * exp(2 * beta * lam) <= b, b <= n**2 * exp(2 * beta * lam)],
    given=half,
    cite="display (7)",
    expect="refuted",
    reason="For negative lambda the smallest entries of Lambda weigh most, not the largest.",
)
paper.claim(
    "E.3.eq7-corrected",
    [(n / 2) ** 2 * exp(2 * beta * lam) <= b, b <= n**2 * exp(2 * beta * lam)],
    given=[*half, lam >= 0],
)
paper.claim(
    "E.3.eq8",
    [2 * b <= grad(b, lam), grad(b, lam) <= 2 * beta * b],
    given=half,
    cite="display (8)",
    expect="refuted",
    reason="Entries of Lambda may be smaller than 1.",
)
paper.claim("E.3.eq8-corrected", [0 <= grad(b, lam), grad(b, lam) <= 2 * beta * b], given=half)
paper.claim(
    "E.3.eq9",
    [0 <= a, a <= n**2 * exp(2 * beta * lam)],
    given=binary,
    cite="display (9)",
    expect="refuted",
    reason="The sum over the d columns is missing, and lambda may be negative.",
)
paper.claim("E.3.eq9-corrected", [0 <= a, a <= d * n**2 * exp(2 * beta * lam)], given=[*binary, lam >= 0])
paper.claim(
    "E.3.eq10",
    [2 * a <= grad(a, lam), grad(a, lam) <= 2 * beta * a],
    given=binary,
    cite="display (10)",
    expect="refuted",
    reason="Entries of Lambda may be smaller than 1.",
)
paper.claim("E.3.eq10-corrected", [0 <= grad(a, lam), grad(a, lam) <= 2 * beta * a], given=binary)

# |g''| <= B on [0, 1]: beyond, g goes on as a line, so that g' is Lipschitz with constant B everywhere.
m, s, B, g = dim("m"), scalar("s"), scalar("B", positive=True, tex="b"), function("g")
k, slope = index("k", m), grad(g(s), s)
t_m = paper.let("t_m", sum(subs(slope, s, k / m) / m, over=k))
paper.claim("E.4", abs(t_m - (g(1) - g(0))) <= B / m, given=lipschitz(slope, s) <= B, cite="Lemma E.4")
paper.claim("E.4-best", abs(t_m - (g(1) - g(0))) <= B / (2 * m), given=lipschitz(slope, s) <= B)
