"""Beyond Lazy Training for Over-parameterized Tensor Decomposition (arXiv:2010.11356).

The order l is a symbol. T = sum_i c_i u_i^{(x) l}, T* = sum_j c*_j (u*_j)^{(x) l}, Delta = T - T*; Delta(I, u, ..., u)
contracts all slots but one.
"""

from derive import Paper, binomial, dims, factorial, generic, grad, index, matrix, norm, power_sum, rank, sqrt
from derive import tangent_gram, vector

paper = Paper(
    "tensor-decomposition",
    title="Beyond Lazy Training for Over-parameterized Tensor Decomposition",
    source="arXiv:2010.11356",
)

m, r, d, l = dims("m r d l")
U, c = matrix("U", m, d), vector("c", m)
U_star, c_star = matrix("U_star", r, d, tex="U^*"), vector("c_star", r, tex="c^*")
i = index("i", m)
order = l >= 3

T_star = power_sum(c_star, U_star, order=l)
Delta = power_sum(c, U, order=l) - T_star
loss = paper.let("loss", Delta.inner(Delta) / 2, tex=r"\tfrac12\|\Delta\|_F^2")
Delta_u = paper.let("Delta_u", Delta.contract(U[i]), tex=r"\Delta(I,u_i,\dots,u_i)")
paper.claim("gradient", grad(loss, U[i]) == l * c[i] * Delta_u, given=order, cite="gradient, c fixed")

# The 2-homogeneous parametrisation: c_i = a_i ||u_i||^{-(l-2)} with signs a_i.
a = vector("a", m)
signs, nonzero = a**2 == 1, norm(U[i]) > 0
lengths = paper.let("lengths", sqrt((U**2).sum(axis=1)), tex=r"(\|u_i\|)_i")
c_hom = paper.let("c_hom", a * lengths ** (-(l - 2)), tex="c(u)")
Delta_hom = power_sum(c_hom, U, order=l) - T_star
loss_hom = paper.let("loss_hom", Delta_hom.inner(Delta_hom) / 2, tex=r"\tfrac12\|\Delta\|_F^2")
Delta_one = paper.let("Delta_one", Delta_hom.contract(U[i]), tex=r"\Delta(I,u_i,\dots,u_i)")
Delta_all = paper.let("Delta_all", Delta_hom(U[i]), tex=r"\Delta(u_i,\dots,u_i)")
slope = grad(loss_hom, U[i])
paper.claim(
    "gradient-2hom",
    slope == a[i] * (l * norm(U[i]) ** (-(l - 2)) * Delta_one - (l - 2) * norm(U[i]) ** (-l) * Delta_all * U[i]),
    given=[order, signs, nonzero],
    cite="gradient, 2-homogeneous",
)
paper.claim(
    "euler",
    U[i] @ slope == 2 * a[i] * norm(U[i]) ** (-(l - 2)) * Delta_all,
    given=[order, signs, nonzero],
    cite="Euler's identity",
    using=["gradient-2hom"],
)

# The tangent space at (u_i) is spanned by the symmetrisations of u_i^{(x) (l-1)} (x) v; G has their inner products.
# Sym, the symmetric tensors of order l on R^d, has the dimension sym.
G = paper.let("G", tangent_gram(U, l))
sym = paper.let("sym", binomial(d + l - 1, l), tex=r"\dim\mathrm{Sym}")
fills = [order, rank(G) == sym]
paper.claim("lazy-lower.rows", rank(G) <= m * d, given=order, kind="rank")
paper.claim(
    "lazy-lower",
    [m >= sym / d, sym / d >= d ** (l - 1) / factorial(l)],
    given=fills,
    cite="lower bound of the lazy regime",
    kind="rank",
    using=["lazy-lower.rows"],
)

# For how many generic vectors the tangent space is Sym: of three and four vectors in R^3, and so on.
U_33, U_43 = matrix("U_33", 3, 3), matrix("U_43", 4, 3)
U_44, U_54 = matrix("U_44", 4, 4), matrix("U_54", 5, 4)
U_53, U_63 = matrix("U_53", 5, 3), matrix("U_63", 6, 3)
paper.claim(
    "lazy-count",
    [
        generic(rank(tangent_gram(U_33, 3)), U_33) < binomial(5, 3),
        generic(rank(tangent_gram(U_43, 3)), U_43) == binomial(5, 3),
        generic(rank(tangent_gram(U_44, 3)), U_44) < binomial(6, 3),
        generic(rank(tangent_gram(U_54, 3)), U_54) == binomial(6, 3),
        generic(rank(tangent_gram(U_53, 4)), U_53) < binomial(6, 4),
        generic(rank(tangent_gram(U_63, 4)), U_63) == binomial(6, 4),
    ],
    cite="counts of generic vectors",
    kind="rank",
)
ceiling = [d >= 2, order, m * d >= sym, (m - 1) * d < sym]
paper.claim(
    "count-formula",
    generic(rank(G), U) == sym,
    given=ceiling,
    cite="count of generic vectors",
    kind="rank",
    expect="refuted",
    reason="Five vectors in R^3 and order 4: through five points goes a conic, whose square is singular at them.",
)
paper.claim("count-formula.rows", generic(rank(G), U) <= m * d, given=order, kind="rank")
paper.claim(
    "count-formula-corrected",
    m >= sym / d,
    given=[d >= 2, order, generic(rank(G), U) == sym],
    cite="the formula is a lower bound of the count",
    kind="rank",
    using=["count-formula.rows"],
)
paper.claim(
    "theorem",
    "probability(error_after(O(r**(2*l) * eps**(-4) * log(d/eps))) <= eps) >= 0.99",
    cite="convergence",
    kind="convergence",
    expect="ill-posed",
    reason="The method and its regularisation are not given, and O(...) without a constant is no number of epochs.",
)
