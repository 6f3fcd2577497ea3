"""Axes of two or three entries are written out; nothing false follows."""

from __future__ import annotations

import pytest

from derive.calculus.decide import difference
from derive.language.api import (
    array,
    det,
    dim,
    eye,
    grad,
    index,
    inv,
    kron,
    matrix,
    outer,
    sigmoid,
    softmax,
    sum,
    trace,
    vec,
    vector,
)

n, i = dim("n"), index("i", 2)
A, B, C, X = matrix("A", 2, 2), matrix("B", 2, 2), matrix("C", 3, 3), matrix("X", n, 2)
x, v = vector("x", 2), vector("v", 4)

TRUE = {
    "determinant": (det(A), A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0], []),
    "inverse": (inv(A), array([[0, 1], [-1, 0]]) @ A.T @ array([[0, -1], [1, 0]]) / det(A), []),
    "inverse of three rows": (inv(C) @ C, eye(3), []),
    "Cayley-Hamilton": (A @ A - trace(A) * A + det(A) * eye(2), 0 * A, []),
    "sum": (X.sum(axis=1), X[:, 0] + X[:, 1], []),
    "product": (X @ X.T, outer(X[:, 0], X[:, 0]) + outer(X[:, 1], X[:, 1]), []),
    "gradient": (grad(det(A), A)[0, 1], -A[1, 0], []),
    "hypothesis": (x[0], 1 - x[1], [sum(x) == 1]),
    "Kronecker product": (kron(A, B)[0, 3], A[0, 1] * B[0, 1], []),
    "vec": (vec(A) @ v, A[0, 0] * v[0] + A[0, 1] * v[1] + A[1, 0] * v[2] + A[1, 1] * v[3], []),
    "softmax of two": (softmax(x)[0], sigmoid(x[0] - x[1]), []),
}

FALSE = {
    "determinant": (det(A), A[0, 0] * A[1, 1] + A[0, 1] * A[1, 0], []),
    "diagonal": (det(C), C[0, 0] * C[1, 1] * C[2, 2], []),
    "inverse": (inv(A)[0, 1], A[0, 1] / det(A), []),
    "one entry": (x[i], x[0], []),
    "one entry of all": (x, x[0] + 0 * x, []),
    "sum": (X.sum(axis=1), X[:, 0] - X[:, 1], []),
    "hypothesis": (x[0], 1 + x[1], [sum(x) == 1]),
    "order": (inv(A) @ inv(B), inv(A @ B), []),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_for_these_sizes(name):
    left, right, given = TRUE[name]
    assert difference(left, right, given).proved


@pytest.mark.parametrize("name", FALSE)
def test_not_proved(name):
    left, right, given = FALSE[name]
    assert not difference(left, right, given).proved
