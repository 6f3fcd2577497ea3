"""What the numbers of one run of an author's code share: the number system, and how comparisons are decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any

import numpy as np

from derive.evaluate.errors import AtKink
from derive.evaluate.generic.matrices import Matrices
from derive.evaluate.generic.place import Place, current_place
from derive.evaluate.system import System


class NotGeneric(TypeError):
    """The code asks something of its numbers that only floats can do."""


class KinkInCode(AtKink):
    """A comparison in an author's code that cannot be decided, or on which a derivative depends."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place))
        self.place = place


@dataclass(eq=False)
class Arithmetic:
    """A number system, and the comparisons that it could not decide.

    Attributes:
        strict: whether such a comparison raises; otherwise the two numbers count as equal.
        ties: where two numbers were equal, or could not be told apart.
        casts: the numbers that the code has made floats, and what floats.
        constants: the number that a float of the code stands for; None takes it as the double that it is.
        matrices: those of the code that were converted once.
        straight: nothing was asked of the numbers that an operation on them does not answer: the code does not branch.
        scattered: floats met numbers outside of arrays.
    """

    system: System
    strict: bool = True
    ties: list[Place] = field(default_factory=list)
    casts: list[tuple[float, Any]] = field(default_factory=list)
    constants: Callable[[float], Any] | None = None
    matrices: Matrices = field(default_factory=Matrices)
    straight: bool = field(default=True, init=False)
    scattered: bool = field(default=False, init=False)
    mixes: bool = field(init=False)

    def __post_init__(self) -> None:
        one = self.system.rational(Fraction(1))
        try:
            self.mixes = self.constants is None and type(one * 0.5) is type(one)
        except TypeError:
            self.mixes = False

    def lift(self, number: Any) -> Any:
        """The number of the system that a Python or NumPy number is, exactly.

        Raises:
            NotGeneric: it is no finite real number.
        """
        if isinstance(number, (bool, np.bool_, int, np.integer)):
            return self.system.rational(Fraction(int(number)))
        if isinstance(number, (float, np.floating)) and isfinite(number):
            plain = float(number)
            return self.system.rational(Fraction(plain)) if self.constants is None else self.constants(plain)
        if isinstance(number, Fraction):
            return self.system.rational(number)
        raise NotGeneric(f"{number!r} is no finite real number")

    def less(self, left: Any, right: Any) -> bool:
        """``left < right``.

        Raises:
            KinkInCode: it is not certain, and ``strict``.
        """
        self.straight = False
        if self.system.certainly_less(left, right):
            return True
        if self.system.certainly_less(right, left):
            return False
        self._tie(left, right)
        return False

    def equal(self, left: Any, right: Any) -> bool:
        """``left == right``, which is certain only where their difference is exact."""
        self.straight = False
        if self.system.certainly_less(left, right) or self.system.certainly_less(right, left):
            return False
        self._tie(left, right)
        return True

    def _tie(self, left: Any, right: Any) -> None:
        """Two numbers that are not certainly unlike: a value follows the code where they are certainly equal."""
        if left is right:
            return
        place = current_place()
        self.ties.append(place)
        if self.strict and self.system.exact(left - right) != 0:
            raise KinkInCode(place)
