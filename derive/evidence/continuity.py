"""Method: no jump, because an expression is made of continuous functions, or because its Lipschitz constant is bounded.

What it proves: that an expression extends to a continuous function of a variable, with derivatives in closed form; that
it has a Lipschitz constant, where the norm calculus derives one in closed form from what does not move. How it fails:
steps that cancel, quotients by what may vanish, functions whose slope no rule bounds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from derive.bounds.bound import Bound
from derive.bounds.closed_form import closed
from derive.bounds.goal import Goal
from derive.bounds.goals import goals, prove
from derive.bounds.telling import lines
from derive.calculus.continuous import is_continuous
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.language.latex import latex
from derive.language.lipschitz import at_two_points, lipschitz
from derive.language.one_sided import Jump
from derive.language.relations import Relation
from derive.language.symbols import Symbol, scalar
from derive.obligation import Obligation

METHOD = "continuity"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Prove that there is no jump."""
    del drawn  # there is nothing to draw
    start = time.perf_counter()
    jump = obligation.left
    if not isinstance(jump, Jump):
        return Inapplicable(METHOD, "the claim does not speak of a jump", telling=False)
    if jump.refutes == "continuous" and is_continuous(closed(jump.operand), jump.variable):
        note = "a composition of continuous functions"
        line = ((latex(jump.operand), note, ()),)
        return Evidence(METHOD, "proof", "symbolic", note, steps=line, seconds=time.perf_counter() - start)
    if jump.refutes == "lipschitz":
        for goal, bound in _constants(jump, obligation):
            steps = lines(bound, goal.facts.parameters)
            note = f"a Lipschitz constant derived in {len(steps)} step{'s' * (len(steps) != 1)}"
            return Evidence(METHOD, "proof", "symbolic", note, steps=steps, seconds=time.perf_counter() - start)
        return Inapplicable(METHOD, "no rule bounds its Lipschitz constant")
    return Inapplicable(METHOD, "it is not made of functions that are known to be continuous")


def _constants(jump: Jump, obligation: Obligation) -> Iterator[tuple[Goal, Bound]]:
    """The bounds of the Lipschitz constant that are derived; what they are written in does not move."""
    given = [relation for relation in obligation.given if not _mentions(relation, jump.direction)]
    constant = scalar(f"{jump.variable.name}_constant", positive=True)
    relation, doubled = at_two_points(Relation("<=", lipschitz(jump.operand, jump.variable), constant), given)
    for goal in goals(Obligation(obligation.id, "<=", relation.left, relation.right, doubled)):
        if goal.measure.startswith(("lipschitz", "D")):
            yield from ((goal, bound) for bound in prove(goal)[1])


def _mentions(relation: Relation, symbol: Symbol) -> bool:
    leaves = (leaf for side in (relation.left, relation.right) for leaf in side.walk())
    return any(isinstance(leaf, Symbol) and leaf.name == symbol.name for leaf in leaves)
