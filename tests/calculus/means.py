"""Means that are known: what is averaged, its mean, and a near miss beside it."""

from __future__ import annotations

from derive.language.api import (
    abs,
    bernoulli,
    cos,
    cosh,
    det,
    diag,
    dims,
    erf,
    exp,
    eye,
    gaussian,
    grad,
    heaviside,
    index,
    inv,
    lambda_min,
    log,
    matrix,
    maximum,
    norm,
    one_hot,
    ones,
    outer,
    pi,
    rademacher,
    relu,
    scalar,
    sign,
    sin,
    sphere,
    sqrt,
    sum,
    trace,
    uniform,
    vector,
)
from derive.language.relations import Relation
from derive.language.tensor import Tensor, tensor

n, d, m = dims("n d m")
X, A, B = matrix("X", n, d), matrix("A", d, d), matrix("B", d, d)
x, c, y, p = vector("x", d), vector("c", d), vector("y", n), vector("p", n)
t, q, low, high = scalar("t"), scalar("q"), scalar("low"), scalar("high")
w, v, W = gaussian("w", d), gaussian("v", d), gaussian("W", d, m)
s, a, C = rademacher("s", d), rademacher("a", m), rademacher("C", n, d)
u, U = sphere("u", d), sphere("U", n, d)
P, Q = one_hot("P", m, n), one_hot("Q", m, n, p=p)
b = bernoulli("b", n, p=q)
f, g = uniform("f", n), uniform("g", low=low, high=high)
r, k = index("r", m), index("k", m)

pair_sums = X[:, None, :] + X[None, :, :]
H = (X @ X.T) * exp(pair_sums @ W).sum(axis=2) / m
square = (pair_sums**2).sum(axis=2)
F = exp(X @ W) @ a
rows = (X**2).sum(axis=1)

IDENTITIES: dict[str, tuple[Tensor, Tensor, Tensor]] = {
    # what is averaged, its mean, and a near miss
    "Gaussian moment generating function": (exp(w @ x), exp(norm(x) ** 2 / 2), exp(norm(x) ** 2)),
    "with a shift": (exp(t + w @ x), exp(t + norm(x) ** 2 / 2), exp(norm(x) ** 2 / 2)),
    "second moment": (outer(w, w), eye(d), ones(d, d)),
    "Isserlis": (
        (w @ A @ w) * (w @ B @ w),
        trace(A) * trace(B) + trace(A @ B) + trace(A @ B.T),
        trace(A) * trace(B) + 2 * trace(A @ B),
    ),
    "chi-square": (norm(w) ** 4, d * (d + 2), d * (d + 1)),
    "sixth moment": (w**6, 15 * ones(d), 5 * ones(d)),
    "Stein": (w * exp(w @ x), x * exp(norm(x) ** 2 / 2), exp(norm(x) ** 2 / 2) * ones(d)),
    "second order Stein": (
        outer(w, w) * exp(w @ x),
        (eye(d) + outer(x, x)) * exp(norm(x) ** 2 / 2),
        outer(x, x) * exp(norm(x) ** 2 / 2),
    ),
    "Gaussian gradient": (
        grad(exp(w @ x) * (w @ c), w),
        (c + x * (c @ x)) * exp(norm(x) ** 2 / 2),
        c * exp(norm(x) ** 2 / 2),
    ),
    "two columns": (
        exp(W[:, r] @ x + W[:, k] @ c),
        exp((norm(x) ** 2 + norm(c) ** 2) / 2 + (x @ c) * eye(m)[r, k]),
        exp((norm(x) ** 2 + norm(c) ** 2) / 2),
    ),
    "Gram matrix": (H, (X @ X.T) * exp(square / 2), (X @ X.T) * exp(square)),
    "signed sum": (F**2, m * exp(2 * rows), m**2 * exp(2 * rows)),
    "signed residual": (
        norm(F - y) ** 2,
        m * exp(2 * rows).sum() + norm(y) ** 2,
        m * exp(2 * rows).sum() - norm(y) ** 2,
    ),
    "independent symbols": ((w @ x) ** 2 * (v @ c) ** 2, norm(x) ** 2 * norm(c) ** 2, (x @ c) ** 2),
    "signs times Gaussians": (exp((s * x) @ w), exp(norm(x) ** 2 / 2), exp(norm(x) ** 2)),
    "Hutchinson": (s @ A @ s, trace(A), A.sum()),
    "one sign": (exp(s * x), cosh(x), exp(x**2 / 2)),
    "sum of signs": (exp(s @ x), exp(log(cosh(x)).sum()), cosh(x.sum())),
    "signs of a matrix": (C.T @ C, n * eye(d), n * ones(d, d)),
    "sphere": (outer(u, u), eye(d) / d, eye(d)),
    "sphere, fourth": (
        (u @ A @ u) ** 2,
        (trace(A) ** 2 + trace(A @ A) + trace(A @ A.T)) / (d * (d + 2)),
        (trace(A) ** 2 + trace(A @ A) + trace(A @ A.T)) / d**2,
    ),
    "norm on a sphere": (norm(u + x) ** 2, 1 + norm(x) ** 2, 2 + norm(x) ** 2),
    "rows of a sphere": ((U @ U.T) ** 2, eye(n) * (1 - 1 / d) + ones(n, n) / d, eye(n)),
    "drawn rows": (P.T @ P, eye(n) * m / n, eye(n) * m),
    "drawn rows, weighted": (Q.T @ Q, m * diag(p), m * outer(p, p)),
    "Bernoulli": (b.sum() ** 2, n * q * (1 - q) + n**2 * q**2, n**2 * q**2),
    "Bernoulli generating function": (exp(b * t), (1 - q + q * exp(t)) * ones(n), (q + q * exp(t)) * ones(n)),
    "uniform": (f**5, ones(n) / 6, ones(n) / 5),
    "uniform, scaled": (g**2, (low**2 + low * high + high**2) / 3, (low**2 + high**2) / 2),
    "uniform generating function": (exp(g), (exp(high) - exp(low)) / (high - low), exp((low + high) / 2)),
}


