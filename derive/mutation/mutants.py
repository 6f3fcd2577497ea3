"""The errors that are planted in a claim: of every kind at least one where it applies, chosen by the claim's id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from random import Random

from derive.explanation.explain import derivatives, sides
from derive.instances.seeds import generator
from derive.language.arrays import Inverse, Outer
from derive.language.chance import unbound
from derive.language.claims import Claim
from derive.language.errors import InputError
from derive.language.plain import plain_relation
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
        unchanged: what would be true if the change were none: the side is equal to what it was; None where a hypothesis
            was changed, and with it the instances.
    """

    kind: str
    change: str
    relation: Relation
    obligation: Obligation
    unchanged: Obligation | None


def mutants(claim: Claim, number: int, seed: int) -> list[Mutant]:
    """The errors planted in the relation of a claim with this number.

    An identity gets every kind of error; a bound is made twice as tight and loses hypotheses, which may leave it true.
    """
    stated = _Stated(claim, claim.relations[number], obligations(claim)[number], seed)
    wrong = stated.identities() if stated.relation.sign == "==" else stated.tighter()
    return [*wrong, *stated.wider()]


@dataclass(frozen=True, eq=False)
class _Stated:
    """One relation of a claim, as its author stated it."""

    claim: Claim
    relation: Relation
    obligation: Obligation
    seed: int

    def identities(self) -> list[Mutant]:
        """An error of each kind in turn, and further ones while there are fewer than usual."""
        names = Names.of([self.relation.left, self.relation.right])
        waiting = {kind: self._wrong(kind, operator, names) for kind, operator in OPERATORS.items()}
        seen = {plain_relation(self.relation)}
        chosen: list[Mutant] = []
        while waiting and len(chosen) < USUAL:
            for kind in list(waiting):
                fresh = next((mutant for mutant in waiting[kind] if plain_relation(mutant.relation) not in seen), None)
                if fresh is None:
                    del waiting[kind]
                    continue
                seen.add(plain_relation(fresh.relation))
                chosen.append(fresh)
        return chosen

    def _wrong(self, kind: str, operator: Operator, names: Names) -> Iterator[Mutant]:
        """The claim with one error of a kind: in the claimed side and, where nothing is derived, in the other one."""
        derived, claimed = sides(self.relation)
        for side in (claimed,) if derivatives(derived) else (claimed, derived):
            for changed, words in _changes(side, operator, names, self._random(kind)):
                yield self._mutant(kind, words, side, changed)

    def tighter(self) -> Iterator[Mutant]:
        """The bound half as large where it bounds from above, or twice as large from below: it may still be true."""
        _, claimed = sides(self.relation)
        above = (claimed is self.relation.right) == (self.relation.sign in ("<=", "<", "<<"))
        negative = isinstance(claimed, Negative) or (isinstance(claimed, Number) and claimed.value < 0)
        number = Fraction(1, 2) if above != negative else Fraction(2)
        yield self._mutant(TIGHTENED, f"the bound is multiplied by {number}", claimed, times(number, claimed))

    def wider(self) -> Iterator[Mutant]:
        """The claim without one of its hypotheses: it may still be true."""
        given = list(self.claim.given)
        if given:
            left_out = given.pop(self._random(DROPPED).randrange(len(given)))
            obligation = replace(self.obligation, given=tuple(given))
            yield Mutant(DROPPED, f"the hypothesis {left_out!r} is left out", self.relation, obligation, None)

    def _mutant(self, kind: str, words: str, old: Tensor, new: Tensor) -> Mutant:
        """The claim with another side in the place of one."""
        left, right = (self.relation.left, new) if self.relation.right is old else (new, self.relation.right)
        wrong = Relation.of(self.relation.sign, left, right)
        (obligation,) = obligations(replace(self.claim, relations=(wrong,)))
        unchanged = Obligation(self.obligation.id, "==", old, new, self.obligation.given)
        return Mutant(kind, words, wrong, replace(obligation, id=self.obligation.id), unchanged)

    def _random(self, kind: str) -> Random:
        """A generator of its own for each claim and kind of error, so that adding one moves no other."""
        return generator(self.seed, self.obligation.id, kind)


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
            if changed.shape == side.shape and not _without_value(changed):
                yield changed, words


def _without_value(side: Tensor) -> bool:
    """Whether the error is plain to see.

    So is an inverse of a matrix of rank one, which there is for one size only, and a random symbol outside of a mean.
    """
    inverses = (node for node in side.walk() if isinstance(node, Inverse))
    return bool(unbound(side)) or any(isinstance(inverse.operand, Outer) for inverse in inverses)


def _applied(operator: Operator, place: Place, names: Names) -> list[Change]:
    """The changes of one place; none where one of them does not conform."""
    try:
        return list(operator(place, names))
    except InputError:
        return []
