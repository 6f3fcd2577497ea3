"""Arrays of partial derivatives, one entry of the variables after another, however a single one is found."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from derive.evaluate.errors import Unavailable
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.language.derivatives import Derivative, Directional, flattened, underlying

Entry = tuple[str, int]
"""An entry in which to differentiate: a symbol's name and the entry's row-major position."""


def derivative_by_entries(node: Derivative, scope: Scope, partial: Callable[[tuple[Entry, ...]], Array]) -> Array:
    """The derivative, of shape [operand..., variables...]; nested ones count as one of higher order.

    Args:
        partial: the derivative of the operand, flat, in the given entries, one an order; these come sorted, and each
            combination is asked for once: partial derivatives commute.
    """
    _check_numbers(scope)
    operand, variables = flattened(node)
    axes = [(underlying(variable).name, positions(variable, scope)) for variable in variables]
    found: dict[tuple[Entry, ...], Array] = {}
    columns = []
    for places in product(*(array.flat for _, array in axes)):
        entries = tuple(sorted((name, int(k)) for (name, _), k in zip(axes, places, strict=True)))
        if entries not in found:
            found[entries] = partial(entries)
        columns.append(found[entries])
    numbers = [column[k] for k in range(columns[0].size) for column in columns]
    shape = scope.shape(operand.shape) + tuple(size for _, array in axes for size in array.shape)
    return array_of(numbers, shape, object)


def _check_numbers(scope: Scope) -> None:
    """Refuse what depends on chance: only numbers are measured.

    Raises:
        Unavailable: the derivative stands inside a mean.
    """
    if scope.system.level:
        raise Unavailable("a derivative inside a mean is not measured")


def moves_along(node: Directional, scope: Scope) -> dict[int, Any]:
    """By how much the symbol's entries move along the direction: row-major position -> component."""
    _check_numbers(scope)
    places = (int(k) for k in positions(node.variable, scope).flat)
    return dict(zip(places, scope.value(node.direction).flat, strict=True))
