"""Witnesses: the hypotheses certainly hold at the recorded values, and the claim certainly fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec.structs import replace

from derive.language.binding import free_symbols, names_read
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol
from derive.record import Entries, WitnessRecord
from derive.verify import conditional_means, crossings, frequencies
from derive.verify.arrays import Array, Shape
from derive.verify.level import Finding, Level
from derive.verify.points import Point, indices_in
from derive.verify.relations import At
from derive.verify.statement import Statement


class Misfit(Exception):
    """A witness does not give a value of the right shape to everything that the claim speaks of."""


def check(statement: Statement, witness: WitnessRecord) -> Finding:
    """Whether one of the relations fails at the witness, where all hypotheses hold."""
    if witness.end:
        return _on_a_segment(statement, witness)
    found: list[Finding] = []
    for number in range(len(statement.relations)):
        found.append(_violation(statement.part(number), witness))
        if found[-1].level is Level.VERIFIED:
            return found[-1]
    return next((finding for finding in found if finding.level is Level.OPEN), found[0])


def _violation(part: Statement, witness: WitnessRecord) -> Finding:
    try:
        at = At(_point(part, witness))
    except Misfit as misfit:
        return Finding(Level.FALLEN, f"the witness is no instance of the claim: {misfit}")
    for symbol in _symbols(part):
        if at.has(symbol) is not True:
            return _no(at.has(symbol), f"{symbol.name} is not {' '.join(sorted(symbol.properties))}")
    for hypothesis in part.given:
        if at.given(hypothesis, part) is not True:
            return _no(at.given(hypothesis, part), f"the hypothesis {hypothesis!r} does not hold")
    answer = at.holds(part.relations[0])
    if answer is False:
        return Finding(Level.VERIFIED, "the hypotheses hold at the witness and the claim fails, without rounding")
    if answer is None:
        again = (check(part.relations[0], at.point) for check in (frequencies.check, conditional_means.check))
        if (drawn := next((finding for finding in again if finding is not None), None)) is not None:
            return drawn
    return _no(None if answer is None else False, "the claim does not fail")


def _on_a_segment(statement: Statement, witness: WitnessRecord) -> Finding:
    """Whether two sides that are said to differ change their order on a segment."""
    other = replace(witness, values={**witness.values, **witness.end})
    try:
        first, last = (_point(statement, end) for end in (witness, other))
        return crossings.check(statement, first, last)
    except Misfit as misfit:
        return Finding(Level.FALLEN, f"the witness is no instance of the claim: {misfit}")


def _no(answer: bool | None, problem: str) -> Finding:
    if answer is None:
        return Finding(Level.OPEN, f"at the witness it cannot be told whether {problem}")
    return Finding(Level.FALLEN, f"at the witness {problem}")


def _point(part: Statement, witness: WitnessRecord) -> Point:
    missing = set(part.dimensions) - witness.sizes.keys()
    if missing:
        raise Misfit(f"no size of {min(missing)}")
    check_sizes(witness.sizes)
    values = {symbol.name: _value(symbol, witness) for symbol in _symbols(part)}
    return Point(dict(witness.sizes), {i.name: _position(i, witness) for i in indices_in(part)}, values)


def _symbols(part: Statement) -> list[Symbol]:
    """The symbols that have a value: those that an iteration or a mean binds, or ``subs`` replaces, have none."""
    sides = [side for relation in (*part.relations, *part.given) for side in (relation.left, relation.right)]
    read = frozenset[str]().union(*map(names_read, sides))
    return [symbol for name, symbol in free_symbols(*sides).items() if name in read]


def _position(index: IndexSymbol, witness: WitnessRecord) -> int:
    position = witness.indices.get(index.name, 0)
    if not 0 <= position < index.dimension.size(witness.sizes):
        raise Misfit(f"no position of {index.name}")
    return position


def _value(symbol: Symbol, witness: WitnessRecord) -> Array:
    if symbol.name not in witness.values:
        raise Misfit(f"no value of {symbol.name}")
    shape = tuple(axis.size(witness.sizes) for axis in symbol.shape)
    return read_array(witness.values[symbol.name], shape, symbol.name)


LARGEST = 1000


def check_sizes(sizes: Mapping[str, int]) -> None:
    """Raises Misfit where a size is none, or beyond what is looked at."""
    for name, size in sizes.items():
        if not 1 <= size <= LARGEST:
            raise Misfit(f"{name} = {size} is no size from 1 to {LARGEST}")


def read_array(entries: Entries, shape: Shape, name: str) -> Array:
    """Nested text as an array of fractions.

    Raises:
        Misfit: it has another shape, or an entry is no number.
    """
    try:
        found = tuple(map(Fraction, _flat(entries, shape)))
    except (ValueError, ZeroDivisionError):
        raise Misfit(f"the value of {name} has another shape, or an entry that is no number") from None
    return Array(shape, found)


def _flat(entries: Entries, shape: Shape) -> Iterator[str]:
    if not shape:
        if not isinstance(entries, str):
            raise ValueError("rows in the place of a number")
        yield entries
        return
    if not isinstance(entries, list) or len(entries) != shape[0]:
        raise ValueError("rows of another length")
    for part in entries:
        yield from _flat(part, shape[1:])
