"""Means of products of independent entries with an exponential of a linear form of them."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, number
from derive.calculus.axes import Axis
from derive.calculus.expectation.grouped import summed
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
    axis = tuple(zip(place, dims, strict=True))
    slope, rest = linear_part(algebra, entries, exponent, place, axis)
    total = summed(algebra, cumulant(algebra, entries, 0, slope), axis)

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


def linear_part(
    algebra: Algebra, entries: RandomEntries, form: Form, place: tuple[Label, ...], axis: Axis
) -> tuple[Form, Form]:
    """``(slope, rest)`` with ``form = rest + sum_e slope[e] s[e]``, both without the entries.

    ``axis`` has those labels of ``place`` that e runs over; the others are fixed.

    Raises:
        Undecidable: the form is not linear in the entries.
    """
    slope = differentiate(algebra, form, entries.name, place)
    if depends(slope, entries.name):
        raise Undecidable(f"no closed form of the mean of a function that is not of a linear form of {entries.name}")
    linear = summed(algebra, algebra.multiply(slope, atom(entries.head, place)), axis)
    rest = algebra.subtract(form, linear)
    if depends(rest, entries.name):
        raise Undecidable(f"no closed form of the mean of a function of {entries.name}")
    return slope, rest
