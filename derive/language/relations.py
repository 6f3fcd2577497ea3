"""Relations between tensors: values that state something, never truth values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from derive.language.dimensions import shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.tensor import IndexSymbol, Number, Size, Tensor, broadcast

SIGNS = ("==", "!=", "<=", ">=", "<", ">", "<<", ">>")


@dataclass(frozen=True, eq=False, repr=False)
class Relation:
    """``left sign right``, entrywise with broadcasting; ``>>`` and ``<<`` are the Loewner order of symmetric matrices.

    In an identity only a scalar is repeated over an array of another rank: a vector never equals a matrix row by row.
    In ``>>`` and ``<<`` a scalar stands for that multiple of the identity.
    """

    sign: str
    left: Tensor
    right: Tensor

    @classmethod
    def of(cls, sign: str, left: Tensor, right: Tensor) -> Relation:
        if sign in ("<<", ">>"):
            _check_loewner(left, right, sign)
        else:
            broadcast(left, right, sign)
        if sign == "==" and left.ndim != right.ndim and left.ndim and right.ndim:
            raise ShapeError(
                f"an identity of unlike arrays: {left!r} has shape {shape_text(left.shape)} and"
                f" {right!r} has shape {shape_text(right.shape)}",
                hint="only a scalar is repeated in an identity",
            )
        if sign == "!=" and not (
            isinstance(left, IndexSymbol) or isinstance(right, (IndexSymbol, Number)) or not left.shape
        ):
            raise InputError("'!=' compares index symbols or scalars", hint="state an identity with ==")
        return cls(sign, left, right)

    def __bool__(self) -> NoReturn:
        raise self._no_truth_value()

    def __and__(self, other: object) -> NoReturn:
        raise self._no_truth_value()

    __rand__ = __or__ = __ror__ = __and__

    def __invert__(self) -> NoReturn:
        raise self._no_truth_value()

    def _no_truth_value(self) -> InputError:
        return InputError(
            f"the relation {self!r} has no truth value",
            hint="pass it to paper.claim(...) or given=[...]; write a <= b, b <= c instead of a <= b <= c,"
            " and no 'and', 'or', 'not', 'if', '&', '|'",
        )

    def __repr__(self) -> str:
        return f"{self.left!r} {self.sign} {self.right!r}"


@dataclass(frozen=True, eq=False, repr=False)
class Cited(Relation):
    """A relation that another claim, ``source``, states: a hypothesis of a proof that rests on it."""

    source: str = ""


def restricted(given: Iterable[Relation]) -> dict[str, IndexSymbol]:
    """The positions that are not any: those of which relations such as ``i != j`` speak, by name.

    Another hypothesis about such a position holds at those alone that these relations allow.
    """
    found: dict[str, IndexSymbol] = {}
    for relation in given:
        nodes = [node for side in (relation.left, relation.right) for node in side.walk()]
        if all(isinstance(node, (IndexSymbol, Number, Size)) for node in nodes if not node.children()):
            found.update((node.name, node) for node in nodes if isinstance(node, IndexSymbol))
    return found


def at_all_positions(given: Iterable[Relation]) -> list[Relation]:
    """The hypotheses that speak of no position that is ``restricted``."""
    relations = list(given)
    apart = restricted(relations)
    return [
        relation
        for relation in relations
        if not any(
            isinstance(node, IndexSymbol) and node.name in apart
            for side in (relation.left, relation.right)
            for node in side.walk()
        )
    ]


def _check_loewner(left: Tensor, right: Tensor, sign: str) -> None:
    for side in (left, right):
        if side.ndim not in (0, 2) or (side.ndim == 2 and side.shape[0] != side.shape[1]):
            raise ShapeError(f"'{sign}' compares symmetric matrices, but {side!r} has shape {shape_text(side.shape)}")
    if left.ndim == right.ndim == 2 and left.shape != right.shape:
        raise ShapeError(
            f"shapes do not conform: {left!r} has shape {shape_text(left.shape)} and"
            f" {right!r} has shape {shape_text(right.shape)} in '{sign}'"
        )
    if left.ndim == right.ndim == 0:
        raise ShapeError(f"'{sign}' compares matrices, but both sides are scalars", hint="write >= or <=")