VARIANCES: dict[str, tuple[Tensor, Tensor, Tensor]] = {
    "Gram matrix": (
        H,
        (X @ X.T) ** 2 * (exp(2 * square) - exp(square)) / m,
        (X @ X.T) ** 2 * (exp(2 * square) - exp(square)) / (m - 1),
    ),
    "Hutchinson": (
        s @ A @ s,
        trace(A @ A) + trace(A @ A.T) - 2 * (diag(A) ** 2).sum(),
        trace(A @ A) + trace(A @ A.T),
    ),
    "Gaussian trace": (w @ A @ w, trace(A @ A) + trace(A @ A.T), trace(A @ A)),
    "binomial": (b.sum(), n * q * (1 - q), n * q),
    "drawn mean": (
        sum(sum(Q * y[None, :], axis=1) / m, axis=0),
        ((p * y) @ y - (p @ y) ** 2) / m,
        ((p * y) @ y - (p @ y) ** 2) / (m - 1),
    ),
}


S, D = matrix("S", d, d, psd=True), matrix("D", d, d, symmetric=True)
rate, load = scalar("rate", nonnegative=True), vector("load", n, nonnegative=True)
identity = eye(d)
columns = exp(-(W**2).sum(axis=0) / 2)

QUADRATIC: dict[str, tuple[Tensor, Tensor, Tensor, list[Relation]]] = {
    # what is averaged, its mean, a near miss, and the hypotheses
    "squared norm": (exp(norm(w) ** 2 / 4), 2 ** (d / 2), 2**d, []),
    "rate": (exp(-rate * norm(w) ** 2), (1 + 2 * rate) ** (-d / 2), (1 + rate) ** (-d / 2), []),
    "each entry": (exp(-rate * w**2), ones(d) / sqrt(1 + 2 * rate), ones(d) / (1 + 2 * rate), []),
    "rate within its bound": (exp(t * norm(w) ** 2), (1 - 2 * t) ** (-d / 2), (1 - 2 * t) ** (d / 2), [t < 0.5]),
    "image": (exp(-(norm(X @ w) ** 2) / 2), 1 / sqrt(det(identity + X.T @ X)), 1 / det(identity + X.T @ X), []),
    "image, the other way round": (
        exp(-(norm(X @ w) ** 2) / 2),
        1 / sqrt(det(eye(n) + X @ X.T)),
        1 / sqrt(det(eye(n) - X @ X.T)),
        [],
    ),
    "weighted image": (
        exp(-(load @ (X @ w) ** 2) / 2),
        1 / sqrt(det(identity + X.T @ diag(load) @ X)),
        1 / sqrt(det(identity + X.T @ X)),
        [],
    ),
    "semidefinite form": (exp(-(w @ S @ w) / 2), 1 / sqrt(det(identity + S)), 1 / sqrt(det(identity + 2 * S)), []),
    "beside a linear form": (
        exp(w @ x - (w @ S @ w) / 2),
        exp(x @ inv(identity + S) @ x / 2) / sqrt(det(identity + S)),
        exp(norm(x) ** 2 / 2) / sqrt(det(identity + S)),
        [],
    ),
    "covariance": (
        outer(w, w) * exp(-(w @ S @ w) / 2),
        inv(identity + S) / sqrt(det(identity + S)),
        identity / sqrt(det(identity + S)),
        [],
    ),
    "definite by hypothesis": (
        exp(w @ D @ w),
        1 / sqrt(det(identity - 2 * D)),
        1 / sqrt(det(identity - D)),
        [lambda_min(identity - 2 * D) > 0],
    ),
    "two Gaussians": (exp((v @ w) / 2), (t**2 - t**2 + 0.75) ** (-d / 2), (t**2 - t**2 + 0.75) ** (-d), []),
    "radial kernel": (
        exp(-(norm(x - w) ** 2) / 2),
        2 ** (-d / 2) * exp(-(norm(x) ** 2) / 4),
        2 ** (-d / 2) * exp(-(norm(x) ** 2) / 2),
        [],
    ),
    "columns": (columns.sum() ** 2, m * 3 ** (-d / 2) + m * (m - 1) * 2**-d, m**2 * 2**-d, []),
    "all entries": (exp(-(W**2).sum() / 2), 2 ** (-d * m / 2), 2 ** (-d / 2), []),
}

