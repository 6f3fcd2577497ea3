"""Arrays that are sums over the independent rows of a random symbol, decided by the normal form."""

from __future__ import annotations

from derive.calculus.algebra import Undecidable
from derive.calculus.expectation.laws import prepared
from derive.calculus.expectation.unit_vectors import by_outcomes
from derive.calculus.form import Form, Monomial, is_dummy
from derive.calculus.lower import lower_together
from derive.calculus.lower_chance import random_entries
from derive.calculus.structure import depends
from derive.language.chance import RandomSymbol
from derive.language.tensor import Tensor


def adds_over_rows(node: Tensor, symbol: RandomSymbol) -> bool:
    """Is the array ``sum_k g(P[k])``, with the same g for every row of a ``one_hot`` matrix P?

    It is where every term has one entry of P, whose row is summed over and stands nowhere else.
    """
    try:
        lowering, [array] = lower_together([node])
        entries = random_entries(lowering, symbol)
        form = prepared(lowering.algebra, by_outcomes(lowering.algebra, array.form, entries), entries)
    except Undecidable:
        return False
    rows = len(entries.head.dims) - entries.within
    return all(_adds(monomial, symbol.name, rows) for monomial in form.terms)


def _adds(monomial: Monomial, name: str, rows: int) -> bool:
    drawn = [factor for factor in monomial if depends(Form({(factor,): 1}), name)]
    if len(drawn) != 1 or drawn[0][0].kind != "symbol" or drawn[0][2] != 1:
        return False
    row = drawn[0][1][:rows]
    others = {label for factor in monomial if factor is not drawn[0] for label in factor[1]}
    return all(is_dummy(label) for label in row) and len(set(row)) == rows and others.isdisjoint(row)
