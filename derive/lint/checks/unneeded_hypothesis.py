"""The proof goes through without a hypothesis: the claim holds more generally, or another one was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.bounds.hypotheses import HYPOTHESIS
from derive.evidence.evidence import Evidence
from derive.instances.patterns import symbols
from derive.instances.sizes import counting
from derive.language.relations import Relation
from derive.lemmas.domains import guarded
from derive.lemmas.entailment import proved
from derive.lint.mentions import names, sides, unrelated
from derive.lint.proofs import nodes, small
from derive.lint.subject import Examined
from derive.obligation import Obligation
from derive.record import Verdict
from derive.verdict import Finding

ATTEMPTS = 8
"""Hypotheses that are dropped one after the other; each takes a proof."""


def examine(examined: Examined) -> Iterator[str]:
    """The hypotheses that no proof of the claim needs, nor a side to have a value."""
    claim = examined.claim
    if examined.judgement.verdict is not Verdict.PROVED:
        return
    unused = unrelated(claim.given, claim.relations)
    left = [r for r in claim.given if not counting(r) and not any(r is other for other in unused)]
    for obligation, row in zip(examined.obligations, examined.findings, strict=True):
        under = symbols(*(part for node in nodes(obligation) for part in guarded(node))).keys()
        left = [relation for relation in left if under.isdisjoint(names(*sides(relation)))]
        if left:
            left = _unneeded(obligation, row, left) if small(obligation) else []
    if left:
        yield f"the proof does without {', '.join(map(repr, left))}"


def _unneeded(obligation: Obligation, row: Sequence[Finding], left: Sequence[Relation]) -> list[Relation]:
    """Those of the hypotheses without which, together, the relation is proved all the same.

    Where no step of its proof is a hypothesis, all of them are dropped at once; else one after the other.
    """
    if not _cites(row) and proved(_without(obligation, left)):
        return list(left)
    dropped: list[Relation] = []
    for relation in left[:ATTEMPTS]:
        if proved(_without(obligation, [*dropped, relation])):
            dropped.append(relation)
    return dropped


def _cites(row: Sequence[Finding]) -> bool:
    """Has a proof a step that is a hypothesis?"""
    proofs = (found for found in row if isinstance(found, Evidence) and found.outcome == "proof")
    return any(step[1] == HYPOTHESIS for found in proofs for step in found.steps)


def _without(obligation: Obligation, dropped: Sequence[Relation]) -> Obligation:
    given = tuple(r for r in obligation.given if not any(r is other for other in dropped))
    return replace(obligation, given=given)
