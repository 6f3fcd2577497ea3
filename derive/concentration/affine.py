"""Random variables that are affine in the entries of their random symbols, decided by the normal form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.calculus.telling import teller
from derive.concentration.randomness import mentions
from derive.language.chance import RandomSymbol
from derive.language.derivatives import grad
from derive.language.errors import InputError
from derive.language.rebuild import renamed
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Multiply, Negative, Number, Power, Sum, Tensor


@dataclass(frozen=True, eq=False)
class Share:
    """What a random symbol adds to a linear form: its coefficients, their sum, and that of their squares.

    The coefficients are those of the symbol's entries, None where they have no matrix notation.
    """

    symbol: RandomSymbol
    coefficients: Tensor | None
    total: Tensor
    square: Tensor


@dataclass(frozen=True, eq=False)
class Affine:
    """A linear form in independent entries, and a constant; both without randomness and in matrix notation."""

    constant: Tensor
    shares: tuple[Share, ...]


def affine(node: Tensor, symbols: Sequence[RandomSymbol]) -> Affine | None:
    """The scalar as an affine function of the symbols; None where it is none, or where that cannot be told.

    It is one where ``f(s) - <grad f(u), s>`` is the same at all s, for a fixed u: equal in normal form at two
    independent points s. A kink makes the gradient at u another function than the one that it is at s.
    """
    plain = [Symbol(symbol.name, symbol.shape) for symbol in symbols]
    second, third = (
        {symbol.name: Symbol(symbol.name + mark, symbol.shape) for symbol in symbols} for mark in ("_second", "_third")
    )
    try:
        slopes = [renamed(grad(node, symbol), third) for symbol in plain]
        rest = node
        for slope, symbol in zip(slopes, plain, strict=True):
            rest = Add.of(rest, Negative.of(_total(Multiply.of(slope, symbol))))
        if not difference(rest, renamed(rest, second)).proved:
            return None
        found = [told(rest)]
        for slope in slopes:
            found += [told(_total(slope)), told(_total(Power.of(slope, _TWO)))]
    except (InputError, Undecidable):
        return None
    moving = {symbol.name: symbol for symbol in (*plain, *second.values(), *third.values())}
    fixed = [part for part in found if part is not None and not mentions(part, moving)]
    if len(fixed) < len(found):
        return None
    shares = zip(symbols, map(told, slopes), fixed[1::2], fixed[2::2], strict=True)
    return Affine(fixed[0], tuple(Share(*share) for share in shares))


_TWO = Number(Fraction(2))


def _total(node: Tensor) -> Tensor:
    return Sum.of(node) if node.ndim else node


def told(node: Tensor) -> Tensor | None:
    """The expression in normal form and back in matrix notation; None where it has none."""
    try:
        found, [(form, axes)] = teller([node], [])
    except Undecidable:
        return None
    return found.tensor(form, axes)
