"""Extensions of number systems, and their numbers: dual numbers, and numbers that depend on chance, over any system.

Extensions are stacked. ``level`` says how many lie below, so that of two numbers the one of the higher level takes the
other for a constant.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any, ClassVar

from derive.evaluate.system import System


class Extended:
    """A number of an extension of a number system."""

    __slots__ = ()
    __array_ufunc__: ClassVar[None] = None  # NumPy must leave the arithmetic to these classes
    level: int


class Extension(System):
    """A number system over ``base``, whose numbers are among its own: constants, order and rounding are those of it."""

    base: System
    level: int

    @property
    def ordered(self) -> bool:
        return self.base.ordered

    @property
    def rounds(self) -> bool:
        return self.base.rounds

    def context(self) -> AbstractContextManager[Any]:
        return self.base.context()

    def rational(self, value: Fraction) -> Any:
        return self.base.rational(value)

    def constant(self, name: str) -> Any:
        return self.base.constant(name)
