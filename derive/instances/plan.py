"""Which symbol is set so that which hypothesis holds, and in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from derive.instances.approach import Approach
from derive.instances.choice import best, sign_only, singular
from derive.instances.counts import LeastCount
from derive.instances.degrees import polynomial_degree
from derive.instances.equalities import Assign, InPolytope, OfKind, OnSphere, Rescale, SolveAffine
from derive.instances.hypotheses import Candidate, candidates
from derive.instances.intervals import Between
from derive.instances.masks import TurnedOver, masks
from derive.instances.rational_case import in_equations, rational_cases
from derive.instances.repair import Repair
from derive.instances.scaling import Scale
from derive.instances.signs import cones, entry_signs
from derive.instances.sizes import counting
from derive.instances.spectra import LoewnerBetween, SingularBetween
from derive.language.relations import Relation
from derive.language.symbols import ENTRY_PROPERTIES


@dataclass(frozen=True)
class Plan:
    """Repairs in an order in which each reads only what is settled, and the hypotheses that none of them repairs.

    Attributes:
        signs: the signs of entries that follow from the hypotheses.
        needs: the symbols that the repairs of a symbol read.
    """

    repairs: tuple[Repair, ...]
    left_over: tuple[Relation, ...]
    signs: Mapping[str, str]
    needs: Mapping[str, frozenset[str]]

    def touched(self, name: str) -> frozenset[str]:
        """The symbols that are to be repaired where the symbol ``name`` has changed: it, and those that read it."""
        found, pending = {name}, [name]
        while pending:
            changed = pending.pop()
            fresh = {target for target, needs in self.needs.items() if changed in needs} - found
            found |= fresh
            pending += sorted(fresh)
        return frozenset(found)


def plan(given: Sequence[Relation], turn: int = 0) -> Plan:
    """One repair a hypothesis, no two undoing each other if that can be; another ``turn`` solves for other symbols."""
    given = rational_cases(given)
    chosen: list[Candidate] = []
    left_over: list[Relation] = []
    signs = entry_signs(given)
    signed, zero_or_one = cones(given) | signs.keys(), masks(given)
    for relation in sorted(given, key=lambda relation: relation.sign != "=="):
        if counting(relation):
            continue
        fitting = [c for c in candidates(relation, signed, zero_or_one) if _acyclic([*chosen, c])]
        if fitting:
            chosen.append(best(fitting, chosen, given, turn))
        else:
            left_over.append(relation)
    order = _order([replace(c, repair=_free(c.repair, chosen)) for c in _merged(chosen, in_equations(given))])
    targets = {candidate.repair.target.name for candidate in order}
    needs = {
        name: frozenset[str]().union(*(c.needs for c in order if c.repair.target.name == name)) for name in targets
    }
    return Plan(tuple(candidate.repair for candidate in order), tuple(left_over), signs, needs)


def plans(given: Sequence[Relation]) -> Iterator[Plan]:
    """The plan, and another that solves equations for other symbols, where there is one."""
    first, second = plan(given), plan(given, 1)
    yield first
    if [r.target.name for r in first.repairs] != [r.target.name for r in second.repairs]:
        yield second


def _free(repair: Repair, chosen: Sequence[Candidate]) -> Repair:
    """A scaling that no other repair of its target depends on may draw the target afresh."""
    if not isinstance(repair, Scale):
        return repair
    others = [c.repair for c in chosen if c.repair.target is repair.target and c.repair is not repair]
    return replace(repair, alone=all(isinstance(other, Between) and sign_only(other) for other in others))


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


STAGES = (
    OfKind,
    TurnedOver,
    OnSphere,
    LoewnerBetween,
    SingularBetween,
    Between,
    Assign,
    SolveAffine,
    InPolytope,
    Rescale,
    Approach,
    Scale,
    LeastCount,
)
"""Repairs of one target in the order in which a later one keeps what an earlier one made."""


def _order(chosen: Sequence[Candidate]) -> list[Candidate]:
    rank = {name: k for k, name in enumerate(_targets(chosen))}
    return sorted(chosen, key=lambda c: (rank[c.repair.target.name], STAGES.index(type(c.repair))))


def _merged(chosen: Sequence[Candidate], exact: frozenset[str]) -> list[Candidate]:
    """Several bounds of one symbol as one interval, several affine equations as one system."""
    result: dict[tuple[object, ...], Candidate] = {}
    for position, candidate in enumerate(_with_polytopes(_with_spectra(chosen, exact))):
        repair = candidate.repair
        key: tuple[object, ...] = (type(repair), repair.target.name)
        if not isinstance(repair, (Between, LoewnerBetween, SolveAffine, SingularBetween, InPolytope)):
            key = (*key, position)
        known = result.get(key)
        result[key] = candidate if known is None else _both(known, candidate)
    return list(result.values())


def _with_spectra(chosen: Sequence[Candidate], exact: frozenset[str]) -> list[Candidate]:
    """Bounds of the singular values of one symbol from both sides, or that have to be ``exact``, as intervals."""
    scalings = [c.repair for c in chosen if isinstance(c.repair, Scale) and singular(c.repair)]
    sides = {(repair.target.name, repair.upper) for repair in scalings if isinstance(repair, Scale)}
    both = {name for name, upper in sides if (name, not upper) in sides or name in exact}
    return [replace(c, repair=_interval(c.repair)) if c.repair.target.name in both else c for c in chosen]


def _with_polytopes(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Several sums of one symbol with entries of one sign, which scalings in turn would spoil, as one polytope."""
    sums = [c.repair for c in chosen if isinstance(c.repair, Rescale) and _affine(c.repair)]
    several = {name for name, count in Counter(r.target.name for r in sums).items() if count > 1}
    return [replace(c, repair=_polytope(c.repair)) if c.repair.target.name in several else c for c in chosen]


def _affine(repair: Rescale) -> bool:
    degree = polynomial_degree(repair.expression, repair.target.name)
    return degree == 1 and repair.target.properties <= ENTRY_PROPERTIES


def _polytope(repair: Repair) -> Repair:
    if not isinstance(repair, Rescale) or not _affine(repair):
        return repair
    return InPolytope(repair.target, ((repair.expression, repair.value),))


def _interval(repair: Repair) -> Repair:
    if not isinstance(repair, Scale) or not singular(repair):
        return repair
    end = (repair.bound, repair.strict)
    return SingularBetween(repair.target, None if repair.upper else end, end if repair.upper else None)


def _both(first: Candidate, second: Candidate) -> Candidate:
    return Candidate(_joined(first.repair, second.repair), first.needs | second.needs)


def _joined(first: Repair, second: Repair) -> Repair:
    if isinstance(first, Between) and isinstance(second, Between):
        return Between(first.target, first.lower + second.lower, first.upper + second.upper)
    if isinstance(first, InPolytope) and isinstance(second, InPolytope):
        return InPolytope(first.target, first.equations + second.equations)
    if isinstance(first, SolveAffine) and isinstance(second, SolveAffine):
        return SolveAffine(first.target, first.equations + second.equations)
    if isinstance(first, SingularBetween) and isinstance(second, SingularBetween):
        upper = second.upper if first.upper is None else first.upper
        attained = first.attained or second.attained
        return SingularBetween(first.target, second.lower if first.lower is None else first.lower, upper, attained)
    assert isinstance(first, LoewnerBetween)
    assert isinstance(second, LoewnerBetween)
    lower = second.lower if first.lower is None else first.lower
    return LoewnerBetween(first.target, lower, second.upper if first.upper is None else first.upper)
