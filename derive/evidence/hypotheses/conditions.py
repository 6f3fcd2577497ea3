"""What a statement takes for granted, in the author's words: where it is defined, and which of its functions bend."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.language.arrays import Inverse
from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.functions import FUNCTIONS, z
from derive.language.plain import plain
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Divide, Number, Power, Tensor

SIGNS = {sp.StrictGreaterThan: ">", sp.GreaterThan: ">=", sp.StrictLessThan: "<", sp.LessThan: "<=", sp.Ne: "!="}


def defined_where(subject: Tensor) -> str:
    """When a subexpression has a value: ``sum(x) > 0`` of ``log(sum(x))``."""
    match subject:
        case Apply(function=function, arguments=(argument,)) if type(FUNCTIONS[function].domain) in SIGNS:
            domain = FUNCTIONS[function].domain
            shown = plain(argument) if domain.lhs == z else str(domain.lhs).replace("z", plain(argument))
            return f"{shown} {SIGNS[type(domain)]} {domain.rhs}"
        case Divide(right=right):
            return f"{plain(right)} != 0"
        case Power(base=base, exponent=Number(value=value)) if value.denominator == 1:
            return f"{plain(base)} != 0"
        case Power(base=base, exponent=Number(value=value)):
            return f"{plain(base)} {'>=' if value > 0 else '>'} 0"
        case Power(base=base):
            return f"{plain(base)} > 0"
        case Inverse(operand=operand):
            return f"{plain(operand)} is invertible"
    return f"{plain(subject)} has a value"


def differentiated_pieces(*sides: Tensor) -> tuple[str, ...]:
    """The piecewise functions that a derivative goes through: ``relu(A @ x)`` in ``grad(relu(A @ x).sum(), x)``."""
    found = (plain(node) for side in sides for node in side.walk() for node in _pieces(node))
    return tuple(dict.fromkeys(found))


def _pieces(node: Tensor) -> Iterator[Tensor]:
    if not isinstance(node, (Derivative, Directional)):
        return
    variables = [node.variable] if isinstance(node, Directional) else node.variables
    names = {underlying(variable).name for variable in variables}
    for inner in node.operand.walk():
        if not isinstance(inner, Apply) or not FUNCTIONS[inner.function].expression.has(sp.Heaviside):
            continue
        if any(isinstance(leaf, Symbol) and leaf.name in names for leaf in inner.walk()):
            yield inner
