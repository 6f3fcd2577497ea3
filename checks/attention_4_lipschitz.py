"""Lipschitz constants of the Hessian's pieces of one attention layer (arXiv:2309.07418, appendices E and I)."""

from derive import abs, diag, dot, exp, hessian, matrix, norm, ones, opnorm, outer, sqrt, subs, vec

from .attention import A1, A2, A3, A_j, B, L_ji, L_x, R, X, Y, alpha_j, c_x, d, f_j, gamma, i, j, n, paper, u_j, v, x, y

# A second point, and values there.
Xt, Yt = matrix("Xt", d, d, tex=r"\tilde X"), matrix("Yt", d, d, tex=r"\tilde Y")
xt, yt = paper.let("xt", vec(Xt), tex=r"\tilde x"), paper.let("yt", vec(Yt), tex=r"\tilde y")
f_t, c_t = subs(f_j, X, Xt), subs(c_x, X, Xt)
S = [R >= 4, opnorm(A1) <= R, opnorm(A2) <= R, opnorm(A3) <= R, opnorm(A_j) <= R, norm(x) <= R, norm(xt) <= R]
S = [*S, abs(B[j, i]) <= R]
S_v = [*S, norm(v) <= R**2]
S_y = [*S, norm(Y[:, i]) <= R, norm(Yt[:, i]) <= R]
R_0 = paper.let("R_0", n ** (3 / 2) * exp(10 * R**2))
fv = paper.let("fv", f_j * v, tex=r"(f(x)_j \circ v)")

paper.claim("E.3", alpha_j >= exp(-(R**2)), given=S_v, cite="E.3, for every x of the ball")
paper.claim("E.4.2-step", abs(dot(u_j, ones(n))) <= sqrt(n) * norm(u_j), cite="proof of E.4, part 2")
paper.claim("E.4.5", abs(gamma) <= R**2, given=S_v, cite="E.4, part 5")
paper.claim("E.4.6", abs(c_x) <= 2 * R**2, given=S_v, cite="E.4, part 6")
paper.claim(
    "E.5.1",
    norm(u_j - subs(u_j, X, Xt)) <= sqrt(n) * exp(2 * R**2) * norm(x - xt),
    given=S_v,
    cite="E.5, part 1",
    kind="lipschitz",
)
paper.claim(
    "E.5.1-step",
    norm(exp(A_j @ x) - exp(A_j @ xt)) <= exp(norm(A_j @ x)) * norm(A_j @ (x - xt)),
    cite="proof of E.5, part 1",
    kind="lipschitz",
    expect="refuted",
    reason="The steepest slope lies at the larger of the two arguments.",
)
paper.claim(
    "E.5.2-step",
    subs(alpha_j, X, Xt) >= alpha_j,
    given=S_v,
    cite="proof of E.5, part 2: the infimum over the ball is at least each value",
    expect="refuted",
    reason="An infimum is a lower bound: the inequality is turned round.",
)
paper.claim("E.5.2-step-corrected", exp(-(R**2)) <= alpha_j, given=S_v)
paper.claim(
    "E.5.3",
    norm(f_j - f_t) <= n ** (3 / 2) * R * exp(6 * R**2) * norm(x - xt),
    given=S_v,
    cite="E.5, part 3",
    kind="lipschitz",
)
G_1, G_2 = paper.let("G_1", c_x * diag(fv)), paper.let("G_2", -gamma * c_x * diag(fv))
G_3, G_4 = paper.let("G_3", -2 * gamma * outer(fv, f_j)), paper.let("G_4", -c_x * outer(fv, f_j))
G_5, G_6 = paper.let("G_5", -2 * gamma * outer(f_j, fv)), paper.let("G_6", -c_x * outer(f_j, fv))
G_7, G_8 = paper.let("G_7", 2 * gamma * c_x * outer(f_j, f_j)), paper.let("G_8", gamma**2 * outer(f_j, f_j))
G_9 = paper.let("G_9", outer(fv, fv))
paper.claim(
    "E.7",
    opnorm(G_1 - subs(G_1, X, Xt)) <= 10 * R**4 * R_0 * norm(x - xt),
    given=S_v,
    cite="E.7",
    kind="lipschitz",
)
paper.claim(
    "E.7-step",
    opnorm(c_t * diag(f_j * v) - c_t * diag(f_t * v)) <= abs(c_t) * norm(v) * opnorm(diag(f_j) - diag(f_t)),
    cite="proof of E.7",
    kind="lipschitz",
)
gamma_t = subs(gamma, X, Xt)
paper.claim(
    "E.8-step",
    opnorm(-gamma_t * c_t * diag(f_j * v) + gamma_t * c_t * diag(f_t * v)) <= abs(gamma_t) * abs(c_t) * abs(c_x - c_t),
    cite="proof of E.8, third part",
    kind="lipschitz",
    expect="refuted",
    reason="The last factor should be the norm of diag(f v) - diag(f' v), which <f - f', v> does not bound.",
)
paper.claim(
    "E.8-step-corrected",
    opnorm(-gamma_t * c_t * diag(f_j * v) + gamma_t * c_t * diag(f_t * v))
    <= abs(gamma_t) * abs(c_t) * norm(v) * opnorm(diag(f_j) - diag(f_t)),
    kind="lipschitz",
)
paper.claim(
    "E.12",
    opnorm(G_5 - subs(G_5, X, Xt)) <= 10 * R**4 * R_0 * norm(x - xt),
    given=S_v,
    cite="E.12",
    kind="lipschitz",
)
paper.claim(
    "E.2",
    [
        opnorm(G_1 - subs(G_1, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_2 - subs(G_2, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_3 - subs(G_3, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_4 - subs(G_4, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_5 - subs(G_5, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_6 - subs(G_6, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_7 - subs(G_7, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_8 - subs(G_8, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
        opnorm(G_9 - subs(G_9, X, Xt)) <= n ** (3 / 2) * exp(20 * R**2),
    ],
    given=S_v,
    cite="E.2",
)
H_x = hessian(L_x, x)
paper.claim(
    "E.1.1",
    opnorm(H_x - subs(H_x, X, Xt)) <= n ** (3 / 2) * exp(30 * R**2) * norm(x - xt),
    given=S_v,
    cite="E.1, part 1, with the constant of its proof",
    kind="lipschitz",
)
H_xy = hessian(L_ji, x, Y[:, i])
paper.claim(
    "I.1.1",
    opnorm(H_xy - subs(subs(H_xy, X, Xt), Y, Yt)) <= n ** (3 / 2) * exp(20 * R**2) * (norm(x - xt) + norm(y - yt)),
    given=S_y,
    cite="I.1, part 1",
    kind="lipschitz",
)
