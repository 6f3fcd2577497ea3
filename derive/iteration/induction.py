"""A claim for all numbers of steps by induction: what is to be shown at the start and of one step.

Of a claim with several relations all are shown together. A relation P about the state after t steps is shown at the
start, and at the next state from all relations at a state that is arbitrary but for them. A relation between a state
and the next one is shown of every state with these relations. What cannot be shown so is left out, and the rest is
shown without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import sympy as sp

from derive.evaluate.kinks import is_piecewise
from derive.iteration.proving import Shown, shown
from derive.iteration.unrolled import HERE, NEXT, START, Unrolled
from derive.language.arrays import Inverse, Norm, Spectral
from derive.language.derivatives import Derivative, Directional
from derive.language.functions import FUNCTIONS
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Divide, Negative, Number, Power, Tensor
from derive.obligation import Obligation, stated

BASE, STEP, EACH = "base", "step", "every step"


@dataclass(frozen=True)
class Part:
    """Something to be shown, ``what`` of the relation ``number``, from ``hypotheses`` beside those of the claim.

    ``proof`` is None where it could not be.
    """

    number: int
    what: str
    relation: Relation
    obligation: Obligation
    hypotheses: tuple[Relation, ...]
    proof: Shown | None


@dataclass
class Induction:
    """The induction of a claim.

    Attributes:
        relations: those of the claim that speak of its run, the obligation's own first.
        standing: the numbers of those that are shown.
    """

    unrolled: Unrolled
    relations: Sequence[Relation]
    given: tuple[Relation, ...]
    name: str
    standing: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def run(self) -> None:
        """Show as much as can be shown.

        Raises:
            Unavailable: a relation cannot be written for another step.
        """
        self.standing = list(range(len(self.relations)))
        while self.standing:
            self.parts = [part for number in self.standing for part in self._shown(number)]
            failed = {part.number for part in self.parts if part.proof is None}
            if not failed:
                return
            if 0 in failed and len(self.standing) == 1:
                self.standing = []
                return
            self.standing = [number for number in self.standing if number not in failed or number == 0]
            if failed == {0}:
                self.standing = []

    def _shown(self, number: int) -> Iterator[Part]:
        relation = self.relations[number]
        if self.unrolled.offset(relation):
            yield self._part(number, EACH, self.unrolled.at(relation, HERE), self.hypotheses())
            return
        yield self._part(number, BASE, self.unrolled.at(relation, START), ())
        after = self.unrolled.at(relation, NEXT)
        part = self._part(number, STEP, after, (*self.hypotheses(), *self._each(number)))
        if part.proof is None:
            growth = _growth(self.unrolled.at(relation, HERE), after)
            other = None if growth is None else self._part(number, STEP, growth, ())
            part = part if other is None or other.proof is None else other
        yield part

    def hypotheses(self) -> tuple[Relation, ...]:
        """What is known of an arbitrary state: the relations that stand, where they have a value at every state."""
        return tuple(
            self.unrolled.at(relation, HERE)
            for relation in (self.relations[number] for number in self.standing)
            if not self.unrolled.offset(relation) and self._total(relation)
        )

    def _each(self, number: int) -> tuple[Relation, ...]:
        """What every step does, of the relations that stand."""
        others = (self.relations[other] for other in self.standing if other != number)
        steps = (relation for relation in others if self.unrolled.offset(relation) and self._total(relation))
        return tuple(self.unrolled.at(relation, HERE) for relation in steps)

    def _total(self, relation: Relation) -> bool:
        here = self.unrolled.at(relation, HERE)
        names = {symbol.name for symbol in self.unrolled.here.values()}
        return not any(_may_lack_value(node, names) for side in (here.left, here.right) for node in side.walk())

    def _part(self, number: int, what: str, relation: Relation, known: tuple[Relation, ...]) -> Part:
        hypotheses = known if what == BASE else (*known, *self.unrolled.rules())
        obligation = stated(f"{self.name} {what} {number}", relation, (*self.given, *hypotheses))
        return Part(number, what, relation, obligation, hypotheses, shown(obligation))


def _growth(here: Relation, after: Relation) -> Relation | None:
    """``f(next) - g(t + 1) <= f(here) - g(t)``, from which the step follows."""
    if here.sign in ("<<", ">>", "!=") or here.left.shape != after.left.shape:
        return None
    gaps = [Add.of(relation.left, Negative.of(relation.right)) for relation in (after, here)]
    sign = {"<": "<=", ">": ">="}.get(here.sign, here.sign)
    return replace(here, sign=sign, left=gaps[0], right=gaps[1])


def _may_lack_value(node: Tensor, names: set[str]) -> bool:
    """May the node have no value at some state, though its operands have?"""
    match node:
        case Divide(right=operand) | Inverse(operand=operand):
            return _depends(operand, names)
        case Power(base=base, exponent=exponent):
            whole = isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value > 0
            return not whole and _depends(base, names)
        case Apply(function=function):
            return FUNCTIONS[function].domain != sp.true and _depends(node, names)
        case Derivative() | Directional():
            kinked = any(is_piecewise(part) or isinstance(part, (Norm, Spectral)) for part in node.walk())
            return kinked and _depends(node, names)
    return False


def _depends(node: Tensor, names: set[str]) -> bool:
    return any(isinstance(leaf, Symbol) and leaf.name in names for leaf in node.walk())
