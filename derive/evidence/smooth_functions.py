"""Method: sums over a grid of derivatives of any smooth function, by Taylor's theorem between neighbouring points.

What it proves: a bound of ``c (f(x(m)) - f(x(0))) + sum_k T_k`` for every f whose derivative is Lipschitz with constant
b, where the terms read f and f' at the points x(k) and x(k + 1) of a grid. With h = x(k + 1) - x(k),

    f(x(m)) - f(x(0)) = sum_k (f(x(k + 1)) - f(x(k))),
    |f(x + h) - f(x) - f'(x) h| <= b h**2/2,   |f'(x + h) - f'(x)| <= b |h|

(Taylor's theorem with the remainder as an integral), and likewise from x + h. So it is enough that every term is at
most its part of the claimed bound for all numbers, in the place of the values and slopes, that satisfy these: an
ordinary inequality. How it fails: terms that are too large though their sum is not; points beside the grid.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction

from derive.bounds.rules.combinations import Terms, combination, terms
from derive.bounds.rules.softmax import unnamed
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.iteration.grid import Grid, Unread, end_values, placed, points, read
from derive.iteration.proving import shown
from derive.language.abstract import AbstractValue, abstract_values
from derive.language.derivatives import Derivative, Lipschitz
from derive.language.latex import latex
from derive.language.relations import Relation
from derive.language.tensor import Apply, Divide, IndexSum, IndexSymbol, Multiply, Number, Size, Tensor
from derive.obligation import Obligation

METHOD = "smooth functions"

TAYLOR = "Taylor's theorem between neighbouring points, summed over the grid"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Show the terms of the sum to be small enough for all values and slopes that a smooth function can have."""
    del drawn
    start = time.perf_counter()
    if not abstract_values(obligation.left, obligation.right):
        return Inapplicable(METHOD, "the claim is not about any function of a class", telling=False)
    try:
        term = between_neighbours(obligation)
    except Unread as reason:
        return Inapplicable(METHOD, str(reason))
    each = Relation(term.sign, term.left, term.right)
    proof = shown(term)
    if proof is None:
        note = f"not shown between neighbouring points: {each!r}"
        return Evidence(METHOD, "inconclusive", "symbolic", note, seconds=time.perf_counter() - start)
    whole = Relation("<=", obligation.left, obligation.right)
    lines = [*proof.lines]
    for relation, rule in ((each, f"between neighbouring points, {proof.how}"), (whole, TAYLOR)):
        lines.append((latex(relation), rule, (len(lines) - 1,) if lines else ()))
    note = f"by {TAYLOR}, for all functions of the class"
    return Evidence(METHOD, "proof", "symbolic", note, steps=tuple(lines), seconds=time.perf_counter() - start)


def between_neighbours(obligation: Obligation) -> Obligation:
    """The inequality between the terms of the sum, which is enough.

    Raises:
        Unread: the claim has another form.
    """
    left = unnamed(obligation.left)
    if obligation.sign != "<=" or left.shape or obligation.right.shape:
        raise Unread("the claim is no inequality between scalars")
    absolute = isinstance(left, Apply) and left.function == "abs"
    factor, total, rest = _parted(terms(left.arguments[0] if isinstance(left, Apply) and absolute else left))
    grid, sign = _grid(total, rest, *_smooth(obligation.given))
    here, there, _, _ = grid.symbols
    summand = read(placed(total.operand, total.index, grid.place), grid)
    inner = combination([(factor, summand), (sign, there), (-sign, here)])
    given = tuple(r for r in obligation.given if not abstract_values(r.left, r.right))
    return Obligation(
        f"{obligation.id} between neighbours",
        "<=",
        Apply.of("abs", inner) if absolute else inner,
        Divide.of(obligation.right, Size(total.index.dimension)),
        (*given, *grid.relations(), Relation(">=", grid.place, Number(Fraction(0)))),
    )


def _parted(found: Terms) -> tuple[Fraction, IndexSum, Terms]:
    """The one sum over a grid with its factor, and the other terms."""
    read_as = [(c, term, _sum(term)) for c, term in found]
    sums = [(c, total) for c, _, total in read_as if total is not None]
    if len(sums) != 1:
        raise Unread("the claim is about no single sum over a grid")
    return *sums[0], [(c, term) for c, term, total in read_as if total is None]


def _sum(term: Tensor) -> IndexSum | None:
    """A sum over an index, factors drawn into it."""
    node = unnamed(term)
    if isinstance(node, IndexSum):
        return node
    if isinstance(node, (Multiply, Divide)) and (total := _sum(node.left)) is not None and _free(node.right, total):
        return IndexSum(type(node).of(total.operand, node.right), total.index, ())
    if isinstance(node, Multiply) and (total := _sum(node.right)) is not None and _free(node.left, total):
        return IndexSum(Multiply.of(node.left, total.operand), total.index, ())
    return None


def _free(factor: Tensor, total: IndexSum) -> bool:
    """Is the factor free of positions of the name over which the sum runs?"""
    return not any(isinstance(leaf, IndexSymbol) and leaf.name == total.index.name for leaf in factor.walk())


def _smooth(given: Sequence[Relation]) -> tuple[str, Tensor]:
    """The function of a number whose derivative a hypothesis says to be Lipschitz, and the constant."""
    for relation in given:
        small, large = (relation.left, relation.right) if relation.sign == "<=" else (relation.right, relation.left)
        if relation.sign in ("<=", ">=") and isinstance(small, Lipschitz):
            slope = unnamed(small.operand)
            value = unnamed(slope.operand) if isinstance(slope, Derivative) and len(slope.variables) == 1 else None
            if isinstance(value, AbstractValue) and not value.arguments[0].shape:
                return value.name, large
    raise Unread("no hypothesis says that the derivative of a function of a number is Lipschitz")


def _grid(total: IndexSum, rest: Terms, name: str, constant: Tensor) -> tuple[Grid, Fraction]:
    """The grid, and c where the other terms are ``c (f(x(m)) - f(x(0)))``."""
    for point in points(total, name):
        at_point = Grid.of(name, constant, total.index, point)
        for grid in (at_point, at_point.shifted_back):
            sign = end_values(rest, grid)
            if sign is not None:
                return grid, sign
    raise Unread("the other terms are not the difference of the values at the ends of the grid")
