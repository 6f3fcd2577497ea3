"""Means of products of independent entries with an exponential of a linear form of them."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, number
from derive.calculus.expectation.laws import RandomEntries, cumulant, same
from derive.calculus.expectation.partitions import Block, joint_moment
from derive.calculus.form import Form, Label
from derive.calculus.functions import primitive
from derive.calculus.structure import depends, differentiate


def independent_moment(
    algebra: Algebra, entries: RandomEntries, places: Sequence[tuple[Label, ...]], exponent: Form
) -> Form:
    """``E[prod_j s[places_j] * exp(exponent)]``, with ``exponent = rest + sum_e b_e s_e``.

    Raises:
        Undecidable: the exponent is not linear in the entries.
    """
    dims = entries.head.dims
    place = tuple(algebra.fresh() for _ in dims)
    slope, rest = _linear(algebra, entries, exponent, place)
    total = cumulant(algebra, entries, 0, slope)
    for label, dimension in zip(place, dims, strict=True):
        total = algebra.contract(total, label, dimension)

    def joint(block: Block) -> Form:
        if entries.kind == "gaussian" and len(block) > 2:
            return number(0)
        first, *others = (places[k] for k in block)
        here = algebra.rename(slope, dict(zip(place, first, strict=True)))
        value = cumulant(algebra, entries, len(block), here)
        for other in others:
            value = algebra.multiply(same(algebra, first, other, dims), value)
        return value

    moment = joint_moment(algebra, tuple(range(len(places))), joint)
    return algebra.multiply(primitive(algebra, "exp", algebra.add(total, rest)), moment)


def _linear(algebra: Algebra, entries: RandomEntries, exponent: Form, place: tuple[Label, ...]) -> tuple[Form, Form]:
    """``(slope, rest)`` with ``exponent = rest + sum_e slope[e] s[e]``, both without the entries."""
    slope = differentiate(algebra, exponent, entries.name, place)
    if depends(slope, entries.name):
        raise Undecidable(f"no closed form of the mean of an exponential that is not linear in {entries.name}")
    linear = algebra.multiply(slope, atom(entries.head, place))
    for label, dimension in zip(place, entries.head.dims, strict=True):
        linear = algebra.contract(linear, label, dimension)
    rest = algebra.subtract(exponent, linear)
    if depends(rest, entries.name):
        raise Undecidable(f"no closed form of the mean of an exponential of a function of {entries.name}")
    return slope, rest
