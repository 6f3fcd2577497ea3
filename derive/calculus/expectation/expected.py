"""The expectation of a form, term by term, as a form in the deterministic symbols that are left.

A term is a product with summed indices. While these are open, the expectation of the product over the entries of one
random symbol is a form in Kronecker deltas of the indices (``partitions.py``), weighted by the exponentials in the
product (``laws.py``); deterministic factors stand outside, different symbols are taken one after the other, and then
the indices are summed.

Only what is absolutely integrable is integrated (``integrable.py``), and everything else is declined, so that nothing
is ever said of an expectation that does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import permutations

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, instantiate
from derive.calculus.expectation.definite import Signs
from derive.calculus.expectation.grouped import grouped_moment
from derive.calculus.expectation.half_space import half_space_mean
from derive.calculus.expectation.independent import independent_moment
from derive.calculus.expectation.integrable import in_doubt
from derive.calculus.expectation.laws import ROWS, RandomEntries, prepared, scaled
from derive.calculus.expectation.quadratic import quadratic_mean
from derive.calculus.expectation.rows import moment_of_rows
from derive.calculus.expectation.unit_vectors import by_outcomes
from derive.calculus.expectation.waves import WAVES, Wave, wave_moment
from derive.calculus.form import Factor, Form, Label, Monomial, Number
from derive.calculus.opening import opened
from derive.calculus.structure import depends


@dataclass(frozen=True)
class Integrand:
    """A product that is to be integrated over the entries of one symbol.

    Attributes:
        places: the labels of the entries in it, as often as they occur.
        exponents: those of its exponentials.
        steps: the forms of which it has the unit steps, each as often as it occurs.
        waves: its sines and cosines, likewise.
        outside: the factors without that symbol.
    """

    places: tuple[tuple[Label, ...], ...]
    exponents: tuple[Form, ...]
    steps: tuple[Form, ...]
    waves: tuple[Wave, ...]
    outside: tuple[Factor, ...]


def expected(algebra: Algebra, form: Form, symbols: Sequence[RandomEntries], signs: Signs) -> Form:
    """The expectation of a form over independent random symbols.

    Raises:
        Undecidable: a term has no closed form here, or is not certainly integrable.
    """
    for entries in symbols:
        if entries.kind == "one_hot":
            form = by_outcomes(algebra, form, entries)
        form = prepared(algebra, scaled(algebra, form, entries), entries)
    for exponentials in in_doubt(form, symbols):
        _over_all(algebra, Form({exponentials: 1}), symbols, signs)
    return _over_all(algebra, form, symbols, signs)


def _over_all(algebra: Algebra, form: Form, symbols: Sequence[RandomEntries], signs: Signs) -> Form:
    """The expectation over one symbol after the other, Gaussians first, or in the first order that works."""
    reasons: list[Undecidable] = []
    for order in permutations(sorted(symbols, key=lambda entries: entries.kind != "gaussian")):
        result = form
        try:
            for entries in order:
                result = _over(algebra, result, entries, signs)
        except Undecidable as error:
            reasons.append(error)
            continue
        return result
    raise reasons[0]


def _over(algebra: Algebra, form: Form, entries: RandomEntries, signs: Signs) -> Form:
    """The expectation over the entries of one symbol, the others held fixed."""
    known = prepared(algebra, form, entries)
    return algebra.add(*(_term(algebra, m, c, entries, signs) for m, c in known.ordered()))


def _term(algebra: Algebra, monomial: Monomial, c: Number, entries: RandomEntries, signs: Signs) -> Form:
    if not depends(Form({monomial: c}), entries.name):
        return Form({monomial: c})
    product = opened(algebra, monomial)
    integrand = _integrand(algebra, product.factors, entries)
    outside = algebra.collect([(list(integrand.outside), c)])
    result = algebra.multiply(outside, _mean(algebra, integrand, entries, signs))
    for label, dimension in product.summed.items():
        result = algebra.contract(result, label, dimension)
    return result


def _integrand(algebra: Algebra, factors: Sequence[Factor], entries: RandomEntries) -> Integrand:
    places: list[tuple[Label, ...]] = []
    exponents: list[Form] = []
    steps: list[Form] = []
    waves: list[Wave] = []
    outside: list[Factor] = []
    for head, labels, e in factors:
        body = head.body if head.kind == "function" and head.name == "exp" else None
        angle = head.body if head.name in WAVES and entries.kind == "gaussian" else None
        jump = head.body if head.kind == "step" and entries.kind == "gaussian" else None
        if head == entries.head and isinstance(e, int) and e > 0:
            places.extend([labels] * e)
        elif body is not None and depends(body, entries.name):
            exponents.append(algebra.scale(algebra.rewritten(instantiate(body, labels)), e))
        elif jump is not None and depends(jump, entries.name):
            steps.extend([algebra.rewritten(instantiate(jump, labels))] * int(e))
        elif angle is not None and depends(angle, entries.name) and isinstance(e, int) and e > 0:
            waves.extend([Wave(head.name, algebra.rewritten(instantiate(angle, labels)))] * e)
        elif depends(atom(head, labels), entries.name):
            raise Undecidable(f"no closed form of the mean of a function of {entries.name}")
        else:
            outside.append((head, labels, e))
    return Integrand(tuple(places), tuple(exponents), tuple(steps), tuple(waves), tuple(outside))


def _mean(algebra: Algebra, integrand: Integrand, entries: RandomEntries, signs: Signs) -> Form:
    if entries.kind in ROWS:
        if integrand.exponents:
            raise Undecidable(f"no closed form of the mean of an exponential of {entries.name}")
        return moment_of_rows(algebra, entries, integrand.places)
    exponent = algebra.add(*integrand.exponents)
    factors = integrand.places, integrand.exponents, integrand.steps
    if entries.kind == "gaussian" and _is_quadratic(exponent, entries):
        if integrand.steps or integrand.waves:
            raise Undecidable(f"no closed form of the mean of a function of {entries.name}")
        return grouped_moment(algebra, entries, *factors, partial(quadratic_mean, algebra, entries, signs))
    if integrand.waves and integrand.steps:
        raise Undecidable(f"no closed form of the mean of a function of {entries.name}")
    if integrand.waves:
        return wave_moment(algebra, entries, integrand.places, exponent, integrand.waves)
    if integrand.steps:
        return grouped_moment(algebra, entries, *factors, partial(half_space_mean, algebra, entries))
    return independent_moment(algebra, entries, integrand.places, exponent)


def _is_quadratic(exponent: Form, entries: RandomEntries) -> bool:
    return any(sum(e for head, _, e in monomial if head == entries.head) > 1 for monomial in exponent.terms)
