"""Definiteness and norms of blocks of one attention layer's Hessian (arXiv:2309.07418, appendices C, F, G and I)."""

from derive import abs, array, diag, eye, hessian, kron, matrix, min, norm, opnorm, outer, scalar, sigma_min
from derive import subs, sum

from .attention import A3, A_j, L_ji, L_x, R, W, Y, c_ji, c_x, d, e_i, f_j, gamma, h_i, i, j, n, paper, v, w, x, y
from .attention_3_hessians import B1_diag, B1_rank, B2_rank, B3_rank, H_i
from .attention_4_lipschitz import S_v, S_y, Yt, yt

# C.1: two by two blocks of size d^2.
H_xx, H_yy = matrix("H_xx", d * d, d * d, symmetric=True), matrix("H_yy", d * d, d * d, symmetric=True)
H_xy = matrix("H_xy", d * d, d * d)
H = paper.let(
    "H",
    kron(array([[1, 0], [0, 0]]), H_xx)
    + kron(array([[0, 1], [0, 0]]), H_xy)
    + kron(array([[0, 0], [1, 0]]), H_xy.T)
    + kron(array([[0, 0], [0, 1]]), H_yy),
)
s1, s2, s3 = (scalar(name, tex=rf"\alpha_{name[1]}") for name in ("s1", "s2", "s3"))
paper.claim(
    "C.1",
    H >> min(s1 - s3, s2 - s3) * eye(2 * d * d),
    given=[H_xx >> s1 * eye(d * d), H_yy >> s2 * eye(d * d), opnorm(H_xy) <= s3, s1 >= s3, s3 > 0, s2 >= s3],
    cite="C.1",
)

# Definiteness in x. The l of the paper is ell here, and sigma is the smallest of the sigma_min(A_j).
ell, sigma = (
    scalar("ell", positive=True, tex="l"),
    scalar("sigma", positive=True, tex=r"\sigma_{\min}(\mathsf A_{\min})"),
)
C_0 = paper.let("C_0", 30 * R**8)
B_ji = paper.let("B_ji", B1_diag + B1_rank + B2_rank + B3_rank, tex="B_{j,i}(x)")
H_ji, H_reg_ji = hessian(L_x, x), A_j.T @ (B_ji + W @ W) @ A_j
H_all, H_reg = sum(sum(H_ji, over=i), over=j), sum(sum(H_reg_ji, over=i), over=j)
paper.claim("F.1.1", [-C_0 * eye(n) << B_ji, B_ji << C_0 * eye(n)], given=S_v, cite="F.1, part 1")
paper.claim(
    "F.1.3",
    H_reg_ji >> ell * eye(d * d),
    given=[*S_v, w >= ell / sigma_min(A_j) ** 2 + C_0],
    cite="F.1, part 3",
)
paper.claim(
    "F.1.4a",
    [1.1 * (B_ji + W @ W) >> W @ W, W @ W >> 0.9 * (B_ji + W @ W)],
    given=[*S_v, w >= ell / sigma_min(A_j) ** 2 + 100 * C_0],
    cite="F.1, part 4, first display",
)
paper.claim(
    "F.1.4b",
    [1.1 * H_ji >> H_reg_ji, H_reg_ji >> 0.9 * H_ji],
    given=[*S_v, w >= ell / sigma_min(A_j) ** 2 + 100 * C_0],
    cite="F.1, part 4, second display",
    expect="refuted",
    reason="The Hessian without the regulariser does not grow with W, and the regularised one does.",
)
paper.claim(
    "F.1.5",
    H_reg >> ell * eye(d * d),
    given=[*S_v, sigma_min(A_j) >= sigma, w >= ell / (n * d * sigma**2) + C_0],
    cite="F.1, part 5",
)
paper.claim(
    "F.1.6",
    [1.1 * H_all >> H_reg, H_reg >> 0.9 * H_all],
    given=[*S_v, sigma_min(A_j) >= sigma, w >= ell / (n * d * sigma**2) + 100 * C_0],
    cite="F.1, part 6",
    expect="refuted",
    reason="As in F.1.4b.",
)
F_2 = [abs(gamma) <= R**2, abs(c_x) <= 2 * R**2, norm(v) <= R**2]
F_2_1 = [-8 * R**6 * eye(n) << B1_diag, B1_diag << 8 * R**6 * eye(n)]
F_2_2 = [-16 * R**8 * eye(n) << B1_rank, B1_rank << 16 * R**8 * eye(n)]
F_2_3 = [-8 * R**4 * eye(n) << B2_rank, B2_rank << 8 * R**4 * eye(n)]
F_2_4 = [B3_rank >> 0, B3_rank << 8 * R**4 * eye(n)]
small_R = "For small R the power of R on the right is too high; R >= 1 suffices."
paper.claim("F.2.1", F_2_1, given=F_2, cite="F.2, part 1", expect="refuted", reason=small_R)
paper.claim("F.2.1-corrected", F_2_1, given=[*F_2, R >= 1])
paper.claim("F.2.2", F_2_2, given=F_2, cite="F.2, part 2", expect="refuted", reason=small_R)
paper.claim("F.2.2-corrected", F_2_2, given=[*F_2, R >= 1])
paper.claim(
    "F.2.2-step",
    -4 * R**2 * (norm(f_j) ** 2 * norm(v) ** 2 + norm(f_j) ** 2) >= -5 * R**4,
    given=[norm(f_j) <= 1, norm(v) <= R**2, R >= 4],
    cite="proof of F.2, part 2",
    expect="refuted",
    reason="The square of R^2 is R^4, so that the left side is as low as -4 R^6 - 4 R^2.",
)
paper.claim(
    "F.2.2-step-corrected",
    -4 * R**2 * (norm(f_j) ** 2 * norm(v) ** 2 + norm(f_j) ** 2) >= -5 * R**6,
    given=[norm(f_j) <= 1, norm(v) <= R**2, R >= 4],
)
paper.claim("F.2.3", F_2_3, given=F_2, cite="F.2, part 3")
paper.claim("F.2.4", F_2_4, given=F_2, cite="F.2, part 4")
paper.claim("F.2-R4", [*F_2_1, *F_2_2, *F_2_3, *F_2_4], given=[*F_2, R >= 4], cite="F.2")

