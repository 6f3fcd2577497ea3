"""Certificates of enclosures: the cases cover the domain, and on every leaf of each the inequality holds in balls."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from derive.language.symbols import Symbol
from derive.record import CaseRecord, CertificateRecord
from derive.verify.arrays import Array, elementwise
from derive.verify.balls import Balls
from derive.verify.cases import Placed, unshown
from derive.verify.coverage import Gap, Unseen, cover
from derive.verify.extents import extent, sum_of
from derive.verify.goals import goals
from derive.verify.level import Finding, Level
from derive.verify.points import symbols_in
from derive.verify.statement import Statement
from derive.verify.trees import Torn
from derive.verify.witnesses import Misfit, check_sizes, read_array

MOST_LEAVES = 4000
"""Letters of all trees together that are looked at again."""


def check(part: Statement, record: CertificateRecord, name: str) -> Finding:
    """Whether the cases cover the domain at their sizes, and every leaf shows its goal."""
    found = goals(part.relations[0], record.reading)
    if not found or record.replaced:
        how = ", ".join(record.reductions) or record.reading
        return Finding(Level.OPEN, f"a certificate of this kind is not looked at again ({how})")
    try:
        placed = [_placed(part, case, len(found)) for case in record.cases]
        cover(part, record, found, name)
        if sum(len(case.tree) for case in record.cases) > MOST_LEAVES:
            raise Unseen(f"the trees of the certificate have more than {MOST_LEAVES} letters")
        problems = (unshown(part, found[one.case.goal - 1], one) for one in placed)
        problem = next((problem for problem in problems if problem), None)
    except Unseen as reason:
        return Finding(Level.OPEN, f"{reason}")
    except (Gap, Torn, Misfit) as reason:
        return Finding(Level.FALLEN, f"the certificate does not cover its domain: {reason}")
    if problem:
        return Finding(Level.FALLEN, problem)
    return Finding(Level.VERIFIED, f"{len(record.cases)} cases cover the domain, every leaf holds in balls")


def _placed(part: Statement, case: CaseRecord, count: int) -> Placed:
    """The case's symbols, every entry of each a parameter that contains its extent, fixed, or what a sum leaves.

    Raises:
        Gap: a box is too small, or an entry is missing.
        Unseen: nothing that is known bounds an entry.
    """
    if not 1 <= case.goal <= count:
        raise Gap(f"there is no goal {case.goal}")
    if set(part.dimensions) != set(case.sizes):
        raise Gap("a case has other sizes than the claim")
    check_sizes(case.sizes)
    fixed: dict[str, Array] = {}
    totals: dict[str, tuple[int, Fraction]] = {}
    for symbol in symbols_in(part):
        shape = tuple(axis.size(case.sizes) for axis in symbol.shape)
        if symbol.properties - {"positive", "nonnegative"}:
            raise Unseen(f"{symbol.name} has properties of a matrix")
        if symbol.name in case.fixed:
            fixed[symbol.name] = elementwise(Balls().rational, read_array(case.fixed[symbol.name], shape, symbol.name))
            continue
        total = sum_of(symbol, part)
        if symbol.name in case.largest and total is not None:
            totals[symbol.name] = case.largest[symbol.name], total
        _contained(symbol, shape, part, case, total)
        fixed[symbol.name] = Array(shape, (Balls().rational(Fraction(0)),) * prod(shape))
    entries = tuple((p.symbol, p.entry, read_number(p.low), read_number(p.high)) for p in case.parameters)
    places = [(name, entry) for name, entry, _, _ in entries] + [(name, place) for name, (place, _) in totals.items()]
    places += [(case.ordered_symbol, entry) for pair in case.ordered for entry in pair]
    if any(name not in fixed or not 0 <= entry < len(fixed[name].entries) for name, entry in places):
        raise Gap("it speaks of an entry that the claim does not have")
    return Placed(case, fixed, entries, totals)


def read_number(text: str) -> Fraction:
    """Raises Gap where the text is no number."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Gap(f"{text[:40]!r} is no number") from None


def _contained(
    symbol: Symbol, shape: tuple[int, ...], part: Statement, case: CaseRecord, total: Fraction | None
) -> None:
    low, high = extent(symbol, part)
    largest = case.largest.get(symbol.name)
    if low is None or high is None:
        raise Unseen(f"nothing that is looked at bounds {symbol.name}")
    if largest is not None:
        if total is None or low < 0:
            raise Gap(f"the entries of {symbol.name} need not be nonnegative with a constant sum")
        high = min(high, total / 2)  # an entry beside the largest one is at most half of the sum
    own = [parameter for parameter in case.parameters if parameter.symbol == symbol.name]
    boxes = {parameter.entry: (read_number(parameter.low), read_number(parameter.high)) for parameter in own}
    for entry in range(prod(shape)):
        if entry == largest:
            continue
        if entry not in boxes or not (boxes[entry][0] <= low and high <= boxes[entry][1]):
            raise Gap(f"the box of entry {entry} of {symbol.name} leaves out points of the hypotheses")
