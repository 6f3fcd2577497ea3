"""The expectation of a form, term by term, as a form in the deterministic symbols that are left.

A term is a product with summed indices. While these are open, the expectation of the product over the entries of one
random symbol is a form in Kronecker deltas of the indices (``partitions.py``), weighted by the exponentials in the
product (``laws.py``); deterministic factors stand outside, different symbols are taken one after the other, and then
the indices are summed.

Only what is absolutely integrable is integrated: polynomials in random entries times exponentials that are linear in
the Gaussian ones. Everything else is declined, so that nothing is ever said of an expectation that does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, instantiate, number
from derive.calculus.expectation.independent import independent_moment
from derive.calculus.expectation.integrable import check_integrable
from derive.calculus.expectation.laws import ROWS, RandomEntries, prepared, scaled
from derive.calculus.expectation.rows import moment_of_rows
from derive.calculus.form import Factor, Form, Label, Monomial, Number
from derive.calculus.opening import opened
from derive.calculus.structure import depends


@dataclass(frozen=True)
class Integrand:
    """A product that is to be integrated over the entries of one symbol.

    Attributes:
        places: the labels of the entries in it, as often as they occur.
        exponent: the sum of the exponents of its exponentials.
        outside: the factors without that symbol.
    """

    places: tuple[tuple[Label, ...], ...]
    exponent: Form
    outside: tuple[Factor, ...]


def expected(algebra: Algebra, form: Form, symbols: Sequence[RandomEntries]) -> Form:
    """The expectation of a form over independent random symbols.

    Raises:
        Undecidable: a term has no closed form here, or is not certainly integrable.
    """
    for entries in symbols:
        form = prepared(algebra, scaled(algebra, form, entries), entries)
    check_integrable(form, symbols)
    reason = Undecidable("no random symbol")
    for order in permutations(sorted(symbols, key=lambda entries: entries.kind != "gaussian")):
        result = form
        try:
            for entries in order:
                result = _over(algebra, result, entries)
        except Undecidable as error:
            reason = error if str(reason) == "no random symbol" else reason
            continue
        return result
    raise reason


def _over(algebra: Algebra, form: Form, entries: RandomEntries) -> Form:
    """The expectation over the entries of one symbol, the others held fixed."""
    known = prepared(algebra, form, entries)
    return algebra.add(*(_term(algebra, m, c, entries) for m, c in known.ordered()))


def _term(algebra: Algebra, monomial: Monomial, c: Number, entries: RandomEntries) -> Form:
    if not depends(Form({monomial: c}), entries.name):
        return Form({monomial: c})
    product = opened(algebra, monomial)
    integrand = _integrand(algebra, product.factors, entries)
    outside = algebra.collect([(list(integrand.outside), c)])
    if entries.kind in ROWS:
        if not integrand.exponent.is_zero:
            raise Undecidable(f"no closed form of the mean of an exponential of {entries.name}")
        mean = moment_of_rows(algebra, entries, integrand.places)
    else:
        mean = independent_moment(algebra, entries, integrand.places, integrand.exponent)
    result = algebra.multiply(outside, mean)
    for label, dimension in product.summed.items():
        result = algebra.contract(result, label, dimension)
    return result


def _integrand(algebra: Algebra, factors: Sequence[Factor], entries: RandomEntries) -> Integrand:
    places: list[tuple[Label, ...]] = []
    exponent = number(0)
    outside: list[Factor] = []
    for head, labels, e in factors:
        if head == entries.head and isinstance(e, int) and e > 0:
            places.extend([labels] * e)
        elif (
            head.kind == "function"
            and head.name == "exp"
            and head.body is not None
            and depends(head.body, entries.name)
        ):
            inner = algebra.rewritten(instantiate(head.body, labels))
            exponent = algebra.add(exponent, algebra.scale(inner, e))
        elif depends(atom(head, labels), entries.name):
            raise Undecidable(f"no closed form of the mean of a function of {entries.name}")
        else:
            outside.append((head, labels, e))
    return Integrand(tuple(places), exponent, tuple(outside))
