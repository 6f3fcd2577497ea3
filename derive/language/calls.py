"""The elementwise functions and reductions as an author calls them."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature

from derive.language.errors import InputError
from derive.language.functions import FUNCTIONS
from derive.language.tensor import Apply, Constant, Extremum, IndexSum, Operand, Sum, Tensor, tensor

Axis = int | tuple[int, ...] | None


def _elementwise(name: str) -> Callable[..., Tensor]:
    arity = FUNCTIONS[name].arity

    def call(*arguments: Operand) -> Tensor:
        if len(arguments) != arity:
            raise InputError(f"{name}() takes {arity} argument{'s' * (arity > 1)}, not {len(arguments)}")
        return Apply.of(name, *(tensor(argument) for argument in arguments))

    parameters = [Parameter(letter, Parameter.POSITIONAL_ONLY) for letter in ("z", "w")[:arity]]
    call.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # read by inspect.signature and help()
    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"Elementwise ``{FUNCTIONS[name].expression}``."
    return call


elementwise: dict[str, Callable[..., Tensor]] = {name: _elementwise(name) for name in FUNCTIONS}

pi = Constant("pi")
e = Constant("e")


def sum(operand: Operand, axis: Axis = None, keepdims: bool = False, over: Tensor | None = None) -> Tensor:
    """The sum over all entries, along ``axis``, or over an index symbol (``over=j``)."""
    return IndexSum.of(tensor(operand), over) if over is not None else Sum.of(tensor(operand), axis, keepdims)


def mean(operand: Operand, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """The mean of all entries, or along ``axis``."""
    return tensor(operand).mean(axis, keepdims)


def max(operand: Operand, *others: Operand, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """The largest entry of one tensor (along ``axis``), or the elementwise maximum of two."""
    if others:
        return elementwise["maximum"](operand, *others)
    return Extremum.of("max", tensor(operand), axis, keepdims)


def min(operand: Operand, *others: Operand, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """The smallest entry of one tensor (along ``axis``), or the elementwise minimum of two."""
    if others:
        return elementwise["minimum"](operand, *others)
    return Extremum.of("min", tensor(operand), axis, keepdims)
