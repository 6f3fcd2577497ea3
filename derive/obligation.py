"""What a claim asks to be shown: the narrow waist between kinds of claim and methods of evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from derive.language.lipschitz import at_two_points
from derive.language.members import about_members
from derive.language.paper import Claim
from derive.language.relations import Relation
from derive.language.tensor import Number, Tensor


@dataclass(frozen=True)
class Obligation:
    """``left sign right`` wherever ``given`` holds and both sides are defined, for all sizes.

    ``sign`` is ``==`` (Equal), ``<=`` (AtMost) or ``<`` entrywise, or ``<<`` (the Loewner order); ``>=``, ``>`` and
    ``>>`` are turned round, and ``!=`` is a strict inequality. ``id`` is the claim's, with the number of the relation
    where a claim states several; ``beside`` are the others, which are no hypotheses.
    """

    id: str
    sign: str
    left: Tensor
    right: Tensor
    given: tuple[Relation, ...]
    beside: tuple[Relation, ...] = ()

    @property
    def expressions(self) -> list[Tensor]:
        """Both sides, and the sides of the hypotheses."""
        return [self.left, self.right, *(side for r in self.given for side in (r.left, r.right))]


TURNED = {">=": "<=", ">": "<", ">>": "<<"}
"""Signs that are turned round, and what they become."""


def obligations(claim: Claim) -> list[Obligation]:
    """One obligation a relation of the claim; of a claim about any function, said of functions in closed form.

    Raises:
        ValueError: it is a claim of existence, whose negation has obligations.
    """
    if claim.exists:
        raise ValueError(f"{claim.id} is a claim of existence")
    claim = about_members(claim)
    several = len(claim.relations) > 1
    found = [
        stated(f"{claim.id}.{k}" if several else claim.id, *at_two_points(relation, claim.given))
        for k, relation in enumerate(claim.relations, 1)
    ]
    others = [tuple(other for other in claim.relations if other is not relation) for relation in claim.relations]
    return [replace(part, beside=beside) for part, beside in zip(found, others, strict=True)]


def about_any_function(claim: Claim) -> list[Obligation]:
    """The obligations of the claim about any function of a class that ``claim`` is a case of; none of other claims."""
    whole = claim.stated
    return [] if whole is None else [stated(claim.id, relation, whole.given) for relation in whole.relations]


def stated(name: str, relation: Relation, given: tuple[Relation, ...]) -> Obligation:
    """The obligation of one relation; sides that differ have a positive square of their difference."""
    if relation.sign == "!=":
        zero = isinstance(relation.right, Number) and not relation.right.value
        difference = relation.left if zero else relation.left - relation.right
        return Obligation(name, "<", Number(Fraction(0)), difference**2, given)
    if relation.sign in TURNED:
        return Obligation(name, TURNED[relation.sign], relation.right, relation.left, given)
    return Obligation(name, relation.sign, relation.left, relation.right, given)
