"""Spectral norms of sums of independent matrices, one for each row drawn from a finite law, around their means.

Let ``S = sum_k S_k`` with independent d1 x d2 matrices, ``||S_k - E S_k|| <= R`` and
``max(||sum_k E (S_k - E S_k)(S_k - E S_k)^T||, ||sum_k E (S_k - E S_k)^T (S_k - E S_k)||) <= v``. For ``t >= 0``

    Pr[||S - E S|| >= t] <= (d1 + d2) exp(-(t^2/2)/(v + R t/3)).

Source: Tropp, An introduction to matrix concentration inequalities, 2015, theorem 1.6.2.

Where a row that is ``e_i`` adds ``X_i/m`` and M is the mean of S, R and v follow from ``L >= ||X_i||`` for all i:

- ``m R = L + ||M||``, ``m v = max(||sum_i p_i X_i X_i^T||, ||sum_i p_i X_i^T X_i||)``: the triangle inequality, and
  ``E (X - M)(X - M)^T = E X X^T - M M^T``;
- ``m R = 2 L``, ``m v = L^2``: the same by Jensen's inequality, ``||M|| <= E ||X|| <= L`` and ``||E X X^T|| <= L^2``;
- ``m R = L``, ``m v = L ||M||`` for positive semidefinite ``X_i``: there ``-M << X_i - M << X_i``, and
  ``X_i^2 << L X_i``, so that ``E X^2 << L M``.

``L`` is a bound of the spectral norm, or the root of one of the squared Frobenius norm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.bounds.bound import Premise, Scheme
from derive.bounds.derivation import is_symmetric
from derive.bounds.value import Value, largest
from derive.calculus.row_sums import adds_over_rows
from derive.concentration.affine import told
from derive.concentration.drawn_rows import at_unit_vector, in_norms, mean_over_outcomes, random_part
from derive.concentration.events import Excess, unnamed
from derive.concentration.lemma import Lemma, cancelled, exponential, number
from derive.concentration.lemmas.quadratic import square_root
from derive.concentration.setting import Setting
from derive.language.arrays import Spectral
from derive.language.chance import Expectation, RandomSymbol
from derive.language.tensor import Add, IndexSymbol, MatMul, Negative, Number, Power, Sum, Tensor

NAME = "matrix Bernstein inequality"

Spread = Callable[..., tuple[Value, Value] | None]
"""``m R`` and ``m v``, those of m times a summand, from L and the bounds of the premises; None where they do not do."""


def matrix_bernstein(dimensions: Value, rows: Value, deviation: Value, variance: Value, reach: Value) -> Value:
    """``(d1 + d2) exp(-m (t^2/2)/(v + R t/3))``, where R and v are those of m times a summand."""
    spread = variance + reach * deviation / number(3, deviation)
    return dimensions * exponential(cancelled(-(rows * deviation * deviation) / (number(2, spread) * spread)))


@dataclass(frozen=True, eq=False)
class _Sum:
    """A sum over rows: what it is if all rows are the unit vector at ``index``, and its mean."""

    symbol: RandomSymbol
    index: IndexSymbol
    part: Tensor
    mean: Tensor
    centre: Tensor


def _matrix_bernstein(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    norm = unnamed(excess.variable)
    found = _sum(norm.operand, setting) if isinstance(norm, Spectral) and norm.kind == "opnorm" else None
    if found is None:
        return
    p = setting.parameters
    rows, dimensions = p.size(found.symbol.shape[0]), p.size(found.part.shape[0]) + p.size(found.part.shape[1])

    def scheme(reach: Premise, wanted: tuple[Premise, ...], spread: Spread) -> Scheme:
        def bound(norm: Value, *known: Value) -> Value | None:
            limit, deviation = norm if reach[0] == "op" else square_root(norm), threshold - known[-1]
            if any(p.depends(value, found.index) for value in (limit, *known)):
                return None
            limits = spread(limit, *known[:-1])
            if limits is None or not setting.reached(deviation, excess.strict):
                return None
            reach_of_summand, variance = limits
            return matrix_bernstein(dimensions, rows, deviation, variance, reach_of_summand)

        return bound, (reach, *wanted, ("op", found.centre))

    for reach in _reaches(found):
        for wanted, spread in _spreads(found, setting):
            yield scheme(reach, wanted, spread)


def _sum(operand: Tensor, setting: Setting) -> _Sum | None:
    """The matrix as a sum over the rows of one random symbol, and what is certain; None of another."""
    random, certain = random_part(operand)
    if isinstance(random, Negative):  # the norm is the same, and semidefinite terms are seen
        random, certain = random.operand, Negative.of(certain)
    symbols = setting.involved(random)
    if operand.ndim != 2 or random.ndim != 2 or len(symbols) != 1 or symbols[0].kind != "one_hot":
        return None
    mean = told(Expectation(random, None, random.shape)) if adds_over_rows(random, symbols[0]) else None
    centre = None if mean is None else told(Add.of(mean, certain))
    (index,) = setting.indices(operand, symbols[0].shape[-1:])
    part = at_unit_vector(random, symbols[0], index)
    if part is None or mean is None or centre is None:
        return None
    return _Sum(symbols[0], index, part, mean, centre)


def _reaches(found: _Sum) -> Iterator[Premise]:
    """What bounds ``||X_i||``: itself, or its squared Frobenius norm, which is closer in normal form."""
    yield "op", found.part
    square = told(Sum.of(Power.of(found.part, Number(Fraction(2)))))
    if square is not None:
        yield "upper", in_norms(square)


def _spreads(found: _Sum, setting: Setting) -> Iterator[tuple[tuple[Premise, ...], Spread]]:
    """Premises that bound the deviation of a summand and the variance, and how."""
    part, mean = found.part, ("op", found.mean)
    yield (), lambda norm: (norm + norm, norm * norm)
    if is_symmetric(part, setting.derivation):
        certain = setting.parameters.nonnegative_there
        semidefinite = (("lambda_min", part), mean)
        yield semidefinite, lambda norm, least, middle: (norm, norm * middle) if certain(least) else None
        squares = [MatMul.of(part, part)]
    else:
        squares = [MatMul.of(part, part.T), MatMul.of(part.T, part)]
    moments = [mean_over_outcomes(square, found.symbol, found.index) for square in squares]
    known = tuple(("op", in_norms(moment)) for moment in moments if moment is not None)
    if len(known) == len(squares):
        yield (mean, *known), lambda norm, middle, *seconds: (norm + middle, largest(seconds[0], seconds[-1]))


LEMMAS = (
    Lemma(
        NAME,
        _matrix_bernstein,
        "Tropp, An introduction to matrix concentration inequalities, 2015, theorem 1.6.2, of sums over independent"
        " rows drawn from a finite law; for positive semidefinite summands 0 << X << L of mean M,"
        " ||X - M|| <= L and E X^2 << L M",
    ),
)
