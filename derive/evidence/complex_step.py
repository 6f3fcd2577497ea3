"""Method: complex steps, f'(x) v = Im f(x + i h v)/h + O(h^2), without the difference of nearly equal numbers.

Squire and Trapp, Using complex variables to estimate derivatives of real functions, SIAM Review 40 (1998). There is no
cancellation, so the step is far below what differences can afford: at p bits 2^-(p/2) and half of it, extrapolated
(Richardson), with their change as the bound of the truncation error and complex balls for the rounding. Where one side
is a first derivative it is taken along one random direction, at the cost of two values, and the other side contracted
with it. A wrong derivative differs from the right one along all but a few directions: along one with entries drawn from
N numbers, they agree with probability at most 1/N (Schwartz 1980, Zippel 1979).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import Any

from flint import acb, arb, ctx

from derive.estimate.richardson import extrapolated
from derive.evaluate.complex_balls import ComplexBalls
from derive.evaluate.errors import AtKink, OutsideDomain
from derive.evaluate.kinks import is_piecewise
from derive.evaluate.point import Point, nest
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.lines.entry_by_entry import derivative_by_entries, moves_along
from derive.evidence.trials.trial import Oracle
from derive.evidence.trials.trials import examine_by
from derive.instances.drawn import Drawn
from derive.instances.seeds import generator
from derive.language.arrays import BlockDiag, Composite, Determinant, Diag, Full, Inverse, Kron, Vec
from derive.language.black_box import BlackBox
from derive.language.derivatives import Definition, Derivative, Directional, Substitution, underlying
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Index,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Power,
    Sum,
    Tensor,
    Transpose,
)
from derive.obligation import Obligation

METHOD = "complex step"
PRECISION = 128
AGREEMENT = Fraction(1, 3)
"""The part of the precision in which sides must agree; rounding may take a third of it, and a derivative be large."""

WORK = 10_000
"""Entries computed for one claim: about a twentieth of a second."""

ANALYTIC = (
    *(Symbol, Definition, Substitution, Index, Transpose, Vec, Diag, BlockDiag, Full, Sum, IndexSum),
    *(Add, Negative, Multiply, Divide, Power, MatMul, Kron, Inverse, Determinant),
)
"""Nodes that are analytic in their operands, apart from poles and branch points; of others this is not known."""

DENOMINATOR = 2**10
NUMERATORS = 2**12
"""Entries of a direction are k/1024 with 0 < abs(k) <= 4096."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides at instances, each derivative taken by steps along the imaginary axis."""
    derivatives = [node for side in (obligation.left, obligation.right) for node in side.walk() if _derived(node)]
    if not derivatives:
        return Inapplicable(METHOD, "there is no derivative in the claim", telling=False)
    reason = next(filter(None, map(_obstacle, derivatives)), None)
    if reason is not None:
        return Inapplicable(METHOD, reason)
    oracle = Oracle(METHOD, "balls", ComplexStep(), PRECISION, AGREEMENT, WORK)
    projected = along_a_direction(obligation)
    if projected is None:
        return examine_by(oracle, obligation, drawn)
    return examine_by(oracle, obligation, drawn, projected.obligation, projected.placed(drawn.seed))


def _derived(node: Tensor) -> bool:
    return isinstance(node, (Derivative, Directional))


def _obstacle(node: Tensor) -> str | None:
    """Why a derivative cannot be had from values of the function near the real axis."""
    assert isinstance(node, (Derivative, Directional))
    if isinstance(node, Derivative) and len(node.variables) > 1:
        return f"a derivative of order {len(node.variables)} takes more than one step"
    if any(_derived(below) for below in node.operand.walk()):
        return "a derivative stands inside what is differentiated"
    name = underlying(node.variable if isinstance(node, Directional) else node.variables[0]).name
    return next(_not_analytic(node.operand, name), None)


