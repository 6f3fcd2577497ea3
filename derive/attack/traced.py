"""The number system whose numbers are arrays on a tape; elementwise functions and dual numbers run in it unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from derive.attack.tape import Node, Tape
from derive.evaluate.duals import Duals
from derive.evaluate.errors import Unavailable
from derive.evaluate.system import System


@dataclass(frozen=True)
class Traced(System):
    """Arrays on a tape; every operation takes arrays whole."""

    tape: Tape
    name: ClassVar[str] = "a tape of doubles"
    dtype: ClassVar[Any] = np.float64

    @property
    def ordered(self) -> bool:
        return False

    @property
    def rounds(self) -> bool:
        return True

    def rational(self, value: Fraction) -> Node:
        return self.tape.constant(np.float64(value.numerator / value.denominator))

    def constant(self, name: str) -> Node:
        return self.tape.constant(np.float64(np.pi if name == "pi" else np.e))

    def exp(self, x: Node) -> Node:
        return self.tape.entrywise("exp", x)

    def log(self, x: Node) -> Node:
        return self.tape.entrywise("log", x)

    def sin(self, x: Node) -> Node:
        return self.tape.entrywise("sin", x)

    def cos(self, x: Node) -> Node:
        return self.tape.entrywise("cos", x)

    def atan(self, x: Node) -> Node:
        return self.tape.entrywise("atan", x)

    def erf(self, x: Node) -> Node:
        return self.tape.entrywise("erf", x)

    def step(self, x: Node) -> Node:
        return self.tape.entrywise("step", x)

    def jump(self, x: Node) -> Node:
        return self.step(x)

    def power(self, base: Node, exponent: Fraction) -> Node:
        return base if exponent == 1 else self.tape.entrywise("power", base, detail=float(exponent))

    def divide(self, left: Node, right: Node) -> Node:
        return self.tape.entrywise("divide", left, right)

    def exact(self, x: Node) -> Fraction | None:
        return None

    def may_be_zero(self, x: Node) -> bool:
        return False

    def certainly_less(self, x: Node, y: Node) -> bool:
        raise Unavailable("arrays of a tape have no order")


def tape_of(system: System) -> Tape:
    """The tape below dual numbers."""
    while isinstance(system, Duals):
        system = system.base
    assert isinstance(system, Traced)
    return system.tape