length = norm(x)
HALF_SPACES: dict[str, tuple[Tensor, Tensor, Tensor]] = {
    "half": (heaviside(w @ x), 1 / tensor(2), heaviside(x @ x)),
    "rectified": (relu(w @ x), length / sqrt(2 * pi), length / 2),
    "rectified, squared": (relu(w @ x) ** 2, length**2 / 2, length**2),
    "rectified, third power": (relu(w @ x) ** 3, 2 * length**3 / sqrt(2 * pi), length**3 / sqrt(2 * pi)),
    "rectified, fourth power": (relu(w @ x) ** 4, 3 * length**4 / 2, 3 * length**4),
    "absolute value": (abs(w @ x), sqrt(2 / pi) * length, sqrt(pi / 2) * length),
    "one bit": (sign(w @ x) * w, sqrt(2 / pi) * x / length, sqrt(2 / pi) * x),
    "curvature": (heaviside(w @ x) * outer(w, w), eye(d) / 2, eye(d)),
    "half space away from zero": (
        heaviside(w @ x + t),
        (1 + erf(t / (sqrt(2) * length))) / 2,
        (1 + erf(t / length)) / 2,
    ),
    "rectified with a bias": (
        relu(w @ x + t),
        t * (1 + erf(t / (sqrt(2) * length))) / 2 + length * exp(-(t**2) / (2 * length**2)) / sqrt(2 * pi),
        t * (1 + erf(t / (sqrt(2) * length))) / 2,
    ),
    "tilted": (
        exp(w @ c) * heaviside(w @ x),
        exp(norm(c) ** 2 / 2) * (1 + erf((c @ x) / (sqrt(2) * length))) / 2,
        exp(norm(c) ** 2 / 2) / 2,
    ),
    "layer": (norm(relu(W.T @ x)) ** 2, m * length**2 / 2, m * length**2),
    "two units": (
        outer(relu(W.T @ x), relu(W.T @ x)),
        length**2 * (ones(m, m) / (2 * pi) + eye(m) * (1 / tensor(2) - 1 / (2 * pi))),
        length**2 * (ones(m, m) / (2 * pi) + eye(m) / 2),
    ),
    "network": ((a @ relu(W.T @ x)) ** 2, m * length**2 / 2, m**2 * length**2 / 2),
    "each entry": (relu(w).sum() ** 2, d * (1 / tensor(2) - 1 / (2 * pi)) + d**2 / (2 * pi), d**2 / (2 * pi)),
    "the larger of two": (maximum(w[0], w[1]), 1 / sqrt(pi), 1 / sqrt(2 * pi)),
}
"""With one unit step of a linear form of Gaussians."""

cosines, sines = cos(X @ W), sin(X @ W)
WAVES: dict[str, tuple[Tensor, Tensor, Tensor]] = {
    "characteristic function": (cos(w @ x), exp(-(length**2) / 2), exp(-(length**2))),
    "odd": (sin(w @ x), tensor(0), exp(-(length**2) / 2)),
    "with a phase": (cos(w @ x + t), cos(t) * exp(-(length**2) / 2), exp(-(length**2) / 2)),
    "squared cosine": (cos(w @ x) ** 2, (1 + exp(-2 * length**2)) / 2, exp(-2 * length**2)),
    "beside an exponential": (
        exp(w @ c) * cos(w @ x),
        exp((norm(c) ** 2 - length**2) / 2) * cos(x @ c),
        exp((norm(c) ** 2 - length**2) / 2),
    ),
    "beside an entry": (w * sin(w @ x), x * exp(-(length**2) / 2), x * exp(length**2 / 2)),
    "beside two entries": (
        outer(w, w) * cos(w @ x),
        (eye(d) - outer(x, x)) * exp(-(length**2) / 2),
        (eye(d) + outer(x, x)) * exp(-(length**2) / 2),
    ),
    "random Fourier features": (
        (cosines @ cosines.T + sines @ sines.T) / m,
        exp(-((X[:, None, :] - X[None, :, :]) ** 2).sum(axis=2) / 2),
        exp(-((X[:, None, :] + X[None, :, :]) ** 2).sum(axis=2) / 2),
    ),
}
"""With sines and cosines of linear forms of Gaussians."""
