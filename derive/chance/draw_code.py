"""Recorded expressions run for many draws at once, every number with its error bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from derive.attack.tape import FACTORED, OVERHEAD, Code, Node, Tape
from derive.chance import rounded as r, rounded_functions as f
from derive.chance.rounded import UNIT, Rounded
from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array

Rule = Callable[..., Rounded]
"""``(detail, *operands)`` to the result."""

PRODUCTS = 8
"""Products that are added up in the time of an entry."""

BARS = 3
"""By what an error bar makes a computation longer."""


class DrawCode:
    """The steps of a tape that some outputs need.

    Attributes:
        work: of all runs so far, in entries computed.
        widest: entries of the largest array for one draw, known after a run.
    """

    def __init__(self, tape: Tape, outputs: Sequence[Node]) -> None:
        self.code = Code(tape, outputs)
        self.work = 0
        self.widest = 1

    def run(self, inputs: Mapping[int, Rounded], draws: int) -> list[Rounded]:
        """The outputs at ``draws`` draws; ``inputs`` by the number in which they were declared.

        Raises:
            Unavailable: a step has no error bar.
        """
        results: dict[int, Rounded] = {}
        with np.errstate(all="ignore"):
            for place in self.code.order:
                step = self.code.steps[place]
                if step.primitive == "input":
                    results[place] = inputs[step.detail]
                    continue
                if step.primitive not in RULES:
                    raise Unavailable(f"{step.primitive} has no error bar")
                results[place] = RULES[step.primitive](step.detail, *(results[k] for k in step.operands))
                self.work += OVERHEAD + BARS * _cost(
                    step.primitive, results[place], [results[k] for k in step.operands]
                )
        self.widest = max(-(-found.value.size // draws) for found in results.values())
        return [results[place] for place in self.code.outputs]


def _cost(primitive: str, result: Rounded, operands: Sequence[Rounded]) -> int:
    """In entries computed."""
    size = int(result.value.size)
    if primitive == "matmul":
        return size + size * int(operands[0].value.shape[-1]) // PRODUCTS
    return size + FACTORED.get(primitive, 0) * (int(operands[0].value.size) if operands else 0)


def _constant(detail: Array, *operands: Rounded) -> Rounded:
    """An integer is meant as such; any other double is the nearest one to what is meant."""
    whole = (detail == np.rint(detail)) & (np.abs(detail) < r.LARGEST_INTEGER)
    return Rounded(detail, np.where(whole, 0.0, np.abs(detail) * UNIT))


def _lead(x: Array, rank: int) -> tuple[int, ...]:
    return x.shape[: x.ndim - rank]


def _each(move: Callable[[Array], Array], x: Rounded) -> Rounded:
    """Entries moved; errors with them."""
    spread = np.broadcast_to(x.error, x.value.shape) if x.error.any() else None
    value = move(x.value)
    return Rounded(value, np.zeros((1,) * value.ndim) if spread is None else move(spread))


def _reshape(detail: tuple[int, tuple[int, ...]], x: Rounded) -> Rounded:
    rank, shape = detail
    return _each(lambda array: array.reshape(_lead(array, rank) + shape), x)


def _take(detail: tuple[int, bytes, tuple[int, ...]], x: Rounded) -> Rounded:
    rank, index = detail[0], np.frombuffer(detail[1], dtype=np.int64).reshape(detail[2])
    return _each(lambda array: array.reshape((*_lead(array, rank), -1))[..., index], x)


def _happens(detail: tuple[str, int], room: Rounded) -> Rounded:
    """1 where the relation certainly holds in all entries, 0 where it certainly fails in one, and 1/2 +- 1/2."""
    sign, rank = detail
    axes = tuple(range(-rank, 0))
    below, above = room.value - room.error, room.value + room.error
    zero = (room.value == 0) & (room.error == 0)
    yes, no = {
        "<=": (below >= 0, above < 0),
        "<<": (below >= 0, above < 0),
        "<": (below > 0, above <= 0),
        "==": (zero, (below > 0) | (above < 0)),
        "!=": ((below > 0) | (above < 0), zero),
    }[sign]
    happens, fails = yes.all(axis=axes), no.any(axis=axes)
    value = np.where(happens, 1.0, np.where(fails, 0.0, 0.5))
    return Rounded(value, np.where(happens | fails, 0.0, 0.5))


def _entrywise(function: Callable[..., Rounded]) -> Rule:
    return lambda detail, *operands: function(*operands)


RULES: Mapping[str, Rule] = {
    "constant": _constant,
    "exact": lambda detail: r.exactly(detail),
    "add": _entrywise(r.add),
    "multiply": _entrywise(r.multiply),
    "divide": _entrywise(r.divide),
    "power": r.power,
    "exp": _entrywise(f.exp),
    "log": _entrywise(f.log),
    "sin": _entrywise(f.sin),
    "cos": _entrywise(f.cos),
    "atan": _entrywise(f.atan),
    "erf": _entrywise(f.erf),
    "step": _entrywise(f.step),
    "abs": _entrywise(f.absolute),
    "maximum": _entrywise(f.larger),
    "minimum": _entrywise(f.smaller),
    "reshape": _reshape,
    "take": _take,
    "matmul": _entrywise(r.product),
    "sum": lambda axes, x: r.total(axes, x),
    "largest": _entrywise(f.largest),
    "held": lambda detail, x: x,
    "inverse": _entrywise(f.inverse),
    "spectral": f.spectral,
    "lower": lambda rank, x: _each(lambda array: np.moveaxis(array, 0, -1), x),
    "happens": _happens,
}
"""By the names of ``derive.attack.primitives``; what is missing has no error bar."""
