"""The flags of a claim: remarks beside its verdict, on what it takes for granted and on what it does not need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.evidence.evidence import Evidence
from derive.evidence.hypotheses.undefined import undefined_somewhere
from derive.language.claims import Claim
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Size
from derive.obligation import obligations
from derive.verdict import Finding


def flags(claim: Claim, findings: Sequence[Sequence[Finding]]) -> tuple[str, ...]:
    """The remarks on a claim whose obligations were examined."""
    evidence = [finding for row in findings for finding in row if isinstance(finding, Evidence)]
    return (*_conditions(claim, evidence), *_unused(claim))


def _conditions(claim: Claim, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Where the hypotheses leave a side without a value, and from what a proof keeps away."""
    undefined = dict.fromkeys(text for found in evidence for text in found.undefined)
    undefined |= dict.fromkeys(text for obligation in obligations(claim) for text in undefined_somewhere(obligation))
    if undefined:
        yield f"defined only where {', '.join(undefined)}"
    kinks = dict.fromkeys(text for found in evidence if found.outcome == "proof" for text in found.kinks)
    if kinks:
        yield f"away from the kinks of {', '.join(kinks)}"


def _unused(claim: Claim) -> Iterator[str]:
    """Hypotheses that speak of nothing in the statement, nor of what other hypotheses relate to it."""
    known = {name for relation in claim.relations for name in _names(relation) | _sizes(relation)}
    left = [relation for relation in claim.given if _names(relation)]
    while related := [relation for relation in left if not known.isdisjoint(_names(relation))]:
        known = known.union(*map(_names, related))
        left = [relation for relation in left if relation not in related]
    yield from (f"unused hypothesis: {relation!r}" for relation in left)


def _names(relation: Relation) -> set[str]:
    """The symbols, positions and sizes that a relation mentions."""
    found: set[str] = set()
    for node in (node for side in (relation.left, relation.right) for node in side.walk()):
        if isinstance(node, (Symbol, IndexSymbol)):
            found.add(node.name)
        elif isinstance(node, Size):
            found |= node.dimension.names
    return found


def _sizes(relation: Relation) -> set[str]:
    """The sizes of everything in a relation."""
    nodes = (node for side in (relation.left, relation.right) for node in side.walk())
    return {name for node in nodes for axis in node.shape for name in axis.names}
