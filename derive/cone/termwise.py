"""Inequalities between arrays and between sums, as inequalities between entries and between terms.

``sum_r x_r <= sum_r y_r`` where every ``x_r <= y_r``; ``|sum_r x_r| <= sum_r y_r`` where every ``|x_r| <= y_r``; and an
inequality between arrays is one between their entries. What is shown of the terms is sufficient, not necessary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from derive.bounds.closed_form import explicit
from derive.cone.congruence import Congruence, congruence
from derive.cone.entries import entry_at, inside_sums, opened, unbound, unfolded
from derive.cone.exponential_products import multiplied
from derive.cone.hyperbolic import arguments, hyperbolic
from derive.cone.sums import of_sums, unlike
from derive.language.dimensions import ONE, Dimension
from derive.language.plain import identity
from derive.language.rebuild import NotRebuilt, at_positions
from derive.language.relations import Relation
from derive.language.tensor import (
    Add,
    Apply,
    IndexSymbol,
    Item,
    Negative,
    Tensor,
)
from derive.obligation import Obligation

MOST_INSTANCES = 16
"""Of one hypothesis, at other positions."""


@dataclass(frozen=True)
class Reading:
    """A scalar inequality between entries, or between their terms.

    Attributes:
        obligation: the inequality; its hypotheses are those of the claim at positions.
        origins: for each of them the number of the claim's hypothesis.
        free: the positions of the entry.
        summed: the indices over which terms are added up; none where it is between entries.
        congruence: the Loewner claim for which an inequality between vectors is enough, and this one between entries.
    """

    obligation: Obligation
    origins: tuple[int, ...]
    free: tuple[IndexSymbol, ...]
    summed: tuple[IndexSymbol, ...] = ()
    congruence: Congruence | None = None


def readings(obligation: Obligation) -> Iterator[tuple[Reading, ...]]:
    """Scalar inequalities that together imply the obligation: of its entries, then of the terms of its sums."""
    try:
        if obligation.sign == "<<":
            yield from _of_weights(obligation)
        elif obligation.sign in ("<=", "<"):
            yield from _readings(obligation)
    except NotRebuilt:  # an expression whose entries cannot be written
        return


def _of_weights(obligation: Obligation) -> Iterator[tuple[Reading, ...]]:
    """The inequality between the entries of v for a Loewner claim about ``P^T diag(v) P``."""
    found = congruence(obligation.left, obligation.right)
    if found is not None:
        small, large = found.sufficient
        between = replace(obligation, sign="<=", left=small, right=large)
        yield from (tuple(replace(r, congruence=found) for r in read) for read in _readings(between))


def _readings(obligation: Obligation) -> Iterator[tuple[Reading, ...]]:
    sides = obligation.left, obligation.right
    yield from _read(obligation, *map(explicit, sides))
    within = [inside_sums(side) for side in sides]
    if any(new is not old for new, old in zip(within, sides, strict=True)):
        yield from _read(obligation, *map(explicit, within))


def _read(obligation: Obligation, left: Tensor, right: Tensor) -> Iterator[tuple[Reading, ...]]:
    left, right = unfolded(opened(left)), unfolded(opened(right))
    shape = left.shape if left.ndim >= right.ndim else right.shape
    named = tuple(n for side in obligation.expressions for n in side.walk() if isinstance(n, IndexSymbol))
    free = unlike(Add.of(left, right), shape, named)
    small, large = (entry_at(side, free) for side in (left, right))
    between = _under(obligation, small, large, free)
    yield _absolute(between)
    if (of_exponentials := _in_hyperbolic_functions(between)) is not None:
        yield _absolute(of_exponentials)
    for terms in of_sums(small, large, free, named):
        yield _absolute(_under(obligation, *terms[:2], free, terms[2]))


def _under(
    obligation: Obligation,
    small: Tensor,
    large: Tensor,
    free: tuple[IndexSymbol, ...],
    summed: tuple[IndexSymbol, ...] = (),
) -> Reading:
    """The inequality under the hypotheses at all positions that occur in it."""
    indices = tuple(dict.fromkeys((*unbound(small, large), *free, *summed)))
    tied = {index for relation in obligation.given for index in _compared(relation)}
    usable = [(k, r) for k, r in enumerate(obligation.given) if not tied & set(unbound(r.left, r.right))]
    found = [(k, instance) for k, relation in usable for instance in _instances(relation, indices)]
    given = tuple(relation for _, relation in found)
    small, large = (multiplied(side) if summed else side for side in (small, large))
    read = replace(obligation, left=small, right=large, given=given)
    return Reading(read, tuple(k for k, _ in found), free, summed)


def _in_hyperbolic_functions(reading: Reading) -> Reading | None:
    """The same inequality where exponentials are no divisors; None where there are none to be written so."""
    under = reading.obligation
    of = arguments(under.expressions)
    if not of:
        return None
    given = tuple(Relation.of(r.sign, hyperbolic(r.left, of), hyperbolic(r.right, of)) for r in under.given)
    left, right = hyperbolic(under.left, of), hyperbolic(under.right, of)
    return replace(reading, obligation=replace(under, left=left, right=right, given=given))


def _compared(relation: Relation) -> list[IndexSymbol]:
    """The index symbols whose positions a hypothesis restricts: others then do not hold at all positions."""
    return [side for side in (relation.left, relation.right) if isinstance(side, IndexSymbol)]


def _absolute(reading: Reading) -> tuple[Reading, ...]:
    """``|x| <= y`` as two inequalities."""
    match reading.obligation.left:
        case Apply(function="abs", arguments=(inside,)):
            sides = (inside, Negative.of(inside))
            return tuple(replace(reading, obligation=replace(reading.obligation, left=side)) for side in sides)
    return (reading,)


def _instances(relation: Relation, indices: Sequence[IndexSymbol]) -> Iterator[Relation]:
    """The hypothesis at every choice of the positions for its axes and for its free index symbols.

    With its definitions written out, and with those that stand in the terms of a sum kept.
    """
    if relation.sign in ("<<", ">>"):
        return
    found: dict[str, Relation] = {}
    for inside in (False, True):
        sides = (opened(side, inside=inside) for side in (relation.left, relation.right))
        for instance in _everywhere(Relation.of(relation.sign, *sides), indices):
            found.setdefault(identity(instance.left) + identity(instance.right), instance)
    yield from found.values()


def _everywhere(relation: Relation, indices: Sequence[IndexSymbol]) -> Iterator[Relation]:
    left, right = relation.left, relation.right
    shape = left.shape if left.ndim >= right.ndim else right.shape
    own = unbound(left, right)
    choices: list[list[Item]] = [[0] if size == ONE else [*_of_size(size, indices)] for size in shape]
    swaps = [[index, *_of_size(index.dimension, indices)] for index in own]
    for number, (positions, others) in enumerate(product(product(*choices), product(*swaps))):
        if number == MOST_INSTANCES:
            return
        names = {index.name: other for index, other in zip(own, others, strict=True) if other is not index}
        sides = (entry_at(side, positions) for side in (left, right))
        renamed = [at_positions(side, names) for side in sides]
        yield Relation.of(relation.sign, *renamed)


def _of_size(size: Dimension, indices: Sequence[IndexSymbol]) -> list[IndexSymbol]:
    return [index for index in indices if index.dimension == size]
