"""The box of a domain: rational ends for every entry of every symbol, read off the hypotheses.

Every hypothesis that is read gives a box that contains all its points; what is not read only makes the box larger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt, prod

from derive.enclosure.code import Code
from derive.enclosure.leaf_balls import LeafBalls, ball, dyadic
from derive.enclosure.patterns import identity_multiple, square_of, sum_of
from derive.enclosure.recording import Tape
from derive.enclosure.scope import recorded_scope
from derive.evaluate.errors import EvaluationError
from derive.evaluate.system import array_of
from derive.instances.patterns import strip
from derive.language.arrays import Eye, Norm, Spectral, Trace
from derive.language.errors import InputError
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Multiply, Negative, Number, Power, Tensor
from derive.obligation import TURNED

End = Fraction | None
ROUNDS = 4
"""How often hypotheses are read again, as the bound of one symbol may speak of another."""


@dataclass
class Domain:
    """What is known of each entry so far: ``low`` and ``high`` by the symbol's name, None where nothing bounds it."""

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    symbols: Mapping[str, Symbol]
    low: dict[str, list[End]] = field(default_factory=dict)
    high: dict[str, list[End]] = field(default_factory=dict)

    def shape(self, name: str) -> tuple[int, ...]:
        return tuple(axis.size(self.sizes) for axis in self.symbols[name].shape)

    def bounded(self, name: str) -> bool:
        return None not in self.low[name] and None not in self.high[name]

    def ends(self, name: str) -> list[tuple[Fraction, Fraction]]:
        """The ends of each entry that has both."""
        pairs = zip(self.low[name], self.high[name], strict=True)
        return [(low, high) for low, high in pairs if low is not None and high is not None]

    def lower(self, name: str, entry: int, end: Fraction) -> None:
        known = self.low[name][entry]
        self.low[name][entry] = end if known is None else max(known, end)

    def raised(self, name: str, entry: int, end: Fraction) -> None:
        known = self.high[name][entry]
        self.high[name][entry] = end if known is None else min(known, end)


def domain(
    symbols: Mapping[str, Symbol], given: Sequence[Relation], sizes: Mapping[str, int], indices: Mapping[str, int]
) -> Domain:
    """The box that the declared properties and the hypotheses give."""
    found = Domain(sizes, indices, symbols)
    for name in symbols:
        count = prod(found.shape(name))
        found.low[name], found.high[name] = [None] * count, [None] * count
        _declared(found, symbols[name])
    for _ in range(ROUNDS):
        for relation in given:
            for small, large in ordered(relation):
                _read_loewner(found, small, large) if relation.sign in ("<<", ">>") else _read(found, small, large)
        for symbol in symbols.values():
            _mirror(found, symbol)
    return found


def ordered(relation: Relation) -> Iterator[tuple[Tensor, Tensor]]:
    """``small <= large`` (or ``<<``) as often as the relation says it."""
    if relation.sign in ("<=", "<", "<<", "=="):
        yield relation.left, relation.right
    if relation.sign in (*TURNED, "=="):
        yield relation.right, relation.left


def _declared(found: Domain, symbol: Symbol) -> None:
    shape = found.shape(symbol.name)
    for entry in range(prod(shape)):
        diagonal = len(shape) == 2 and entry % (shape[1] + 1) == 0
        if symbol.properties & {"positive", "nonnegative"} or (symbol.properties & {"psd", "pd"} and diagonal):
            found.lower(symbol.name, entry, Fraction(0))
        if "orthogonal" in symbol.properties:
            found.lower(symbol.name, entry, Fraction(-1))
            found.raised(symbol.name, entry, Fraction(1))
        if "skew" in symbol.properties and diagonal:
            found.lower(symbol.name, entry, Fraction(0))
            found.raised(symbol.name, entry, Fraction(0))


def _read(found: Domain, small: Tensor, large: Tensor) -> None:
    """What ``small <= large`` says of symbols."""
    above = values(found, large, upper=True)
    if above is not None:
        _bounded_above(found, strip(small), above)
    below = values(found, small, upper=False)
    if below is not None:
        _bounded_below(found, strip(large), below)


def _read_loewner(found: Domain, small: Tensor, large: Tensor) -> None:
    """``S << c I`` of a psd matrix bounds its largest eigenvalue."""
    multiple = identity_multiple(large)
    ends = None if multiple is None else values(found, multiple, upper=True)
    if ends is not None:
        _bounded_spectrum(found, strip(small), ends[0])


