"""Which symbol is set so that which hypothesis holds, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.instances.equalities import Assign, OfKind, OnSphere, Rescale, SolveAffine
from derive.instances.hypotheses import Candidate, candidates
from derive.instances.inequalities import Between, LoewnerBetween, Scale
from derive.instances.patterns import bare, constant, symbols
from derive.instances.repair import Repair
from derive.instances.sizes import counting
from derive.language.relations import Relation
from derive.language.symbols import ENTRY_PROPERTIES
from derive.obligation import TURNED


@dataclass(frozen=True)
class Plan:
    """Repairs in an order in which each reads only what is settled, and the hypotheses that none of them repairs."""

    repairs: tuple[Repair, ...]
    left_over: tuple[Relation, ...]


def plan(given: Sequence[Relation]) -> Plan:
    """One repair a hypothesis, chosen so that no two wait for each other."""
    chosen: list[Candidate] = []
    left_over: list[Relation] = []
    signed = _signed(given)
    for relation in given:
        if counting(relation):
            continue
        fitting = next((c for c in candidates(relation, signed) if _acyclic([*chosen, c])), None)
        if fitting is None:
            left_over.append(relation)
        else:
            chosen.append(fitting)
    order = _order(_merged(chosen))
    return Plan(tuple(candidate.repair for candidate in order), tuple(left_over))


def _signed(given: Sequence[Relation]) -> frozenset[str]:
    """The symbols whose entries have a sign, as declared or by a hypothesis ``x >= 0``."""
    found = set()
    for relation in given:
        found |= {name for name, s in symbols(relation.left, relation.right).items() if s.properties & ENTRY_PROPERTIES}
        small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
        symbol = bare(large)
        if relation.sign in ("<=", "<", ">=", ">") and symbol is not None and constant(small) == 0:
            found.add(symbol.name)
    return frozenset(found)


def _needs(candidate: Candidate) -> frozenset[str]:
    return candidate.needs - {candidate.repair.target.name}


def _acyclic(chosen: Sequence[Candidate]) -> bool:
    return len(_targets(chosen)) == len({candidate.repair.target.name for candidate in chosen})


def _targets(chosen: Sequence[Candidate]) -> list[str]:
    """The targets in an order in which each comes after those that it needs; those on a cycle are left out."""
    waiting: dict[str, set[str]] = {}
    for candidate in chosen:
        waiting.setdefault(candidate.repair.target.name, set()).update(_needs(candidate))
    order: list[str] = []
    while True:
        done = set(order)
        ready = [name for name, needs in waiting.items() if name not in done and needs & waiting.keys() <= done]
        if not ready:
            return order
        order += ready


STAGES = (OfKind, OnSphere, LoewnerBetween, Between, Assign, SolveAffine, Rescale, Scale)
"""Repairs of one target in the order in which a later one keeps what an earlier one made."""


def _order(chosen: Sequence[Candidate]) -> list[Candidate]:
    rank = {name: k for k, name in enumerate(_targets(chosen))}
    return sorted(chosen, key=lambda c: (rank[c.repair.target.name], STAGES.index(type(c.repair))))


def _merged(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Several bounds of one symbol as one interval, several affine equations as one system."""
    result: dict[tuple[object, ...], Candidate] = {}
    for position, candidate in enumerate(chosen):
        repair = candidate.repair
        key: tuple[object, ...] = (type(repair), repair.target.name)
        if not isinstance(repair, (Between, LoewnerBetween, SolveAffine)):
            key = (*key, position)
        known = result.get(key)
        result[key] = candidate if known is None else _both(known, candidate)
    return list(result.values())


def _both(first: Candidate, second: Candidate) -> Candidate:
    return Candidate(_joined(first.repair, second.repair), first.needs | second.needs)


def _joined(first: Repair, second: Repair) -> Repair:
    if isinstance(first, Between) and isinstance(second, Between):
        return Between(first.target, first.lower + second.lower, first.upper + second.upper)
    if isinstance(first, SolveAffine) and isinstance(second, SolveAffine):
        return SolveAffine(first.target, first.equations + second.equations)
    assert isinstance(first, LoewnerBetween)
    assert isinstance(second, LoewnerBetween)
    lower = second.lower if first.lower is None else first.lower
    return LoewnerBetween(first.target, lower, second.upper if first.upper is None else first.upper)
