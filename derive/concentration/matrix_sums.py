"""Events in the Loewner order about sums of independent matrices, one for each row drawn from a finite law.

A row that is ``e_i`` adds ``X_i``, and ``m X_i`` is what the sum is if all rows are ``e_i``. Where M is the mean of the
sum, ``X_i <= L M`` as soon as ``tr(M^-1 X_i) <= L``, since the eigenvalues of ``M^(-1/2) X_i M^(-1/2)`` are at least 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from derive.bounds.bound import Bound
from derive.bounds.derivation import is_symmetric
from derive.bounds.hypotheses import NOTATION
from derive.bounds.value import Value
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.calculus.row_sums import adds_over_rows
from derive.concentration.affine import told
from derive.concentration.drawn_rows import at_unit_vector
from derive.concentration.events import unnamed
from derive.concentration.lemma import number
from derive.concentration.lemmas.matrix_chernoff import ABOVE, BELOW, NAME, matrix_chernoff
from derive.concentration.setting import Setting
from derive.language.arrays import Diag, Inverse, Trace
from derive.language.chance import Event, Expectation, RandomSymbol, unbound
from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.plain import identity
from derive.language.tensor import Divide, IndexSymbol, MatMul, Multiply, Number, Tensor

CLOSED_FORM = "closed form"
LARGEST = "multiple of an entry"

ONE: Tensor = Number(Fraction(1))


@dataclass(frozen=True, eq=False)
class Tail:
    """How a Loewner event about a sum fails: the sum is not below, or not above, a multiple of its mean.

    Attributes:
        above: does it fail as the sum is too large?
    """

    total: Tensor
    symbol: RandomSymbol
    mean: Tensor
    factor: Value
    above: bool


def matrix_tails(event: Event, setting: Setting) -> Iterator[tuple[Value, str, tuple[Bound, ...]]]:
    """Bounds of the probability that ``S << c M`` or ``c M << S`` fails, where M is the mean of S."""
    tail = _tail(event, setting)
    deviation = None if tail is None else _deviation(tail, setting)
    if tail is None or deviation is None or not _is_invertible(tail.mean, setting):
        return
    (index,) = setting.indices(tail.total, tail.symbol.shape[-1:])
    part = at_unit_vector(tail.total, tail.symbol, index)
    if part is None or not is_symmetric(part, setting.derivation):
        return
    rows, dimension = setting.parameters.size(tail.symbol.shape[0]), setting.parameters.size(part.shape[0])
    # the traces are above 0 somewhere, as their mean is that of the identity
    for psd in setting.derivation.bounds("lambda_min", part):
        for trace in _traces(part, tail.mean, index, setting):
            if setting.parameters.nonnegative_there(psd.value):
                for rate in ABOVE if tail.above else BELOW:
                    yield matrix_chernoff(dimension, deviation, trace.value / rows, rate), NAME, (psd, trace)


def _tail(event: Event, setting: Setting) -> Tail | None:
    """The event as one about a sum and a multiple of its mean; None where it is another."""
    if event.sign not in ("<<", ">>"):
        return None
    small, large = (event.left, event.right) if event.sign == "<<" else (event.right, event.left)
    above = bool(unbound(small))
    total, other = (small, large) if above else (large, small)
    symbols = setting.involved(total)
    if unbound(other) or total.ndim != 2 or len(symbols) != 1 or symbols[0].kind != "one_hot":
        return None
    mean = told(Expectation(total, None, total.shape)) if adds_over_rows(total, symbols[0]) else None
    factor = None if mean is None else _multiple(other, mean, setting)
    return None if mean is None or factor is None else Tail(total, symbols[0], mean, factor, above)


def _multiple(matrix: Tensor, mean: Tensor, setting: Setting) -> Value | None:
    """The number by which a matrix is a multiple of the mean, where it is written as one."""
    (scalars, inner), (others, other) = apart(matrix), apart(mean)
    if inner.shape != other.shape or not _equal(inner, other):
        return None
    factor, unit = (setting.parameters.scalar(reduce(Multiply.of, found, ONE)) for found in (scalars, others))
    return None if factor is None or unit is None else factor / unit


def apart(node: Tensor) -> tuple[list[Tensor], Tensor]:
    """The scalar factors of a product of matrices, and what is left of it."""
    node = unnamed(node)
    match node:
        case Multiply(left=left, right=right) if left.ndim != right.ndim and 0 in (left.ndim, right.ndim):
            scalar, matrix = (right, left) if left.ndim else (left, right)
            scalars, inner = apart(matrix)
            return [scalar, *scalars], inner
        case Divide(left=left, right=right) if left.ndim and not right.ndim:
            scalars, inner = apart(left)
            return [Divide.of(ONE, right), *scalars], inner
        case MatMul(left=left, right=right) if left.ndim == right.ndim == 2:
            (scalars, first), (others, second) = apart(left), apart(right)
            return [*scalars, *others], MatMul.of(first, second)
    return [], node


def _deviation(tail: Tail, setting: Setting) -> Value | None:
    """The e between 0 and 1 where the factor is ``1 + e`` above, and ``1 - e`` below."""
    one = number(1, tail.factor)
    deviation = tail.factor - one if tail.above else one - tail.factor
    return deviation if setting.nonnegative(deviation) and setting.nonnegative(one - deviation) else None


def _is_invertible(mean: Tensor, setting: Setting) -> bool:
    """Is it so wherever the claim has a value, as its inverse stands there, or as its eigenvalues are positive?"""
    matrix = apart(mean)[1]
    inverted = (node.operand for side in setting.stated for node in side.walk() if isinstance(node, Inverse))
    for operand in inverted:
        if not unbound(operand) and operand.shape == matrix.shape and _equal(apart(operand)[1], matrix):
            return True
    return any(setting.parameters.positive_there(b.value) for b in setting.derivation.bounds("lambda_min", mean))


def _equal(first: Tensor, second: Tensor) -> bool:
    try:
        return difference(first, second).proved
    except (InputError, Undecidable):
        return False


def _traces(part: Tensor, mean: Tensor, index: IndexSymbol, setting: Setting) -> Iterator[Bound]:
    """Bounds of ``tr(M^-1 X_i)`` that are the same at every position."""
    trace = Trace(MatMul.of(Inverse(mean, mean.shape), part))
    closed = told(trace)
    if closed is None:
        return
    value = setting.parameters.scalar(closed)
    known = setting.derivation.tightest_first("upper", closed)
    for bound in known if value is None else (Bound("upper", closed, value, NOTATION),):
        if not setting.parameters.depends(bound.value, index):
            yield Bound("upper", trace, bound.value, CLOSED_FORM, (bound,))
    for array in _arrays(setting, index):
        share = told(Divide.of(trace, array[index]))
        factor = None if share is None else setting.parameters.scalar(share)
        if share is None or factor is None or not factor.nonnegative or setting.parameters.depends(factor, index):
            continue
        if _equal(trace, Multiply.of(share, array[index])):
            for bound in setting.derivation.tightest_first("upper", array):
                yield Bound("upper", trace, factor * bound.value, LARGEST, (bound,))


def _arrays(setting: Setting, index: IndexSymbol) -> list[Tensor]:
    """The arrays over the outcomes of which the claim speaks, each once, symbols left out."""
    found: dict[str, Tensor] = {}
    for node in (node for side in setting.stated for node in side.walk()):
        if isinstance(node, (Definition, Diag)) and node.shape == (index.dimension,) and not unbound(node):
            found.setdefault(identity(node), node)
    return list(found.values())
