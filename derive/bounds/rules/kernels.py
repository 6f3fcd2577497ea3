"""Kernel matrices: entrywise functions of a matrix, or of pairs of rows, that are positive semidefinite."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.relations import squared
from derive.bounds.rules.combinations import terms
from derive.bounds.rules.softmax import alike, unnamed
from derive.language.tensor import Add, Apply, Index, MatMul, Negative, Number, Power, Sum, Tensor

SERIES = frozenset({"exp", "cosh", "sinh", "expm1", "square"})
"""Functions whose power series has no negative coefficient."""

POSITIVE = frozenset({"lambda_min", "symmetric"})


def _series(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """``sum_k c_k M^{o k}`` with nonnegative coefficients, of a positive semidefinite M."""
    if measure == "lambda_min" and node.ndim == 2 and node.function in SERIES:
        wanted = (("lambda_min", node.arguments[0]), ("symmetric", node.arguments[0]))
        yield (lambda t, _: p.number(0) if t.nonnegative else None), wanted


def _power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    """``M^{o k}`` of a positive semidefinite M, and ``M o M`` of what is known to be symmetric alone is none."""
    k = node.exponent
    if (
        measure == "lambda_min"
        and node.ndim == 2
        and isinstance(k, Number)
        and k.value.denominator == 1
        and k.value > 0
    ):
        wanted = (("lambda_min", node.base), ("symmetric", node.base))
        yield (lambda t, _: p.number(0) if t.nonnegative else None), wanted


def _difference(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """``f(Y) - f(X)`` of entrywise f is positive semidefinite where X and Y - X are.

    ``Y^{o k} - X^{o k} = sum_{i + j = k - 1} Y^{o i} o X^{o j} o (Y - X)``, and ``Y = X + (Y - X)``.
    """
    found = terms(node)
    if node.ndim != 2 or len(found) != 2 or found[0][0] != -found[1][0]:
        return
    (c, first), (_, second) = found
    larger, smaller = (first, second) if c > 0 else (second, first)
    inner = [_with_series(unnamed(side)) for side in (larger, smaller)]
    if inner[0] is None or inner[1] is None or inner[0][0] != inner[1][0] or measure != "lambda_min":
        return
    y, x = inner[0][1], inner[1][1]
    gap = Add.of(y, Negative.of(x))
    wanted = (("lambda_min", x), ("lambda_min", gap), ("symmetric", x), ("symmetric", gap))
    yield (lambda s, t, *_: p.number(0) if s.nonnegative and t.nonnegative else None), wanted


def _with_series(node: Tensor) -> tuple[str, Tensor] | None:
    """An entrywise function whose power series has no negative coefficient, and its argument; None of another."""
    match node:
        case Apply(function=function, arguments=(argument,)) if function in SERIES:
            return function, argument
        case Power(base=base, exponent=Number(value=k)) if k.denominator == 1 and k > 0:
            return f"power {k}", base
    return None


def _sum_of_products(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """``sum_k exp(z_ik + z_jk) = (E E^T)_ij`` with ``E = exp(z)``."""
    summed = unnamed(node.operand)
    if node.ndim != 2 or node.axes != (2,) or not isinstance(summed, Apply) or summed.function != "exp":
        return
    if _pairs(summed.arguments[0]) == 1:
        yield (lambda: p.number(1 if measure == "symmetric" else 0)), ()


def _radial(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """``exp(c sum_k (x_ik + x_jk)^2)`` and ``exp(-c sum_k (x_ik - x_jk)^2)`` for c >= 0.

    Each is ``D exp(2 c X X^T) D`` with a diagonal D, as ``(s +- t)^2 = s^2 + t^2 +- 2 s t``.
    """
    if node.function != "exp" or node.ndim != 2:
        return
    found = terms(node.arguments[0])
    if len(found) == 1:
        (c, summed), sign = found[0], 0
        summed = unnamed(summed)
        if isinstance(summed, Sum) and summed.axes == (2,):
            sign = _pairs(squared(unnamed(summed.operand)))
        if sign * c > 0:
            yield (lambda: p.number(1 if measure == "symmetric" else 0)), ()


def _pairs(node: Tensor | None) -> int:
    """1 of ``P[:, None, :] + P[None, :, :]``, or of that times a matrix; -1 of such a difference; else 0."""
    node = None if node is None else unnamed(node)
    if isinstance(node, MatMul) and node.left.ndim == 3 and node.right.ndim == 2:
        node = unnamed(node.left)
    if not isinstance(node, Add):
        return 0
    rows, columns = unnamed(node.left), unnamed(node.right)
    sign = 1
    if isinstance(columns, Negative):
        columns, sign = unnamed(columns.operand), -1
    if not (isinstance(rows, Index) and isinstance(columns, Index) and alike(rows.operand, columns.operand)):
        return 0
    return sign if (rows.items, columns.items) == ((":", "None", ":"), ("None", ":", ":")) else 0


RULES = (
    Rule("kernel", POSITIVE, Sum, _sum_of_products, "sum_k exp(z_ik) exp(z_jk) = (E E^T)_ij"),
    Rule("radial kernel", POSITIVE, Apply, _radial, "exp(c |x_i + x_j|^2) = d_i exp(2 c <x_i, x_j>) d_j"),
    Rule("series of a kernel", POSITIVE, Apply, _series, "Schur's product theorem, term by term"),
    Rule("Schur's product theorem", POSITIVE, Add, _difference, "Schur's product theorem, term by term"),
    Rule("power of a kernel", POSITIVE, Power, _power, "Schur's product theorem"),
)
