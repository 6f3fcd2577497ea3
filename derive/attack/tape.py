"""Straight-line code over arrays of doubles: run forwards for many instances at once, and backwards for gradients.

The last ``rank`` axes of an array are those of the tensor, the axis before them counts instances, and those in front
count the directions of derivatives inside the claim, one axis a level of nesting. Axes of length one are repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from derive.attack.primitives import PRIMITIVES
from derive.evaluate.system import Array

OVERHEAD = 600
"""What calling a primitive costs, in entries computed."""


FACTORED = {"spectral": 60, "inverse": 20, "determinant": 20}
"""What LAPACK's factorisations cost for each entry of the matrix."""


@dataclass(frozen=True)
class Step:
    """A primitive of ``PRIMITIVES`` applied to the results of earlier steps; ``detail`` is what else it needs.

    ``shape`` has the sizes of the tensor axes of its result.
    """

    primitive: str
    operands: tuple[int, ...]
    detail: Any = None
    shape: tuple[int, ...] = ()


class Node:
    """The result of a step: an array whose tensor axes have the sizes ``shape``."""

    __slots__ = ("place", "shape", "tape")
    __array_ufunc__ = None  # NumPy must leave the arithmetic to this class

    def __init__(self, tape: Tape, place: int, shape: tuple[int, ...]) -> None:
        self.tape = tape
        self.place = place
        self.shape = shape

    @property
    def size(self) -> int:
        return int(np.prod(self.shape, dtype=int))

    @overload
    def __add__(self, other: Node) -> Node: ...
    @overload
    def __add__(self, other: Any) -> Any: ...
    def __add__(self, other: Any) -> Any:
        return self.tape.entrywise("add", self, other) if isinstance(other, Node) else NotImplemented

    @overload
    def __mul__(self, other: Node) -> Node: ...
    @overload
    def __mul__(self, other: Any) -> Any: ...
    def __mul__(self, other: Any) -> Any:
        return self.tape.entrywise("multiply", self, other) if isinstance(other, Node) else NotImplemented

    def __neg__(self) -> Node:
        return self * self.tape.constant(np.float64(-1))

    @overload
    def __sub__(self, other: Node) -> Node: ...
    @overload
    def __sub__(self, other: Any) -> Any: ...
    def __sub__(self, other: Any) -> Any:
        return self + -other if isinstance(other, Node) else NotImplemented


class Tape:
    """Records steps, equal ones once."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._known: dict[tuple[Any, ...], int] = {}
        self.inputs: list[int] = []

    def input(self, shape: tuple[int, ...]) -> Node:
        """An array that each run is given, with the axis of instances in front."""
        self.steps.append(Step("input", (), len(self.inputs), shape))
        self.inputs.append(len(self.steps) - 1)
        return Node(self, len(self.steps) - 1, shape)

    def node(self, place: int) -> Node:
        """The result of the step at ``place``."""
        return Node(self, place, self.steps[place].shape)

    def needed(self, outputs: Sequence[Node]) -> list[int]:
        """The places of all steps that ``outputs`` rest on, in order."""
        found: set[int] = set()
        pending = [node.place for node in outputs]
        while pending:
            place = pending.pop()
            if place not in found:
                found.add(place)
                pending += self.steps[place].operands
        return sorted(found)

    def constant(self, array: Any, levels: int = 0) -> Node:
        """An array that is the same for all instances; the first ``levels`` axes count directions."""
        array = np.asarray(array, dtype=np.float64)
        shape = array.shape[levels:]
        return self.apply("constant", (), shape, np.reshape(array, (*array.shape[:levels], 1, *shape)))

    def apply(self, primitive: str, operands: Sequence[Node], shape: tuple[int, ...], detail: Any = None) -> Node:
        places = tuple(node.place for node in operands)
        mark = (detail.shape, detail.dtype.str, detail.tobytes()) if isinstance(detail, np.ndarray) else detail
        key = (primitive, places, mark)
        if key not in self._known:
            self.steps.append(Step(primitive, places, detail, shape))
            self._known[key] = len(self.steps) - 1
        return Node(self, self._known[key], shape)

    def entrywise(self, primitive: str, *operands: Node, detail: Any = None) -> Node:
        """A function of entries, tensors of lower rank repeated along leading axes as in NumPy."""
        rank = max(len(node.shape) for node in operands)
        shape = np.broadcast_shapes(*(node.shape for node in operands))
        aligned = [self.reshaped(node, (1,) * (rank - len(node.shape)) + node.shape) for node in operands]
        return self.apply(primitive, aligned, shape, detail)

    def reshaped(self, node: Node, shape: tuple[int, ...]) -> Node:
        if node.shape == shape:
            return node
        return self.apply("reshape", (node,), shape, (len(node.shape), shape))


def _cost(step: Step, result: Array, results: dict[int, Array]) -> int:
    factored = FACTORED.get(step.primitive, 0)
    return result.size + (int(results[step.operands[0]].size) * factored if factored else 0)


class Code:
    """The steps of a tape that some outputs need.

    Attributes:
        work: of all runs so far, in entries computed.
    """

    def __init__(self, tape: Tape, outputs: Sequence[Node]) -> None:
        self.steps = tape.steps
        self.outputs = [node.place for node in outputs]
        self.order = tape.needed(outputs)
        self.inputs = tape.inputs
        self.work = 0

    def run(self, inputs: Sequence[Array]) -> dict[int, Array]:
        """The results of all steps, by their place; ``inputs`` in the order in which they were declared."""
        results: dict[int, Array] = {}
        entries = 0
        with np.errstate(all="ignore"):
            for place in self.order:
                step = self.steps[place]
                if step.primitive == "input":
                    results[place] = inputs[step.detail]
                    continue
                operands = [results[k] for k in step.operands]
                results[place] = PRIMITIVES[step.primitive].forward(step.detail, *operands)
                entries += OVERHEAD + _cost(step, results[place], results)
        self.work += entries
        return results

    def gradient(self, results: dict[int, Array], output: Node, inputs: Sequence[Node]) -> list[Array]:
        """The gradient of the sum over all instances of an output, in some inputs: by the chain rule, backwards."""
        slopes: dict[int, Array] = {output.place: np.ones_like(results[output.place])}
        entries = 0
        with np.errstate(all="ignore"):
            for place in reversed(self.order):
                step = self.steps[place]
                if place not in slopes or not step.operands:
                    continue
                operands = [results[k] for k in step.operands]
                found = PRIMITIVES[step.primitive].backward(slopes.pop(place), results[place], step.detail, *operands)
                for k, slope in zip(step.operands, found, strict=True):
                    if slope is not None:
                        slopes[k] = slopes[k] + slope if k in slopes else slope
                entries += 2 * (OVERHEAD + _cost(step, results[place], results))
        self.work += entries
        return [slopes.get(node.place, np.zeros_like(results.get(node.place, np.zeros(1)))) for node in inputs]
