"""Method: the probability of an event bounded by named concentration lemmas.

What it proves: that the event is as likely as claimed, for all sizes and all values of the hypotheses; the proof is the
tree of lemmas. How it fails: lemmas lose something, so that a bound that is too weak refutes nothing; where none
applies, or a norm that nothing bounds is left over, it says so.
"""

from __future__ import annotations

import time

from derive.bounds.bound import Bound
from derive.bounds.telling import lines, value_text
from derive.concentration.goals import ChanceGoal, goals, prove
from derive.evidence.evidence import Evidence, Inapplicable, Outcome
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "concentration"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Derive a bound of the probability, and compare it with the claimed one."""
    del drawn  # no instance is needed
    start = time.perf_counter()
    for goal in goals(obligation):
        proof, found = prove(goal)
        if proof is not None:
            return _evidence("proof", "", goal, proof, time.perf_counter() - start)
        if found:
            shown = value_text(found[0].value.expression, goal.setting.parameters.nodes)
            note = f"the derived bound {shown} does not prove it"
            return _evidence("inconclusive", note, goal, found[0], time.perf_counter() - start)
        return Inapplicable(METHOD, "no lemma bounds the probability")
    return Inapplicable(METHOD, "the claim is no bound of a probability", telling=False)


def _evidence(outcome: Outcome, note: str, goal: ChanceGoal, bound: Bound, seconds: float) -> Evidence:
    steps = lines(bound, goal.setting.parameters)
    count = f"{len(steps)} step{'s' * (len(steps) != 1)}"
    note = note or f"a bound of the probability derived in {count}, for all dimensions"
    return Evidence(METHOD, outcome, "symbolic", note, steps=steps, seconds=seconds)
