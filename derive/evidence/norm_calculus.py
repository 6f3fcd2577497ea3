"""Method: a bound in closed form, derived from the expression and the hypotheses by named rules.

What it proves: the inequality for all dimensions and all values of the hypotheses; the proof is the tree of rules.
How it fails: a derived bound that is larger than the claimed one refutes nothing, since the rules lose something at
every step; where no rule applies, or a norm that nothing bounds is left over, it says so.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from derive.bounds.bound import Bound
from derive.bounds.goal import Goal
from derive.bounds.goals import goals, prove
from derive.bounds.reading import read
from derive.bounds.recording import proof_record
from derive.bounds.relations import ordered
from derive.bounds.telling import lines, value_text
from derive.evidence.evidence import Evidence, Inapplicable, Outcome
from derive.instances.drawn import Drawn
from derive.language.plain import plain
from derive.language.relations import Relation
from derive.language.tensor import tensor
from derive.obligation import Obligation

METHOD = "norm calculus"

FACTOR = 2
"""By how much a hypothesis has to be violated to be called so: proved bounds are not strict."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Derive bounds of the smaller side, and look for one that the larger side certainly exceeds."""
    start = time.perf_counter()
    if (violated := _violated(obligation, drawn)) is not None:
        note = f"no instance: by the other hypotheses {violated!r} is violated by more than a factor of {FACTOR}"
        return Evidence(METHOD, "vacuous", "symbolic", note, seconds=time.perf_counter() - start)
    if obligation.sign not in ("<=", "<", "<<"):
        return Inapplicable(METHOD, "the claim is no inequality that it reads", telling=False)
    derived: list[tuple[Goal, tuple[Bound, ...]]] = []
    for goal in goals(obligation):
        proof, found = prove(goal)
        if proof is not None:
            return _proof(goal, proof, time.perf_counter() - start)
        derived.append((goal, found))
    return _unproved(derived, time.perf_counter() - start)


def _violated(obligation: Obligation, drawn: Drawn) -> Relation | None:
    """A hypothesis ``s <= t`` where ``0 < t`` and ``t <= s/2`` follow from the others, and no instance is known."""
    if not obligation.given or next(iter(drawn), None) is not None:
        return None
    for hypothesis in obligation.given:
        others = tuple(relation for relation in obligation.given if relation is not hypothesis)
        for small, large, _ in ordered(hypothesis):
            contrary = Obligation(obligation.id, "<=", FACTOR * large, small, others)
            positive = Obligation(obligation.id, "<", tensor(0), large, others)
            if not large.ndim and _proved(contrary) and _proved(positive):
                return hypothesis
    return None


def _proved(obligation: Obligation) -> bool:
    return any(prove(goal)[0] is not None for goal in goals(obligation))


def _proof(goal: Goal, proof: Bound, seconds: float) -> Evidence:
    steps = len(lines(proof, goal.facts.parameters))
    note = f"a bound derived in {steps} step{'s' * (steps != 1)}, for all dimensions"
    return _evidence("proof", note, goal, proof, seconds)


def _unproved(derived: Sequence[tuple[Goal, tuple[Bound, ...]]], seconds: float) -> Evidence | Inapplicable:
    """What was derived, though it does not prove the claim, or why nothing was."""
    for goal, found in derived:
        if found:
            shown = value_text(found[0].value.expression, goal.facts.parameters.nodes)
            note = f"the derived bound {shown} does not prove it{_unbounded(goal, found[0])}"
            return _evidence("inconclusive", note, goal, found[0], seconds)
    return Inapplicable(METHOD, "no rule bounds the claim's expression")


def _evidence(outcome: Outcome, note: str, goal: Goal, bound: Bound, seconds: float) -> Evidence:
    parameters = goal.facts.parameters
    constant = read(goal, bound, proved=outcome == "proof")
    proof = proof_record(goal, bound) if outcome == "proof" else None
    steps = lines(bound, parameters)
    return Evidence(METHOD, outcome, "symbolic", note, steps=steps, constant=constant, proof=proof, seconds=seconds)


def _unbounded(goal: Goal, bound: Bound) -> str:
    """The parameters of the bound that the claimed one does not have, and that no hypothesis bounds."""
    free = bound.value.expression.free_symbols - goal.claimed.free_symbols
    bounded = {small for small, _, _ in goal.facts.relations}
    missing = sorted(plain(goal.facts.parameters.nodes[s]) for s in free if s not in bounded and not s.is_integer)
    if not missing:
        return ""
    return f"; nothing bounds {', '.join(missing)}: add a hypothesis such as {missing[0]} <= R"
