"""Numbers of a bracket as decimals in a few digits, and in LaTeX."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

import sympy as sp

DIGITS = 5
"""Of a number that an instance reaches, and of an example."""

WORKING = 30
"""Digits in which closed forms are evaluated."""

PLAIN = range(-5, 7)
"""Orders of magnitude of numbers that are written without a power of ten."""

LARGEST_ORDER = 300_000
"""Powers of ten beyond which products and quotients of two numbers are beyond decimals."""

_ROUNDED = Decimal("1e-25")
"""More than the roundings in ``WORKING`` digits, relative to a number."""


def value(expression: sp.Expr, at: dict[sp.Symbol, sp.Expr]) -> Decimal | None:
    """The value of a closed form in ``WORKING`` digits; None where it has no finite real one that decimals can hold."""
    found = sp.N(expression.xreplace(at), WORKING)
    try:
        number = Decimal(str(found)) if found.is_Float or found.is_Integer else None
    except InvalidOperation:
        return None
    return None if number is not None and abs(number.adjusted()) > LARGEST_ORDER else number


def rounded(number: Decimal, up: bool | None = None) -> Decimal:
    """In ``DIGITS`` digits: upwards, downwards, or to the nearest where ``up`` is None.

    Where a direction is asked for the number may be off by what ``WORKING`` digits lose.
    """
    if up is None:
        return Context(prec=DIGITS, rounding=ROUND_HALF_EVEN).plus(number)
    context = Context(prec=DIGITS, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    moved = Context(prec=WORKING + 5)
    off = moved.multiply(abs(number), _ROUNDED)
    return context.plus(moved.add(number, off if up else -off))


def text(number: Decimal) -> str:
    """``0.5714``, ``1.2e-12``."""
    if number == 0:
        return "0"
    number = number.normalize()
    if number.adjusted() in PLAIN:
        return f"{number:f}"
    digits = f"{number.scaleb(-number.adjusted()):f}"
    return f"{digits}e{number.adjusted():+d}"


def tex(number: Decimal) -> str:
    """``0.5714``, ``1.2 \\cdot 10^{-12}``."""
    digits, _, exponent = text(number).partition("e")
    return rf"{digits} \cdot 10^{{{int(exponent)}}}" if exponent else digits
