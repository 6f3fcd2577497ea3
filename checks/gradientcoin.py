"""GradientCoin: A Peer-to-Peer Decentralized Large Language Models (arXiv:2308.10502).

Gradients of softmax losses averaged over users, and a quadratic model of local training.
"""

from derive import (
    Paper,
    dims,
    full,
    grad,
    index,
    iterate,
    matrix,
    norm,
    scalar,
    softmax,
    subs,
    sum,
    symbol,
    time,
    vector,
)

paper = Paper(
    "gradientcoin",
    title="GradientCoin: A Peer-to-Peer Decentralized Large Language Models",
    source="arXiv:2308.10502",
)

# N users, each with data of its own: A[i] is n by d.
N, n, d = dims("N n d")
i = index("i", N)
A, b, x = symbol("A", N, n, d), matrix("b", N, n), vector("x", d)
f = paper.let("f", softmax(A[i] @ x), tex="f^{(i)}")
c = paper.let("c", f - b[i], tex="c^{(i)}")
L = paper.let("L", sum(norm(c) ** 2 / 2, over=i) / N)
paper.claim(
    "loss-gradient",
    grad(L, x) == sum(A[i].T @ (f * c - (f @ c) * f), over=i) / N,
    cite="gradient of the loss averaged over users",
)

# [Q]: scalar losses a_i (w - mu_i)^2 / 2; in a round every user starts at w and takes K steps of size s on its own.
a, mu = vector("a", N, positive=True), vector("mu", N, tex=r"\mu")
s, w, w0 = scalar("s", positive=True), scalar("w"), scalar("w0", tex="w_0")
K, t, v = time("K"), time("t"), vector("v", N)
Q = [s * a < 1]
g = paper.let("g", 1 - (1 - s * a) ** K)
average = paper.let("average", sum(a * (w - mu) ** 2 / 2) / N, tex=r"\ell")
local = paper.let("local", iterate(v, v - s * a * (v - mu), start=full(w, N)), tex=r"\mathrm{local}")
turn = paper.let("turn", sum((1 - g) * w + g * mu) / N, tex="r(w)")
paper.claim(
    "local-map",
    [
        local(v, K) == (1 - g) * w + g * mu,
        local(sum(v) / N, K) == turn,
        subs(turn, K, 1) == w - s * grad(average, w),
    ],
    given=Q,
    cite="one round of local training",
)

# Rounds from any start: the distance to w* is multiplied by the same number between 0 and 1 in each.
rounds = paper.let("rounds", iterate(w, turn, start=w0), tex="w")
rate = paper.let("rate", 1 - sum(g) / N, tex=r"\rho")
limit = paper.let("limit", g @ mu / sum(g), tex="w^*")
paper.claim(
    "limit",
    [rounds(w - limit, t) == rate**t * (w0 - limit), rate > 0, rate < 1],
    given=[*Q, K >= 1],
    cite="limit of the rounds",
    kind="convergence",
    using=["local-map"],
)

alpha, m, z = scalar("alpha", positive=True), scalar("m", tex=r"\mu_0"), scalar("z")
both = paper.let("both", iterate([v, z], [v - s * a * (v - mu), z - s * alpha * (z - m)], start=[full(w, N), w]))
paper.claim(
    "identical-users",
    [both(v, K) == both(full(z, N), K), both(sum(v) / N, K) == both(z, K)],
    given=[*Q, a == alpha, mu == m],
    cite="a round of users who are alike is K gradient steps z of one",
)

minimiser = paper.let("minimiser", a @ mu / sum(a), tex=r"w_{\min}")
paper.claim(
    "limit-minimiser",
    [subs(grad(average, w), w, minimiser) == 0, limit == minimiser],
    given=[*Q, K >= 1],
    cite="limit of the rounds and minimiser of the average loss",
    kind="convergence",
    using=["limit"],
    expect="refuted",
    reason="From K = 2 on the weights g_i are not proportional to the a_i.",
)
paper.claim(
    "limit-minimiser-corrected",
    subs(limit, K, 1) == minimiser,
    given=Q,
    cite="with one local step",
    kind="convergence",
    using=["limit"],
)
