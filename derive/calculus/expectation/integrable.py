"""What is certainly integrable: polynomials in random entries times exponentials of polynomials in them.

The exponents are linear in the Gaussian entries taken together, so that every absolute moment is finite: a bilinear
form ``<v, w>`` of two Gaussians is not, and ``E exp(<v, w>)`` is infinite. All other laws are bounded.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.algebra import Undecidable
from derive.calculus.expectation.laws import RandomEntries
from derive.calculus.form import Form, Monomial, Number
from derive.calculus.structure import depends


def check_integrable(form: Form, symbols: Sequence[RandomEntries]) -> None:
    """Pass where every term of the form is certainly integrable.

    Raises:
        Undecidable: a term has another function of the entries, a negative power, or may grow too fast.
    """
    names = {entries.name for entries in symbols}
    gaussian = {entries.name for entries in symbols if entries.kind == "gaussian"}
    for monomial in form.terms:
        for head, labels, e in monomial:
            inside = head.body if head.kind == "function" and head.name == "exp" else None
            terms = [((head, labels, e),)] if inside is None else list(inside.terms)
            for term in terms:
                degree = _degree(term, names, gaussian)
                if inside is not None and degree > 1:
                    raise Undecidable("an exponential that is not linear in Gaussians may have no mean")


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
