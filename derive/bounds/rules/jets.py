"""Norms of higher derivatives: ``Dk`` of T is the largest ``||D^k T [u, ..., u]||_2`` over unit directions u of the
variables (``fro`` for matrices).

The derivatives are symmetric and multilinear, so by Banach's theorem no other choice of unit directions gives more, and
the product and chain rules (Leibniz, Faa di Bruno) hold for these norms as they do for numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import comb

import sympy as sp

from derive.bounds.bound import JETS, Rule, Scheme
from derive.bounds.multilinear import bilinear, chain, degree, euclidean, jet, leibniz, times, total
from derive.bounds.parameters import Parameters
from derive.bounds.rules.products import inner_product, same
from derive.bounds.rules.softmax import NORMALISED, logits
from derive.bounds.value import Value
from derive.language.arrays import Diag, LogSumExp, Norm, Outer, Trace, Vec
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Index,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Sum,
    Tensor,
    Transpose,
)


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    factors = [
        p.number(1) if side.shape == node.shape else p.entries(node.shape).sqrt() for side in (node.left, node.right)
    ]
    if any(side.shape != node.shape and side.ndim for side in (node.left, node.right)):
        return
    left, right = factors
    yield (lambda s, t: left * s + right * t), ((measure, node.left), (measure, node.right))


def _operand(measure: str, node: Negative | Vec | Transpose | Index | Diag, p: Parameters) -> Iterator[Scheme]:
    """The same entries, or some of them."""
    del p
    yield same, ((measure, node.operand),)


def _product(measure: str, node: Multiply | MatMul | Outer, p: Parameters) -> Iterator[Scheme]:
    del p
    left, right = node.left, node.right
    if isinstance(node, Multiply):
        if left.shape == right.shape:
            yield from bilinear(left, right, measure, ("inf", "inf"))
        elif not left.ndim or not right.ndim:
            yield from bilinear(left, right, measure, (euclidean(left), euclidean(right)))
        return
    yield from bilinear(left, right, measure, ["op" if side.ndim == 2 else "2" for side in (left, right)])


def _multiple(measure: str, node: Multiply | Divide, p: Parameters) -> Iterator[Scheme]:
    """A number times an array: nothing is asked of the array's size, as Leibniz' rule would."""
    sides = ((node.left, node.right), (node.right, node.left)) if isinstance(node, Multiply) else ()
    for number, array in sides:
        if isinstance(number, Number):
            factor = p.number(abs(number.value))
            yield (lambda t, c=factor: c * t), ((measure, array),)
    if isinstance(node, Divide) and isinstance(node.right, Number) and node.right.value:
        divisor = p.number(abs(node.right.value))
        yield (lambda t: t / divisor), ((measure, node.left),)


def _entries(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """A sum of products is an inner product; of other entries Cauchy-Schwarz."""
    if node.ndim:
        return
    factors = inner_product(node)
    if factors is not None:
        yield from bilinear(*factors, measure, (euclidean(factors[0]), euclidean(factors[1])))
    square = node.operand
    if isinstance(square, Power) and isinstance(square.exponent, Number) and square.exponent.value == 2:
        yield leibniz(square.base, square.base, degree(measure), (euclidean(square.base),) * 2)
    root = p.entries(node.operand.shape).sqrt()
    yield (lambda t: root * t), ((measure, node.operand),)


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    number = p.size(node.index.dimension)
    yield (lambda t: None if p.depends(t, node.index) else number * t), ((measure, node.operand),)


def _trace(measure: str, node: Trace, p: Parameters) -> Iterator[Scheme]:
    root = p.size(node.operand.shape[0]).sqrt()
    yield (lambda t: root * t), ((measure, node.operand),)


DERIVATIVES: dict[str, tuple[sp.Expr, sp.Expr, sp.Expr]] = {
    "tanh": (sp.S.One, 4 / (3 * sp.sqrt(3)), sp.Integer(2)),
    "sigmoid": (sp.Rational(1, 4), 1 / (6 * sp.sqrt(3)), sp.Rational(1, 8)),
    "softplus": (sp.S.One, sp.Rational(1, 4), 1 / (6 * sp.sqrt(3))),
    "sin": (sp.S.One, sp.S.One, sp.S.One),
    "cos": (sp.S.One, sp.S.One, sp.S.One),
    "arctan": (sp.S.One, 3 * sp.sqrt(3) / 8, sp.Integer(2)),
}
"""The largest absolute values of the first three derivatives on the real line; the tests attack them in balls."""


def _composition(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """An elementwise function; of vectors ``||a * b||_2 <= ||a||_2 ||b||_2``."""
    k = degree(measure)
    if len(node.arguments) != 1:
        return
    argument = node.arguments[0]
    if node.function in DERIVATIVES:
        outer = [p.constant(value) for value in DERIVATIVES[node.function][:k]]
        yield (lambda *inner: chain(outer, inner)), jet(argument, k)
    if node.function == "exp":
        yield (lambda top, *inner: chain([top.apply(sp.exp)] * k, inner)), (("upper", argument), *jet(argument, k))
    if node.function == "log":
        yield _logarithm(p, k), (("lower", argument), *jet(argument, k))
    if node.function == "square":
        yield leibniz(argument, argument, k, ("inf", "inf"))


def _logarithm(p: Parameters, k: int) -> Callable[..., Value | None]:
    def formula(least: Value, *inner: Value) -> Value | None:
        if not least.positive:
            return None
        outer = [p.number(1) / least, p.number(1) / (least * least), p.number(2) / (least * least * least)]
        return chain(outer[:k], inner)

    return formula


def reciprocal(p: Parameters, k: int) -> Callable[..., Value | None]:
    """The k-th derivative of ``1 / c`` from the least value of c and its derivatives."""

    def formula(least: Value, *inner: Value) -> Value | None:
        if not least.positive:
            return None
        square = least * least
        outer = [p.number(1) / square, p.number(2) / (square * least), p.number(6) / (square * square)]
        return chain(outer[:k], inner)

    return formula


def _quotient(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    """``T / c`` for a positive scalar c: the product of T and 1 / c."""
    k, scalar = degree(measure), node.right
    if scalar.ndim:
        return

    def formula(*values: Value) -> Value | None:
        t, least, c = values[: k + 1], values[k + 1], values[k + 2 :]
        if not least.positive:
            return None
        inverse = [p.number(1) / least, *(reciprocal(p, j)(least, *c[:j]) for j in range(1, k + 1))]
        terms = [times(comb(k, j), t[j] * inv) for j in range(k + 1) if (inv := inverse[k - j]) is not None]
        return total(terms)

    yield formula, ((euclidean(node.left), node.left), *jet(node.left, k), ("lower", scalar), *jet(scalar, k))


def _power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    """Squares are products; ``norm(T)**2`` is an inner product; ``c**-1`` a quotient."""
    if not isinstance(node.exponent, Number):
        return
    k, exponent, base = degree(measure), node.exponent.value, node.base
    if exponent == 2:
        if isinstance(base, Norm) and base.order in ("2", "fro"):
            yield leibniz(base.operand, base.operand, k, (euclidean(base.operand),) * 2)
        else:
            yield leibniz(base, base, k, ("inf", "inf"))
    if exponent == -1 and not base.ndim:
        yield reciprocal(p, k), (("lower", base), *jet(base, k))


SOFTMAX = (sp.Rational(1, 2), sp.sqrt(2) / (3 * sp.sqrt(3)), sp.Rational(1, 2))
"""Second to fourth cumulants of a variable with values v, ||v|| = 1, whose range is at most D = sqrt(2).

