"""Arrays of sums of exponentials of Gaussian linear forms: truncated where no form is large, then bounded variables.

Where every term of every exponent is at most B, an exponent of k terms is at most T = k B. The truncated exponentials
lie in [0, e^T], so that Hoeffding's inequality applies to their sum; what truncation takes from the mean of one is
``E[exp(L); L > T] <= exp(T - T^2/(2 v))/2`` for L ~ N(0, v) and T >= v, the Gaussian tail after a change of measure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from derive.bounds.bound import Bound
from derive.bounds.closed_form import written_out
from derive.bounds.value import Value
from derive.concentration.affine import told
from derive.concentration.events import TURNED, unnamed
from derive.concentration.exponential_sums import ExponentialSum, exponential_sum
from derive.concentration.lemma import exponential, number
from derive.concentration.lemmas.linear import is_zero
from derive.concentration.means import means
from derive.concentration.randomness import exchanged, realised
from derive.concentration.setting import Setting
from derive.language.arrays import Norm
from derive.language.chance import Event, Expectation, unbound
from derive.language.derivatives import Definition
from derive.language.entries import entry
from derive.language.plain import identity
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Number, Power, Tensor

RULE = "truncation and Hoeffding's inequality"

Tails = Callable[[Event], Iterator[Bound]]
"""Bounds of the probability of an event about a scalar."""


@dataclass(frozen=True, eq=False)
class Entry:
    """An entry of the array: a sum at the positions ``indices``, one of which its terms are summed over."""

    sum: ExponentialSum
    indices: tuple[IndexSymbol, ...]


def truncated(event: Event, setting: Setting, tails: Tails) -> Iterator[tuple[Value, str, tuple[Bound, ...]]]:
    """Bounds of the probability that ``norm(M) <= t`` fails, for entries of M that are centred sums."""
    small, large = (event.left, event.right) if event.sign in ("<=", "<") else (event.right, event.left)
    norm, threshold = unnamed(small), setting.parameters.scalar(large)
    if event.sign not in TURNED or not isinstance(norm, Norm) or norm.order not in ("2", "fro") or threshold is None:
        return
    found = _entry(norm.operand, setting)
    if found is None:
        return
    p = setting.parameters
    count = p.entries(norm.operand.shape)
    share = threshold / count.sqrt()  # where every entry is at most t / sqrt(count), the norm is at most t
    for level in _levels(setting):
        for tail, premises in _tails_of_entries(found, share, level, setting):
            for exceeded in _exceeded(found, level, setting, tails):
                failing = sum((number_of * bound.value for number_of, bound in exceeded), count * tail)
                yield failing, RULE, (*premises, *(bound for _, bound in exceeded))


def _tails_of_entries(
    found: Entry, share: Value, level: Tensor, setting: Setting
) -> Iterator[tuple[Value, tuple[Bound, Bound]]]:
    """What bounds an entry's excess where no term is above the level, with the factor and the variance of exponents."""
    part = setting.parameters.scalar(level)
    if part is None:
        return
    top = part * number(len(found.sum.terms), part)
    summed = setting.parameters.size(found.sum.index.dimension)
    square = Expectation(Power.of(found.sum.exponent, Number(Fraction(2))), None, ())
    for variance in means(square, setting):
        if variance.value.is_zero or not setting.nonnegative(top - variance.value):
            continue
        for factor in setting.derivation.tightest_first("inf", found.sum.factor):
            bias = setting.enlarged(truncation_bias(summed, factor.value, variance.value, top))
            if not factor.value.is_zero and setting.nonnegative(share / number(2, share) - bias):
                yield truncation_tail(share, summed, factor.value, top), (factor, variance)


def truncation_tail(share: Value, summed: Value, factor: Value, top: Value) -> Value:
    """``Pr[|c sum_r (Y_r - E Y_r)| >= s/2] <= 2 exp(-s^2/(2 m c^2 e^(2 T)))`` for m independent Y_r in [0, e^T]."""
    tail = exponential(-(share * share) / (number(2, share) * summed * factor * factor * exponential(top + top)))
    return tail + tail


def truncation_bias(summed: Value, factor: Value, variance: Value, top: Value) -> Value:
    """``m c E[exp(L); L > T] <= m c exp(T - T^2/(2 v))/2`` for L ~ N(0, v) and T >= v."""
    return summed * factor * exponential(top - top * top / (variance + variance)) / number(2, top)


def _entry(array: Tensor, setting: Setting) -> Entry | None:
    """The entries of an array, where they are centred sums of exponentials of centred Gaussian forms."""
    array = written_out(array)
    indices = setting.indices(array, array.shape)
    variable = entry(array, indices) if indices else array
    found = exponential_sum(variable, setting.laws)
    mean = None if found is None else told(Expectation(variable, None, ()))
    if found is None or mean is None or not is_zero(mean):
        return None
    (position,) = setting.indices(variable, (found.index.dimension,))
    old = found.index

    def moved(node: Tensor) -> Tensor:
        return exchanged(node, lambda part: position if part is old else None)

    exponent, terms = moved(found.exponent), tuple(map(moved, found.terms))
    form = setting.affine(realised(exponent))
    if form is None or not is_zero(form.constant) or any(share.symbol.kind != "gaussian" for share in form.shares):
        return None
    return Entry(ExponentialSum(found.factor, exponent, position, terms), (*indices, position))


def _exceeded(found: Entry, level: Tensor, setting: Setting, tails: Tails) -> Iterator[Sequence[tuple[Value, Bound]]]:
    """The probability that a term is above the level, and the number of its positions; of each kind of term."""
    families: dict[str, Tensor] = {}
    for term in found.sum.terms:
        families.setdefault(_anywhere(term, found.indices), term)
    counts = [_positions(term, found.indices, setting) for term in families.values()]
    for bounds in product(*(list(tails(Event(">", term, level))) for term in families.values())):
        if not any(setting.parameters.depends(b.value, index) for b in bounds for index in found.indices):
            yield list(zip(counts, bounds, strict=True))


def _levels(setting: Setting) -> Iterator[Tensor]:
    """The scalars that the claim names."""
    seen: set[str] = set()
    for node in (node for side in setting.stated for node in side.walk()):
        if isinstance(node, (Definition, Symbol)) and not node.shape and not unbound(node) and node.name not in seen:
            seen.add(node.name)
            yield node


def _anywhere(term: Tensor, indices: Sequence[IndexSymbol]) -> str:
    """The term as text in which its positions are numbered, so that terms of one family have the same."""
    own = [node for node in term.walk() if isinstance(node, IndexSymbol) and any(node is index for index in indices)]
    numbered: dict[Tensor, Tensor] = {index: IndexSymbol(f"_{k}", index.dimension) for k, index in enumerate(own)}
    return identity(exchanged(term, lambda part: numbered.get(part)))


def _positions(term: Tensor, indices: Sequence[IndexSymbol], setting: Setting) -> Value:
    """The number of positions at which a term stands."""
    own = [index for index in indices if any(node is index for node in term.walk())]
    return setting.parameters.entries(tuple(index.dimension for index in own))
