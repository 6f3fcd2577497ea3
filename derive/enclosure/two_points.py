"""Lipschitz constants: the norm of a derivative on a convex domain, in the place of two points.

At ``x = y`` both sides of ``||T(x) - T(y)|| <= C ||x - y||`` are zero, so that no enclosure would ever leave room
between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.enclosure.banach import NAME as BANACH, along_one_direction, hessian_of
from derive.enclosure.goals import Reading, entries, euclidean, singular_values
from derive.enclosure.patterns import fresh
from derive.instances.patterns import strip, symbols
from derive.language.arrays import Norm, Spectral
from derive.language.derivatives import Definition, Derivative, Substitution
from derive.language.plain import identity
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, MatMul, Multiply, Negative, Sum, Tensor
from derive.obligation import Obligation

NAMED = (Symbol, Definition)


def by_derivative(obligation: Obligation) -> Reading | None:
    """``||T(x) - T(y)|| <= C ||x - y||`` on a convex domain, by the norm of the derivative.

    By the mean value inequality: where the segment between x and y lies in the domain and T is Lipschitz continuous on
    it, ``||T(x) - T(y)|| <= sup ||T'|| ||x - y||``.
    """
    split = _two_points(obligation)
    if split is None:
        return None
    inner, order, x, y, constant = split
    mine = [r for r in obligation.given if y.name not in _names(r)]
    if not _alike(x, y, mine, obligation.given) or {x.name, y.name} & set(symbols(constant)):
        return None
    jacobian = Derivative("jacobian", inner, (x,), inner.shape + x.shape)
    if inner.ndim == x.ndim == 1 and order == "2":
        return Reading("lipschitz", singular_values(jacobian, constant, "nonnegative"), tuple(mine), (inner,))
    if not inner.ndim or (not x.ndim and order in ("2", "fro")):
        return Reading("lipschitz", euclidean(jacobian, constant, "nonnegative"), tuple(mine), (inner,))
    scalar = hessian_of(inner, x) if order == "op" else None
    return None if scalar is None else _third_derivative(scalar, inner, x, constant, obligation, mine)


def _third_derivative(
    scalar: Tensor, inner: Tensor, x: Symbol, constant: Tensor, obligation: Obligation, mine: Sequence[Relation]
) -> Reading:
    """The Lipschitz constant of a Hessian, by the third derivative along one direction."""
    taken = {node.name for side in obligation.expressions for node in side.walk() if isinstance(node, NAMED)}
    gap, unit = along_one_direction(scalar, x, constant, fresh("u", taken))
    goals = (*entries("nonnegative", constant), *entries("nonnegative", gap))
    return Reading("hessian-lipschitz", goals, (*mine, unit), (inner,), reductions=(BANACH,))


def _alike(x: Symbol, y: Symbol, mine: Sequence[Relation], given: Sequence[Relation]) -> bool:
    """Do x and y range over the same convex set?"""
    texts = {_text(relation) for relation in given}
    about = [relation for relation in mine if x.name in _names(relation)]
    moved = [Relation(r.sign, renamed(r.left, {x.name: y}), renamed(r.right, {x.name: y})) for r in about]
    both = all(_text(relation) in texts for relation in moved)
    return both and x.properties == y.properties <= CONVEX and all(convex(relation, x.name) for relation in about)


CONVEX = frozenset({"positive", "nonnegative", "symmetric", "skew", "psd", "pd"})
"""The declared properties that describe convex sets."""


def _text(relation: Relation) -> tuple[str, str, str]:
    return relation.sign, identity(relation.left), identity(relation.right)


def _two_points(obligation: Obligation) -> tuple[Tensor, str, Symbol, Symbol, Tensor] | None:
    """T, the norm, x, y and C of the inequality above."""
    left, right = _measured(obligation.left), strip(obligation.right)
    if left is None or obligation.sign != "<=" or not isinstance(right, Multiply):
        return None
    gap, order = left
    moved = _measured(right.right)
    if moved is None or moved[1] not in ("abs", "2", "fro") or not isinstance(gap, Add):
        return None
    x, y = _difference(moved[0])
    if right.left.ndim or right.right.ndim:  # abs() of a vector is a vector
        return None
    other = strip(gap.right.operand) if isinstance(gap.right, Negative) else None
    if not isinstance(x, Symbol) or not isinstance(y, Symbol) or not isinstance(other, Substitution):
        return None
    same = other.operand is gap.left and other.symbol.name == x.name
    if not same or not isinstance(other.value, Symbol) or other.value.name != y.name or y.name in symbols(gap.left):
        return None
    return gap.left, order, x, y, right.left


def _measured(side: Tensor) -> tuple[Tensor, str] | None:
    match strip(side):
        case Norm(operand=operand, order=order):
            return strip(operand), order
        case Apply(function="abs", arguments=(operand,)):
            return strip(operand), "abs"
        case Spectral(kind="opnorm", operand=operand):
            return strip(operand), "op"
    return None


def _difference(side: Tensor) -> tuple[Tensor | None, Tensor | None]:
    if isinstance(side, Add) and isinstance(side.right, Negative):
        return strip(side.left), strip(side.right.operand)
    return None, None


def convex(relation: Relation, name: str) -> bool:
    """Is the hypothesis a box, a halfspace or a ball in the symbol: a convex set of it?"""
    small, large = relation.left, relation.right
    if relation.sign in (">=", ">"):
        small, large = large, small
    if relation.sign == "==" or relation.sign not in ("<=", "<", ">=", ">"):
        return relation.sign == "==" and _affine(small, name) and _affine(large, name)
    if _affine(small, name) and _affine(large, name):
        return True
    measured = strip(small)
    inside = measured.arguments[0] if isinstance(measured, Apply) and measured.function == "abs" else None
    if isinstance(measured, Norm) or (isinstance(measured, Spectral) and measured.kind in ("opnorm", "nuclear")):
        inside = measured.operand
    return inside is not None and _affine(inside, name) and name not in symbols(large)


def _affine(node: Tensor, name: str) -> bool:
    """Is the expression affine in the symbol?"""
    node = strip(node)
    if name not in symbols(node) or isinstance(node, Symbol):
        return True
    match node:
        case Add(left=left, right=right):
            return _affine(left, name) and _affine(right, name)
        case Negative(operand=operand) | Sum(operand=operand):
            return _affine(operand, name)
        case Multiply(left=left, right=right) | MatMul(left=left, right=right):
            one = name not in symbols(left) or name not in symbols(right)
            return one and _affine(left, name) and _affine(right, name)
    return False


def _names(relation: Relation) -> set[str]:
    return set(symbols(relation.left, relation.right))
