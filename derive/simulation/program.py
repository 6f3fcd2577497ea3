"""A compiled program: what does not change is computed once, the rest at every step, in memory that is used again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from derive.attack.tape import Node, Tape
from derive.evaluate.system import Array
from derive.simulation.operations import ENTRYWISE, INTO, OPERATIONS, VIEWS


@dataclass
class Workspace:
    """The values that do not change, and arrays of ``dtype`` that the next step may write into, by shape."""

    values: dict[int, Array]
    dtype: Any = np.float64
    free: dict[tuple[int, ...], list[Array]] = field(default_factory=dict)

    def array(self, shape: tuple[int, ...]) -> Array:
        waiting = self.free.get(shape)
        return waiting.pop() if waiting else np.empty(shape, self.dtype)

    def of(self, rows: Array, dtype: Any) -> Workspace:
        """The values of some instances, in another precision."""
        chosen = {k: x[rows] if x.shape[:1] == rows.shape != (1,) else x for k, x in self.values.items()}
        return Workspace({k: x.astype(dtype) for k, x in chosen.items()}, dtype)

    def take_back(self, array: Array) -> None:
        self.free.setdefault(array.shape, []).append(array)


@dataclass(frozen=True, slots=True)
class Instruction:
    """A primitive of the values at ``operands``, kept at ``place``; then those at ``done`` are no longer needed.

    Attributes:
        shape: of the tensor axes of the result, where it may be written into an array; None where it may not.
        over: an operand whose array may take the result.
        released: those of ``done`` whose arrays belong to the program and are free from here on.
    """

    primitive: str
    detail: Any
    operands: tuple[int, ...]
    place: int
    done: tuple[int, ...]
    shape: tuple[int, ...] | None
    over: int | None
    released: tuple[int, ...]

    def run(self, values: dict[int, Array], workspace: Workspace, count: int) -> None:
        operands = [values[k] for k in self.operands]
        if self.over is not None:
            values[self.place] = INTO[self.primitive](*operands, out=values[self.over])
        elif self.shape is not None:
            into = workspace.array((count, *self.shape))
            values[self.place] = INTO[self.primitive](*operands, out=into)
        else:
            values[self.place] = OPERATIONS[self.primitive](self.detail, *operands)
        for k in self.released:
            workspace.take_back(values[k])
        for k in self.done:
            del values[k]


class Program:
    """The outputs of a tape as functions of its inputs, of which those numbered in ``changing`` differ at every step.

    All inputs have an axis of instances in front: those that change one of full length, others perhaps of length one.
    """

    def __init__(self, tape: Tape, outputs: Sequence[Node], changing: Collection[int]) -> None:
        self.tape = tape
        self.outputs = [node.place for node in outputs]
        self.changing = tuple(changing)
        order = tape.needed(outputs)
        moving = {tape.inputs[k] for k in changing}
        for place in order:
            if moving.intersection(tape.steps[place].operands):
                moving.add(place)
        needed = {k for place in moving for k in tape.steps[place].operands} | set(self.outputs)
        forward = any(tape.steps[place].primitive == "lower" for place in order)  # such arrays have further axes
        own = frozenset() if forward else self._own([k for k in order if k in moving])
        self._fixed = self._instructions([k for k in order if k not in moving], needed, frozenset())
        kept = set(self.outputs) | {k for k in needed if k not in moving}
        self._moving = self._instructions([k for k in order if k in moving], kept, own)
        self._given = own.intersection(self.outputs)

    def _own(self, order: Sequence[int]) -> frozenset[int]:
        """The results that are written into arrays of the program and that no view shows."""
        steps = self.tape.steps
        seen = {k for place in order if steps[place].primitive in VIEWS for k in steps[place].operands}
        return frozenset(k for k in order if steps[k].primitive in INTO and k not in seen)

    def _instructions(self, order: Sequence[int], kept: Collection[int], own: Collection[int]) -> list[Instruction]:
        """``kept`` are the results that are needed afterwards; the arrays of those in ``own`` are used again."""
        steps = self.tape.steps
        last = {k: place for place in order for k in steps[place].operands}
        found = []
        for place in order:
            step = steps[place]
            if step.primitive == "input":
                continue
            done = tuple(dict.fromkeys(k for k in step.operands if last[k] == place and k not in kept))
            into = place in own
            free = [k for k in done if k in own]
            over = next((k for k in free if steps[k].shape == step.shape), None)
            over = over if into and step.primitive in ENTRYWISE else None
            shape = step.shape if into else None
            released = tuple(k for k in free if k != over)
            found.append(Instruction(step.primitive, step.detail, step.operands, place, done, shape, over, released))
        return found

    @property
    def instructions(self) -> list[Instruction]:
        """Those that run once, then those of every step."""
        return self._fixed + self._moving

    def prepared(self, inputs: Sequence[Array | None]) -> Workspace:
        """The values that do not change; inputs that do may be None."""
        values = {place: array for place, array in zip(self.tape.inputs, inputs, strict=True) if array is not None}
        workspace = Workspace(values)
        with np.errstate(all="ignore"):
            for line in self._fixed:
                line.run(values, workspace, 1)
        return workspace

    def step(self, workspace: Workspace, changing: Sequence[Array]) -> list[Array]:
        """The outputs, given the values of the inputs that change; the arrays are the caller's."""
        values = dict(workspace.values)
        for k, array in zip(self.changing, changing, strict=True):
            values[self.tape.inputs[k]] = array
        count = len(changing[0]) if changing else 1
        with np.errstate(all="ignore"):
            for line in self._moving:
                line.run(values, workspace, count)
        return [values[place] for place in self.outputs]

    def release(self, workspace: Workspace, outputs: Sequence[Array], numbers: Sequence[int]) -> None:
        """Give back the arrays of the outputs of these numbers, which the caller needs no longer."""
        for place, array in {self.outputs[k]: outputs[k] for k in numbers}.items():
            if place in self._given:
                workspace.take_back(array)