def _not_analytic(root: Tensor, name: str) -> Iterator[str]:
    """What is said of the functions of the symbol ``name`` that are not known to be analytic between singularities."""
    for node in root.walk():
        if not any(isinstance(leaf, Symbol) and leaf.name == name for leaf in node.walk()):
            continue
        if isinstance(node, Composite):
            yield from _not_analytic(node.expand(), name)
        elif isinstance(node, Apply):
            yield from [f"{node.function} is not analytic"] if is_piecewise(node) else []
        elif isinstance(node, BlackBox):
            yield f"nothing is known of the analyticity of {node.name}"
        elif not isinstance(node, ANALYTIC):
            yield f"{getattr(node, 'kind', getattr(node, 'name', type(node).__name__))} is not analytic"


@dataclass(frozen=True)
class Projected:
    """An identity of first derivatives along a direction, which is the value of the symbol ``direction``."""

    obligation: Obligation
    direction: Symbol

    def placed(self, seed: int) -> Callable[[Point], Point]:
        """Instances with a direction, a fresh one each time; all follow from ``seed`` and the obligation's id."""
        rng = generator(seed, self.obligation.id, self.direction.name)

        def with_direction(point: Point) -> Point:
            shape = tuple(axis.size(point.sizes) for axis in self.direction.shape)
            numbers = [rng.choice((-1, 1)) * rng.randint(1, NUMERATORS) for _ in range(prod(shape))]
            value = nest([Fraction(number, DENOMINATOR) for number in numbers], shape)
            return replace(point, values={**point.values, self.direction.name: value})

        return with_direction


def along_a_direction(obligation: Obligation) -> Projected | None:
    """The obligation along a direction, if one side is a derivative of first order and the other has none."""
    for side, other in ((obligation.left, obligation.right), (obligation.right, obligation.left)):
        if obligation.sign == "==" and not any(map(_derived, other.walk())):
            found = _projected(obligation, side, other)
            if found is not None:
                return found
    return None


def _projected(obligation: Obligation, side: Tensor, other: Tensor) -> Projected | None:
    while isinstance(side, Definition):
        side = side.operand
    if not isinstance(side, Derivative) or len(other.shape) != len(side.shape):
        return None
    variable, operand = side.variables[0], side.operand
    direction = Symbol(f"direction of {underlying(variable).name}", variable.shape)
    axes = tuple(range(len(operand.shape), len(side.shape)))
    weighted = Multiply.of(other, direction)
    claimed = Sum.of(weighted, axes) if axes else weighted
    slopes = Directional(operand, variable, direction, operand.shape)
    return Projected(replace(obligation, left=slopes, right=claimed), direction)


class ComplexStep:
    """Differentiation by steps along the imaginary axis."""

    def derivative(self, node: Derivative, scope: Scope) -> Array:
        return derivative_by_entries(
            node, scope, lambda entries: _slopes(node.operand, node.variables[0], {entries[0][1]: arb(1)}, scope)
        )

    def directional(self, node: Directional, scope: Scope) -> Array:
        return _slopes(node.operand, node.variable, moves_along(node, scope), scope).reshape(scope.shape(node.shape))


def _slopes(operand: Tensor, variable: Tensor, direction: Mapping[int, Any], scope: Scope) -> Array:
    """The derivative of ``operand``, flat, along a direction given by the entries of the symbol that it moves."""
    symbol, system = underlying(variable), ComplexBalls(ctx.prec)
    quotients = []
    for h in (arb(2) ** -(ctx.prec // 2), arb(2) ** -(ctx.prec // 2 + 1)):
        moved = scope.value(symbol).reshape(-1).copy()
        for place, slope in direction.items():
            moved[place] = acb(moved[place], slope * h)
        inner = scope.child(arrays={symbol.name: moved.reshape(scope.shape(symbol.shape))}, system=system)
        try:
            found = [x.imag / h for x in inner.value(operand).flat]
        except OutsideDomain:
            scope.value(operand)  # outside the domain, if it is
            raise AtKink("a derivative", operand) from None
        quotients.append(array_of(found, (len(found),), object))
    return extrapolated(*quotients)
