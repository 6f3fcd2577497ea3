"""What is certainly integrable: polynomials in random entries times exponentials of polynomials in them.

Where the exponents are linear in the Gaussian entries taken together, every absolute moment is finite; a bilinear form
``<v, w>`` of two Gaussians is not linear, and ``E exp(<v, w>)`` is infinite. Where they are quadratic, every absolute
moment is finite if the mean of the exponentials alone is, with a form that is strictly definite. All other laws are
bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.calculus.algebra import Undecidable
from derive.calculus.expectation.laws import RandomEntries
from derive.calculus.expectation.waves import WAVES
from derive.calculus.form import Form, Monomial, Number
from derive.calculus.structure import depends

BOUNDED = frozenset({"step", "zero"})
"""Kinds of factors that are bounded, whatever their argument is."""


def in_doubt(form: Form, symbols: Sequence[RandomEntries]) -> Iterator[Monomial]:
    """The exponentials of the terms that are integrable only if these are: those quadratic in Gaussians.

    Raises:
        Undecidable: a term has another function of the entries, a negative power, or may grow too fast.
    """
    names = {entries.name for entries in symbols}
    gaussian = {entries.name for entries in symbols if entries.kind == "gaussian"}
    for monomial in form.terms:
        highest: Number = 0
        exponentials: Monomial = ()
        for factor in monomial:
            head, _, e = factor
            if head.body is not None and head.kind == "function" and head.name == "exp":
                highest = max([highest, *(_degree(term, names, gaussian) for term in head.body.terms)])
                exponentials += (factor,)
            elif head.kind not in BOUNDED and not (head.name in WAVES and e > 0):
                _degree((factor,), names, gaussian)
        if highest > 2:
            raise Undecidable("the mean of an exponential of a higher power of Gaussians may not exist")
        if highest == 2:
            yield exponentials


def _degree(monomial: Monomial, names: set[str], gaussian: set[str]) -> Number:
    """The degree in the Gaussian entries of a polynomial in random entries."""
    total: Number = 0
    for head, labels, e in monomial:
        found = sorted(name for name in names if depends(Form({((head, labels, e),): 1}), name))
        if not found:
            continue
        if head.kind != "symbol" or not isinstance(e, int) or e < 0:
            raise Undecidable(f"no closed form of the mean of a function of {', '.join(found)}")
        total += e if head.name in gaussian else 0
    return total
