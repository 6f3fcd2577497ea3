"""The elementwise functions and reductions as an author calls them."""

from __future__ import annotations

from collections.abc import Callable

from derive.language.functions import FUNCTIONS
from derive.language.tensor import Apply, Constant, Extremum, IndexSum, Operand, Sum, Tensor, tensor


def _elementwise(name: str) -> Callable[..., Tensor]:
    arity = FUNCTIONS[name].arity

    def call(*arguments: Operand) -> Tensor:
        if len(arguments) != arity:
            from derive.language.errors import InputError

            raise InputError(f"{name}() takes {arity} argument{'s' * (arity > 1)}, not {len(arguments)}")
        return Apply.of(name, *(tensor(argument) for argument in arguments))

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"Elementwise ``{FUNCTIONS[name].expression}``."
    return call


elementwise: dict[str, Callable[..., Tensor]] = {name: _elementwise(name) for name in FUNCTIONS}

pi = Constant("pi")
e = Constant("e")


def sum(operand: Tensor, axis: int | None = None, keepdims: bool = False, over: Tensor | None = None) -> Tensor:  # NumPy's name
    """The sum over all entries, along ``axis``, or over an index symbol (``over=j``)."""
    return IndexSum.of(tensor(operand), over) if over is not None else Sum.of(tensor(operand), axis, keepdims)


def max(operand: Tensor, *others: Operand, axis: int | None = None, keepdims: bool = False) -> Tensor:  # NumPy's name
    """The largest entry of one tensor (along ``axis``), or the elementwise maximum of two."""
    if others:
        return elementwise["maximum"](operand, *others)
    return Extremum.of("max", tensor(operand), axis, keepdims)


def min(operand: Tensor, *others: Operand, axis: int | None = None, keepdims: bool = False) -> Tensor:  # NumPy's name
    """The smallest entry of one tensor (along ``axis``), or the elementwise minimum of two."""
    if others:
        return elementwise["minimum"](operand, *others)
    return Extremum.of("min", tensor(operand), axis, keepdims)
