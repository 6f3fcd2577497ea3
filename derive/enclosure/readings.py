"""How an inequality is read: which arrays are nonnegative, and which matrices positive definite, just where it holds.

Eigenvalues and norms are not enclosed themselves. ``lambda_max(M) <= c`` is ``c I - M`` positive definite, so that no
eigenvector stands in the search; ``norm(T) <= c`` is ``c >= 0`` and ``c**2 - sum(T**2) >= 0``, which has no root.
"""

from __future__ import annotations

from derive.enclosure.goals import Goal, Kind, Reading, as_matrix, difference, entries, euclidean, singular_values
from derive.enclosure.patterns import identity_multiple
from derive.enclosure.two_points import by_derivative
from derive.instances.patterns import strip, symbols
from derive.language.arrays import Norm, Spectral
from derive.language.tensor import Add, Apply, Tensor
from derive.obligation import Obligation


def reading(obligation: Obligation) -> Reading:
    """The reading of an inequality; the first that fits."""
    left, right, given = obligation.left, obligation.right, obligation.given
    if obligation.sign == "<<":
        size = (left if left.ndim else right).shape[0]
        gap = difference(as_matrix(right, size), as_matrix(left, size))
        return Reading("loewner", entries("definite", gap), given, extreme=_loewner_bound(left, right))
    kind: Kind = "positive" if obligation.sign == "<" else "nonnegative"
    moved = by_derivative(obligation)
    if moved is not None:
        return moved
    found = _spectral(left, right, kind) or _norm(left, right, kind)
    name, goals = found or ("entries", entries(kind, difference(right, left)))
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


def _spectral(left: Tensor, right: Tensor, kind: Kind) -> tuple[str, tuple[Goal, ...]] | None:
    small, large = strip(left), strip(right)
    if isinstance(small, Spectral) and small.kind == "lambda_max":
        return "lambda_max", entries("definite", difference(as_matrix(right, small.operand.shape[0]), small.operand))
    if isinstance(large, Spectral) and large.kind == "lambda_min":
        return "lambda_min", entries("definite", difference(large.operand, as_matrix(left, large.operand.shape[0])))
    if isinstance(small, Spectral) and small.kind == "opnorm":
        return "opnorm", singular_values(small.operand, right, kind)
    return None


def _norm(left: Tensor, right: Tensor, kind: Kind) -> tuple[str, tuple[Goal, ...]] | None:
    match strip(left):
        case Norm(operand=operand, order="2" | "fro"):
            return "norm", euclidean(operand, right, kind)
        case Norm(operand=operand, order="inf") | Apply(function="abs", arguments=(operand,)):
            return "abs", entries(kind, difference(right, operand), Add.of(right, operand))
    return None
