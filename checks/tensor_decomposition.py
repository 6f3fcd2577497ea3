"""Beyond Lazy Training for Over-parameterized Tensor Decomposition (arXiv:2010.11356).

The order l is a symbol. T = sum_i c_i u_i^{(x) l}, T* = sum_j c*_j (u*_j)^{(x) l}, Delta = T - T*; Delta(I, u, ..., u)
contracts all slots but one.
"""

from derive import Paper, dims, grad, index, matrix, norm, power_sum, scalar, sqrt, vector

paper = Paper(
    "tensor-decomposition",
    title="Beyond Lazy Training for Over-parameterized Tensor Decomposition",
    source="arXiv:2010.11356",
)

m, r, d = dims("m r d")
l = scalar("l", integer=True)
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
c_hom = paper.let("c_hom", a * sqrt((U**2).sum(axis=1)) ** (-(l - 2)), tex="c(u)")
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
