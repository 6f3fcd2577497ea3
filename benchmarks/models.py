"""The catalogue's models: loss and variable, with symbolic dimensions."""

from __future__ import annotations

from dataclasses import dataclass

from derive import dims, exp, grad, hessian, matrix, norm, vec, vector
from derive.language.tensor import Tensor


@dataclass(frozen=True)
class Model:
    name: str
    gradient: Tensor
    hessian: Tensor


def softmax_regression() -> Model:
    n, d = dims("n d")
    A, b, x = matrix("A", n, d), vector("b", n), vector("x", d)
    u = exp(A @ x)
    loss = norm(u / u.sum() - b) ** 2 / 2
    return Model("softmax regression", grad(loss, x), hessian(loss, x))


def exp_network() -> Model:
    n, d, m = dims("n d m")
    X, W, a, y = matrix("X", n, d), matrix("W", d, m), vector("a", m), vector("y", n)
    loss = norm(exp(X @ W) @ a - y) ** 2 / 2
    return Model("exp network", grad(loss, W), hessian(loss, W))


def attention(variable: str) -> Model:
    n, d = dims("n d")
    A1, A2, A3, B = (matrix(name, n, d) for name in ("A1", "A2", "A3", "B"))
    X, Y = matrix("X", d, d), matrix("Y", d, d)
    E = exp(A1 @ X @ A2.T)
    loss = norm(E / E.sum(axis=1, keepdims=True) @ A3 @ Y - B) ** 2 / 2
    at = vec(X if variable == "X" else Y)
    return Model(f"attention in {variable}", grad(loss, at), hessian(loss, at))


MODELS = (softmax_regression(), exp_network(), attention("X"), attention("Y"))
