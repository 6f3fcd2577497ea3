"""Which expressions are a function of one variable applied to each entry of something, and which function it is."""

from __future__ import annotations

import sympy as sp

from derive.bounds.affine import Argument
from derive.bounds.univariate_program import x
from derive.language.arrays import Full
from derive.language.derivatives import Definition
from derive.language.functions import FUNCTIONS, w, z
from derive.language.plain import identity
from derive.language.tensor import Add, Apply, Constant, Divide, Multiply, Negative, Number, Power, Tensor

ELEMENTWISE = (Add, Negative, Multiply, Divide, Power, Apply)
"""Expressions whose entries are functions of the entries of their operands, at the same position."""

JUMPING = frozenset({"sign", "heaviside"})

LARGEST = 60
"""Operations beyond which a function is not read."""


def reading(node: Tensor) -> tuple[sp.Expr, Tensor] | None:
    """``(phi, T)`` with ``node[i] = phi(T[i])`` for all entries; None where its entries depend on more than one thing.

    T is a symbol or any expression that is not elementwise, of the node's shape; phi is an expression in
    ``derive.bounds.univariate_program.x``, and not affine.
    """
    atoms: list[Tensor] = []
    phi = _read(node, atoms, [LARGEST])
    if phi is None or len(atoms) != 1 or atoms[0].shape != node.shape:
        return None
    phi = phi.replace(sp.Abs, lambda t: t * (2 * sp.Heaviside(t, sp.S.Half) - 1))
    if phi.has(sp.zoo, sp.nan, sp.oo, sp.I) or not phi.has(x) or sp.diff(phi, x, 2) == 0:
        return None
    return phi, atoms[0]


def continuous(node: Tensor) -> bool:
    """Is it made of functions without jumps, and without quotients, which may cancel to one with a jump at a pole?"""
    return not any(_may_jump(part) for part in node.walk())


def _may_jump(part: Tensor) -> bool:
    match part:
        case Apply(function=function):
            return function in JUMPING
        case Divide(right=divisor):
            return not isinstance(divisor, Number)
        case Power(exponent=exponent):
            return not isinstance(exponent, Number) or exponent.value < 0
    return False


def _read(node: Tensor, atoms: list[Tensor], left: list[int]) -> sp.Expr | None:
    """The function, with what it is applied to added to ``atoms``."""
    left[0] -= 1
    if left[0] < 0 or len(atoms) > 1:
        return None
    match node:
        case Number(value=value):
            return sp.Rational(value.numerator, value.denominator)
        case Constant(name=name):
            return sp.pi if name == "pi" else sp.E
        case Full(value=value):
            return _read(value, atoms, left) if isinstance(value, (Number, Constant)) else None
        case Definition() if not isinstance(node, Argument):
            return _read(node.operand, atoms, left)
    if isinstance(node, ELEMENTWISE):
        parts = [_read(child, atoms, left) for child in node.children()]
        return None if any(part is None for part in parts) else _applied(node, parts)
    if not any(node is atom or identity(node) == identity(atom) for atom in atoms):
        atoms.append(node)
    return x


def _applied(node: Tensor, parts: list[sp.Expr]) -> sp.Expr | None:
    match node:
        case Add():
            return parts[0] + parts[1]
        case Negative():
            return -parts[0]
        case Multiply():
            return parts[0] * parts[1]
        case Divide():
            return None if parts[1] == 0 else parts[0] / parts[1]
        case Power():
            return parts[0] ** parts[1] if parts[1].is_Rational else None
        case Apply(function=function) if function in FUNCTIONS:
            return FUNCTIONS[function].expression.xreplace(dict(zip((z, w), parts, strict=False)))
    return None
