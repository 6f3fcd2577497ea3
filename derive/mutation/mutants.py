"""The errors that are planted in a claim: of every kind at least one where it applies, chosen by the claim's id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from itertools import islice
from random import Random

from derive.explanation import derivatives, sides
from derive.language.claims import Claim
from derive.language.errors import InputError
from derive.language.plain import plain
from derive.language.relations import Relation
from derive.language.tensor import Negative, Number, Tensor
from derive.mutation.names import Names
from derive.mutation.operators import OPERATORS, Change, Operator, times
from derive.mutation.places import Place, places
from derive.obligation import Obligation, obligations

USUAL = 12
"""Errors planted in a relation where there are that many; more only so that each kind occurs."""

DEEPEST = 3
"""Definitions inside definitions that are written out to find a place."""

MOST_PLACES = 400
"""Places of one depth that are looked at."""

DROPPED = "dropped hypothesis"
TIGHTENED = "bound tightened"


@dataclass(frozen=True, eq=False)
class Mutant:
    """A claim with one error.

    Attributes:
        kind: the name of the error.
        change: the error in words.
        relation: the changed statement.
        obligation: what is to be refuted.
        same_hypotheses: whether instances of the original claim are instances of this one.
    """

    kind: str
    change: str
    relation: Relation
    obligation: Obligation
    same_hypotheses: bool = True


def mutants(claim: Claim, number: int, seed: int) -> list[Mutant]:
    """The errors planted in the relation of a claim with this number.

    An identity gets every kind of error; a bound is made twice as tight and loses hypotheses, which may leave it true.
    """
    relation, obligation = claim.relations[number], obligations(claim)[number]
    found = list(_dropped(claim, relation, obligation, seed))
    if relation.sign == "==":
        return [*_identities(claim, relation, obligation, seed), *found]
    return [*_tightened(claim, relation, obligation), *found]


def _identities(claim: Claim, relation: Relation, obligation: Obligation, seed: int) -> list[Mutant]:
    """A change of each kind in turn, and further ones while there are fewer than usual."""
    names = Names.of([relation.left, relation.right])
    waiting = [
        (kind, _wrong_relations(relation, operator, names, _random(seed, obligation, kind)))
        for kind, operator in OPERATORS.items()
    ]
    seen = {_text(relation)}
    chosen: list[Mutant] = []
    while waiting and len(chosen) < USUAL:
        for kind, changes in list(waiting):
            fresh = next(((wrong, words) for wrong, words in changes if _text(wrong) not in seen), None)
            if fresh is None:
                waiting.remove((kind, changes))
                continue
            wrong, words = fresh
            seen.add(_text(wrong))
            chosen.append(Mutant(kind, words, wrong, _obligation(claim, wrong, obligation)))
    return chosen


def _wrong_relations(
    relation: Relation, operator: Operator, names: Names, rng: Random
) -> Iterator[tuple[Relation, str]]:
    """The identity with one change of a kind: of the claimed side and, where nothing is derived, of the other one."""
    derived, claimed = sides(relation)
    for side, words in _changes(claimed, operator, names, rng):
        yield _with_side(relation, claimed, side), words
    if not derivatives(derived):
        for side, words in _changes(derived, operator, names, rng):
            yield _with_side(relation, derived, side), words


def _text(relation: Relation) -> str:
    return f"{plain(relation.left)} == {plain(relation.right)}"


def _changes(side: Tensor, operator: Operator, names: Names, rng: Random) -> Iterator[Change]:
    """The side with one change of a kind, in random order, those outside of definitions first."""
    for opened in range(DEEPEST + 1):
        found = [
            (place, change)
            for place in islice(places(side, opened), MOST_PLACES)
            for change in _applied(operator, place, names)
        ]
        rng.shuffle(found)
        for place, (node, words) in found:
            try:
                changed = place.with_node(node)
            except (InputError, TypeError):  # it does not conform, or a node above cannot be made anew
                continue
            if changed.shape == side.shape:
                yield changed, words


def _applied(operator: Operator, place: Place, names: Names) -> list[Change]:
    """The changes of one place; none where one of them does not conform."""
    try:
        return list(operator(place, names))
    except InputError:
        return []


def _dropped(claim: Claim, relation: Relation, obligation: Obligation, seed: int) -> Iterator[Mutant]:
    """The claim without one of its hypotheses: it may still be true."""
    order = list(range(len(claim.given)))
    _random(seed, obligation, DROPPED).shuffle(order)
    for position in order[:1]:
        given = (*claim.given[:position], *claim.given[position + 1 :])
        wider = replace(obligation, given=given)
        yield Mutant(DROPPED, f"the hypothesis {claim.given[position]!r} is left out", relation, wider, False)


def _tightened(claim: Claim, relation: Relation, obligation: Obligation) -> Iterator[Mutant]:
    """The bound half as large where it bounds from above, or twice as large from below: it may still be true."""
    _, claimed = sides(relation)
    above = (claimed is relation.right) == (relation.sign in ("<=", "<", "<<"))
    negative = isinstance(claimed, Negative) or (isinstance(claimed, Number) and claimed.value < 0)
    number = Fraction(1, 2) if above != negative else Fraction(2)
    wrong = _with_side(relation, claimed, times(number, claimed))
    yield Mutant(TIGHTENED, f"the bound is multiplied by {number}", wrong, _obligation(claim, wrong, obligation))


def _with_side(relation: Relation, old: Tensor, new: Tensor) -> Relation:
    """The relation with another side in the place of one."""
    left, right = (relation.left, new) if relation.right is old else (new, relation.right)
    return Relation.of(relation.sign, left, right)


def _obligation(claim: Claim, relation: Relation, original: Obligation) -> Obligation:
    (found,) = obligations(replace(claim, relations=(relation,)))
    return replace(found, id=original.id)


def _random(seed: int, obligation: Obligation, kind: str) -> Random:
    """A generator of its own for each claim and kind of error, so that adding one moves no other."""
    digest = sha256(f"{seed}\0{obligation.id}\0{kind}".encode()).digest()
    return Random(int.from_bytes(digest[:8], "big"))
