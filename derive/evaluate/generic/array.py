"""Arrays of numbers: NumPy's functions on them, each a loop in the number system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np

from derive.evaluate.balls import Balls
from derive.evaluate.generic.arithmetic import Arithmetic, NotGeneric
from derive.evaluate.generic.elementary import ARITHMETIC, COMPARISONS, ELEMENTARY, rational_power
from derive.evaluate.generic.number import Number
from derive.evaluate.system import Array, boxed

ALONE = (*(name for name in ARITHMETIC if name != "conjugate"), "matmul", "vecdot")
"""The ufuncs that NumPy runs by itself on the numbers of a system."""

OF_BALLS = ("divide", "exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "square")
"""The functions that balls have as operators and methods; outside of their domain the balls are not finite."""

VALUES = np.frompyfunc(attrgetter("value"), 1, 1)
"""The numbers of the system that stand in an array of ``Number``."""


class NumberArray(np.ndarray[Any, Any]):
    """An array of ``Number``; NumPy hands its functions to the number system."""

    arithmetic: Arithmetic

    def __array_finalize__(self, parent: Any) -> None:
        if isinstance(parent, NumberArray):
            self.arithmetic = parent.arithmetic

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        return applied(self.arithmetic, ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        from derive.evaluate.generic.functions import AS_NUMPY, FUNCTIONS

        own = FUNCTIONS.get(function)
        if own is not None:
            self.arithmetic.straight &= function in AS_NUMPY
            self.arithmetic.scattered = True
            return own(self.arithmetic, *arguments, **options)
        found = super().__array_function__(function, types, arguments, options)
        if (
            type(found) is np.ndarray and found.dtype == object
        ):  # np.where, np.diag: made anew, with zeros beside numbers
            return wrapped(unwrapped(found, self.arithmetic), self.arithmetic)
        return found

    def dot(self, other: Any, out: None = None) -> Any:  # type: ignore[override]  # as a function of the system
        return np.dot(self, other)

    def astype(self, dtype: Any, *arguments: Any, **options: Any) -> Any:
        """Itself, where floats are asked for: its numbers stand for those."""
        self.arithmetic.straight = False
        if np.dtype(dtype).kind in "fO":
            return self.copy()
        raise NotGeneric(f"an array of {np.dtype(dtype)} is asked for")


def wrapped(raw: Any, arithmetic: Arithmetic) -> Any:
    """Numbers of the system as an array of ``Number``; one without axes is a ``Number``."""
    if not isinstance(raw, np.ndarray):
        return Number(raw, arithmetic)
    array = _each(lambda value: Number(value, arithmetic), raw).view(NumberArray)
    array.arithmetic = arithmetic
    return array


def unwrapped(operand: Any, arithmetic: Arithmetic, *, mixing: bool = False) -> Array:
    """The numbers of an operand; ``mixing`` leaves floats as they are where the system's numbers mix with them."""
    if type(operand) is Number:
        return boxed(operand.value)
    array = np.asarray(operand)
    if isinstance(operand, NumberArray):
        try:
            return boxed(VALUES(array))
        except AttributeError:  # the author has put floats among the numbers
            arithmetic.scattered = True
    if array.dtype.kind in "bui" or array.dtype.kind == "f":
        plain = array.astype(object) if array.dtype.kind != "b" else array.astype(int).astype(object)
        if mixing and arithmetic.mixes and (array.dtype.kind != "f" or np.isfinite(array).all()):
            return plain
        return _each(arithmetic.lift, plain)
    if array.dtype.kind != "O":
        raise NotGeneric(f"an array of {array.dtype} stands beside real numbers")
    return _each(lambda x: x.value if type(x) is Number else arithmetic.lift(x), array)


def _each(function: Callable[..., Any], *arrays: Array) -> Array:
    """``function`` entry by entry, always an array."""
    result = np.frompyfunc(function, len(arrays), 1)(*arrays)
    return boxed(result)


