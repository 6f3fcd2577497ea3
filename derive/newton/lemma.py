"""The lemma of a Newton step, with its hypotheses.

Let ``g(x*) = 0``, let C be the derivative of g at x, symmetric with ``h I << C << U I`` and h > 0, let
``||C - g'(u)|| <= M ||x - u||`` for u between x* and x, and ``a C << H << b C`` with a > 0 and ``2 a b <= a + b``. Then

    ||x - H^-1 g(x) - x*|| <= ((1 - a) sqrt(U/h) r + M r^2 / (2 h)) / a,   r = ||x - x*||.

With H = C the first term is absent, and U and the symmetry are not needed. Proof: ``x - H^-1 g(x) - x* =
(I - H^-1 C)(x - x*) + H^-1 (C (x - x*) - g(x))``. With ``K = C^(-1/2) H C^(-1/2)`` the first matrix is
``C^(-1/2) (I - K^-1) C^(1/2)``, and the eigenvalues of ``I - K^-1`` lie between ``1 - 1/a`` and ``1 - 1/b <= 1/a - 1``.
The last bracket is the integral of ``(C - g'(x* + t (x - x*))) (x - x*)`` over t from 0 to 1, at most ``M r^2/2``.
Where ``g'(x*) >> l I``, h may be ``l - M r`` (Nocedal and Wright, Numerical Optimization, theorem 3.5; Nesterov 2018,
section 1.2.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

import sympy as sp

from derive.bounds.derivation import Derivation
from derive.bounds.goal import parameters_of
from derive.bounds.hypotheses import facts
from derive.bounds.relations import ordered
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.iteration.proving import shown
from derive.language.abstract import abstract_values
from derive.language.api import sqrt
from derive.language.arrays import Norm
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.tensor import Add, Multiply, Number, Tensor, tensor
from derive.newton.conditions import (
    Condition,
    Sandwich,
    derived_constant,
    lipschitz_constants,
    lower_bounds,
    lower_bounds_at_zero,
    sandwich,
    upper_bounds,
)
from derive.newton.step import Step, alike
from derive.obligation import Obligation

DIGITS = 1000
"""Denominator of the rational number above a root."""


@dataclass(frozen=True)
class Bound:
    """``step.distance <= value``, and the conditions that were met."""

    step: Step
    value: Tensor
    conditions: tuple[Condition, ...]

    @property
    def radii(self) -> tuple[Tensor, ...]:
        """Numbers that are at least the distance of x from the zero."""
        found = {identity(c.radius): c.radius for c in self.conditions if c.radius is not None}
        return tuple(found.values())


def bounds(step: Step, obligation: Obligation) -> Iterator[Bound]:
    """What the lemma says of a step under the hypotheses, the simplest first."""
    found = sandwich(step, obligation)
    if found is None or not _admissible(found, obligation):
        return
    scalars, least = scalar_hypotheses(obligation), _least(found.below, obligation)
    if least is None:
        return
    for lipschitz in _constants(step, found, obligation):
        for below in _lowest(step, found, lipschitz, obligation):
            if not _shown(obligation, Relation("<", tensor(0), below.value), scalars):
                continue
            for second in _second_order(step, lipschitz, below, obligation):
                if found.exact:
                    yield Bound(step, second, (lipschitz, below))
                    continue
                for above in upper_bounds(found.hessian, obligation):
                    root = _root(above.value / below.value, obligation)
                    value = Number(1 / least) * ((1 - found.below) * root * step.start + second)
                    yield Bound(step, value, (lipschitz, below, above, *_told(found)))


def _second_order(step: Step, lipschitz: Condition, below: Condition, obligation: Obligation) -> Iterator[Tensor]:
    """``M r^2 / (2 h)``, and ``c r`` where a number c is at least ``M r / (2 h)``."""
    yield lipschitz.value / (2 * below.value) * step.start**2
    if below.moved is not None:
        share = _rational(below.moved / (2 * below.value), obligation)
        if share is not None:
            yield Number(share) * step.start


def _told(found: Sandwich) -> Iterator[Condition]:
    return (Condition(found.below, relation, "hypothesis") for relation in found.relations)


def scalar_hypotheses(obligation: Obligation) -> tuple[Relation, ...]:
    """The hypotheses that compare numbers which do not depend on an abstract function."""
    return tuple(
        r for r in obligation.given if not r.left.ndim and not r.right.ndim and not abstract_values(r.left, r.right)
    )


def _shown(obligation: Obligation, relation: Relation, given: tuple[Relation, ...]) -> bool:
    return shown(Obligation(obligation.id, relation.sign, relation.left, relation.right, given)) is not None


def _admissible(found: Sandwich, obligation: Obligation) -> bool:
    """``2 a b <= a + b``: the approximation is no worse above than below."""
    a, b = found.below, found.above
    return found.exact or _shown(obligation, Relation("<=", 2 * a * b, a + b), scalar_hypotheses(obligation))


def _least(factor: Tensor, obligation: Obligation) -> Fraction | None:
    """A positive number that a is at least."""
    if isinstance(factor, Number):
        return factor.value if factor.value > 0 else None
    given = scalar_hypotheses(obligation)
    found = Derivation(facts(given, parameters_of(given), {})).tightest_first("lower", factor)
    numbers = [bound.value.expression for bound in found if bound.value.expression.is_Rational]
    return Fraction(int(numbers[0].p), int(numbers[0].q)) if numbers and numbers[0] > 0 else None


def _constants(step: Step, found: Sandwich, obligation: Obligation) -> Iterator[Condition]:
    """Lipschitz constants that are stated, then the one that the claim would need of an exact step."""
    yield from lipschitz_constants(step, found.hessian, obligation)
    if found.exact and alike(obligation.left, step.distance) and not abstract_values(step.slope):
        for below in lower_bounds(found.hessian, obligation):
            needed = _quotient(2 * below.value * obligation.right, step.start)
            derived = None if needed is None else derived_constant(step, found.hessian, needed, obligation)
            if derived is not None:
                yield derived


def _quotient(value: Tensor, start: Tensor) -> Tensor | None:
    """The factor of ``start**2`` in a product."""
    factors, squares = _factors(value), (start**2, start)
    for k, factor in enumerate(factors):
        if alike(factor, squares[0]):
            rest = [other for j, other in enumerate(factors) if j != k]
            total = rest[0]
            for other in rest[1:]:
                total = total * other
            return total
    return None


def _factors(value: Tensor) -> list[Tensor]:
    return [*_factors(value.left), *_factors(value.right)] if isinstance(value, Multiply) else [value]


def _lowest(step: Step, found: Sandwich, lipschitz: Condition, obligation: Obligation) -> Iterator[Condition]:
    """h: of the Hessian at x, or of the Hessian at the zero less what it may have moved."""
    yield from lower_bounds(found.hessian, obligation)
    for at_zero in lower_bounds_at_zero(step, obligation):
        for radius, moved in _radii(step, lipschitz.value, obligation):
            how = f"{at_zero.how}, and the Hessian is Lipschitz continuous"
            for rest in (at_zero.value - moved, at_zero.value - lipschitz.value * radius):
                yield Condition(rest, Relation("<<", rest, found.hessian), how, radius=radius, moved=moved)


def _radii(step: Step, constant: Tensor, obligation: Obligation) -> Iterator[tuple[Tensor, Tensor]]:
    """r and c where a hypothesis says ``M r <= c``, and r is at least the distance of x from the zero."""
    for relation in scalar_hypotheses(obligation):
        for small, large, _ in ordered(relation):
            match small:
                case Multiply(left=left, right=right):
                    for factor, radius in ((left, right), (right, left)):
                        if alike(factor, constant) and _is_at_least(radius, step, obligation):
                            yield radius, large


def _is_at_least(radius: Tensor, step: Step, obligation: Obligation) -> bool:
    """Is ``||x - x*||`` at most r? A root of a sum of squares is at most the sum of their roots."""
    if alike(radius, step.start):
        return True
    parts = list(_summands(radius))
    if not all(isinstance(part, Norm) and part.order == "2" for part in parts):
        return False
    squares = parts[0] ** 2
    for part in parts[1:]:
        squares = squares + part**2
    try:
        return difference(squares, step.start**2).proved
    except Undecidable:
        return False


def _summands(node: Tensor) -> Iterator[Tensor]:
    if isinstance(node, Add):
        yield from _summands(node.left)
        yield from _summands(node.right)
    else:
        yield node


def _rational(scalar: Tensor, obligation: Obligation) -> Fraction | None:
    """The number that a quotient of parameters is."""
    closed = parameters_of(scalar_hypotheses(obligation)).scalar(scalar)
    simple = None if closed is None else sp.cancel(closed.expression)
    return Fraction(int(simple.p), int(simple.q)) if simple is not None and simple.is_Rational else None


def _root(ratio: Tensor, obligation: Obligation) -> Tensor:
    """``sqrt(U/h)``; where U/h is a number, a rational one that is no less."""
    number = _rational(ratio, obligation)
    if number is None or number <= 0:
        return sqrt(ratio)
    return Number(Fraction(isqrt(number.numerator * DIGITS**2 // number.denominator) + 1, DIGITS))
