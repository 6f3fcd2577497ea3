"""Method: the lemma of a Newton step, its conditions shown one by one.

What it proves: bounds of the distance ``norm(x - inv(H) @ g - x_star)`` of a Newton step from a zero of the slope g,
with the Hessian for H or what approximates it in the Loewner order, for a loss in closed form or any function of a
class. The lemma stands in ``derive/newton/lemma.py`` with its hypotheses. How it fails: a condition that neither the
hypotheses, nor a used claim, nor the calculus gives; a claimed constant that is smaller than the lemma's.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import count

from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.iteration.proving import Shown, shown
from derive.language.abstract import abstract_values
from derive.language.latex import latex
from derive.language.plain import identity
from derive.language.rebuild import with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.newton.lemma import Bound, bounds, scalar_hypotheses
from derive.newton.step import Step, steps
from derive.obligation import Obligation

METHOD = "Newton step"

NUMBER = frozenset({"nonnegative"})
"""What is known of the distances for which symbols stand."""

Line = tuple[str, str, tuple[int, ...]]


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Bound the step by the lemma, and compare with what is claimed."""
    del drawn  # no instance is needed
    start = time.perf_counter()
    if obligation.sign not in ("<=", "<"):
        return Inapplicable(METHOD, "the claim is no inequality", telling=False)
    found = next(steps(obligation.left, obligation.given), None)
    if found is None:
        return Inapplicable(METHOD, "the claim is about no Newton step", telling=False)
    tried = 0
    for bound in bounds(found, obligation):
        tried += 1
        proof = _concluded(bound, obligation)
        if proof is not None:
            note = "by the lemma of a Newton step, whose conditions hold for all dimensions"
            lines = tuple(_lines(bound, proof, obligation))
            seconds = time.perf_counter() - start
            return Evidence(METHOD, "proof", "symbolic", note, steps=lines, seconds=seconds)
    missing = "the lemma of a Newton step does not give the claimed bound" if tried else _missing(found)
    return Inapplicable(METHOD, missing)


def _missing(step: Step) -> str:
    return f"the conditions of the lemma of a Newton step from {step.point.name} are not shown"


def _concluded(bound: Bound, obligation: Obligation) -> Shown | None:
    """What the claim says of the distance follows from the lemma's bound of it."""
    parts = [bound.step.distance, *bound.radii, bound.step.start]
    taken = {leaf.name for side in obligation.expressions for leaf in side.walk() if isinstance(leaf, Symbol)}
    names = (name for name in map("distance_{}".format, count()) if name not in taken)
    put = {identity(part): Symbol(next(names), (), NUMBER) for part in parts}
    symbols = [put[identity(part)] for part in parts]
    relations = [*scalar_hypotheses(obligation), Relation("<=", bound.step.distance, bound.value)]
    sides = [obligation.left, obligation.right, *(side for r in relations for side in (r.left, r.right))]
    left, right, *others = (_replaced(side, put) for side in sides)
    if abstract_values(left, right):
        return None
    given = [
        Relation(r.sign, *pair) for r, pair in zip(relations, zip(others[::2], others[1::2], strict=True), strict=True)
    ]
    given += [Relation("<=", symbols[-1], radius) for radius in symbols[1:-1]]
    return shown(Obligation(obligation.id, obligation.sign, left, right, tuple(given)))


def _replaced(node: Tensor, put: Mapping[str, Symbol]) -> Tensor:
    """The expression with symbols for the parts that read as the keys do."""
    if not node.ndim and (found := put.get(identity(node))) is not None:
        return found
    below = list(node.children())
    new = [_replaced(child, put) for child in below]
    changed = any(one is not other for one, other in zip(below, new, strict=True))
    return with_operands(node, new) if changed else node


def _lines(bound: Bound, proof: Shown, obligation: Obligation) -> Sequence[Line]:
    """The conditions, each after its own proof, the lemma, and the comparison with the claim."""
    told: list[Line] = []
    conditions: list[int] = []
    for condition in bound.conditions:
        premises = _appended(told, condition.shown)
        told.append((latex(condition.relation), condition.how, premises))
        conditions.append(len(told) - 1)
    lemma = Relation("<=", bound.step.distance, bound.value)
    told.append((latex(lemma), "lemma of a Newton step", tuple(conditions)))
    last = (len(told) - 1, *_appended(told, proof))
    told.append((latex(Relation(obligation.sign, obligation.left, obligation.right)), proof.how, last))
    return told


def _appended(told: list[Line], proof: Shown | None) -> tuple[int, ...]:
    """The lines of a proof behind those so far, and the number of its last one."""
    first = len(told)
    lines = proof.lines if proof is not None else ()
    told += [(tex, rule, tuple(first + k for k in premises)) for tex, rule, premises in lines]
    return (len(told) - 1,) if lines else ()
