"""Random expressions of vectors, matrices and scalars, and what a bound of them says at random points."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import sympy as sp

from derive.bounds.bound import Bound
from derive.bounds.parameters import Parameters
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point, nest
from derive.evaluate.scope import Scope
from derive.language import api as dv
from derive.language.tensor import Tensor, tensor

n, d = dv.dims("n d")
SYMBOLS = {
    "A": dv.matrix("A", n, d),
    "S": dv.matrix("S", n, n),
    "P": dv.matrix("P", n, n, psd=True),
    "x": dv.vector("x", d),
    "b": dv.vector("b", n),
    "p": dv.vector("p", n, positive=True),
    "v": dv.vector("v", d),
    "t": dv.scalar("t"),
    "c": dv.scalar("c", positive=True),
}
A, S, P, x, b, p, v, t, c = SYMBOLS.values()
FUNCTIONS = (dv.exp, dv.tanh, dv.sigmoid, dv.relu, dv.abs, dv.sin, dv.cos, dv.softplus, dv.arctan)


def scalar(rng: Random, depth: int) -> Tensor:
    if depth <= 0:
        return rng.choice([t, c, tensor(Fraction(rng.randint(-3, 3), 2)), n * 1])
    u, v = vector(rng, depth - 1), vector(rng, depth - 1)
    M = matrix(rng, depth - 1)
    s, r = scalar(rng, depth - 1), scalar(rng, depth - 1)
    return rng.choice(
        [
            u @ v,
            u.sum(),
            dv.norm(u),
            dv.norm(u, 1),
            dv.opnorm(M),
            dv.trace(M),
            s * r,
            s + r,
            s**2,
            s / c,
            rng.choice(FUNCTIONS)(s),
            dv.max(u),
            (M * M).sum(),
            dv.logsumexp(u),
            u @ M @ v,
        ]
    )


def vector(rng: Random, depth: int) -> Tensor:
    if depth <= 0:
        return rng.choice([b, p, A @ x])
    u, v = vector(rng, depth - 1), vector(rng, depth - 1)
    M, s = matrix(rng, depth - 1), scalar(rng, depth - 1)
    return rng.choice(
        [
            u + v,
            u - v,
            u * v,
            s * u,
            -u,
            M @ u,
            u @ M,
            dv.softmax(u),
            rng.choice(FUNCTIONS)(u),
            u**2,
            u / c,
            u + s,
            dv.exp(u) / dv.exp(u).sum(),
            dv.diag(M),
            M[0],
            M[:, 0],
        ]
    )


def matrix(rng: Random, depth: int) -> Tensor:
    if depth <= 0:
        return rng.choice([S, P, dv.eye(n), A @ A.T, dv.diag(b)])
    u, v = vector(rng, depth - 1), vector(rng, depth - 1)
    M, N, s = matrix(rng, depth - 1), matrix(rng, depth - 1), scalar(rng, depth - 1)
    return rng.choice(
        [
            M + N,
            M - N,
            M @ N,
            M * N,
            s * M,
            M.T,
            dv.outer(u, v),
            dv.outer(u, u),
            dv.diag(u),
            -M,
            M / c,
            rng.choice(FUNCTIONS)(M),
            M.T @ N @ M,
            dv.diag(dv.softmax(u)) - dv.outer(dv.softmax(u), dv.softmax(u)),
            dv.softmax(M),
            M @ M.T,
        ]
    )


KINDS: dict[str, Callable[[Random, int], Tensor]] = {"scalar": scalar, "vector": vector, "matrix": matrix}


def points(rng: Random, count: int) -> list[dict[str, Any]]:
    """Values of the symbols at sizes from 1 to 4 and at several scales."""
    found = []
    for _ in range(count):
        sizes = {"n": rng.randint(1, 4), "d": rng.randint(1, 3)}
        found.append({"sizes": sizes, "values": values(rng, sizes)})
    return found


def values(rng: Random, sizes: dict[str, int]) -> dict[str, Any]:
    scale = rng.choice([Fraction(1, 4), Fraction(1), Fraction(2)])
    chosen = {}
    for name, symbol in SYMBOLS.items():
        shape = tuple(axis.size(sizes) for axis in symbol.shape)
        flat = [Fraction(rng.randint(-8, 8), 8) * scale for _ in range(int(np.prod(shape, dtype=int)))]
        if "positive" in getattr(symbol, "properties", ()):
            flat = [abs(entry) + Fraction(1, 8) for entry in flat]
        if name == "P":
            root = np.array(flat, dtype=object).reshape(shape)
            flat = list((root @ root.T).flat)
        chosen[name] = nest(flat, shape)
    return chosen


def scope(point: dict[str, Any]) -> Scope:
    return scope_at(Point(point["sizes"], {}, point["values"]), Float64())


def bound_at(bound: Bound, parameters: Parameters, place: Scope) -> float:
    """The value of a bound at a point."""
    swap = {s: float(place.value(parameters.nodes[s])) for s in bound.value.expression.free_symbols}
    with np.errstate(all="ignore"):  # an overflow is a bound as well
        return float(sp.lambdify(list(swap), bound.value.expression, "numpy")(*swap.values()))


def norm(order: str, array: Any) -> float:
    """A norm of an array by its name in the norm calculus."""
    flat = np.abs(np.asarray(array, dtype=float)).reshape(-1)
    match order:
        case "1":
            return float(flat.sum())
        case "inf":
            return float(flat.max())
        case "2" | "fro":
            return float(np.sqrt((flat**2).sum()))
        case "op":
            return float(np.linalg.norm(array, 2))
    return float(np.sqrt((np.asarray(array, dtype=float) ** 2).sum(axis=1)).max())


def measured(measure: str, array: Any) -> float:
    match measure:
        case "upper":
            return float(np.max(array))
        case "lower":
            return float(np.min(array))
        case "lambda_max":
            return float(np.linalg.eigvalsh(array)[-1])
        case "lambda_min":
            return float(np.linalg.eigvalsh(array)[0])
    return norm(measure, array)
