"""Straight-line code, run again: NumPy's own loops on balls or jets, with nothing between.

A run in which an author's code compared nothing, made no float and asked for no attribute of a number (then
``Arithmetic.straight`` is still True) has the same operations at every point. Then they need no ``Number`` that watches
over them, and take less than half the time. What leaves a domain is not finite, and refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import arb

from derive.evaluate.generic.arithmetic import NotGeneric
from derive.evaluate.generic.jet import Jet
from derive.evaluate.generic.matrices import Constants, Matrices
from derive.evaluate.system import Array, boxed


class StraightArray(np.ndarray[Any, Any]):
    """An array of balls or jets, whose products with matrices of floats are FLINT's."""

    matrices: Matrices

    def __array_finalize__(self, parent: Any) -> None:
        if isinstance(parent, StraightArray):
            self.matrices = parent.matrices

    def __matmul__(self, other: Any) -> Any:
        return self._product(self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return self._product(other, self)

    def _product(self, left: Any, right: Any) -> Any:
        found = self.matrices.product(np.asarray(left), np.asarray(right))
        if found is None:
            return np.matmul(left, right)
        array = found.view(StraightArray)
        array.matrices = self.matrices
        return array

    def astype(self, dtype: Any, *arguments: Any, **options: Any) -> Any:
        raise NotGeneric(f"an array of {np.dtype(dtype)} is asked for")


class OtherConstants(StraightArray):
    """An array beside which floats stand for other numbers."""

    constants: Constants

    def __array_finalize__(self, parent: Any) -> None:
        if isinstance(parent, OtherConstants):
            self.matrices, self.constants = parent.matrices, parent.constants

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        out = options.pop("out", (None,))[0]
        result = None
        if ufunc is np.matmul and method == "__call__":
            result = self.matrices.product(np.asarray(inputs[0]), np.asarray(inputs[1]), self.constants)
        if result is None:
            power = ufunc is np.power
            operands = [self._operand(x, exponent=k == 1 and power) for k, x in enumerate(inputs)]
            result = getattr(ufunc, method)(*operands, **options)
        if out is not None:
            out[...] = result
            return out
        return self._like(result)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        return self._like(super().__array_function__(function, types, arguments, options))

    def _product(self, left: Any, right: Any) -> Any:
        return np.matmul(left, right)

    def _operand(self, operand: Any, *, exponent: bool) -> Any:
        """An operand as NumPy's loops take it; an exponent is meant as it is."""
        if isinstance(operand, StraightArray):
            return operand.view(np.ndarray)
        if exponent and not isinstance(operand, np.ndarray):
            return operand
        return _each(self._number, np.asarray(operand).astype(object))

    def _number(self, operand: Any) -> Any:
        return self.constants(operand) if isinstance(operand, float) else operand

    def _like(self, result: Any) -> Any:
        if type(result) is not np.ndarray or result.dtype != object:
            return result
        return _with_constants(result, self.matrices, self.constants)


def run_straight(
    function: Callable[..., Any], arguments: Sequence[Any], matrices: Matrices, constants: Constants | None = None
) -> Array:
    """What ``function`` returns for arguments of balls or jets.

    Raises:
        NotGeneric: the code does more than its operations, or leaves a domain.
        Exception: whatever else comes of objects that are no floats; the code may be right all the same.
    """
    result = function(*(_placed(x, matrices, constants) for x in arguments))
    if isinstance(result, np.ndarray):
        numbers: Array = result.view(np.ndarray)
        if numbers.dtype != object or not {arb, Jet}.issuperset(map(type, numbers.flat)):
            numbers = _each(_settled, numbers.astype(object))
    else:
        numbers = boxed(_settled(result))
    if not all(x.is_finite() for x in numbers.flat):
        raise NotGeneric("a value that is not finite")
    return numbers


def _placed(argument: Any, matrices: Matrices, constants: Constants | None) -> Any:
    if not isinstance(argument, np.ndarray) or argument.dtype != object:
        return argument
    if not argument.ndim:
        return argument[()]
    if constants is not None:
        return _with_constants(argument.copy(), matrices, constants)
    array = argument.copy().view(StraightArray)
    array.matrices = matrices
    return array


def _with_constants(numbers: Array, matrices: Matrices, constants: Constants) -> OtherConstants:
    array = numbers.view(OtherConstants)
    array.matrices, array.constants = matrices, constants
    return array


def _settled(number: Any) -> Any:
    return number if isinstance(number, (arb, Jet)) else arb(number)


def _each(function: Callable[[Any], Any], array: Array) -> Array:
    return boxed(np.frompyfunc(function, 1, 1)(array))
