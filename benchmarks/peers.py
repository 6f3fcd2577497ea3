"""The same derivatives by other systems with symbolic dimensions, each with its own simplification at its default."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import sympy as sp

Work = Callable[[], object]

_runs = count()
n, d, m = sp.symbols("n d m", integer=True, positive=True)
i, j, k, l, p, q, r, s, t, c, k1, k2, l1, l2 = sp.symbols("i j k l p q r s t c k1 k2 l1 l2", integer=True)


def sympy_derivative(model: str, order: str) -> Work:
    """SymPy's Sum over IndexedBase entries, differentiated in one entry, or in two; arrays that no cache knows."""
    loss, first, second = _sympy_models(f"_{next(_runs)}")[model]

    def work() -> object:
        gradient = loss.diff(first)
        return gradient if order == "gradient" else gradient.diff(second)

    return work


def _total(body: sp.Expr, index: sp.Symbol, size: sp.Symbol) -> sp.Expr:
    return sp.Sum(body, (index, 0, size - 1))


def _sympy_models(suffix: str) -> dict[str, tuple[sp.Expr, sp.Expr, sp.Expr]]:
    A, B, X, Y, W, a, b, x, y = (sp.IndexedBase(name + suffix) for name in "ABXYWabxy")
    A1, A2, A3 = (sp.IndexedBase(f"A{number}{suffix}") for number in (1, 2, 3))

    regression = sp.exp(_total(A[i, j] * x[j], j, d)) / _total(sp.exp(_total(A[p, q] * x[q], q, d)), p, n)
    network = _total(a[r] * sp.exp(_total(X[i, t] * W[t, r], t, d)), r, m)

    def score(key: sp.Symbol, one: sp.Symbol, other: sp.Symbol) -> sp.Expr:
        return sp.exp(_total(_total(A1[j, one] * X[one, other] * A2[key, other], one, d), other, d))

    weights = score(p, k, l) / _total(score(q, s, t), q, n)
    attention = _total(weights * _total(A3[p, c] * Y[c, i], c, d), p, n)
    layer = _total(_total((attention - B[j, i]) ** 2, i, d), j, n) / 2
    return {
        "softmax regression": (_total((regression - b[i]) ** 2, i, n) / 2, x[k], x[l]),
        "exp network": (_total((network - y[i]) ** 2, i, n) / 2, W[k1, k2], W[l1, l2]),
        "attention in X": (layer, X[k1, k2], X[l1, l2]),
        "attention in Y": (layer, Y[k1, k2], Y[l1, l2]),
    }


def tensorgrad_derivative(model: str, order: str) -> Work:
    """tensorgrad's gradient, or gradient of the gradient, fully simplified.

    Raises:
        ImportError: tensorgrad is not installed.
    """
    from tensorgrad import Variable
    from tensorgrad.functions import exp, sum as total

    rows, keys, columns, other, values, out, width = sp.symbols("n p d e c o m")
    if model == "softmax regression":
        A, at, b = Variable("A", rows, columns), Variable("x", columns), Variable("b", rows)
        u = exp(A @ at)
        residual = u / total(u) - b
    elif model == "exp network":
        X, at = Variable("X", rows, columns), Variable("W", columns, width)
        residual = exp(X @ at) @ Variable("a", width) - Variable("y", rows)
    else:
        A1, A2, A3 = Variable("A1", rows, columns), Variable("A2", keys, other), Variable("A3", keys, values)
        X, Y = Variable("X", columns, other), Variable("Y", values, out)
        at = X if model == "attention in X" else Y
        E = exp(A1 @ X @ A2)
        residual = (E / total(E, ["p"])) @ A3 @ Y - Variable("B", rows, out)
    loss = residual @ residual / 2

    def work() -> object:
        gradient = loss.grad(at).full_simplify()
        return gradient if order == "gradient" else gradient.grad(at).full_simplify()

    return work
