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


@dataclass
class Compiled:
    """``expressions`` as functions of the symbols' values.

    Attributes:
        symbols: the names of the symbols, in the order of the program's inputs.
        shapes: their shapes at the given sizes, by name.
    """

    symbols: tuple[str, ...]
    shapes: Mapping[str, tuple[int, ...]]
    program: Program

    def fixed(self, values: Mapping[str, Array]) -> Workspace:
        """What depends only on the symbols that do not change; each array has an axis of instances in front."""
        return self.program.prepared([values.get(name) for name in self.symbols])

    def __call__(self, fixed: Workspace, changing: Mapping[str, Array]) -> list[Array]:
        """The values of the expressions, given those of the symbols that change: an axis of instances in front."""
        names = [self.symbols[k] for k in self.program.changing]
        return self.program.step(fixed, [changing[name] for name in names])

    def release(self, fixed: Workspace, values: Sequence[Array], numbers: Sequence[int]) -> None:
        """Give back the arrays of the values of these numbers, to be written into by the next call."""
        self.program.release(fixed, values, numbers)


def compiled(
    expressions: Sequence[Tensor],
    sizes: Mapping[str, int],
    *,
    changing: Collection[str] = (),
    indices: Mapping[str, int] | None = None,
    literal: bool = False,
) -> Compiled:
    """Compile ``expressions``; the symbols named in ``changing`` have new values at every call, all others are fixed.

    Gradients of scalars are taken in reverse mode. Sums of products become matrix products, unless ``literal``
    asks for the operations as they are written.

    Raises:
        Unavailable: an expression contains something that has no value in doubles.
        InputError: a size or a position is missing.
    """
    tape = Tape()
    symbols = {node.name: node for expression in expressions for node in expression.walk() if isinstance(node, Symbol)}
    names = tuple(sorted(symbols))
    shapes = {name: tuple(axis.size(sizes) for axis in symbols[name].shape) for name in names}
    values = {name: tape.input(shapes[name]) for name in names}
    scope = TracedScope(Traced(tape), sizes, indices or {}, values, ReverseMode())
    outputs = [linear.plain(scope.value(expression)) for expression in expressions]
    if not literal:
        tape, outputs = simplified(tape, outputs)
    return Compiled(names, shapes, Program(tape, outputs, [k for k, name in enumerate(names) if name in changing]))
