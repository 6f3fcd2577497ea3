"""Method: identity testing modulo a prime, with exponentials as independent atoms.

Both sides are evaluated at random residues (``evaluate/residues.py``), derivatives by dual numbers, and compared. A
true identity of fields, exponentials and roots never differs. A false one agrees only by chance: of a nonzero
polynomial of degree D at most a share D/p of all points modulo p are zeros (DeMillo and Lipton 1978; Zippel 1979;
Schwartz 1980), and exponentials of functions that are linearly independent modulo constants satisfy no polynomial
relation (Ax 1971), so that they count as variables, with the (p - 1)/2 squares as values.

Conditions: the identity is one of analytic functions, without pieces; the inequalities among the hypotheses leave an
open set; equalities are satisfied modulo p, or left out where that is not possible, and then an agreement says even
more. The bound on the probability is proved for rational functions. With exponentials it takes their values for
independent, which is proved where the exponents are linear in independent entries; with roots, or with equalities among
the hypotheses, none is given.

How it fails: an agreement is no proof, also where the sizes tried suffice for all (``size_bound.py``); a difference is
a refutation only with a verified witness.
"""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import ROUND_UP, Context, Decimal
from math import prod

from derive.evaluate.contraction import contracted
from derive.evaluate.degrees import ENTRY, Degrees
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.residues import Q
from derive.evaluate.system import array_of
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.modulo_prime.comparisons import Comparisons, Difference, common_shape
from derive.evidence.modulo_prime.fragment import fragment, without_squared_roots
from derive.evidence.modulo_prime.index_symbols import free_indices
from derive.evidence.modulo_prime.size_bound import SizeBound, independent, size_bound
from derive.evidence.witness.nearby import witness_near
from derive.instances.drawn import Drawn
from derive.instances.modular_points import Sampler
from derive.instances.patterns import symbols
from derive.instances.sizes import Shapes, Sizes
from derive.obligation import Obligation

METHOD = "identity test modulo a prime"

STRENGTH = "modulo a prime"

WORK = 150_000
"""Entries computed for one claim: about a tenth of a second."""

FIRST = 3
"""How many times that the first size that is not trivial may take."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides modulo a prime at several sizes, those that suffice for all sizes where they are known."""
    start = time.perf_counter()
    if obligation.sign != "==":
        return Inapplicable(METHOD, "the claim is no identity", telling=False)
    sides = (without_squared_roots(obligation.left), without_squared_roots(obligation.right))
    claim = replace(obligation, left=sides[0], right=sides[1])
    found = fragment(*sides)
    if found.obstacle:
        return Inapplicable(METHOD, found.obstacle)
    comparisons = Comparisons(claim, drawn.seed, found, Shapes(obligation), Sampler(obligation))
    try:
        bound = _compare(comparisons)
    except Unavailable as error:
        return Inapplicable(METHOD, str(error))
    if not comparisons.compared:
        return Inapplicable(METHOD, "no point was found modulo a prime at which both sides have a value")
    evidence = _evidence(obligation, comparisons, bound, drawn)
    return replace(evidence, seconds=time.perf_counter() - start)


def _compare(comparisons: Comparisons) -> str:
    """Compare at one size after another; what the sizes tried say of the others."""
    bound = size_bound(comparisons.obligation, comparisons.shapes, comparisons.sampler)
    if isinstance(bound, str):
        _at_usual_sizes(comparisons)
        return f"no bound on the sizes is known: {bound}"
    if not _affordable(comparisons, bound):
        _at_usual_sizes(comparisons)
        tried = sum(sizes in comparisons.sizes for sizes in bound.grid())
        return f"{bound} would suffice for all sizes: {tried} of these {len(bound.grid())} combinations were tried"
    return _at_sufficient_sizes(comparisons, bound)


def _affordable(comparisons: Comparisons, bound: SizeBound) -> bool:
    left = WORK
    for sizes in reversed(bound.grid()):  # the dearest first
        left -= comparisons.work(sizes)
        if left < 0:
            return False
    return True


def _at_sufficient_sizes(comparisons: Comparisons, bound: SizeBound) -> str:
    certified, comparisons.complete = True, True
    for sizes in bound.grid():
        comparisons.at(sizes)
        if comparisons.difference is not None:
            return ""
        label = comparisons.label(sizes)
        certified = certified and independent(bound.exponents, comparisons.sampler, sizes, label)
    if not certified:
        return "no bound on the sizes is known: exponents depend on each other at some size"
    if comparisons.lacking or not comparisons.complete:
        return f"{bound} would suffice for all sizes, but some could not be tried"
    return f"{bound} suffice for all sizes" if bound.largest else ""


