"""A claim that is refuted holds as soon as a usual hypothesis is added, or has a parameter that nothing ties down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from derive.evaluate.point import Point
from derive.evidence.hypotheses.contradiction import contradiction
from derive.evidence.witness.verification import admitted, violation
from derive.instances.patterns import symbols
from derive.instances.search import instances
from derive.language.derivatives import Derivative, Directional
from derive.language.symbols import Symbol
from derive.lemmas.entailment import proved
from derive.lint.closed import constants, is_closed, parts
from derive.lint.mentions import sides
from derive.lint.proofs import nodes, small
from derive.lint.standard import Added, bounds, equalities, within
from derive.lint.subject import Examined
from derive.obligation import Obligation

PROOFS = 4
"""Proofs that are attempted for one relation."""

INSTANCES = 6
"""Instances that must not violate the stronger claim, before and after its proof."""


def examine(examined: Examined) -> Iterator[str]:
    """The first hypothesis under which the refuted relation is proved, else the parameters that nothing ties down."""
    if examined.refuted is None:
        return
    obligation, witness = examined.refuted
    drawn = [instance.point for instance in examined.drawn_for(obligation).found[:INSTANCES]]
    added = _added(obligation, Point(witness.sizes, witness.indices, witness.values), drawn)
    if added:
        yield f"the refuted relation holds where {', '.join(map(repr, added))}, which no hypothesis says"
        return
    arrays = [symbol for symbol in symbols(obligation.left, obligation.right).values() if 0 < symbol.ndim < 3]
    for parameter in _loose(obligation) if arrays else ():
        named = ", ".join(symbol.name for symbol in arrays)
        yield f"no hypothesis ties {parameter.name} to {named}, as {within(arrays[0], parameter)!r} would"


def _added(obligation: Obligation, witness: Point, drawn: Sequence[Point]) -> Added:
    """The hypotheses whose addition gives a proof; none where none was found."""
    attempts = 0
    for added in _candidates(obligation):
        alone = replace(obligation, given=added)
        if admitted(alone, witness) or any(admitted(alone, point) and violation(alone, point) for point in drawn):
            continue
        stronger = replace(obligation, given=(*obligation.given, *added))
        if contradiction(stronger.given) is not None:
            continue
        if proved(stronger) and _possible(stronger):
            return added
        attempts += 1
        if attempts == PROOFS:
            break
    return ()


def _candidates(obligation: Obligation) -> Iterator[Added]:
    stated = symbols(obligation.left, obligation.right)
    if not small(obligation):
        return
    if obligation.sign == "==":
        yield from equalities(stated)
    elif not any(isinstance(node, (Derivative, Directional)) for node in nodes(obligation)):
        bound = symbols(*(side for relation in obligation.given for side in sides(relation)))
        closed = symbols(*(part for side in (obligation.left, obligation.right) for part in constants(side)))
        yield from bounds(stated, frozenset(stated.keys() - bound.keys()), tuple(closed.values()))


def _possible(stronger: Obligation) -> bool:
    """Do instances satisfy all hypotheses, not only at sizes of one? Else the proof would be worth nothing."""
    points = (instance.point for instance in islice(instances(stronger, seed=0), INSTANCES))
    return any(min(point.sizes.values(), default=2) > 1 for point in points)


def _loose(obligation: Obligation) -> list[Symbol]:
    """Parameters of the constants alone, of which no hypothesis speaks together with anything but parameters."""
    both = [part for side in (obligation.left, obligation.right) for part in parts(side)]
    found = symbols(*(part for part in both if is_closed(part)))
    model = symbols(*(part for part in both if not is_closed(part)))
    tied = symbols(*(side for r in obligation.given for side in sides(r) if not all(map(is_closed, sides(r)))))
    return [symbol for name, symbol in found.items() if name not in {*model, *tied}]
