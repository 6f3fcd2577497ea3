"""Affine arrays and quadratic forms of one random symbol, decided by the normal form."""

from __future__ import annotations

from fractions import Fraction

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.concentration.affine import told
from derive.concentration.randomness import mentions
from derive.language.arrays import vec
from derive.language.chance import RandomSymbol
from derive.language.derivatives import hessian, jacobian
from derive.language.errors import InputError
from derive.language.rebuild import renamed
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Divide, MatMul, Negative, Number, Tensor


def linear_map(node: Tensor, symbol: RandomSymbol) -> Tensor | None:
    """The matrix J of an array that is affine in a symbol, ``vec(f(s)) = J vec(s) + constant``; None of another.

    ``f(s) - J(u) s`` is the same at all s, for a fixed u: equal in normal form at two independent points.
    """
    return _coefficients(vec(node) if node.ndim > 1 else node, symbol, 1)


def quadratic_form(node: Tensor, symbol: RandomSymbol) -> Tensor | None:
    """The Hessian A of a scalar ``constant + vec(s)^T A vec(s) / 2``, without a linear part; None of another."""
    return _coefficients(node, symbol, 2)


def _coefficients(node: Tensor, symbol: RandomSymbol, degree: int) -> Tensor | None:
    plain = Symbol(symbol.name, symbol.shape)
    others = {mark: {symbol.name: Symbol(symbol.name + mark, symbol.shape)} for mark in ("_second", "_third")}
    flat = vec(plain) if plain.ndim > 1 else plain
    try:
        found = jacobian(node, flat) if degree == 1 else hessian(node, flat)
        fixed = renamed(found, others["_third"])
        product = MatMul.of(fixed, flat)
        if degree == 2:
            product = Divide.of(MatMul.of(flat, product), Number(Fraction(2)))
        rest = Add.of(node, Negative.of(product))
        if not difference(rest, renamed(rest, others["_second"])).proved:
            return None
    except (InputError, Undecidable):
        return None
    matrix = told(fixed)
    return None if matrix is None or mentions(matrix, {plain.name, symbol.name + "_third"}) else matrix
