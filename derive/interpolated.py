"""A claim about any function of a class that falls with a function of which only values and gradients are known."""

from __future__ import annotations

from collections.abc import Sequence

from derive.evidence.evidence import Evidence
from derive.instances.drawn import Drawn
from derive.interpolation.data import about_data, data
from derive.lint.subject import Examined
from derive.obligation import about_any_function, obligations
from derive.verdict import STANDING, Finding, about_class, decide


def by_data(case: Examined, whole: Sequence[Finding]) -> Examined | None:
    """The claim said of values and gradients, where these refute it and functions in closed form leave it open.

    ``whole`` is what was found of the claim itself, for each of its obligations.
    """
    stated = case.claim.stated
    if stated is None or len(whole) != 1 or not _refutes(whole[0]) or case.judgement.verdict not in STANDING:
        return None
    (part,) = about_any_function(case.claim)
    claim = about_data(stated, data(part))
    drawn = [Drawn(obligation, case.drawn[0].seed) for obligation in obligations(claim)]
    return Examined(claim, about_class(decide([whole]), claim.members), [whole], drawn)


def proofs_of(whole: Sequence[Finding]) -> list[Finding]:
    """What is no refutation: one by another function says nothing of the functions in closed form."""
    return [found for found in whole if not _refutes(found)]


def _refutes(found: Finding) -> bool:
    return isinstance(found, Evidence) and found.outcome == "refutation"
