"""Means of exponentials of quadratic forms of Gaussians, beside polynomials and exponentials of linear forms.

``E exp(b.w + w^T M w / 2) = det(I - M)^(-1/2) exp(b^T (I - M)^-1 b / 2)`` exists if and only if I - M is positive
definite; under that weight w is Gaussian with the covariance ``(I - M)^-1`` and the mean ``(I - M)^-1 b`` (Mathai and
Provost, Quadratic Forms in Random Variables, 1992).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, number
from derive.calculus.axes import Axis
from derive.calculus.expectation.definite import Signs, doubt
from derive.calculus.expectation.grouped import Group, place_in, summed, within
from derive.calculus.expectation.laws import RandomEntries, same
from derive.calculus.expectation.partitions import Block, joint_moment
from derive.calculus.form import Form, Label
from derive.calculus.functions import primitive
from derive.calculus.matrices import determinant, inverse
from derive.calculus.powers import power
from derive.calculus.structure import depends, differentiate


def quadratic_mean(
    algebra: Algebra, entries: RandomEntries, signs: Signs, fixed: Mapping[int, Label], group: Group
) -> Form:
    """The mean of a group over the entries of one Gaussian vector, those at the fixed labels.

    Raises:
        Undecidable: an exponent is no quadratic form, the mean may be infinite, or the form couples several axes.
    """
    (one, rows), (other, columns) = (place_in(algebra, entries, fixed) for _ in range(2))
    slope = differentiate(algebra, group.exponent, entries.name, one)
    curvature = differentiate(algebra, slope, entries.name, other)
    if depends(curvature, entries.name):
        raise Undecidable(f"no closed form of the mean of an exponential of a higher power of {entries.name}")
    pulled = summed(algebra, algebra.multiply(curvature, atom(entries.head, other)), columns)
    bias = algebra.subtract(slope, pulled)
    halved = algebra.scale(algebra.multiply(pulled, atom(entries.head, one)), Fraction(1, 2))
    linear = algebra.multiply(bias, atom(entries.head, one))
    rest = algebra.subtract(group.exponent, summed(algebra, algebra.add(halved, linear), rows))
    if depends(bias, entries.name) or depends(rest, entries.name):
        raise Undecidable(f"no closed form of the mean of an exponential of a function of {entries.name}")
    precision = algebra.subtract(_identity(algebra, rows, columns), curvature)
    reason = doubt(summed(algebra, halved, rows), entries, signs)
    if reason and not _definite_by_hypothesis(algebra, precision, rows, columns, signs):
        raise Undecidable(reason)
    covariance, root = _inverted(algebra, precision, rows, columns)
    mean = summed(algebra, algebra.multiply(covariance, algebra.rename(bias, _names(rows, columns))), columns)
    square = summed(algebra, algebra.multiply(bias, mean), rows)
    total = primitive(algebra, "exp", algebra.add(algebra.scale(square, Fraction(1, 2)), rest))

    def joint(block: Block) -> Form:
        ends = [within(group.places[k], fixed) for k in block]
        if len(block) > 2:
            return number(0)
        if len(block) == 1:
            return algebra.rename(mean, dict(zip((label for label, _ in rows), ends[0], strict=True)))
        labels = [label for label, _ in rows + columns]
        return algebra.rename(covariance, dict(zip(labels, ends[0] + ends[1], strict=True)))

    moment = joint_moment(algebra, tuple(range(len(group.places))), joint)
    return algebra.multiply(algebra.multiply(total, root), moment)


def _names(rows: Axis, columns: Axis) -> dict[Label, Label]:
    return {row: column for (row, _), (column, _) in zip(rows, columns, strict=True)}


def _identity(algebra: Algebra, rows: Axis, columns: Axis) -> Form:
    labels = [tuple(label for label, _ in axis) for axis in (rows, columns)]
    return same(algebra, labels[0], labels[1], tuple(d for _, d in rows))


def _inverted(algebra: Algebra, precision: Form, rows: Axis, columns: Axis) -> tuple[Form, Form]:
    """The inverse of a positive definite matrix and the inverse root of its determinant."""
    diagonal = _diagonal(algebra, precision, rows, columns)
    if diagonal is not None:
        inverted = algebra.multiply(power(algebra, diagonal, -1), _identity(algebra, rows, columns))
        if not rows:
            return inverted, power(algebra, diagonal, Fraction(-1, 2))
        logarithm = summed(algebra, primitive(algebra, "log", diagonal), rows)
        return inverted, primitive(algebra, "exp", algebra.scale(logarithm, Fraction(-1, 2)))
    if len(rows) > 1:
        raise Undecidable("no closed form of the mean of an exponential that couples the entries of several axes")
    root = power(algebra, determinant(algebra, precision, rows, columns), Fraction(-1, 2))
    return inverse(algebra, precision, rows, columns), root


def _diagonal(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """The diagonal of a diagonal matrix, else None."""
    ends = [{row, column} for row, column in _names(rows, columns).items()]
    for monomial in form.terms:
        deltas = [set(labels) for head, labels, _ in monomial if head.kind == "delta"]
        if not all(end in deltas for end in ends):
            return None
    return algebra.rename(form, {column: row for row, column in _names(rows, columns).items()})


def _definite_by_hypothesis(algebra: Algebra, precision: Form, rows: Axis, columns: Axis, signs: Signs) -> bool:
    diagonal = _diagonal(algebra, precision, rows, columns)
    if diagonal is not None:
        return signs.positive(diagonal)
    return len(rows) == 1 and signs.definite(precision, rows[0][0], columns[0][0])
