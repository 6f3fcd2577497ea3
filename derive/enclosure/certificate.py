"""The certificate of an enclosure, as it is recorded."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from derive.enclosure.cases import Case
from derive.enclosure.enclose import Certified, Enclosure
from derive.instances.patterns import symbols
from derive.record.certificate import CaseRecord, CertificateRecord, ParameterRangeRecord
from derive.record.witness import Entries


def certificate(found: Enclosure) -> CertificateRecord:
    """The certificate of the sizes at which the inequality was certified."""
    return CertificateRecord(
        reading=found.reading.name,
        cases=tuple(_case(found, certified) for certified in found.certified),
        replaced=dict(found.replaced),
        reductions=tuple(found.reductions),
    )


def _case(found: Enclosure, certified: Certified) -> CaseRecord:
    case = certified.case
    return CaseRecord(
        goal=certified.goal + 1,
        sizes=dict(case.sizes),
        indices=dict(case.indices),
        parameters=tuple(
            ParameterRangeRecord(symbol=p.symbol, entry=p.entry, low=str(p.low), high=str(p.high))
            for p in case.parameters
        ),
        fixed={name: _nested(found, case, name, vertex) for name, vertex in case.fixed.items()},
        largest=dict(case.largest),
        ordered_symbol=case.ordered_symbol if case.ordered else "",
        ordered=case.ordered,
        tree=certified.tree,
    )


def _nested(found: Enclosure, case: Case, name: str, vertex: tuple[Fraction, ...]) -> Entries:
    """The entries of a symbol at a vertex, as nested text."""
    symbol = symbols(*(goal.gap for goal in found.reading.goals))[name]
    return _nest([str(x) for x in vertex], tuple(axis.size(case.sizes) for axis in symbol.shape))


def _nest(flat: list[str], shape: tuple[int, ...]) -> Entries:
    if not shape:
        return flat[0]
    step = prod(shape[1:])
    return [_nest(flat[k * step : (k + 1) * step], shape[1:]) for k in range(shape[0])]
