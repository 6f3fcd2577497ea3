"""From the form of a hypothesis to the repairs that can make it hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from derive.instances.from_equality import equalities
from derive.instances.from_inequality import inequalities, loewner
from derive.instances.masks import TurnedOver
from derive.instances.patterns import symbols
from derive.instances.repair import Repair
from derive.language.relations import Relation
from derive.obligation import TURNED


@dataclass(frozen=True)
class Candidate:
    """A repair of one hypothesis, and the symbols that it reads."""

    repair: Repair
    needs: frozenset[str]


def candidates(
    relation: Relation, signed: frozenset[str] = frozenset(), masks: frozenset[str] = frozenset()
) -> Iterator[Candidate]:
    """The repairs of a hypothesis, the most faithful first.

    ``signed`` symbols are rescaled rather than solved for; entries of ``masks`` are turned over.
    """
    sign = TURNED.get(relation.sign, relation.sign)
    left, right = relation.left, relation.right
    found: Iterator[Repair]
    if sign == "==":
        found = equalities(left, right, signed)
    elif sign in ("<<", "<=", "<"):
        small, large = (right, left) if relation.sign in TURNED else (left, right)
        found = loewner(small, large) if sign == "<<" else inequalities(small, large, sign == "<", left)
        if sign == "<=":
            found = chain((TurnedOver(s, small, large) for n, s in symbols(left, right).items() if n in masks), found)
    else:
        found = iter(())
    names = frozenset(symbols(left, right))
    for repair in found:
        yield Candidate(repair, names)
