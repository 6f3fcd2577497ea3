"""Ranks for generic values of a symbol: what bounds the rank at all values bounds it there."""

from __future__ import annotations

from dataclasses import replace

from derive.language.binding import names_read
from derive.language.relations import Relation
from derive.language.tangents import Generic
from derive.verify.scope import unnamed
from derive.verify.statement import Statement


def about_all_values(part: Statement) -> Statement:
    """``generic(rank(M), U) <= c`` as ``rank(M) <= c`` for all U; without hypotheses on U, which are of another."""
    (relation,) = part.relations
    turned = relation.sign in (">=", ">")
    small, large = (relation.right, relation.left) if turned else (relation.left, relation.right)
    side = unnamed(small)
    if not isinstance(side, Generic) or relation.sign in ("==", "!=") or side.variable.name in names_read(large):
        return part
    given = tuple(r for r in part.given if side.variable.name not in names_read(r.left) | names_read(r.right))
    sign = "<=" if "=" in relation.sign else "<"
    return replace(part, relations=(Relation.of(sign, side.operand, large),), given=given)
