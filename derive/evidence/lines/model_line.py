"""The model of a stated derivative on a line through a point, in any number system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from derive.estimate.line import Floats, stacked
from derive.evaluate.errors import EvaluationError
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array
from derive.evidence.lines.stated import StatedDerivative
from derive.language.derivatives import underlying
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

Moves = Mapping[str, Array]
"""Symbol name -> by how much its entries move at ``t = 1``."""


@dataclass(frozen=True)
class ModelLine:
    """``t -> operand`` with symbols moved by ``t`` times ``moves``, flattened; ``scope`` has the point."""

    operand: Tensor
    scope: Scope
    moves: Moves

    def at(self, t: Any) -> Array:
        """The outputs at ``t``, a number of the scope's system.

        Raises:
            EvaluationError: the operand has no value there.
        """
        moved = {name: self.scope.arrays[name] + t * move for name, move in self.moves.items()}
        return self.scope.child(arrays=moved).value(self.operand).reshape(-1)

    def values(self, ts: Sequence[float]) -> Floats:
        """The outputs at each of ``ts`` in double precision; not a number outside the domain."""
        return stacked([self._row(t) for t in ts])

    def _row(self, t: float) -> Floats | None:
        try:
            return np.asarray(self.at(t), np.float64)
        except EvaluationError:
            return None


@dataclass(frozen=True)
class Polarised:
    """A line whose second derivative at zero is the mixed one along two: a quarter of sum line minus difference line.

    ``v'Hw = ((v+w)'H(v+w) - (v-w)'H(v-w)) / 4`` for the symmetric H that second derivatives are.
    """

    total: ModelLine
    difference: ModelLine

    def at(self, t: Any) -> Array:
        """The outputs at ``t``, a number of the scope's system."""
        quarter: Array = (self.total.at(t) - self.difference.at(t)) / 4
        return quarter

    def values(self, ts: Sequence[float]) -> Floats:
        quarter: Floats = (self.total.values(ts) - self.difference.values(ts)) / 4
        return quarter


def model_line(stated: StatedDerivative, scope: Scope, directions: Sequence[Array]) -> ModelLine | Polarised:
    """The line along whose ``t`` the stated derivative is the first or second at zero; one direction a variable."""
    if stated.order == 1:
        return ModelLine(stated.operand, scope, moves(stated, scope, directions))
    first, second = moves(stated, scope, directions[:1]), moves(stated, scope, directions[1:], start=1)
    total, difference = _joined(first, second, np.add), _joined(first, second, np.subtract)
    return Polarised(ModelLine(stated.operand, scope, total), ModelLine(stated.operand, scope, difference))


def _joined(first: Moves, second: Moves, operation: Callable[[Any, Any], Any]) -> dict[str, Array]:
    names = dict.fromkeys([*first, *second])
    return {name: np.asarray(operation(first.get(name, 0.0), second.get(name, 0.0))) for name in names}


def moves(stated: StatedDerivative, scope: Scope, directions: Sequence[Array], start: int = 0) -> dict[str, Array]:
    """Directions in the variables, from number ``start`` on, as moves of the entries that the variables show."""
    found: dict[str, Array] = {}
    for variable, direction in zip(stated.variables[start:], directions, strict=False):
        symbol = underlying(variable)
        move = np.zeros(scope.shape(symbol.shape), direction.dtype).reshape(-1)
        move[positions(variable, scope).reshape(-1)] = direction.reshape(-1)
        found[symbol.name] = move.reshape(scope.shape(symbol.shape))
    return found


def entries_of(variable: Tensor, scope: Scope) -> Floats:
    """The values of the entries that a variable shows, in its shape."""
    symbol = underlying(variable)
    assert isinstance(symbol, Symbol)
    places = positions(variable, scope)
    shown: Floats = np.asarray(scope.value(symbol).reshape(-1)[places], np.float64)
    return shown
