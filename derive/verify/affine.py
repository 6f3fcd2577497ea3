"""Symbols for which an equality among the hypotheses is solved, where it is affine in them: over any arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.scope import Scope
from derive.verify.values import Evaluation

LARGEST = 6
"""Entries of a symbol that is solved for."""


def solved(relations: tuple[Relation, ...], evaluation: Evaluation, values: Scope) -> Iterator[Scope]:
    """Scopes in which one symbol has been changed so that an equality holds, if it is affine in the symbol.

    What is not affine is not solved by this, which whoever looks at the hypotheses sees.
    """
    for relation in relations:
        symbols = {s.name: s for side in (relation.left, relation.right) for s in side.walk() if isinstance(s, Symbol)}
        for symbol in sorted(symbols.values(), key=lambda symbol: symbol.ndim):  # data are arrays of higher rank
            try:
                found = _solution(relation, symbol, evaluation, values)
            except (Unknown, ZeroDivisionError):
                continue
            if found is not None:
                yield values.binding(symbol.name, found)


def _solution(relation: Relation, symbol: Symbol, evaluation: Evaluation, values: Scope) -> Array | None:
    """The symbol's value, its other entries as they are where the equality leaves them free."""
    shape = tuple(map(evaluation.size, symbol.shape))
    count = prod(shape)
    if not 0 < count <= LARGEST or symbol.properties:
        return None
    origin = _residual(relation, symbol, [evaluation.zero] * count, shape, evaluation, values)
    columns = []
    for k in range(count):
        unit = [evaluation.one if j == k else evaluation.zero for j in range(count)]
        moved = _residual(relation, symbol, unit, shape, evaluation, values)
        columns.append([b - a for a, b in zip(origin, moved, strict=True)])
    rows = [[column[i] for column in columns] + [-origin[i]] for i in range(len(origin))]
    start = list(values[symbol.name].entries)
    entries = _eliminated(rows, start, evaluation)
    return None if entries is None else Array(shape, tuple(entries))


def _residual(
    relation: Relation,
    symbol: Symbol,
    entries: list[Any],
    shape: tuple[int, ...],
    evaluation: Evaluation,
    values: Scope,
) -> list[Any]:
    at = values.binding(symbol.name, Array(shape, tuple(entries)))
    left, right = evaluation.value(relation.left, at), evaluation.value(relation.right, at)
    count = max(len(left.entries), len(right.entries))
    one, other = (side.entries * (count if len(side.entries) == 1 else 1) for side in (left, right))
    return [a - b for a, b in zip(one, other, strict=True)]


def _eliminated(rows: list[list[Any]], start: list[Any], evaluation: Evaluation) -> list[Any] | None:
    """A solution of the equations that keeps the entries of ``start`` which they leave free; None without one."""
    pivots: list[int] = []
    done = 0
    for column in range(len(start)):
        chosen = next((i for i in range(done, len(rows)) if not _is_zero(rows[i][column])), None)
        if chosen is None:
            continue
        rows[done], rows[chosen] = rows[chosen], rows[done]
        scale = evaluation.functions.reciprocal(rows[done][column])
        rows[done] = [entry * scale for entry in rows[done]]
        for i, row in enumerate(rows):
            if i != done and not _is_zero(row[column]):
                factor = row[column]
                rows[i] = [entry - factor * top for entry, top in zip(row, rows[done], strict=True)]
        pivots.append(column)
        done += 1
    if any(not _is_zero(row[-1]) for row in rows[done:]):
        return None
    found = list(start)
    for row, column in zip(rows, pivots, strict=False):
        free = [row[j] * start[j] for j in range(len(start)) if j not in pivots]
        found[column] = row[-1] - sum(free[1:], free[0]) if free else row[-1]
    return found


def _is_zero(number: Any) -> bool:
    return bool(number.value == 0) if hasattr(number, "value") else bool(number == 0)
