"""The Expressibility of Polynomial based Attention Scheme (arXiv:2310.20051).

Attention with the power of degree beta in the place of the exponential; a high degree tells a feature with a much
larger value from the others, a low degree does not.
"""

from derive import Paper, abs, dims, eye, index, jacobian, log, matrix, norm, ones, scalar, subs, sum, vector

paper = Paper(
    "polynomial-attention",
    title="The Expressibility of Polynomial based Attention Scheme",
    source="arXiv:2310.20051",
)

n, d = dims("n d")
A, x, z = matrix("A", n, d), vector("x", d), vector("z", n)
i = index("i", d)
beta = scalar("beta", integer=True, positive=True)
p = scalar("p", integer=True, positive=True)

f = paper.let("f", z**beta / sum(z**beta), tex=r"f_{\beta}")
even = paper.let("f_even", z ** (2 * p) / sum(z ** (2 * p)), tex="f_{2p}")
paper.claim(
    "domain",
    [sum(z ** (2 * p)) > 0, even >= 0, sum(even) == 1],
    given=norm(z) > 0,
    cite="an even degree",
    kind="domain",
)
paper.claim(
    "probability-vector",
    [abs(sum(z**beta)) > 0, f >= 0, sum(f) == 1],
    given=norm(z) > 0,
    cite="any degree",
    kind="domain",
    expect="refuted",
    reason="For an odd degree the powers may cancel, and entries of f may be negative.",
)

h = paper.let("h", (A @ x) ** beta / sum((A @ x) ** beta), tex=r"f_{\beta}(Ax)")
a_i = paper.let("a_i", A[:, i] / (A @ x), tex="a")
paper.claim(
    "derivative",
    jacobian(h, x[i]) == beta * (h * a_i - (h @ a_i) * h),
    given=A @ x > 0,
    cite="derivative",
)
s = scalar("s", positive=True)
paper.claim("homogeneity", subs(f, z, s * z) == f, cite="homogeneity")

# The first entry of z is a > 1, the others are 1, and the degree is any positive number.
a, b = scalar("a", positive=True), scalar("b", positive=True, tex=r"\beta")
bt, eps = scalar("bt", positive=True, tex=r"\beta'"), scalar("eps", positive=True, tex=r"\epsilon")
y = vector("y", n, positive=True, tex="z")
one_large = [y == ones(n) + (a - 1) * eye(n)[0], a > 1]
omega = paper.let("omega", a**b / (a**b + n - 1), tex=r"\omega_{\beta}")
paper.claim("weight", (y**b / sum(y**b))[0] == omega, given=one_large, cite="weight of the large entry")

threshold = log((n - 1) * (1 - eps) / eps) / log(a)
two = [a > 1, eps < 1, n >= 2]
paper.claim("threshold", omega >= 1 - eps, given=[*two, b >= threshold], cite="degree that suffices", using=["weight"])
paper.claim(
    "threshold-converse",
    omega < 1 - eps,
    given=[*two, b < threshold],
    cite="degree that does not suffice",
    using=["weight"],
)
paper.claim(
    "threshold-increasing",
    a**bt / (a**bt + n - 1) > omega,
    given=[a > 1, n >= 2, bt > b],
    cite="the weight increases with the degree",
    using=["weight"],
)
