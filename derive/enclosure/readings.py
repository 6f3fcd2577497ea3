"""What is shown of an inequality: arrays that are nonnegative, and matrices that are positive definite.

Eigenvalues and norms are not enclosed themselves. ``lambda_max(M) <= c`` is ``c I - M`` positive definite, so that no
eigenvector stands in the search; ``norm(T) <= c`` is ``c >= 0`` and ``c**2 - sum(T**2) >= 0``, which has no root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from derive.enclosure.patterns import identity_multiple
from derive.instances.patterns import strip, symbols
from derive.language.arrays import Eye, Norm, Spectral
from derive.language.derivatives import Derivative, Substitution
from derive.language.dimensions import Dimension
from derive.language.plain import identity
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, MatMul, Multiply, Negative, Number, Power, Sum, Tensor
from derive.obligation import Obligation

Kind = Literal["nonnegative", "positive", "definite"]


@dataclass(frozen=True)
class Goal:
    """``gap`` is nonnegative (positive) in every entry, or its symmetric part is positive definite.

    Where all of ``affine`` are affine in a symbol, the values of the symbol that satisfy the goal are a convex set:
    the gap itself, or T and c of ``norm(T) <= c``.
    """

    kind: Kind
    gap: Tensor
    affine: tuple[Tensor, ...]


@dataclass(frozen=True)
class Reading:
    """All goals together give the inequality.

    ``given`` are the hypotheses that are left; ``watched`` must be continuous on the domain. ``extreme``: where one
    side is a number c, whether the inequality bounds the other one from above, and c.
    """

    name: str
    goals: tuple[Goal, ...]
    given: tuple[Relation, ...]
    watched: tuple[Tensor, ...] = ()
    extreme: tuple[bool, Tensor] | None = None


def reading(obligation: Obligation) -> Reading:
    """The reading of an inequality; the first that fits."""
    left, right, given = obligation.left, obligation.right, obligation.given
    if obligation.sign == "<<":
        size = (left if left.ndim else right).shape[0]
        gap = _less(_matrix(right, size), _matrix(left, size))
        return Reading("loewner", _plain("definite", gap), given, extreme=_loewner_bound(left, right))
    kind: Kind = "positive" if obligation.sign == "<" else "nonnegative"
    moved = _lipschitz(obligation)
    if moved is not None:
        return moved
    found = _spectral(left, right, kind) or _norm(left, right, kind)
    name, goals = found or ("entries", _plain(kind, _less(right, left)))
    direct = name in ("entries", "lambda_max", "lambda_min")
    return Reading(name, goals, given, extreme=_number(left, right) if direct else None)


def _number(left: Tensor, right: Tensor) -> tuple[bool, Tensor] | None:
    """Which side is a number."""
    if not right.ndim and not symbols(right):
        return True, right
    return (False, left) if not left.ndim and not symbols(left) else None


def _loewner_bound(left: Tensor, right: Tensor) -> tuple[bool, Tensor] | None:
    """Which side is a number times the identity."""
    for above, side in ((True, right), (False, left)):
        multiple = identity_multiple(side)
        if multiple is not None and not symbols(multiple):
            return above, multiple
    return None


def _plain(kind: Kind, *gaps: Tensor) -> tuple[Goal, ...]:
    return tuple(Goal(kind, gap, (gap,)) for gap in gaps)


def _square(side: Tensor) -> Tensor:
    return Power.of(side, Number(Fraction(2)))


def _less(left: Tensor, right: Tensor) -> Tensor:
    return Add.of(left, Negative.of(right))


def _matrix(side: Tensor, size: Dimension) -> Tensor:
    """A scalar stands for that multiple of the identity."""
    return side if side.ndim else Multiply.of(side, Eye(size, (size, size)))


def _spectral(left: Tensor, right: Tensor, kind: Kind) -> tuple[str, tuple[Goal, ...]] | None:
    small, large = strip(left), strip(right)
    if isinstance(small, Spectral) and small.kind == "lambda_max":
        return "lambda_max", _plain("definite", _less(_matrix(right, small.operand.shape[0]), small.operand))
    if isinstance(large, Spectral) and large.kind == "lambda_min":
        return "lambda_min", _plain("definite", _less(large.operand, _matrix(left, large.operand.shape[0])))
    if isinstance(small, Spectral) and small.kind == "opnorm":
        return "opnorm", _singular_values(small.operand, right, kind)
    return None


def _singular_values(matrix: Tensor, bound: Tensor, kind: Kind) -> tuple[Goal, ...]:
    """``opnorm(M) <= c``: ``c >= 0`` and ``c**2 I - M^T M`` positive definite."""
    gap = _less(_matrix(_square(bound), matrix.shape[1]), MatMul.of(matrix.T, matrix))
    return Goal(kind, bound, (bound,)), Goal("definite", gap, (matrix, bound))


def _euclidean(array: Tensor, bound: Tensor, kind: Kind) -> tuple[Goal, ...]:
    """``norm(T) <= c``: ``c >= 0`` and ``c**2 - sum(T**2) >= 0``."""
    total = Sum.of(_square(array)) if array.ndim else _square(array)
    return Goal(kind, bound, (bound,)), Goal(kind, _less(_square(bound), total), (array, bound))


def _norm(left: Tensor, right: Tensor, kind: Kind) -> tuple[str, tuple[Goal, ...]] | None:
    match strip(left):
        case Norm(operand=operand, order="2" | "fro"):
            return "norm", _euclidean(operand, right, kind)
        case Norm(operand=operand, order="inf") | Apply(function="abs", arguments=(operand,)):
            return "abs", _plain(kind, _less(right, operand), Add.of(right, operand))
    return None


def _lipschitz(obligation: Obligation) -> Reading | None:
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
        return Reading("lipschitz", _singular_values(jacobian, constant, "nonnegative"), tuple(mine), (inner,))
    if not inner.ndim or (not x.ndim and order in ("2", "fro")):
        return Reading("lipschitz", _euclidean(jacobian, constant, "nonnegative"), tuple(mine), (inner,))
    return None


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
