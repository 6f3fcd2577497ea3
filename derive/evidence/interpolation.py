"""Method: what interpolation says of any function of a class, combined.

What it proves: inequalities about gradients and values of a smooth, or convex, function at finitely many points, such
as one step of gradient descent, for all functions of the class, all sizes and all values of the parameters. Inner
products and values are numbers, between which the inequalities of ``derive/interpolation/classes.py`` hold for every
such function; the claim is shown as a nonnegative combination of these. What it refutes, where the extra ``pep`` is
installed: claims that points, gradients and values of a function of the class violate. How it fails: no short
combination is found; an inequality that needs the whole of a matrix to be semidefinite; a relation between more than a
few points.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

from derive.bounds.rules.softmax import unnamed
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.witness.verification import simplify, verify
from derive.instances.drawn import Drawn
from derive.instances.search import Instance
from derive.interpolation.claim import Asked, Unread, read
from derive.interpolation.data import Data, data
from derive.interpolation.vectors import ZERO, total
from derive.interpolation.worst_case import candidates, is_installed
from derive.iteration.proving import Line, Shown
from derive.language.abstract import abstract_values
from derive.language.latex import latex
from derive.language.relations import Relation
from derive.obligation import Obligation

METHOD = "interpolation"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Read the claim as one between numbers, and combine what interpolation says of them."""
    start = time.perf_counter()
    if obligation.sign not in ("<=", "<") or not abstract_values(*map(unnamed, obligation.expressions)):
        return Inapplicable(METHOD, "the claim is no inequality about any function", telling=False)
    try:
        asked = read(obligation)
    except Unread as part:
        return Inapplicable(METHOD, f"{part} is no number made of points, gradients and values")
    proof = asked.proof()
    if proof is None:
        return refuted(obligation, drawn.seed) or Inapplicable(
            METHOD, "no combination of what interpolation says shows it"
        )
    note = "for every function of the class, by what interpolation says of its values and gradients"
    seconds = time.perf_counter() - start
    return Evidence(METHOD, "proof", "symbolic", note, steps=_lines(asked, proof, obligation), seconds=seconds)


def _lines(asked: Asked, proof: Shown, obligation: Obligation) -> tuple[Line, ...]:
    """The class, the combination in inner products and values, and the claim."""
    told: list[Line] = [(latex(relation), "hypothesis", ()) for relation in asked.known.relations]
    told += [(rf"{latex(symbol)} = {tex}", "notation", ()) for symbol, tex in asked.notation()]
    first = len(told)
    told += [(tex, rule, tuple(first + k for k in premises)) for tex, rule, premises in proof.lines]
    claim = Relation(obligation.sign, obligation.left, obligation.right)
    told.append((latex(claim), "smooth convex interpolation (Taylor, Hendrickx and Glineur 2017)", (len(told) - 1,)))
    return tuple(told)


PARAMETERS = 12
"""Values of the parameters at which worst cases are looked for."""


def refuted(obligation: Obligation, seed: int) -> Evidence | None:
    """Points, gradients and values that a function of the class has, and that certainly violate the claim."""
    start = time.perf_counter()
    if not is_installed():
        return None
    try:
        found = data(obligation)
    except Unread:
        return None
    for instance in _parameters(found, seed):
        for candidate in candidates(found, instance.point):
            witness = verify(found.vectors, candidate)
            if witness is not None:
                witness = simplify(found.vectors, witness)
                note = "a function of the class has these values and gradients, by interpolation"
                seconds = time.perf_counter() - start
                return Evidence(METHOD, "refutation", "exact rationals", note, seed, witness=witness, seconds=seconds)
    return None


def _parameters(found: Data, seed: int) -> Iterator[Instance]:
    """Values of the parameters, within the hypotheses on these."""
    alone = Obligation(found.vectors.id, "<=", ZERO, total(list(found.numbers)), found.parameters)
    return islice(Drawn(alone, seed), PARAMETERS)
