"""Iterations: a state, its update, and expressions along the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.chance import event_of
from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.relations import Relation
from derive.language.symbols import Symbol, scalar
from derive.language.tensor import Operand, Tensor, tensor


@dataclass(frozen=True, eq=False, repr=False)
class Run(Tensor):
    """An iteration as a node without a value of its own: ``states`` start at ``starts`` and become ``updates``.

    ``choices`` are symbols that are chosen anew at every step, arbitrarily but so that ``rules`` (events) hold at the
    state before the step.
    """

    states: tuple[Tensor, ...]
    updates: tuple[Tensor, ...]
    starts: tuple[Tensor, ...]
    choices: tuple[Tensor, ...] = ()
    rules: tuple[Tensor, ...] = ()
    shape: tuple[()] = ()

    def __call__(self, operand: Operand, time: Operand) -> Tensor:
        """``operand`` at the state after ``time`` steps: ``run(norm(e), t + 1)``."""
        found = tensor(operand)
        return AtTime(found, self, _time(time), found.shape)

    def first(self, relation: Relation | Sequence[Relation]) -> Tensor:
        """The number of steps after which ``relation`` holds for the first time."""
        return HittingTime(self, event_of(relation))

    def always(self, relation: Relation | Sequence[Relation], until: Operand) -> Tensor:
        """The event that ``relation`` holds at the states after 0, 1, ..., ``until`` steps."""
        return Always(self, event_of(relation), _time(until))


@dataclass(frozen=True, eq=False, repr=False)
class AtTime(Tensor):
    """``operand`` at the state that ``run`` has after ``time`` steps."""

    operand: Tensor
    run: Run
    time: Tensor
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class HittingTime(Tensor):
    """The number of steps of ``run`` after which ``event`` holds for the first time."""

    run: Run
    event: Tensor
    shape: tuple[()] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Always(Tensor):
    """The event that ``event`` holds at the states of ``run`` after 0, 1, ..., ``until`` steps."""

    run: Run
    event: Tensor
    until: Tensor
    shape: tuple[()] = ()


def time(name: str, tex: str | None = None) -> Tensor:
    """A number of steps: 0, 1, 2, ..."""
    return scalar(name, tex=tex, integer=True, nonnegative=True)


def iterate(
    states: Tensor | Sequence[Tensor],
    updates: Operand | Sequence[Operand],
    *,
    start: Operand | Sequence[Operand] | None = None,
    choose: Tensor | Sequence[Tensor] = (),
    where: Relation | Sequence[Relation] = (),
) -> Run:
    """The iteration in which ``states`` become ``updates``, all at once, from ``start`` (the states' own symbols).

    ``choose`` names symbols that are chosen anew at each step, arbitrarily but so that ``where`` holds: an
    approximate Hessian, for one.

    Raises:
        InputError: a state is no symbol. ShapeError: an update or a start has another shape than its state.
    """
    symbols = _several(states)
    new, old = _several(updates), symbols if start is None else _several(start)
    for symbol in symbols:
        if not isinstance(symbol, Symbol):
            raise InputError(f"the state {symbol!r} is not a symbol", hint="iterate over symbols, such as W")
    for what, found in (("update", new), ("start", old)):
        if len(found) != len(symbols):
            raise InputError(f"{len(symbols)} states have {len(found)} {what}s", hint=f"give one {what} a state")
        for symbol, value in zip(symbols, found, strict=True):
            if value.shape != symbol.shape:
                raise ShapeError(
                    f"the {what} {value!r} has shape {shape_text(value.shape)}, and the state {symbol!r} has shape"
                    f" {shape_text(symbol.shape)}"
                )
    rules = tuple(event_of(rule) for rule in (where if isinstance(where, (list, tuple)) else [where]))
    return Run(symbols, new, old, _several(choose), rules)


def _several(values: Operand | Sequence[Operand]) -> tuple[Tensor, ...]:
    return tuple(tensor(value) for value in (values if isinstance(values, (list, tuple)) else [values]))


def _time(value: Operand) -> Tensor:
    found = tensor(value)
    if found.shape:
        raise ShapeError(f"a number of steps is a scalar, and {found!r} has shape {shape_text(found.shape)}")
    return found
