"""Means over random symbols: their entries become mixtures, and each term of the result is integrated.

Gaussian entries are integrated first, together, by completing the square; then signs and draws by their outcomes; then
uniform entries and rows of spheres, by their moments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import count
from math import prod
from typing import TYPE_CHECKING

from derive.language.chance import Expectation, RandomSymbol, unbound
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, elementwise
from derive.verify.elementary import Elementary
from derive.verify.gaussian_means import gaussian_mean
from derive.verify.jets import Jet
from derive.verify.mixtures import Mixture, Monomial, Number, Term, entry, mixture, terms
from derive.verify.outcomes import mean_by_outcomes
from derive.verify.scope import Scope

if TYPE_CHECKING:
    from derive.verify.values import Evaluation

_numbers = count()


@dataclass(frozen=True)
class Source:
    """The entries of a random symbol in one expectation.

    Attributes:
        numbers: what its entries are called in mixtures, in row-major order.
        width: the length of a row.
        parameters: the values of its law's parameters.
    """

    kind: str
    numbers: tuple[int, ...]
    width: int
    parameters: tuple[Array, ...]

    def row_of(self, number: int) -> int:
        return (number - self.numbers[0]) // self.width

    def row(self, k: int) -> tuple[int, ...]:
        return self.numbers[k * self.width : (k + 1) * self.width]


def mean(evaluation: Evaluation, node: Expectation, scope: Scope) -> Array:
    """The expectation of an array, entry by entry.

    Raises:
        Unknown: it has no closed form here, or may not exist.
    """
    symbols = unbound(node.operand)
    if node.event is not None and {s.name for s in symbols} & {s.name for s in unbound(node.event)}:
        raise Unknown("a mean under a condition has no value")
    try:
        return _by_closed_forms(evaluation, node.operand, symbols, scope)
    except Unknown:
        return mean_by_outcomes(evaluation, node.operand, symbols, scope)


def _by_closed_forms(evaluation: Evaluation, operand: Tensor, symbols: Sequence[RandomSymbol], scope: Scope) -> Array:
    sources = []
    for symbol in symbols:
        sources.append(_source(evaluation, symbol, scope))
        shape = tuple(map(evaluation.size, symbol.shape))
        entries = tuple(entry(number, evaluation.one) for number in sources[-1].numbers)
        scope = scope.binding(symbol.name, Array(shape, entries))
    inner = evaluation.over_chance()
    taken = Means(inner.functions, sources)
    return elementwise(taken.of, inner.value(operand, scope))


def _source(evaluation: Evaluation, symbol: RandomSymbol, scope: Scope) -> Source:
    shape = tuple(map(evaluation.size, symbol.shape))
    size = prod(shape)
    first = next(_numbers)
    numbers = (first, *(next(_numbers) for _ in range(size - 1)))
    parameters = tuple(evaluation.value(parameter, scope) for parameter in symbol.parameters)
    if any(isinstance(number, (Jet, Mixture)) for parameter in parameters for number in parameter.entries):
        raise Unknown(f"the law of {symbol.name} varies")
    return Source(symbol.kind, numbers, shape[-1] if shape else 1, parameters)


class Means:
    """Means over some random symbols; other random entries are left as they are."""

    def __init__(self, functions: Elementary, sources: Sequence[Source]) -> None:
        self.functions = functions
        self.sources = {number: source for source in sources for number in source.numbers}
        self.gaussian = {number for number, source in self.sources.items() if source.kind == "gaussian"}

    def of(self, value: Number) -> Number:
        """The mean of a number, of a mixture, or of a jet of them."""
        if isinstance(value, Jet):
            return Jet({mask: self.of(part) for mask, part in value.parts.items()})
        value = self._each(value, lambda term: gaussian_mean(self.functions, term, self.gaussian))
        while isinstance(value, Mixture) and (number := self._next(value)) is not None:
            value = self._each(value, partial(self._over, number))
        return value

    def _each(self, value: Number, integrate: Callable[[Term], Number]) -> Number:
        return mixture([part for term in terms(value) for part in terms(integrate(term))])

    def _next(self, value: Mixture) -> int | None:
        """A random entry that is to be integrated still; discrete ones first."""
        found = {number for term in value.terms for number in _entries(term)} & self.sources.keys()
        later = ("uniform", "sphere")
        return min(found, key=lambda number: (self.sources[number].kind in later, number), default=None)

    def _over(self, number: int, term: Term) -> Number:
        """The mean of a term over an entry, or over the row in which it stands."""
        if number not in _entries(term):
            return mixture([term])
        source = self.sources[number]
        match source.kind:
            case "rademacher" | "bernoulli":
                return self._discrete(term, self._outcomes_of_an_entry(source, number))
            case "one_hot":
                return self._discrete(term, self._outcomes_of_a_row(source, source.row(source.row_of(number))))
            case "uniform":
                return self._uniform(term, number, source)
            case "sphere":
                return self._sphere(term, source.row(source.row_of(number)))
        raise Unknown(f"the mean of {source.kind}")

    def _outcomes_of_an_entry(self, source: Source, number: int) -> list[tuple[dict[int, int], Number]]:
        f = self.functions
        if source.kind == "rademacher":
            half = f.reciprocal(f.number(2))
            return [({number: 1}, half), ({number: -1}, half)]
        p = source.parameters[0].scalar
        return [({number: 1}, p), ({number: 0}, f.number(1) - p)]

    def _outcomes_of_a_row(self, source: Source, row: Sequence[int]) -> list[tuple[dict[int, int], Number]]:
        if source.parameters:
            chances = list(source.parameters[0].entries)
        else:
            chances = [self.functions.reciprocal(self.functions.number(len(row)))] * len(row)
        return [({number: int(number == one) for number in row}, p) for one, p in zip(row, chances, strict=True)]

    def _discrete(self, term: Term, outcomes: Sequence[tuple[dict[int, int], Number]]) -> Number:
        """The sum over all outcomes of the term there, with their probabilities as weights."""
        parts = [part for at, chance in outcomes for part in terms(self._at(term, at) * chance)]
        return mixture(parts)

    def _at(self, term: Term, values: dict[int, int]) -> Number:
        """A term where some entries have the values -1, 0 or 1."""
        rest, factor = _substituted(term.monomial, values)
        found = mixture([Term(term.coefficient * self.functions.number(factor), rest)])
        exponent: Number = self.functions.number(0)
        for monomial, c in term.exponent.items():
            inner, sign = _substituted(monomial, values)
            exponent = exponent + mixture([Term(c * self.functions.number(sign), inner)])
        return found * self.functions.exp(exponent)

    def _uniform(self, term: Term, number: int, source: Source) -> Number:
        """``int x^k exp(b x) dx / (high - low)``, by parts where there is a b."""
        f = self.functions
        slope, rest = None, {}
        for monomial, c in term.exponent.items():
            if monomial == ((number, 1),):
                slope = c
            elif number in dict(monomial):
                raise Unknown("an exponential that is not linear in a uniform entry")
            else:
                rest[monomial] = c
        power = dict(term.monomial).get(number, 0)
        low, high = (parameter.scalar for parameter in source.parameters)
        if slope is None:
            ends = [f.power(end, Fraction(power + 1)) for end in (low, high)]
            integral = f.divide(ends[1] - ends[0], f.number(power + 1))
        else:
            integral = f.number(0)
            for k in range(power + 1):
                ends = [f.power(end, Fraction(k)) * f.exp(slope * end) for end in (low, high)]
                integral = f.divide(ends[1] - ends[0] - f.number(k) * integral, slope)
        monomial = tuple(pair for pair in term.monomial if pair[0] != number)
        weight = f.divide(integral, high - low)
        return mixture([Term(term.coefficient, monomial, rest)]) * weight

    def _sphere(self, term: Term, row: Sequence[int]) -> Number:
        """``prod (k_i - 1)!! / (d (d + 2) ... (d + k - 2))`` for even powers k_i of sum k."""
        if any(number in dict(monomial) for monomial in term.exponent for number in row):
            raise Unknown("an exponential of a point of a sphere")
        powers = [power for number, power in term.monomial if number in row]
        f, total = self.functions, sum(powers)
        above = 0 if any(power % 2 for power in powers) else prod(prod(range(1, power, 2)) for power in powers)
        below = prod(range(len(row), len(row) + total, 2))
        monomial = tuple(pair for pair in term.monomial if pair[0] not in row)
        weight = f.divide(f.number(above), f.number(below))
        return mixture([Term(term.coefficient, monomial, term.exponent)]) * weight


def _entries(term: Term) -> set[int]:
    return {number for monomial in (term.monomial, *term.exponent) for number, _ in monomial}


def _substituted(monomial: Monomial, values: dict[int, int]) -> tuple[Monomial, int]:
    """What is left of a monomial where some entries have values, and the factor that they make."""
    factor = prod(values[number] ** power for number, power in monomial if number in values)
    return tuple(pair for pair in monomial if pair[0] not in values), factor
