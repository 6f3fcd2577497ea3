"""Method: induction over the steps of a run, each part of it proved by the calculus.

What it proves: the claim for all numbers of steps, all sizes and all values. At the start the relation is an ordinary
one; of a step it is one of the next state, computed from an arbitrary state of which nothing is known but the relations
of the claim and the hypotheses. So it is part of the proof that parameters chosen in the hypotheses suffice for the
step. How it fails: a step that the calculus does not prove; where the relations are too weak to carry themselves on, a
state that satisfies them and whose successor does not is shown. That refutes nothing: the run may never be there.
"""

from __future__ import annotations

import time

from derive.evaluate.errors import Unavailable
from derive.evidence.evidence import Evidence, Inapplicable, Outcome, Witness
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.instances.search import instances
from derive.instances.styles import STYLES
from derive.iteration.induction import BASE, EACH, STEP, Induction, Part
from derive.iteration.parts import parts
from derive.iteration.sweep import clock
from derive.iteration.unrolled import Unrolled
from derive.language.latex import latex
from derive.language.plain import plain_relation
from derive.language.relations import Relation
from derive.obligation import Obligation

METHOD = "induction"

SIZES, TRIED = 3, ("integers", "decimals")
"""Sizes, and styles of entries, of the instances at which a part that is not proved is looked at."""

PARTS = {BASE: "the base", STEP: "the step", EACH: "what is said of every step"}

Line = tuple[str, str, tuple[int, ...]]


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Show the base and the step of the claim, together with its other relations as far as these can be shown."""
    start = time.perf_counter()
    if not parts(obligation.left, obligation.right):
        return Inapplicable(METHOD, "nothing in the claim is said along a run", telling=False)
    running = clock(obligation)
    if running is None:
        return Inapplicable(METHOD, "the claim is not for all numbers of steps")
    own = Relation(obligation.sign, obligation.left, obligation.right)
    try:
        beside = [r for r in obligation.beside if parts(r.left, r.right)]
        unrolled = Unrolled.of([own, *beside], obligation.given, running)
        induction = Induction(unrolled, (own, *beside), obligation.given, obligation.id)
        induction.run()
    except Unavailable as error:
        return Inapplicable(METHOD, str(error))
    return _evidence(induction, drawn, start)


def _evidence(induction: Induction, drawn: Drawn, start: float) -> Evidence:
    missing = next((part for part in induction.parts if part.number == 0 and part.proof is None), None)
    steps = tuple(_lines(induction)) if missing is None else ()
    note = _proved(induction) if missing is None else _unproved(missing, drawn)
    seconds = time.perf_counter() - start
    outcome: Outcome = "proof" if missing is None else "inconclusive"
    return Evidence(METHOD, outcome, "symbolic", note, steps=steps, seconds=seconds)


def _proved(induction: Induction) -> str:
    own = ", ".join(f"{part.what} by {part.proof.how}" for part in induction.parts if part.number == 0 and part.proof)
    others = len(induction.standing) - 1
    together = f", together with {others} other relation{'s' * (others > 1)} of the claim" if others else ""
    return f"by induction over the steps, for all dimensions{together}: {own}"


def _unproved(part: Part, drawn: Drawn) -> str:
    """What is missing, with an instance against it where one is found."""
    under = f" under {', '.join(map(plain_relation, part.hypotheses))}" if part.hypotheses else ""
    what = PARTS[part.what]
    witness = _against(part, drawn)
    if witness is None:
        return f"{what} is not proved: {plain_relation(part.relation)}{under}"
    where = ", ".join(f"{name} = {size}" for name, size in witness.sizes.items())
    sides = f"{witness.left} against {witness.right}"
    fails = f"{what} fails{' at ' + where if where else ''}, {sides}: {plain_relation(part.relation)}{under}"
    return fails if part.what == BASE else f"{fails}; the relations do not carry themselves on"


def _against(part: Part, drawn: Drawn) -> Witness | None:
    """An instance at which the part is false."""
    search = instances(part.obligation, drawn.seed)
    places = [(sizes, style) for sizes in search.shapes.sizes()[:SIZES] for style in STYLES if style.name in TRIED]
    found = (instance for sizes, style in places if (instance := search.at(sizes, style, 1)) is not None)
    witnesses = (verify(part.obligation, instance.point) for instance in found)
    return next((witness for witness in witnesses if witness is not None), None)


def _lines(induction: Induction) -> list[Line]:
    """Each part of the induction after the lines of its proof."""
    told: list[Line] = []
    for part in induction.parts:
        assert part.proof is not None  # as ``_evidence`` sees to
        first = len(told)
        told += [(tex, rule, tuple(first + k for k in premises)) for tex, rule, premises in part.proof.lines]
        premises = (len(told) - 1,) if part.proof.lines else ()
        told.append((latex(part.relation), f"{part.what} of the induction, {part.proof.how}", premises))
    return told