The variance is at most D^2/4 (Popoviciu), the third central moment at most D^3/(6 sqrt(3)), as a law on two points is
extremal, and |mu_4 - 3 mu_2^2| <= D^4/8, for mu_2^2 <= mu_4 <= D^2 mu_2.
"""


def _softmax(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    z, k = logits(node), degree(measure)
    if z is not None:
        outer = [p.constant(value) for value in SOFTMAX[:k]]
        yield (lambda *inner: chain(outer, inner)), jet(z, k)


def _logsumexp(measure: str, node: LogSumExp, p: Parameters) -> Iterator[Scheme]:
    """Its gradient is the softmax."""
    k = degree(measure)
    if not node.ndim:
        outer = [p.constant(value) for value in (sp.S.One, *SOFTMAX)[:k]]
        yield (lambda *inner: chain(outer, inner)), jet(node.operand, k)


RULES = (
    Rule("derivative of a sum", JETS, Add, _sum, "triangle inequality"),
    Rule("same entries", JETS, (Negative, Vec, Transpose, Index, Diag), _operand, "definition"),
    Rule("Leibniz rule", JETS, (Multiply, MatMul, Outer), _product, "product rule, Cauchy-Schwarz"),
    Rule("number times a derivative", JETS, (Multiply, Divide), _multiple, "linearity"),
    Rule("Leibniz rule", JETS, Sum, _entries, "product rule, Cauchy-Schwarz"),
    Rule("sum over an index", JETS, IndexSum, _index_sum, "triangle inequality"),
    Rule("trace", JETS, Trace, _trace, "Cauchy-Schwarz"),
    Rule("chain rule", JETS, Apply, _composition, "Faa di Bruno"),
    Rule("quotient rule", JETS, Divide, _quotient, "product rule, Faa di Bruno"),
    Rule("Leibniz rule", JETS, Power, _power, "product rule, Cauchy-Schwarz"),
    Rule("derivatives of the softmax", JETS, NORMALISED, _softmax, "they are cumulants; Faa di Bruno"),
    Rule("derivatives of logsumexp", JETS, LogSumExp, _logsumexp, "its gradient is the softmax; Faa di Bruno"),
)
