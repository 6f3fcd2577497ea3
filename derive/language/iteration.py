"""Iterations: a state, its update, and expressions along the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from derive.language.chance import Occurrence, event_of
from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.relations import Relation
from derive.language.symbols import Symbol, scalar
from derive.language.tensor import Negative, Number, Operand, Tensor, tensor


@dataclass(frozen=True, eq=False, repr=False)
class Run(Tensor):
    """An iteration as a node without a value of its own: ``states`` start at ``starts`` and become ``updates``.

    ``choices`` are symbols that are chosen anew at every step, arbitrarily but so that ``rules`` (events) hold at the
    state before the step. A run that ``paper.let`` named has that ``name``, by which it is printed.
    """

    states: tuple[Tensor, ...]
    updates: tuple[Tensor, ...]
    starts: tuple[Tensor, ...]
    choices: tuple[Tensor, ...] = ()
    rules: tuple[Tensor, ...] = ()
    name: str | None = None
    tex: str | None = None
    shape: tuple[()] = ()

    @property
    def state_names(self) -> tuple[str, ...]:
        """The names of the states."""
        return tuple(state.name for state in self.states if isinstance(state, Symbol))

    @property
    def bound(self) -> frozenset[str]:
        """The names of the states and of the choices, which stand for other values at each step."""
        return frozenset(symbol.name for symbol in (*self.states, *self.choices) if isinstance(symbol, Symbol))

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

    def converges(self, *points: Operand) -> Tensor:
        """The event that the state converges to one of ``points``.

        Raises:
            InputError: the run has several states. ShapeError: a point has another shape than the state.
        """
        found = tuple(tensor(point) for point in points)
        if len(self.states) != 1 or self.choices or not found:
            raise InputError("converges() is of a run of one state, without choices, to one of some points")
        for point in found:
            if point.shape != self.states[0].shape:
                raise ShapeError(
                    f"the point {point!r} has shape {shape_text(point.shape)}, and the state {self.states[0]!r} has"
                    f" shape {shape_text(self.states[0].shape)}"
                )
        return Converges(self, found)


@dataclass(frozen=True, eq=False, repr=False)
class Converges(Occurrence):
    """The event that the state of ``run`` converges to one of ``points``."""

    run: Run
    points: tuple[Tensor, ...]
    shape: tuple[()] = ()


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
class Always(Occurrence):
    """The event that ``event`` holds at the states of ``run`` after 0, 1, ..., ``until`` steps."""

    run: Run
    event: Tensor
    until: Tensor
    shape: tuple[()] = ()


def called(run: Run, name: str, tex: str | None) -> Run:
    """The run under the name that it is printed by."""
    return replace(run, name=name, tex=tex)


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
    symbols, chosen = _several(states), _several(choose)
    new, old = _several(updates), symbols if start is None else _several(start)
    for what, found in (("state", symbols), ("choice", chosen)):
        for symbol in found:
            if not isinstance(symbol, Symbol):
                raise InputError(f"the {what} {symbol!r} is not a symbol", hint="iterate over symbols, such as W")
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
    return Run(symbols, new, old, chosen, rules)


def _several(values: Operand | Sequence[Operand]) -> tuple[Tensor, ...]:
    return tuple(tensor(value) for value in (values if isinstance(values, (list, tuple)) else [values]))


def _time(value: Operand) -> Tensor:
    found = tensor(value)
    if found.shape:
        raise ShapeError(f"a number of steps is a scalar, and {found!r} has shape {shape_text(found.shape)}")
    number = -found.operand.value if isinstance(found, Negative) and isinstance(found.operand, Number) else None
    number = found.value if isinstance(found, Number) else number
    if number is not None and (number < 0 or number.denominator != 1):
        raise InputError(f"the number of steps {found!r} is not 0, 1, 2, ...", hint='declare it: t = time("t")')
    return found
