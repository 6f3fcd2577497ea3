"""The proof goes through without a hypothesis: the claim holds more generally, or another one was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import sympy as sp

from derive.bounds.hypotheses import HYPOTHESIS
from derive.evaluate.kinks import is_piecewise
from derive.evidence.evidence import Evidence
from derive.instances.patterns import symbols
from derive.instances.sizes import counting
from derive.language.arrays import Inverse
from derive.language.functions import FUNCTIONS
from derive.language.relations import Relation
from derive.language.tensor import Apply, Divide, Number, Power, Tensor
from derive.lint.mentions import names, sides, unrelated
from derive.lint.proofs import nodes, proved, small
from derive.lint.subject import Examined
from derive.obligation import Obligation
from derive.record import Verdict
from derive.verdict import Finding


def examine(examined: Examined) -> Iterator[str]:
    """The hypotheses that no proof of the claim needs, nor a side to have a value."""
    claim = examined.claim
    if examined.judgement.verdict is not Verdict.PROVED:
        return
    unused = unrelated(claim.given, claim.relations)
    left = [r for r in claim.given if not counting(r) and not any(r is other for other in unused)]
    for obligation, row in zip(examined.obligations, examined.findings, strict=True):
        guarded = symbols(*(part for node in nodes(obligation) for part in _guarded(node))).keys()
        left = [relation for relation in left if guarded.isdisjoint(names(*sides(relation)))]
        if left:
            left = _unneeded(obligation, row, left) if small(obligation) else []
    if left:
        yield f"the proof does without {', '.join(map(repr, left))}"


def _guarded(node: Tensor) -> Iterator[Tensor]:
    """What must satisfy a condition for the node to have a value, or not to stand at a kink."""
    match node:
        case Divide(right=right) if not isinstance(right, Number):
            yield right
        case Power(base=base, exponent=Number(value=exponent)) if exponent.denominator == 1 and exponent > 0:
            return
        case Power(base=base) | Inverse(operand=base):
            yield base
        case Apply(function=function, arguments=arguments):
            if is_piecewise(node) or FUNCTIONS[function].domain != sp.true:
                yield from arguments


def _unneeded(obligation: Obligation, row: Sequence[Finding], left: Sequence[Relation]) -> list[Relation]:
    """Those of the hypotheses without which, together, the relation is proved all the same."""
    if obligation.sign != "==":
        return list(left) if not _cites(row) and proved(_without(obligation, left)) else []
    dropped: list[Relation] = []
    for relation in left:
        if proved(_without(obligation, [*dropped, relation])):
            dropped.append(relation)
    return dropped


def _cites(row: Sequence[Finding]) -> bool:
    """Has the proof of the bound a step that is a hypothesis?"""
    proofs = (found for found in row if isinstance(found, Evidence) and found.outcome == "proof")
    return any(step[1] == HYPOTHESIS for found in proofs for step in found.steps)


def _without(obligation: Obligation, dropped: Sequence[Relation]) -> Obligation:
    given = tuple(r for r in obligation.given if not any(r is other for other in dropped))
    return replace(obligation, given=given)
