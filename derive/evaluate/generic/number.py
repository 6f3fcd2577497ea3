"""A number of any system that NumPy and an author's code take for a number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np

from derive.evaluate.generic.arithmetic import Arithmetic, NotGeneric
from derive.evaluate.generic.elementary import COMPARISONS, ELEMENTARY, rational_power

Binary = Callable[["Number", Any], Any]


def _binary(name: str, *, turned: bool = False) -> Binary:
    """An operator; ``turned`` where the number is the right operand."""
    function = ELEMENTARY[name]

    def operator(self: Number, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        a, value = self.arithmetic, self.value
        x = other.value if type(other) is Number else _beside(a, other)
        return Number(function(a, x, value) if turned else function(a, value, x), a)

    return operator


def _comparison(name: str) -> Callable[[Number, Any], Any]:
    function = COMPARISONS[name]

    def operator(self: Number, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        x = other.value if type(other) is Number else self.arithmetic.lift(other)
        return function(self.arithmetic, self.value, x)

    return operator


class Number:
    """``value``, a number of ``arithmetic.system``.

    Arithmetic is the system's; floats beside it are taken exactly. Every function of ``ELEMENTARY`` is a method, which
    is how NumPy finds them for arrays of objects.
    """

    __slots__ = ("arithmetic", "value")

    def __init__(self, value: Any, arithmetic: Arithmetic) -> None:
        self.value = value
        self.arithmetic = arithmetic

    __add__ = __radd__ = _binary("add")
    __mul__ = __rmul__ = _binary("multiply")
    __sub__, __rsub__ = _binary("subtract"), _binary("subtract", turned=True)
    __truediv__, __rtruediv__ = _binary("divide"), _binary("divide", turned=True)
    __rpow__ = _binary("power", turned=True)
    __lt__, __gt__ = _comparison("less"), _comparison("greater")
    __le__, __ge__ = _comparison("less_equal"), _comparison("greater_equal")
    __eq__, __ne__ = _comparison("equal"), _comparison("not_equal")
    __hash__ = object.__hash__

    def __pow__(self, exponent: Any) -> Any:
        if isinstance(exponent, (int, float, np.integer, np.floating)):
            plain = int(exponent) if isinstance(exponent, np.integer) else float(exponent)
            return Number(rational_power(self.arithmetic, self.value, Fraction(plain)), self.arithmetic)
        return _power(self, exponent)

    def __neg__(self) -> Number:
        return Number(-self.value, self.arithmetic)

    def __pos__(self) -> Number:
        return self

    def __abs__(self) -> Any:
        return self.absolute()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        function = ELEMENTARY.get(name)
        if function is None:
            self.arithmetic.straight &= name.startswith("__") or name == "dtype"  # NumPy asks every object for these
            raise AttributeError(f"a number has no {name!r}")
        a, value = self.arithmetic, self.value
        return lambda: Number(function(a, value), a)

    def __bool__(self) -> bool:
        return not self.arithmetic.equal(self.value, self.arithmetic.lift(0))

    def __float__(self) -> float:
        """A float, which is remembered: a run that goes on with it is no longer in the system."""
        self.arithmetic.straight = False
        approximation = _approximation(self.value)
        self.arithmetic.casts.append((approximation, self.value))
        return approximation

    def __int__(self) -> NoReturn:
        raise NotGeneric("an integer is asked for")

    __index__ = __complex__ = __round__ = __floor__ = __ceil__ = __trunc__ = __int__

    @property
    def real(self) -> Number:
        return self._looked_at()

    @property
    def shape(self) -> tuple[()]:
        self._looked_at()
        return ()

    @property
    def ndim(self) -> int:
        self._looked_at()
        return 0

    @property
    def T(self) -> Number:  # NumPy's name
        return self._looked_at()

    def item(self) -> Number:
        return self._looked_at()

    def sum(self) -> Number:
        return self._looked_at()

    def _looked_at(self) -> Number:
        """Itself: what a plain number of the system may not have, or may not answer alike."""
        self.arithmetic.straight = False
        return self

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        from derive.evaluate.generic.array import NumberArray, applied

        self.arithmetic.scattered |= not any(isinstance(x, NumberArray) for x in inputs)
        return applied(self.arithmetic, ufunc, method, inputs, options)


_power = _binary("power")


def _beside(a: Arithmetic, other: Any) -> Any:
    """The number that stands beside another, outside of arrays."""
    a.scattered |= isinstance(other, (float, np.floating)) and not float(other).is_integer()
    return a.lift(other)


def _approximation(value: Any) -> float:
    while hasattr(value, "tangents"):
        value = value.value
    try:
        return float(value) if not hasattr(value, "q") else int(value.p) / int(value.q)
    except (TypeError, ValueError, ArithmeticError, RuntimeError):
        raise NotGeneric("a float is asked for") from None
