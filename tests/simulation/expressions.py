"""Scalars of every kind in the symbols x, M and S, and points at which to look at them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from derive import (
    abs as absolute,
    dims,
    exp,
    inv,
    lambda_max,
    log,
    matrix,
    max as largest,
    maximum,
    norm,
    opnorm,
    relu,
    softmax,
    tanh,
    trace,
    vector,
)
from derive.language.tensor import Tensor

n, d = dims("n d")
x, M, S = vector("x", d), matrix("M", n, d), matrix("S", d, d)

SIZES = {"n": 3, "d": 4}

SCALARS: dict[str, Tensor] = {
    "a sum of exponentials": exp(M @ x).sum(),
    "a loss": norm(softmax(M @ x) - 1) ** 2 / 2,
    "a network": norm(exp(M @ S) @ x) ** 2,
    "exponentials of repeated sums": ((M @ M.T) * exp((M[:, None, :] + M[None, :, :]) @ S).sum(axis=2)).sum(),
    "a sum of repeated products": ((S[:, None, :] * S[None, :, :] * x).sum(axis=2) ** 3).sum(),
    "a quotient": (x @ x) / (1 + norm(M, "fro") ** 2),
    "a rectifier": relu(M @ x).sum(),
    "the hyperbolic tangent": (tanh(M @ x) ** 3).sum(),
    "a maximum": maximum(M @ x, 0.1).sum() + largest(M @ x),
    "absolute values": absolute(M @ x).sum(),
    "logarithms": log(1 + (M @ x) ** 2).sum(),
    "an inverse": trace(inv(S @ S.T)) + x @ x,
    "a spectrum": opnorm(M) + lambda_max(S + S.T),
    "a transpose": (M.T @ (M @ x)) @ x,
    "entries": (M[:, 1] * M[:, 0]).sum() * x[2] + S[0, 3],
}


def points(count: int) -> Mapping[str, Any]:
    """``count`` values of each symbol, in front of its axes."""
    rng = np.random.default_rng(7)
    shapes = {"x": (4,), "M": (3, 4), "S": (4, 4)}
    return {name: rng.uniform(-1, 1, (count, *shape)) for name, shape in shapes.items()}