# Block in y: H(y) = blockdiag(H_1, ..., H_d), as in C.0.
B_x = paper.let("B_x", sum(outer(f_j, f_j), over=j), tex="B(x)")
H_y = paper.let("H_y", sum(kron(outer(e_i, e_i), H_i), over=i), tex="H(y)")
large_w, larger_w = w**2 >= ell / sigma_min(A3) ** 2, w**2 >= ell / sigma_min(A3) ** 2 + 100 * n
paper.claim("G.1.2", [B_x >> 0, B_x << n * eye(n)], cite="G.1, part 2")
paper.claim(
    "G.1.3a",
    A3.T @ (B_x + W @ W) @ A3 >> ell * eye(d),
    given=[large_w, sigma_min(A3) > 0],
    cite="G.1, part 3, first display",
)
paper.claim(
    "G.1.3b",
    H_y >> ell * eye(d * d),
    given=[large_w, sigma_min(A3) > 0],
    cite="G.1, part 3, second display",
    expect="refuted",
    reason="H(y) has no regulariser, so that W does not help.",
)
paper.claim(
    "G.1.4",
    [0.9 * (W @ W + B_x) << W @ W, W @ W << 1.1 * (W @ W + B_x)],
    given=[larger_w, sigma_min(A3) > 0],
    cite="G.1, part 4",
)
paper.claim("G.1.5", opnorm(H_y - subs(H_y, Y, Yt)) <= norm(y - yt), cite="G.1, part 5, for fixed x", kind="lipschitz")

# Mixed block.
K_1, K_2 = outer(f_j * h_i, f_j), -(f_j @ h_i) * outer(f_j, f_j)
K_3, K_4 = -c_ji * diag(f_j), c_ji * outer(f_j, f_j)
H_mixed = sum(sum(kron(e_i[None, :], hessian(L_ji, x, Y[:, i])), over=i), over=j)
factors = "The factors A_j and A_3 of the mixed block are left out; their norms multiply to R^2."
H_ji_mixed = hessian(L_ji, x, Y[:, i])
paper.claim("I.9.1", opnorm(H_ji_mixed) <= 10 * R**2, given=S_y, cite="I.9, part 1", expect="refuted", reason=factors)
paper.claim("I.9.1-corrected", opnorm(H_ji_mixed) <= 10 * R**4, given=S_y)
paper.claim(
    "I.9.2", opnorm(H_mixed) <= n * d * 10 * R**2, given=S_y, cite="I.9, part 2", expect="refuted", reason=factors
)
paper.claim("I.9.2-corrected", opnorm(H_mixed) <= n * d * 10 * R**4, given=S_y)
paper.claim("I.10.1", opnorm(K_1) <= R**2, given=S_y, cite="I.10, part 1")
paper.claim("I.10.3", opnorm(K_3) <= 2 * R**2, given=S_y, cite="I.10, part 3")
paper.claim(
    "I.10.5", opnorm(K_1) + opnorm(K_2) + opnorm(K_3) + opnorm(K_4) <= 10 * R**2, given=S_y, cite="I.10, part 5"
)
paper.claim(
    "main-Gi",
    [opnorm(K_1) <= R**2, opnorm(K_2) <= R**2, opnorm(K_3) <= R**2, opnorm(K_4) <= R**2],
    given=S_y,
    cite="Section 3.1, summary of I.10",
    expect="refuted",
    reason="c is as large as R^2 + R, so that K_3 and K_4 are.",
)
paper.claim(
    "main-Gi-corrected",
    [opnorm(K_1) <= R**2, opnorm(K_2) <= R**2, opnorm(K_3) <= 2 * R**2, opnorm(K_4) <= 2 * R**2],
    given=S_y,
)
