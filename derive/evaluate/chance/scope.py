"""The scope inside of a mean, in which even powers of norms need no roots."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, System, array_of, boxed
from derive.language.arrays import Norm
from derive.language.derivatives import Definition
from derive.language.tensor import Apply, Number, Power, Tensor


class RandomScope(Scope):
    """A scope whose values may depend on chance: a root of a random number has no closed form, its square has."""

    def operands(self, node: Tensor) -> tuple[Tensor, ...]:
        found = _under_a_square(node)
        return super().operands(node) if found is None else (found[0],)

    def computed(self, node: Tensor) -> Array:
        found = _under_a_square(node)
        if found is None:
            return super().computed(node)
        operand, half = found
        values = self.value(operand)
        squares = boxed(values * values)
        total = squares if node.shape else boxed(squares.sum())
        return array_of([self.system.power(square, half) for square in total.flat], total.shape, object)


def _under_a_square(node: Tensor) -> tuple[Tensor, Fraction] | None:
    """The T of ``norm(T)**(2 k)`` or ``abs(T)**(2 k)``, and k."""
    if not isinstance(node, Power) or not isinstance(node.exponent, Number) or node.exponent.value % 2:
        return None
    base = node.base
    while isinstance(base, Definition):
        base = base.operand
    match base:
        case Norm(operand=operand, order="2" | "fro") | Apply(function="abs", arguments=(operand,)):
            return operand, node.exponent.value / 2
    return None


def inside(scope: Scope, arrays: Mapping[str, Array], system: System) -> RandomScope:
    """The scope of what is averaged in ``scope``, where random symbols are numbers of ``system``."""
    return RandomScope(
        system=system,
        sizes=scope.sizes,
        indices=scope.indices,
        arrays={**scope.arrays, **arrays},
        differentiation=scope.differentiation,
        tally=scope.tally,
        parent=scope,
        rebound=frozenset(("symbol", name) for name in arrays),
    )
