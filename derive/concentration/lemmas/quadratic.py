"""Tails of quadratic forms and norms of Gaussian vectors."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from derive.bounds.bound import Scheme
from derive.bounds.value import Value
from derive.concentration.affine import told
from derive.concentration.events import Excess, unnamed
from derive.concentration.lemma import Lemma, exponential, number
from derive.concentration.polynomials import linear_map, quadratic_form
from derive.concentration.randomness import realised
from derive.concentration.setting import Setting
from derive.language.arrays import Norm
from derive.language.chance import Expectation, RandomSymbol
from derive.language.tensor import Number, Power, Tensor

TWO = Number(Fraction(2))


def laurent_massart(deviation: Value, frobenius: Value, largest: Value) -> Value:
    """``Pr[s^T A s - E >= t] <= exp(-x)`` of standard Gaussians s, where ``t = 2 ||A||_F sqrt(x) + 2 ||A|| x``.

    Here given ``frobenius`` and ``largest``, the norms of the Hessian 2 A; t >= 0.
    """
    root = square_root(frobenius * frobenius + number(4, deviation) * largest * deviation) - frobenius
    x = (root / (number(2, root) * largest)).power(Fraction(2))
    return exponential(-x)


def gaussian_norm(deviation: Value, slope: Value) -> Value:
    """``Pr[||J s + c|| > m + t] <= exp(-t^2/(2 ||J||^2))`` where m is no less than the norm's mean; t >= 0."""
    return exponential(-(deviation * deviation) / (number(2, slope) * slope * slope))


def square_root(value: Value) -> Value:
    """The root, where it is seen to be one without roots: ``sqrt(n + 4 sqrt(n x) + 4 x) = sqrt(n) + 2 sqrt(x)``."""
    return Value(lambda: _root(value.expression), value.sqrt().samples, value.symbols, value.certain)


def _root(expression: sp.Expr) -> sp.Expr:
    positive = [symbol for symbol in sorted(expression.free_symbols, key=str) if symbol.is_nonnegative]
    roots = {symbol: sp.Dummy(nonnegative=True) for symbol in positive}
    squares = expression.xreplace({symbol: root**2 for symbol, root in roots.items()})
    found = sp.sqrt(sp.factor(sp.expand(sp.powdenest(squares, force=False))))
    plain = found.replace(sp.Abs, lambda inside: inside if inside.is_nonnegative else sp.Abs(inside))
    return plain.xreplace({root: sp.sqrt(symbol) for symbol, root in roots.items()})


def _gaussian(node: Tensor, setting: Setting) -> RandomSymbol | None:
    """The one random symbol of an expression, where its entries are Gaussian."""
    symbols = setting.involved(node)
    return symbols[0] if len(symbols) == 1 and symbols[0].kind == "gaussian" else None


def _quadratic(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    symbol = _gaussian(excess.realised, setting)
    matrix = None if symbol is None else quadratic_form(excess.realised, symbol)
    centre = None if matrix is None else told(Expectation(excess.variable, None, ()))
    if matrix is None or centre is None:
        return

    def bound(frobenius: Value, largest: Value, mean: Value) -> Value | None:
        deviation = threshold - mean
        if frobenius.is_zero or largest.is_zero or not setting.reached(deviation, excess.strict):
            return None
        tail = laurent_massart(deviation, frobenius, largest)
        return tail + tail if excess.two_sided else tail

    yield bound, (("fro", matrix), ("op", matrix), ("inf" if excess.two_sided else "upper", centre))


def _norm(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    norm = unnamed(excess.variable)
    if not isinstance(norm, Norm) or norm.order not in ("2", "fro"):
        return
    inside = realised(norm.operand)
    symbol = _gaussian(inside, setting)
    matrix = None if symbol is None else linear_map(inside, symbol)
    if matrix is None:
        return

    def bound(slope: Value, second: Value) -> Value | None:
        deviation = threshold - second.sqrt()
        if slope.is_zero or not setting.reached(deviation, excess.strict):
            return None
        return gaussian_norm(deviation, slope)

    yield bound, (("op", matrix), ("upper", Expectation(Power.of(excess.variable, TWO), None, ())))


LEMMAS = (
    Lemma(
        "Gaussian quadratic form",
        _quadratic,
        "Laurent and Massart, Adaptive estimation of a quadratic functional, 2000, lemma 1, for any symmetric matrix:"
        " log E exp(u (Z - E Z)) <= u^2 ||A||_F^2/(1 - 2 u ||A||), so that Z is sub-gamma on both sides (Boucheron,"
        " Lugosi and Massart, Concentration Inequalities, 2013, theorem 2.3)",
    ),
    Lemma(
        "Gaussian norm",
        _norm,
        "a function of Lipschitz constant L of standard Gaussians exceeds its mean by t with probability at most"
        " exp(-t^2/(2 L^2)) (Tsirelson, Ibragimov and Sudakov 1976); E ||v|| <= sqrt(E ||v||^2) by Jensen's inequality",
    ),
)
