"""How the subject of a step is made of the subjects of its premises: functions of their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import add, mul

from derive.verify.arrays import Array, build, elementwise, kron, matmul, total, transposed
from derive.verify.elementary import FUNCTIONS, Elementary
from derive.verify.generic import equal
from derive.verify.measures import measure

Test = Callable[[Array, Sequence[Array], Elementary], bool]
"""Is the first array made of the others?"""


def itself(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    del functions
    return all(equal(subject, part) for part in parts)


def made_by(function: Callable[..., Array], ordered: bool = False) -> Test:
    """A function of the parts, in either order where there are two and it does not matter."""

    def test(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
        orders = [parts, list(reversed(parts))] if len(parts) == 2 and not ordered else [parts]
        return any(_fits(subject, function, order, functions) for order in orders)

    return test


def _fits(subject: Array, function: Callable[..., Array], parts: Sequence[Array], functions: Elementary) -> bool:
    try:
        return equal(subject, function(functions, *parts))
    except (IndexError, ValueError, StopIteration):  # the shapes do not conform
        return False


def _sum(functions: Elementary, first: Array, second: Array) -> Array:
    del functions
    return elementwise(add, first, second)


def _alike(functions: Elementary, first: Array, second: Array) -> Array:
    """The sum of arrays of one shape."""
    if first.shape != second.shape:
        raise ValueError("a scalar beside an array")
    return _sum(functions, first, second)


def _negative(functions: Elementary, part: Array) -> Array:
    del functions
    return elementwise(lambda z: -z, part)


def _product(functions: Elementary, first: Array, second: Array) -> Array:
    del functions
    if first.shape != second.shape:
        raise ValueError("a scalar beside an array")
    return elementwise(mul, first, second)


def _multiple(functions: Elementary, first: Array, second: Array) -> Array:
    del functions
    if first.shape and second.shape:
        raise ValueError("no scalar")
    return elementwise(mul, first, second)


def _any_product(functions: Elementary, first: Array, second: Array) -> Array:
    del functions
    return elementwise(mul, first, second)


def _matmul(functions: Elementary, first: Array, second: Array) -> Array:
    if not first.shape or not second.shape or first.shape[-1] != second.shape[max(len(second.shape) - 2, 0)]:
        raise ValueError("shapes that do not conform")
    return matmul(first, second, functions.number(0))


def _outer(functions: Elementary, first: Array, second: Array) -> Array:
    del functions
    if len(first.shape) != 1 or len(second.shape) != 1:
        raise ValueError("no vectors")
    return build(first.shape + second.shape, lambda at: first[at[:1]] * second[at[1:]])


def _kron(functions: Elementary, first: Array, second: Array) -> Array:
    del functions
    return kron(first, second)


def _quotient(functions: Elementary, first: Array, second: Array) -> Array:
    return elementwise(functions.divide, first, second)


def _inner(functions: Elementary, first: Array, second: Array) -> Array:
    if first.shape != second.shape or not first.shape:
        raise ValueError("unlike arrays")
    return Array((), (total((a * b for a, b in zip(first.entries, second.entries, strict=True)), functions.number(0)),))


def _total(functions: Elementary, part: Array) -> Array:
    return Array((), (total(part.entries, functions.number(0)),))


def _diagonal(functions: Elementary, part: Array) -> Array:
    zero = functions.number(0)
    if len(part.shape) == 1:
        return build(part.shape * 2, lambda at: part[at[:1]] if at[0] == at[1] else zero)
    return build(part.shape[:1], lambda at: part[(at[0], at[0])])


def applied(name: str) -> Test:
    """An elementwise function of the one part."""
    return made_by(lambda functions, part: elementwise(lambda z: FUNCTIONS[name](functions, z), part))


def _softmax(functions: Elementary, part: Array) -> Array:
    powers = elementwise(functions.exp, part)
    scale = functions.reciprocal(total(powers.entries, functions.number(0)))
    return elementwise(lambda z: z * scale, powers)


def _logsumexp(functions: Elementary, part: Array) -> Array:
    powers = elementwise(functions.exp, part)
    return Array((), (functions.series("log", total(powers.entries, functions.number(0))),))


def same_entries(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """A transpose, or all entries in another shape."""
    (part,) = parts
    axes = tuple(reversed(range(len(part.shape))))
    turned = transposed(part, axes)
    del functions
    alike = (Array(subject.shape, p.entries) for p in (part, turned) if len(p.entries) == len(subject.entries))
    return equal(subject, turned) or any(equal(subject, p) for p in alike)


def turned(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """The transpose."""
    del functions
    (part,) = parts
    return equal(subject, transposed(part, tuple(reversed(range(len(part.shape))))))


def scalar_first(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """A scalar times an array."""
    return not parts[0].shape and MULTIPLE(subject, parts, functions)


def scalar_second(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    return not parts[1].shape and MULTIPLE(subject, parts, functions)


def scalar_divisor(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    return not parts[1].shape and QUOTIENT(subject, parts, functions)


def diagonal_matrix(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """The diagonal matrix of a vector."""
    return len(parts[0].shape) == 1 and DIAGONAL(subject, parts, functions)


def diagonal_of(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """The diagonal of a matrix."""
    return len(parts[0].shape) == 2 and DIAGONAL(subject, parts, functions)


def of_its_entries(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """Its diagonal, and its entries, or those of its difference from the identity, the same off the diagonal."""
    diagonal, matrix = parts
    one = functions.number(1)
    less = build(subject.shape, lambda at: subject[at] - one if at[0] == at[1] else subject[at])
    return diagonal_of(diagonal, [subject], functions) and any(equal(matrix, whole) for whole in (subject, less))


def matrix_and_vector(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """``M x`` or ``x M`` of the matrix M and the vector x."""
    matrix, vector = parts
    if (len(matrix.shape), len(vector.shape)) != (2, 1):
        return False
    return MATMUL(subject, parts, functions)


def vector_and_matrix(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    return matrix_and_vector(subject, list(reversed(parts)), functions)


def part_of(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """Every entry of the subject is one of the whole, each taken once; a vector of a matrix is a row or a column."""
    del functions
    (whole,) = parts
    if len(whole.shape) == 2 and len(subject.shape) == 1:
        lines = whole.rows + [list(column) for column in zip(*whole.rows, strict=True)]
        return any(equal(subject, Array((len(line),), tuple(line))) for line in lines)
    left = list(whole.entries)
    for entry in subject.entries:
        place = next((k for k, other in enumerate(left) if entry.overlaps(other)), None)
        if place is None:
            return False
        left.pop(place)
    return True


def row_of(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    del functions
    (whole,) = parts
    if len(whole.shape) != 2:
        return False
    return any(equal(subject, Array((len(line),), tuple(line))) for line in whole.rows)


def power(exponent: Fraction) -> Test:
    return made_by(lambda functions, part: elementwise(lambda z: functions.power(z, exponent), part))


def measured(name: str) -> Test:
    """The subject is a measure of the part."""

    def test(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
        return not subject.shape and bool(measure(name, parts[0], functions).overlaps(subject.scalar))

    return test


def line_of(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """A vector as a matrix with one row or one column."""
    return 1 in subject.shape and len(parts[0].shape) == 1 and same_entries(subject, parts, functions)


SUM, ALIKE, NEGATIVE = made_by(_sum), made_by(_alike), made_by(_negative)
PRODUCT, MULTIPLE, ANY_PRODUCT = made_by(_product), made_by(_multiple), made_by(_any_product)
MATMUL, OUTER, KRON, QUOTIENT = made_by(_matmul), made_by(_outer), made_by(_kron), made_by(_quotient, ordered=True)
IN_ORDER, OUTER_IN_ORDER = made_by(_matmul, ordered=True), made_by(_outer, ordered=True)
INNER, TOTAL, DIAGONAL = made_by(_inner), made_by(_total), made_by(_diagonal)
SOFTMAX, LOGSUMEXP = made_by(_softmax), made_by(_logsumexp)
