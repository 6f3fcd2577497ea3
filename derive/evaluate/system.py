"""What a number system offers: exact rationals in, the primitives of the function table, and order where it is certain.

Numbers also have ``+``, ``-`` and ``*``; arrays of them are NumPy arrays of ``dtype``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from derive.evaluate.errors import AtKink, Unavailable

Array = npt.NDArray[Any]


class System(ABC):
    """A number system. One subclass a file; see ``derive.evaluate``.

    ``level``: of how many extensions it is made, see ``extension``.
    """

    name: ClassVar[str]
    dtype: ClassVar[Any] = object
    level: int = 0

    @property
    def ordered(self) -> bool:
        """Can its numbers be compared?"""
        return True

    @property
    def rounds(self) -> bool:
        """Are numbers rounded without a bound on the error, so that two that are equal may differ?"""
        return False

    def context(self) -> AbstractContextManager[Any]:
        """Holds this system's precision while numbers are computed, and restores the caller's."""
        return nullcontext()

    @abstractmethod
    def rational(self, value: Fraction) -> Any:
        """The number that stands for ``value``."""

    @abstractmethod
    def constant(self, name: str) -> Any:
        """``pi`` or ``e``."""

    @abstractmethod
    def exp(self, x: Any) -> Any: ...

    @abstractmethod
    def log(self, x: Any) -> Any: ...

    @abstractmethod
    def sin(self, x: Any) -> Any: ...

    @abstractmethod
    def cos(self, x: Any) -> Any: ...

    @abstractmethod
    def atan(self, x: Any) -> Any: ...

    @abstractmethod
    def erf(self, x: Any) -> Any: ...

    @abstractmethod
    def step(self, x: Any) -> Any:
        """1 where x > 0, 0 where x < 0, and 1/2 at zero, or an enclosure of [0, 1] where x may be zero."""

    @abstractmethod
    def power(self, base: Any, exponent: Fraction) -> Any:
        """``base ** exponent``.

        Raises:
            OutsideDomain: a negative power of zero, or a fractional power of a negative number.
        """

    @abstractmethod
    def divide(self, left: Any, right: Any) -> Any:
        """``left / right``.

        Raises:
            OutsideDomain: the divisor is, or may be, zero.
        """

    def bits(self, x: Any) -> int:
        """How large an exact number has grown; 0 where numbers keep their size."""
        del x
        return 0

    @abstractmethod
    def exact(self, x: Any) -> Fraction | None:
        """The rational number that ``x`` certainly is, or None."""

    @abstractmethod
    def may_be_zero(self, x: Any) -> bool:
        """Whether zero is among the numbers that ``x`` stands for."""

    @abstractmethod
    def certainly_less(self, x: Any, y: Any) -> bool:
        """Whether ``x < y`` for all numbers that they stand for."""

    def jump(self, x: Any) -> Any:
        """``step``, where its value at zero matters.

        Raises:
            AtKink: the value at zero is a convention that this system cannot leave open.
        """
        if self.may_be_zero(x):
            raise AtKink("a step")
        return self.step(x)

    def dirac(self, x: Any) -> Any:
        """The derivative of ``step``: zero.

        Raises:
            AtKink: ``x`` may be zero.
        """
        if self.may_be_zero(x):
            raise AtKink("a step")
        return self.rational(Fraction(0))

    def general_power(self, base: Any, exponent: Any) -> Any:
        """``base ** exponent`` for an exponent that need not be rational: ``exp(exponent * log(base))``."""
        exact = self.exact(exponent)
        if exact is not None:
            return self.power(base, exact)
        return self.exp(exponent * self.log(base))

    def extremum(self, kind: str, numbers: Sequence[Any]) -> Any:
        """The largest (``"max"``) or smallest (``"min"``) of ``numbers``."""
        return max(numbers) if kind == "max" else min(numbers)

    def spectral(self, kind: str, matrix: Array) -> Any:
        """A function of the spectrum, see ``derive.language.arrays.Spectral``.

        Raises:
            Unavailable: this system has none.
        """
        raise Unavailable(f"{kind} is not available in {self.name}")

    def rank(self, matrix: Array) -> Any:
        """The rank, or an enclosure of it.

        Raises:
            Unavailable: this system has none.
        """
        raise Unavailable(f"a rank is not available in {self.name}")

    def determinant(self, matrix: Array) -> Any:
        from derive.evaluate.linear import determinant

        return determinant(matrix, self)

    def inverse(self, matrix: Array) -> Array:
        """The inverse.

        Raises:
            OutsideDomain: the matrix is, or may be, singular.
        """
        from derive.evaluate.linear import inverse

        return inverse(matrix, self)


def boxed(value: Any) -> Array:
    """``value`` as an array: NumPy hands back a bare number where a result has no axes."""
    if isinstance(value, np.ndarray):
        return value
    box: Array = np.empty((), dtype=np.float64 if isinstance(value, float) else object)
    box[()] = value
    return box


def array_of(numbers: Sequence[Any], shape: Sequence[int], dtype: Any) -> Array:
    """``numbers``, row-major, as an array of the given shape."""
    array: Array = np.empty(len(numbers), dtype=dtype)
    for k, number in enumerate(numbers):
        array[k] = number
    return array.reshape(tuple(shape))
