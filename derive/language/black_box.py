"""Value functions that derive cannot see into: an author's code, declared with the shapes that it takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.symbols import MOST_AXES, check_name
from derive.language.tensor import Operand, Tensor, dimension, tensor


@dataclass(frozen=True, eq=False, repr=False)
class BlackBox(Tensor):
    """The value of an author's function at ``arguments``, printed as a call."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Tensor, ...]
    shape: Shape
    tex: str | None = None


@dataclass(frozen=True)
class ValueFunction:
    """A declared function; calling it with tensors gives a ``BlackBox``.

    Attributes:
        function: the code: arrays of the declared shapes in, an array (or a number) out.
        takes: the shapes of the arguments.
        gives: the shape of the value.
    """

    name: str
    function: Callable[..., Any]
    takes: tuple[Shape, ...]
    gives: Shape
    tex: str | None = None

    def __call__(self, *arguments: Operand) -> Tensor:
        """The value at ``arguments``.

        Raises:
            ShapeError: their number or shapes are not the declared ones.
        """
        found = tuple(tensor(argument) for argument in arguments)
        if len(found) != len(self.takes):
            raise ShapeError(f"{self.name} takes {_count(len(self.takes))}, found {len(found)}")
        for number, (argument, shape) in enumerate(zip(found, self.takes, strict=True), 1):
            if argument.shape != shape:
                raise ShapeError(
                    f"argument {number} of {self.name} has shape {shape_text(shape)}, but {argument!r} has shape "
                    f"{shape_text(argument.shape)}"
                )
        return BlackBox(self.name, self.function, found, self.gives, self.tex)


def value_function(
    name: str, function: Callable[..., Any], takes: Sequence[Any], gives: Any = (), tex: str | None = None
) -> ValueFunction:
    """A function of arrays; ``takes`` has one shape an argument, such as ``(n, d)``, ``d`` or ``()``.

    Raises:
        InputError: the name is no identifier, the function cannot be called, or a shape is none.
    """
    check_name(name)
    if not callable(function):
        raise InputError(
            f"the value of {name} has to be a function, found {type(function).__name__}",
            hint=f'write paper.function("{name}", function, (d,), (n, d))',
        )
    if not takes:
        raise InputError(f"{name} takes no argument", hint="give the shape of each argument: (d,), (n, d)")
    return ValueFunction(name, function, tuple(_shape(name, shape) for shape in takes), _shape(name, gives), tex)


def _shape(name: str, shape: Any) -> Shape:
    axes = tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)
    if len(axes) > MOST_AXES:
        raise InputError(f"an argument of {name} has {len(axes)} axes, more than {MOST_AXES}")
    return tuple(dimension(axis) for axis in axes)


def _count(number: int) -> str:
    return "1 argument" if number == 1 else f"{number} arguments"


def black_boxes(*expressions: Tensor) -> tuple[BlackBox, ...]:
    """The values of functions that derive cannot see into, each function once."""
    found: dict[str, BlackBox] = {}
    for expression in expressions:
        for node in expression.walk():
            if isinstance(node, BlackBox):
                found.setdefault(node.name, node)
    return tuple(found.values())
