"""A refuted identity after the smallest edit that makes it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Undecidable
from derive.calculus.differential import NoDifferential
from derive.calculus.hypotheses import facts_from
from derive.calculus.lower import lower_together
from derive.calculus.repair import repair, unproved_repair
from derive.calculus.telling import teller
from derive.evidence.trials.agreement import Agreement, Count
from derive.explanation.told import NOTHING, Told
from derive.language.derivatives import Definition
from derive.language.neutral import without_units
from derive.language.paper import Claim
from derive.language.plain import plain
from derive.language.tensor import Tensor
from derive.obligation import Obligation

Undone = (Undecidable, NoDifferential)
"""What ends an explanation that cannot be given; the verdict does not depend on it."""


@dataclass(frozen=True)
class Repaired:
    """The claim after an edit, and what was changed in words.

    ``instances`` is 0 where the edited claim is proved, otherwise the number of those at which it was seen to agree.
    """

    told: Told = NOTHING
    note: str = ""
    instances: int = 0


UNREPAIRED = Repaired()


def repaired_claim(derived: Tensor, claimed: Tensor, claim: Claim, obligation: Obligation) -> Repaired:
    """The claim after the smallest edit that makes it right: proved, or where no proof is found agreeing in numbers."""
    expressions = [derived, claimed, *(s for r in claim.given for s in (r.left, r.right))]
    plausible = Agreement(obligation, derived)
    try:
        lowering, _ = lower_together(expressions)
        facts = facts_from(lowering, claim.given, [derived, claimed])
        found = repair(lowering, derived, claimed, facts, plausible)
    except Undone:
        found = None
    if found is not None:
        return Repaired(Told.of(derived == without_units(found.side)), found.words)
    missing = _missing_term(derived, claimed, claim.definitions)
    if missing is not None:
        return missing
    unproved = unproved_repair(derived, claimed, plausible, Count(obligation, derived)) if plausible.places else None
    if unproved is None:
        return UNREPAIRED
    edit, instances = unproved
    return Repaired(Told.of(derived == without_units(edit.side)), edit.words, instances)


def _missing_term(derived: Tensor, claimed: Tensor, definitions: Sequence[Definition]) -> Repaired | None:
    """The claim with the one term that it lacks, where one term is all that it lacks."""
    try:
        told, [(form, axes)] = teller([derived - claimed], definitions)
        term = told.tensor(form, axes) if told.count(form) == 1 else None
    except Undone:
        return None
    if term is None:
        return None
    return Repaired(Told.of(derived == claimed + term), f"the term {plain(term)} is missing")
