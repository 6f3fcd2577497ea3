"""What a normal form shows of a matrix's rank: common factors, null vectors, terms that are a column times a row.

A matrix whose terms all begin with one factor, ``sum_p A_pi F_pj``, is ``A^T F`` and has no more rank than F, so that
common factors are drawn out of both ends first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derive.calculus.algebra import Algebra
from derive.calculus.axes import Array, axis_labels
from derive.calculus.form import Factor, Form, Label, Monomial, Raw, delta_factor, is_dummy, rename
from derive.calculus.heads import common_factors
from derive.calculus.hypotheses import facts_from
from derive.calculus.impose import impose
from derive.calculus.lower import Lowering, Splits, with_splits
from derive.calculus.products import rank_of_products
from derive.calculus.rational import vanishes
from derive.language.dimensions import Dimension
from derive.language.relations import Relation
from derive.language.tensor import Tensor


@dataclass(frozen=True)
class Ranks:
    """Bounds of the rank of a matrix from above.

    Attributes:
        through: sizes of the matrices in between whose product it is.
        annihilated: sizes of those that the vector of ones, from the left or the right, is sent to zero by.
        pairs: the rank of the coefficients in a sum of columns times rows; None where the matrix is none.
        masked: the numbers of the masks D, diagonal matrices of zeros and ones, with ``F = D F`` or ``F = F D`` for a
            matrix in between.
    """

    through: tuple[Dimension, ...]
    annihilated: tuple[Dimension, ...]
    pairs: int | None
    masked: tuple[int, ...]


@dataclass(frozen=True)
class _Matrix:
    """A form whose labels ``row`` and ``column`` are the ends of a matrix of that many rows and columns."""

    form: Form
    row: Label
    rows: Dimension
    column: Label
    columns: Dimension


def ranks(subject: Tensor, given: Sequence[Relation] = (), masks: Sequence[Tensor] = ()) -> Ranks:
    """What the normal form of a matrix shows of its rank; ``masks`` are vectors whose entries are 0 and 1.

    Raises:
        Undecidable: there is no normal form.
    """

    def attempt(splits: Splits) -> tuple[Algebra, list[Array]]:
        lowering = Lowering(Algebra(), splits, given=given)
        arrays = [lowering.lower(expression) for expression in (subject, *masks)]
        facts = facts_from(lowering, given, [subject])
        forms = (impose(lowering.algebra, array.form, facts) for array in arrays)
        return facts.algebra(lowering.algebra), [Array(f, a.axes) for f, a in zip(forms, arrays, strict=True)]

    algebra, (array, *vectors) = with_splits([subject, *masks], attempt)
    rows, columns = array.axes
    whole = rank_of_products(algebra, array.form, axis_labels(rows), axis_labels(columns))
    if len(rows) != 1 or len(columns) != 1:
        return Ranks((), (), whole, ())
    stages = list(_stages(algebra, _Matrix(array.form, *rows[0], *columns[0])))
    last = stages[-1]
    inner = rank_of_products(algebra, last.form, (last.row,), (last.column,))
    known = [(k, v.form, v.axes[0][0]) for k, v in enumerate(vectors) if len(v.axes) == 1 and len(v.axes[0]) == 1]
    return Ranks(
        through=tuple(dict.fromkeys(size for m in stages for size in (m.rows, m.columns))),
        annihilated=tuple(dict.fromkeys(size for m in stages for size in _annihilated(algebra, m))),
        pairs=min((count for count in (whole, inner) if count is not None), default=None),
        masked=tuple(k for k, form, end in known if any(_unchanged(algebra, m, form, *end) for m in stages)),
    )


def _stages(algebra: Algebra, matrix: _Matrix) -> Iterator[_Matrix]:
    """The matrix, and those that are left as common factors are drawn out on the left and then on the right."""
    yield matrix
    for turned in (False, True):
        while (found := _drawn_out(algebra, _turned(matrix) if turned else matrix)) is not None:
            matrix = _turned(found) if turned else found
            yield matrix


def _turned(matrix: _Matrix) -> _Matrix:
    return _Matrix(matrix.form, matrix.column, matrix.columns, matrix.row, matrix.rows)


def _drawn_out(algebra: Algebra, matrix: _Matrix) -> _Matrix | None:
    """The matrix without the diagonal, or else the one factor, that all terms have at the row; None without one."""
    monomials = list(matrix.form.terms)
    if not monomials:
        return None
    shared = [f for f in common_factors(monomials) if f[1] == (matrix.row,)]
    if shared:
        rest = algebra.divided(matrix.form, shared)
        return None if rest.is_zero else replace(matrix, form=rest)
    ends = [_outermost(monomial, matrix.row) for monomial in monomials]
    first = ends[0]
    if first is None or any(end is None or end[:2] != first[:2] for end in ends):
        return None
    near, products = algebra.fresh(), list[Raw]()
    for (monomial, c), end in zip(matrix.form.terms.items(), ends, strict=True):
        assert end is not None
        products.append((_without(monomial, end, near), c))
    return _Matrix(algebra.collect(products), near, first[1], matrix.column, matrix.columns)


_End = tuple[str, Dimension, Factor, Label]
"""A factor at a row: its head and the port there, and the dimension and the label at its other port."""


def _outermost(monomial: Monomial, row: Label) -> _End | None:
    """The one matrix that stands at the row of a term."""
    at_row = [factor for factor in monomial if row in factor[1]]
    if len(at_row) != 1:
        return None
    head, labels, exponent = at_row[0]
    if head.kind == "delta" or exponent != 1 or len(labels) != 2 or labels[0] == labels[1]:
        return None
    port = labels.index(row)
    symmetric = any(places == (1, 0) and sign == 1 for places, sign in head.symmetries)
    return f"{head.key} {0 if symmetric else port}", head.dims[1 - port], at_row[0], labels[1 - port]


def _without(monomial: Monomial, end: _End, near: Label) -> list[Factor]:
    """The term without its matrix at the row; what stood at that matrix's other port is called ``near``."""
    _, dimension, factor, far = end
    rest = [other for other in monomial if other is not factor]
    if is_dummy(far):
        return rename(rest, {far: near})
    return [*rest, delta_factor(near, far, dimension)]


def _annihilated(algebra: Algebra, matrix: _Matrix) -> Iterator[Dimension]:
    """The sizes of the ends at which the vector of ones makes the matrix zero."""
    for label, size in ((matrix.row, matrix.rows), (matrix.column, matrix.columns)):
        image = algebra.contract(matrix.form, label, size)
        if image.is_zero or vanishes(image):
            yield size


def _unchanged(algebra: Algebra, matrix: _Matrix, mask: Form, label: Label, size: Dimension) -> bool:
    """Is the matrix left as it is by the diagonal matrix of the mask, from the left or the right?"""
    for end, dimension in ((matrix.row, matrix.rows), (matrix.column, matrix.columns)):
        if dimension == size:
            product = algebra.multiply(matrix.form, algebra.rename(mask, {label: end}))
            if algebra.subtract(product, matrix.form).is_zero:
                return True
    return False