def applied(a: Arithmetic, ufunc: np.ufunc, method: str, inputs: Sequence[Any], options: dict[str, Any]) -> Any:
    """A ufunc, or its ``reduce``, ``accumulate`` or ``outer``, in the number system.

    Raises:
        NotGeneric: the system has no such function.
    """
    name, out = ufunc.__name__, options.pop("out", (None,))[0]
    if options.pop("where", True) is not True or options.pop("dtype", None) not in (None, object, float):
        raise NotGeneric(f"np.{name} with where= or dtype=")
    options = {key: value for key, value in options.items() if key in ("axis", "keepdims", "initial")}
    match method:
        case "__call__":
            result = _called(a, ufunc, name, inputs)
        case "reduce":
            result = _reduced(a, ufunc, name, inputs[0], **options)
        case "accumulate" if name in ("add", "multiply"):
            result = wrapped(ufunc.accumulate(unwrapped(inputs[0], a), **options), a)
        case "outer" if name in ELEMENTARY:
            left, right = (np.asarray(x) for x in inputs)
            spread = left.reshape(left.shape + (1,) * right.ndim)
            result = _called(a, ufunc, name, (spread, right))
        case _:
            raise NotGeneric(f"np.{name}.{method}")
    if out is None:
        return result
    out[...] = result
    return out


def _floats(operand: Any) -> bool:
    return isinstance(operand, np.ndarray) and operand.dtype == np.float64


def _called(a: Arithmetic, ufunc: np.ufunc, name: str, inputs: Sequence[Any]) -> Any:
    if name == "matmul" and a.constants is None:
        left, right = (x if _floats(x) else unwrapped(x, a) for x in inputs)
        found = a.matrices.product(left, right)
        if found is not None:
            return wrapped(found if found.ndim else found[()], a)
    if name in ALONE or (name in OF_BALLS and a.mixes and isinstance(a.system, Balls)):
        raw = ufunc(*(unwrapped(x, a, mixing=True) for x in inputs))
        if name in ALONE or all(x.is_finite() for x in boxed(raw).flat):
            return wrapped(raw if np.ndim(raw) or not isinstance(raw, np.ndarray) else raw[()], a)
    if name == "power" and isinstance(inputs[1], (int, float, np.integer, np.floating)):
        exponent = Fraction(float(inputs[1]))
        raw = _each(lambda x: rational_power(a, x, exponent), unwrapped(inputs[0], a))
        return wrapped(raw if raw.ndim else raw[()], a)
    arrays = [unwrapped(x, a) for x in inputs]
    if name in COMPARISONS:
        answer = _each(partial(COMPARISONS[name], a), *arrays).astype(bool)
        return answer if answer.ndim else bool(answer[()])
    if name not in ELEMENTARY:
        raise NotGeneric(f"np.{name} has no counterpart in {a.system.name}")
    raw = _each(partial(ELEMENTARY[name], a), *arrays)
    return wrapped(raw if raw.ndim else raw[()], a)


def _reduced(
    a: Arithmetic, ufunc: np.ufunc, name: str, operand: Any, axis: Any = 0, keepdims: bool = False, initial: Any = None
) -> Any:
    """``reduce``: sums and products by NumPy, the others (``maximum``, ``logaddexp``) by a loop."""
    array = unwrapped(operand, a)
    if name in ("add", "multiply") and array.size:
        total = ufunc.reduce(array, axis=axis, keepdims=keepdims)
        if initial not in (None, 0 if name == "add" else 1):
            total = ufunc(total, a.lift(initial))
        return wrapped(total, a)
    if name not in ELEMENTARY or not array.size:
        raise NotGeneric(f"np.{name}.reduce of {array.shape}")
    axes = range(array.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    gone = sorted(k % array.ndim for k in axes)
    kept = [k for k in range(array.ndim) if k not in gone]
    rows = array.transpose(kept + gone).reshape([array.shape[k] for k in kept] + [-1])
    raw = np.frompyfunc(lambda x, y: ELEMENTARY[name](a, x, y), 2, 1).reduce(rows, axis=-1)
    if keepdims:
        raw = np.asarray(raw, dtype=object).reshape([1 if k in gone else n for k, n in enumerate(array.shape)])
    return wrapped(raw, a)