def _bounded_above(found: Domain, side: Tensor, ends: list[Fraction]) -> None:
    match side:
        case Symbol(name=name) if name in found.symbols and len(ends) in (1, len(found.high[name])):
            for entry in range(len(found.high[name])):
                found.raised(name, entry, ends[entry % len(ends)])
        case Negative(operand=operand):
            _bounded_below(found, strip(operand), [-end for end in ends])
        case Multiply(left=Number(value=c), right=operand) | Multiply(left=operand, right=Number(value=c)) if c > 0:
            _bounded_above(found, strip(operand), [end / c for end in ends])
        case (
            Norm(operand=operand)
            | Apply(function="abs", arguments=(operand,))
            | Spectral(kind="opnorm" | "nuclear", operand=operand)
        ) if max(ends) >= 0:
            _bounded_below(found, strip(operand), [-max(ends)])
            _bounded_above(found, strip(operand), [max(ends)])
        case Power(base=base, exponent=Number(value=e)) if e == 2 and len(ends) == 1 and ends[0] >= 0:
            root = root_above(ends[0])
            _bounded_above(found, Apply.of("abs", base) if not isinstance(strip(base), Norm) else strip(base), [root])
        case Spectral(kind="lambda_max", operand=operand) | Trace(operand=operand) if len(ends) == 1:
            _bounded_spectrum(found, strip(operand), ends[0])
    squared, summed = square_of(side), sum_of(side)
    if squared is not None and len(ends) == 1 and ends[0] >= 0:
        _bounded_above(found, Apply.of("abs", squared), [root_above(ends[0])])
    if isinstance(summed, Symbol) and summed.name in found.symbols and len(ends) == 1:
        _bounded_sum(found, summed.name, ends[0])


def _bounded_below(found: Domain, side: Tensor, ends: list[Fraction]) -> None:
    match side:
        case Symbol(name=name) if name in found.symbols and len(ends) in (1, len(found.low[name])):
            for entry in range(len(found.low[name])):
                found.lower(name, entry, ends[entry % len(ends)])
        case Negative(operand=operand):
            _bounded_above(found, strip(operand), [-end for end in ends])
        case Multiply(left=Number(value=c), right=operand) | Multiply(left=operand, right=Number(value=c)) if c > 0:
            _bounded_below(found, strip(operand), [end / c for end in ends])
    summed = sum_of(side)
    if isinstance(summed, Symbol) and summed.name in found.symbols and len(ends) == 1:
        high = found.high[summed.name]
        for entry in range(len(high)):
            others = [end for k, end in enumerate(high) if k != entry]
            if None not in others:
                found.lower(summed.name, entry, ends[0] - sum(end for end in others if end is not None))


def _bounded_sum(found: Domain, name: str, end: Fraction) -> None:
    """``sum(s) <= end``: each entry is at most what the others leave."""
    low = found.low[name]
    for entry in range(len(low)):
        others = [value for k, value in enumerate(low) if k != entry]
        if None not in others:
            found.raised(name, entry, end - sum(value for value in others if value is not None))


def _bounded_spectrum(found: Domain, matrix: Tensor, end: Fraction) -> None:
    """A psd matrix whose largest eigenvalue, or trace, is at most ``end``: all entries are within it."""
    if isinstance(matrix, Symbol) and matrix.properties & {"psd", "pd"} and end >= 0:
        _bounded_above(found, matrix, [end])
        _bounded_below(found, matrix, [-end])


def _mirror(found: Domain, symbol: Symbol) -> None:
    """Entries of a symmetric matrix share their bounds."""
    if not symbol.symmetric:
        return
    size = found.shape(symbol.name)[0]
    for i in range(size):
        for j in range(size):
            low, high = found.low[symbol.name][j * size + i], found.high[symbol.name][j * size + i]
            if low is not None:
                found.lower(symbol.name, i * size + j, low)
            if high is not None:
                found.raised(symbol.name, i * size + j, high)


def values(found: Domain, side: Tensor, upper: bool) -> list[Fraction] | None:
    """A bound of every entry of an expression over the box that is known; None where there is none."""
    side = strip(side)
    if isinstance(side, Number):
        return [side.value]
    if isinstance(side, Eye):
        return None
    if isinstance(side, Symbol) and side.name in found.symbols:
        own = (found.high if upper else found.low)[side.name]
        return None if None in own else [end for end in own if end is not None]
    names = {node.name for node in side.walk() if isinstance(node, Symbol)}
    if not all(name in found.symbols and found.bounded(name) for name in names):
        return None
    tape = Tape(sum(len(found.low[name]) for name in names))
    arguments = iter(tape.arguments)
    known = sorted(names)
    arrays = {name: array_of([next(arguments) for _ in found.low[name]], found.shape(name), object) for name in known}
    try:
        numbers = list(recorded_scope(tape, found.sizes, found.indices, arrays).value(side).flat)
    except (EvaluationError, InputError):
        return None
    if all(number.value is not None for number in numbers):
        return [number.value for number in numbers]
    system = LeafBalls(strict=False)
    with system.context():
        box = [ball(a, b) for name in known for a, b in found.ends(name)]
        try:
            ranges = Code(tape.program(numbers), system).run(box)
        except EvaluationError:
            return None
        ends = [x.upper() if upper else x.lower() for x in ranges]
    return [dyadic(end) for end in ends] if all(end.is_finite() for end in ends) else None


def root_above(square: Fraction) -> Fraction:
    """The square root where it is rational, and a rational just above it elsewhere."""
    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    if top * top == square.numerator and bottom * bottom == square.denominator:
        return Fraction(top, bottom)
    scale = 2**64
    return Fraction(isqrt(square.numerator * scale * scale // square.denominator) + 1, scale)