def _at_usual_sizes(comparisons: Comparisons) -> None:
    """Sizes from small to larger, as far as the budget goes, but one of them not trivial."""
    spent, nontrivial = 0, False
    for sizes in comparisons.shapes.sizes():
        expected = comparisons.work(sizes)
        share = WORK - spent if nontrivial else FIRST * WORK
        if expected > share:
            continue
        comparisons.at(sizes)
        spent += expected
        nontrivial = nontrivial or max(sizes.values(), default=2) > 1
        if comparisons.difference is not None:
            return


def _evidence(obligation: Obligation, comparisons: Comparisons, bound: str, drawn: Drawn) -> Evidence:
    found = comparisons.difference
    witness = None if found is None else witness_near(obligation, found.sizes, found.indices, drawn)
    if found is None:
        note = "; ".join(text for text in (_probability(comparisons), bound, _reservations(comparisons)) if text)
    else:
        note = "" if witness else f"{_where(found)}, but no witness was verified{_distrust(comparisons)}"
    return Evidence(
        METHOD,
        "support" if found is None else "refutation" if witness else "inconclusive",
        witness.arithmetic if witness else STRENGTH,
        note,
        seed=drawn.seed,
        sizes=tuple(comparisons.sizes),
        kept=comparisons.compared,
        worst_margin=0.0 if found is None else None,
        witness=witness,
    )


def _where(found: Difference) -> str:
    sizes = ", ".join(f"{name} = {size}" for name, size in found.sizes.items())
    places = ", ".join(f"{name} = {place}" for name, place in found.indices.items())
    at = "".join(f" at {text}" for text in (sizes, places) if text)
    entry = f" in entry ({', '.join(map(str, found.entry))})" if found.entry else ""
    return f"the sides differ modulo a prime{at}{entry}"


def _distrust(comparisons: Comparisons) -> str:
    """Why a difference modulo a prime need not be one of real numbers."""
    if comparisons.missed is not None:
        return f"; the hypothesis {comparisons.missed!r} could not be met"
    if comparisons.fragment.uninterpreted:
        return "; logarithms, circular and error functions are known only by their derivatives"
    return "; roots have one of two signs" if comparisons.fragment.algebraic else ""


def _reservations(comparisons: Comparisons) -> str:
    if comparisons.missed is not None:
        return f"also without the hypothesis {comparisons.missed!r}"
    lacking = len(comparisons.lacking)
    return f"no point was found at {lacking} of the sizes" if lacking else ""


def _probability(comparisons: Comparisons) -> str:
    """The probability that a false identity passes, where it is known."""
    claim = comparisons.obligation
    if comparisons.fragment.algebraic or not comparisons.sampler.generic:
        return "heuristic: no bound on the probability of an error is known with roots or equalities"
    try:
        degree = max(_degree(claim, sizes) for sizes in _largest(comparisons.sizes))
    except Unavailable:
        return "heuristic: no bound on the probability of an error is known"
    condition = ", exponentials taken for independent" if comparisons.fragment.exponential else ""
    share = Context(prec=1, rounding=ROUND_UP).divide(Decimal(degree + 1), Decimal(Q))
    return f"wrong with a probability below {share:.0e}{condition}"


def _largest(tried: list[Sizes]) -> list[Sizes]:
    """The sizes than which no other is larger."""
    return [s for s in tried if not any(t != s and all(t[name] >= s[name] for name in s) for t in tried)]


def _degree(claim: Obligation, sizes: Sizes) -> int:
    """The degree of the difference of both sides, contracted with free vectors, once denominators are cleared."""
    system = Degrees()
    found = symbols(claim.left, claim.right)
    values = {}
    for name, symbol in found.items():
        shape = [axis.size(sizes) for axis in symbol.shape]
        values[name] = array_of([ENTRY] * prod(shape), shape, object)
    indices = dict.fromkeys(free_indices(claim.left) | free_indices(claim.right), 0)
    scope = scope_at(Point(sizes, indices, values), system)
    vectors = [array_of([ENTRY] * n, (n,), object) for n in (axis.size(sizes) for axis in common_shape(claim))]
    left, right = (contracted(side, vectors, scope).item() for side in (claim.left, claim.right))
    return int((left + right).over)
