"""Means over half spaces: polynomials and exponentials of linear forms of a Gaussian vector times one unit step.

Under the weight ``exp(b.w)`` the vector is ``N(b, I)``. Integrating by parts (Stein, Annals of Statistics 9 (1981)),
``E[w_i f step(a.w + c)] = b_i E[f step] + E[(d f / d w_i) step] + a_i E[f delta(a.w + c)]``, and on the hyperplane
``a.w + c = 0`` the vector is Gaussian again, with the mean ``b - a g/s^2`` and the covariance ``I - a a^T / s^2``,
where ``g = c + a.b`` and ``s = |a|``. At the end stands ``E step(a.w + c) = (1 + erf(g / (sqrt(2) s))) / 2``, which is
1/2 where g is zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import number
from derive.calculus.expectation.grouped import Group, Place, place_in, summed, within
from derive.calculus.expectation.independent import independent_moment, linear_part
from derive.calculus.expectation.laws import RandomEntries, same
from derive.calculus.expectation.partitions import Block, joint_moment
from derive.calculus.form import Form, Label
from derive.calculus.functions import constant, primitive
from derive.calculus.powers import power


def half_space_mean(algebra: Algebra, entries: RandomEntries, fixed: Mapping[int, Label], group: Group) -> Form:
    """The mean of a group over the entries of one Gaussian vector, those at the fixed labels.

    Raises:
        Undecidable: the exponent or the step is not of a linear form, or there are steps of different forms.
    """
    if not group.steps:
        return independent_moment(algebra, entries, group.places, group.exponent)
    first, *others = group.steps
    if any(other.key() != first.key() for other in others):
        raise Undecidable(f"no closed form of the mean over an intersection of half spaces of {entries.name}")
    half_space = _HalfSpace(algebra, entries, fixed, group)
    result = half_space.mean(group.places)
    if others:  # the square of a step is the step less a quarter where it jumps, which is nowhere or everywhere
        k = len(others) + 1
        whole = independent_moment(algebra, entries, group.places, group.exponent)
        jump = algebra.scale(algebra.multiply(half_space.degenerate, whole), Fraction(1, 2**k) - Fraction(1, 2))
        result = algebra.add(result, jump)
    return result


class _HalfSpace:
    """One group: its weight, and the recursion over its places."""

    def __init__(self, algebra: Algebra, entries: RandomEntries, fixed: Mapping[int, Label], group: Group) -> None:
        self.algebra, self.entries, self.fixed = algebra, entries, fixed
        self.place, self.axis = place_in(algebra, entries, fixed)
        self.tilt, rest = linear_part(algebra, entries, group.exponent, self.place, self.axis)
        self.normal, offset = linear_part(algebra, entries, group.steps[0], self.place, self.axis)
        self.square = self._dot(self.normal, self.normal)
        self.gap = algebra.add(offset, self._dot(self.normal, self.tilt))
        half = algebra.scale(self._dot(self.tilt, self.tilt), Fraction(1, 2))
        self.weight = primitive(algebra, "exp", algebra.add(half, rest))
        zeros = [primitive(algebra, "zero", part) for part in (self.square, offset) if not part.is_zero]
        self.degenerate = algebra.multiply(zeros[0], zeros[1]) if len(zeros) > 1 else (zeros[0] if zeros else number(1))

    def mean(self, places: Sequence[Place]) -> Form:
        ends = [within(place, self.fixed) for place in places]
        return self.algebra.multiply(self.weight, self._over_half_space(ends))

    def _dot(self, left: Form, right: Form) -> Form:
        return summed(self.algebra, self.algebra.multiply(left, right), self.axis)

    def _at(self, form: Form, end: Sequence[Label]) -> Form:
        return self.algebra.rename(form, dict(zip((label for label, _ in self.axis), end, strict=True)))

    def _same(self, one: Sequence[Label], other: Sequence[Label]) -> Form:
        return same(self.algebra, tuple(one), tuple(other), tuple(d for _, d in self.axis))

    def _over_half_space(self, ends: Sequence[Sequence[Label]]) -> Form:
        algebra = self.algebra
        if not ends:
            return self._share()
        first, *rest = ends
        total = algebra.multiply(self._at(self.tilt, first), self._over_half_space(rest))
        for k, other in enumerate(rest):
            left = self._over_half_space([*rest[:k], *rest[k + 1 :]])
            total = algebra.add(total, algebra.multiply(self._same(first, other), left))
        edge = algebra.multiply(self._at(self.normal, first), self._on_hyperplane(rest))
        return algebra.add(total, edge)

    def _share(self) -> Form:
        """``E step(a.w + c)``."""
        if self.gap.is_zero:
            return number(Fraction(1, 2))
        algebra = self.algebra
        doubled = power(algebra, algebra.scale(self.square, 2), Fraction(-1, 2))
        erf = primitive(algebra, "erf", algebra.multiply(self.gap, doubled))
        return algebra.scale(algebra.add(number(1), erf), Fraction(1, 2))

    def _on_hyperplane(self, ends: Sequence[Sequence[Label]]) -> Form:
        """``E[prod_j w_j delta(a.w + c)]``."""
        algebra = self.algebra
        inverse = power(algebra, self.square, -1)
        shift = algebra.multiply(self.gap, inverse)
        mean = algebra.subtract(self.tilt, algebra.multiply(self.normal, shift))

        def joint(block: Block) -> Form:
            if len(block) > 2:
                return number(0)
            if len(block) == 1:
                return self._at(mean, ends[block[0]])
            one, other = (ends[k] for k in block)
            along = algebra.multiply(self._at(self.normal, one), self._at(self.normal, other))
            return algebra.subtract(self._same(one, other), algebra.multiply(along, inverse))

        circle = algebra.scale(algebra.multiply(constant("pi"), self.square), 2)
        height = power(algebra, circle, Fraction(-1, 2))
        decay = primitive(algebra, "exp", algebra.scale(algebra.multiply(self.gap, shift), Fraction(-1, 2)))
        moment = joint_moment(algebra, tuple(range(len(ends))), joint)
        return algebra.multiply(algebra.multiply(height, decay), moment)
