"""Where a claim has a meaning: the arguments of logarithms, roots and fractional powers that must be positive."""

from __future__ import annotations

from fractions import Fraction

from derive.instances.patterns import symbols
from derive.language.binding import outside
from derive.language.derivatives import Derivative, Directional
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.tensor import Apply, Number, Power, Tensor


def domain(*sides: Tensor) -> tuple[Relation, ...]:
    """Conditions under which logarithms, roots and fractional powers have values: instances outside would be wasted."""
    outer = {node for side in sides for node in outside(side)}
    arguments = [_of_positive(node) for side in sides for node in side.walk() if node in outer]
    found = {identity(argument): argument for argument in arguments if argument is not None and symbols(argument)}
    derived = (Derivative, Directional)
    plain = [a for a in found.values() if not any(isinstance(node, derived) for node in a.walk())]
    return tuple(Relation(">", argument, Number(Fraction(0))) for argument in plain)


def _of_positive(node: Tensor) -> Tensor | None:
    match node:
        case Apply(function="log" | "sqrt", arguments=(argument,)):
            return argument
        case Power(base=base, exponent=Number(value=e)) if e.denominator != 1:
            return base
    return None
