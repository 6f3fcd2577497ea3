"""Expressions at given sizes as one compiled program over arrays of doubles, many instances at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from derive.attack import linear
from derive.attack.recorded import TracedScope
from derive.attack.tape import Tape
from derive.attack.traced import Traced
from derive.evaluate.system import Array
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.simulation.program import Program, Workspace
from derive.simulation.reverse import ReverseMode
from derive.simulation.simplify import simplified

Key = str | Tensor
"""An input of a program: the name of a symbol, or a node whose value is given."""


@dataclass
class Compiled:
    """Expressions as functions of the values of symbols, and of nodes that are given.

    Attributes:
        inputs: the names of the symbols, and the given nodes, in the order of the program's inputs.
        shapes: their shapes at the given sizes.
    """

    inputs: tuple[Key, ...]
    shapes: Mapping[Key, tuple[int, ...]]
    program: Program

    def fixed(self, values: Mapping[Key, Array]) -> Workspace:
        """What depends only on the inputs that do not change; each array has an axis of instances in front."""
        return self.program.prepared([values.get(name) for name in self.inputs])

    def __call__(self, fixed: Workspace, changing: Mapping[Key, Array]) -> list[Array]:
        """The values of the expressions, given those of the inputs that change: an axis of instances in front."""
        names = [self.inputs[k] for k in self.program.changing]
        return self.program.step(fixed, [changing[name] for name in names])

    def release(self, fixed: Workspace, values: Sequence[Array], numbers: Sequence[int]) -> None:
        """Give back the arrays of the values of these numbers, to be written into by the next call."""
        self.program.release(fixed, values, numbers)


def compiled(
    expressions: Sequence[Tensor],
    sizes: Mapping[str, int],
    *,
    changing: Collection[Key] = (),
    given: Sequence[Tensor] = (),
    indices: Mapping[str, int] | None = None,
    literal: bool = False,
) -> Compiled:
    """Compile ``expressions``; the inputs named in ``changing`` have new values at every call, all others are fixed.

    The nodes ``given`` are inputs too, whatever they stand for. Gradients of scalars are taken in reverse mode. Sums
    of products become matrix products, unless ``literal`` asks for the operations as they are written.

    Raises:
        Unavailable: an expression contains something that has no value in doubles.
        InputError: a size or a position is missing.
    """
    tape = Tape()
    symbols = symbols_in(expressions, given)
    nodes: dict[Key, Tensor] = dict(symbols.items()) | {node: node for node in given}
    shapes = {key: tuple(axis.size(sizes) for axis in node.shape) for key, node in nodes.items()}
    values = {key: tape.input(shape) for key, shape in shapes.items()}
    scope = TracedScope(Traced(tape), sizes, indices or {}, {name: values[name] for name in symbols}, ReverseMode())
    scope.known.update((node, values[node]) for node in given)  # type: ignore[misc]  # a tape's values are its nodes
    outputs = [linear.plain(scope.value(expression)) for expression in expressions]
    if not literal:
        tape, outputs = simplified(tape, outputs)
    inputs, moving = tuple(nodes), frozenset(changing)  # a tensor is compared by its identity
    return Compiled(inputs, shapes, Program(tape, outputs, [k for k, key in enumerate(inputs) if key in moving]))


def symbols_in(expressions: Sequence[Tensor], given: Collection[Tensor]) -> dict[str, Symbol]:
    """The symbols in the expressions, by name, but for those inside of nodes that are given."""
    found: dict[str, Symbol] = {}
    seen = set(given)
    stack = list(expressions)
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        stack.extend(node.children())
        if isinstance(node, Symbol):
            found[node.name] = node
    return dict(sorted(found.items()))
