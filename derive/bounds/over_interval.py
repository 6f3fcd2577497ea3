"""Formulas for a bound over the interval in which something lies, whichever ends of it are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy as sp

from derive.bounds.bound import Premise, Scheme
from derive.bounds.value import Value
from derive.language.tensor import Tensor

Interval = tuple[sp.Expr, sp.Expr]


def over_interval(
    argument: Tensor,
    measures: tuple[str, str],
    bound: Callable[[Interval], Value | None],
    then: Callable[..., Value | None] = lambda found: found,
    moves: tuple[Premise, ...] = (),
) -> Iterator[Scheme]:
    """A formula for each choice of ends: a bound over the interval, and what follows from it and from the moves.

    Args:
        measures: the measures of the argument that are the lower and the upper end; an end that is not asked for is
            infinite.
    """
    for ends in ((), measures[:1], measures[1:], measures):

        def formula(*values: Value, ends: tuple[str, ...] = ends) -> Value | None:
            interval = _interval(measures, dict(zip(ends, values[: len(ends)], strict=True)))
            found = None if interval is None else bound(interval)
            return None if found is None else then(found, *values[len(ends) :])

        yield formula, (*((end, argument) for end in ends), *moves)


def _interval(measures: tuple[str, str], given: dict[str, Value]) -> Interval | None:
    """The interval, where its ends are numbers."""
    ends = {measure: value.expression for measure, value in given.items()}
    if not all(end.is_number and end.is_finite for end in ends.values()):
        return None
    low, high = ends.get(measures[0], -sp.oo), ends.get(measures[1], sp.oo)
    return (low, high) if (low < high) is sp.true else None  # undecided where SymPy cannot tell
