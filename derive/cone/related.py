"""The hypotheses that may have to do with an inequality between scalars."""

from __future__ import annotations

from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.tensor import Add, Divide, IndexSymbol, Multiply, Negative, Number, Power, Size, Tensor
from derive.obligation import Obligation

ARITHMETIC = (Add, Divide, Multiply, Negative, Power)


def closest(obligation: Obligation) -> list[tuple[int, Relation]]:
    """The scalar hypotheses, by number, that speak of nothing but scalars of the inequality."""
    known = _scalars(obligation.left, obligation.right)
    return [(k, r) for k, r in enumerate(obligation.given) if _is_scalar(r) and _scalars(r.left, r.right) <= known]


def related(obligation: Obligation) -> list[tuple[int, Relation]]:
    """The scalar hypotheses, by number, that share a scalar with the inequality or with one that does."""
    waiting = [(k, r, _scalars(r.left, r.right)) for k, r in enumerate(obligation.given) if _is_scalar(r)]
    known = _scalars(obligation.left, obligation.right)
    found: list[tuple[int, Relation]] = []
    while new := [item for item in waiting if item[2] & known]:
        found += [(number, relation) for number, relation, _ in new]
        waiting = [item for item in waiting if not item[2] & known]
        known = known.union(*(scalars for *_, scalars in new))
    sizes = _sizes(obligation.left, obligation.right)
    found += [(number, r) for number, r, own in waiting if not own and _sizes(r.left, r.right) & sizes]
    return sorted(found, key=lambda item: item[0])


def _sizes(*sides: Tensor) -> set[str]:
    return {name for side in sides for node in side.walk() if isinstance(node, Size) for name in node.dimension.names}


def _scalars(*sides: Tensor) -> set[str]:
    """What the sides are made of: symbols, entries, norms and other scalars that are not made by arithmetic."""
    return {
        identity(node)
        for side in sides
        for node in side.walk()
        if not node.shape and not isinstance(node, (*ARITHMETIC, Number, Size, IndexSymbol))
    }


def _is_scalar(relation: Relation) -> bool:
    return not relation.left.shape and not relation.right.shape and relation.sign not in ("!=", "<<", ">>")
