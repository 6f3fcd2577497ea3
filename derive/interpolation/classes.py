"""The class that hypotheses put a function into, and the inequalities of its values and gradients at two points.

A function is L-smooth and mu-strongly convex if and only if for its values f, g at all points x

    2 (L - mu) (f_i - f_j - <g_j, x_i - x_j>) >= |g_i - g_j|^2 + mu L |x_i - x_j|^2 - 2 mu <g_i - g_j, x_i - x_j>

(Taylor, Hendrickx and Glineur 2017, theorem 4); with mu = -L it is smooth and nothing else. Without smoothness what is
left is ``f_i - f_j - <g_j, x_i - x_j> >= mu/2 |x_i - x_j|^2``. Sums of these for both orders, and what they say without
the gradients' norms, are stated as well, so that short combinations suffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from derive.bounds.rules.softmax import unnamed
from derive.interpolation.vectors import ZERO, Interpolated, Reading, between, scaled
from derive.language.abstract import AbstractValue, Convexity
from derive.language.derivatives import Derivative, Lipschitz, flattened
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import TURNED


@dataclass(frozen=True)
class FunctionClass:
    """Constants of the class, scalars: of the gradient's Lipschitz continuity, and of convexity; None if not stated."""

    smooth: Tensor | None
    convex: Tensor | None
    relations: tuple[Relation, ...]


def class_of(given: Sequence[Relation]) -> FunctionClass:
    """What hypotheses about all points say: ``lipschitz(grad(f(x), x), x) <= L`` and ``convexity(f(x), x) >= mu``."""
    smooth = convex = None
    used = []
    for relation in given:
        turned = relation.sign in TURNED
        small, large = (relation.right, relation.left) if turned else (relation.left, relation.right)
        sign = TURNED.get(relation.sign, relation.sign)
        constant = unnamed(small)
        if sign in ("<=", "<") and isinstance(constant, Lipschitz) and order_in_its_argument(constant.operand) == 1:
            smooth = large
            used.append(relation)
        elif sign in ("<=", "<") and isinstance(unnamed(large), Convexity):
            convex = small
            used.append(relation)
    return FunctionClass(smooth, convex, tuple(used))


def order_in_its_argument(node: Tensor) -> int:
    """How often a function is differentiated in its own argument; 0 of what is no such derivative."""
    derivative = unnamed(node)
    if not isinstance(derivative, Derivative):
        return 0
    operand, variables = flattened(derivative)
    value = unnamed(operand)
    own = isinstance(value, AbstractValue) and all(
        identity(variable) == identity(value.arguments[0]) for variable in variables
    )
    return len(variables) if own else 0


def inequalities(
    known: FunctionClass, reading: Reading, points: Sequence[Interpolated], *, values: bool = True
) -> Iterator[Relation]:
    """What interpolation says of all pairs of the points, and that squares are not negative.

    Without ``values`` only what does not speak of the function's values.
    """
    for first, second in permutations(points, 2):
        if values:
            yield from _of_values(known, reading, first, second)
    for first, second in combinations(points, 2):
        yield from _of_gradients(known, reading, first, second)
        yield from _squares(known, reading, first, second)
    if known.smooth is not None and known.convex is not None:
        yield Relation("<=", known.convex, known.smooth)


def _of_values(known: FunctionClass, reading: Reading, first: Interpolated, second: Interpolated) -> Iterator[Relation]:
    moved, turned = between(first.place, second.place), between(first.gradient, second.gradient)
    square = reading.product(moved, moved)
    gap = first.value - second.value - reading.product(second.gradient, moved)
    mu, L = known.convex, known.smooth
    if mu is not None:
        yield Relation("<=", mu / 2 * square, gap)
    if L is not None:
        steep, bent = reading.product(turned, turned), reading.product(turned, moved)
        yield interpolating(L, mu, gap, (square, steep, bent))
        yield Relation("<=", gap, L / 2 * square)


def interpolating(L: Tensor, mu: Tensor | None, gap: Tensor, products: Sequence[Tensor]) -> Relation:
    """The inequality that values and gradients at all pairs of points satisfy if and only if a function has them.

    ``gap`` is ``f_i - f_j - <g_j, x_i - x_j>``, the products are ``|x_i - x_j|^2``, ``|g_i - g_j|^2`` and
    ``<g_i - g_j, x_i - x_j>``.
    """
    square, steep, bent = products
    least = -L if mu is None else mu
    return Relation("<=", steep + least * L * square - 2 * least * bent, 2 * (L - least) * gap)


def _of_gradients(
    known: FunctionClass, reading: Reading, first: Interpolated, second: Interpolated
) -> Iterator[Relation]:
    moved, turned = between(first.place, second.place), between(first.gradient, second.gradient)
    square, bent, steep = (reading.product(*pair) for pair in ((moved, moved), (turned, moved), (turned, turned)))
    mu, L = known.convex, known.smooth
    if mu is not None:
        yield Relation("<=", mu * square, bent)
    if L is not None:
        yield Relation("<=", bent, L * square)
        yield Relation("<=", steep, L**2 * square)
        if mu is not None:
            yield Relation("<=", steep + mu * L * square, (L + mu) * bent)


def _squares(known: FunctionClass, reading: Reading, first: Interpolated, second: Interpolated) -> Iterator[Relation]:
    moved, turned = between(first.place, second.place), between(first.gradient, second.gradient)
    gaps = [between(turned, scaled(c, moved)) for c in (known.smooth, known.convex) if c is not None]
    for vector in (moved, turned, *gaps):
        yield Relation("<=", ZERO, reading.product(vector, vector))
