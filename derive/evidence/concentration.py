"""Method: the probability of an event bounded by named concentration lemmas.

What it proves: that the event is as likely as claimed, for all sizes and all values of the hypotheses; the proof is the
tree of lemmas. How it fails: lemmas lose something, so that a bound that is too weak refutes nothing; where none
applies, or a norm that nothing bounds is left over, it says so.
"""

from __future__ import annotations

import time

from derive.bounds.bound import Bound
from derive.bounds.goal import Goal
from derive.bounds.reading import read
from derive.bounds.recording import proof_record
from derive.bounds.telling import lines, value_text
from derive.concentration.goals import ChanceGoal, goals, prove
from derive.concentration.missing import missing
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "concentration"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Derive a bound of the probability, and compare it with the claimed one."""
    del drawn  # no instance is needed
    start = time.perf_counter()
    for asked in goals(obligation):
        goal = asked.goal
        proof, found = prove(asked)
        if proof is not None:
            return _proof(asked, proof, time.perf_counter() - start)
        if found:
            return _unproved(goal, found[0], time.perf_counter() - start)
        return Inapplicable(METHOD, "no lemma bounds the probability")
    return Inapplicable(METHOD, "the claim is no bound of a probability", telling=False)


def _proof(asked: ChanceGoal, proof: Bound, seconds: float) -> Evidence:
    goal, positions = asked.goal, tuple(asked.setting.positions.values())
    steps = lines(proof, goal.facts.parameters)
    note = f"a bound of the probability derived in {len(steps)} step{'s' * (len(steps) != 1)}, for all dimensions"
    constant, record = read(goal, proof, proved=True), proof_record(goal, proof, positions)
    return Evidence(METHOD, "proof", "symbolic", note, steps=steps, constant=constant, proof=record, seconds=seconds)


def _unproved(goal: Goal, bound: Bound, seconds: float) -> Evidence:
    """What was derived, though it does not prove the claim, and what nothing bounds."""
    parameters = goal.facts.parameters
    shown = value_text(bound.value.expression, parameters.nodes)
    note = f"the derived bound {shown} does not prove it{missing(goal, bound)}"
    steps, constant = lines(bound, parameters), read(goal, bound)
    return Evidence(METHOD, "inconclusive", "symbolic", note, steps=steps, constant=constant, seconds=seconds)
