"""A number system that computes nothing and records everything: expressions at explicit sizes as straight-line code.

The code is recorded once, equal steps once, constants folded exactly, and then runs on batches of intervals and on
balls alike. Derivatives by dual numbers over this system are recorded as code too.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.program import Program, Step
from derive.evaluate.system import Array, System

Key = tuple[Any, ...]


LONGEST = 20_000
"""Steps beyond which an expression is not written out."""


class Recorded:
    """The result of a step, or an exact number."""

    __slots__ = ("place", "tape", "value")
    __array_ufunc__ = None  # NumPy must leave the arithmetic to this class

    def __init__(self, tape: Tape, place: int, value: Fraction | None) -> None:
        self.tape = tape
        self.place = place
        self.value = value

    def __add__(self, other: Any) -> Any:
        return self.tape.sum(self, other) if isinstance(other, Recorded) else NotImplemented

    def __sub__(self, other: Any) -> Any:
        return self + -other if isinstance(other, Recorded) else NotImplemented

    def __mul__(self, other: Any) -> Any:
        return self.tape.product(self, other) if isinstance(other, Recorded) else NotImplemented

    def __neg__(self) -> Recorded:
        return self.tape.product(self.tape.number(Fraction(-1)), self)


class Tape:
    """Steps over ``inputs`` arguments. An exact number is no step until something needs it."""

    def __init__(self, inputs: int) -> None:
        self.steps: list[Step] = []
        self.count = inputs
        self.arguments = [Recorded(self, k, None) for k in range(inputs)]
        self._known: dict[Key, Recorded] = {}

    def number(self, value: Fraction) -> Recorded:
        return Recorded(self, -1, value)

    def apply(self, operation: str, operands: Sequence[Recorded], exact: Any = None) -> Recorded:
        places = tuple(self._placed(x) for x in operands)
        return self._step(operation, places, exact)

    def sum(self, left: Recorded, right: Recorded) -> Recorded:
        if left.value is not None and right.value is not None:
            return self.number(left.value + right.value)
        if left.value == 0:
            return right
        if right.value == 0:
            return left
        return self._step("add", tuple(sorted((self._placed(left), self._placed(right)))))

    def product(self, left: Recorded, right: Recorded) -> Recorded:
        if left.value is not None and right.value is not None:
            return self.number(left.value * right.value)
        for factor, other in ((left, right), (right, left)):
            if factor.value == 0:
                return factor
            if factor.value == 1:
                return other
        if left.place == right.place:
            return self._step("square", (left.place,))
        return self._step("multiply", tuple(sorted((self._placed(left), self._placed(right)))))

    def program(self, outputs: Sequence[Recorded]) -> Program:
        """The code of the outputs, without the steps that they do not need."""
        wanted = [self._placed(x) for x in outputs]
        first = len(self.arguments)
        needed: set[int] = set()
        pending = list(wanted)
        while pending:
            place = pending.pop()
            if place >= first and place not in needed:
                needed.add(place)
                pending += self.steps[place - first].operands
        moved = {place: first + k for k, place in enumerate(sorted(needed))} | {k: k for k in range(first)}
        kept = (self.steps[place - first] for place in sorted(needed))
        steps = [Step(s.operation, tuple(moved[k] for k in s.operands), s.exact) for s in kept]
        return Program(first, tuple(steps), tuple(moved[k] for k in wanted))

    def results(self, operations: Sequence[str]) -> list[Recorded]:
        """The results of all steps of these operations."""
        first = len(self.arguments)
        return [Recorded(self, first + k, None) for k, step in enumerate(self.steps) if step.operation in operations]

    def needs(self, output: Recorded) -> frozenset[int]:
        """The arguments that an output depends on."""
        first = len(self.arguments)
        seen: set[int] = set()
        pending = [] if output.value is not None else [output.place]
        while pending:
            place = pending.pop()
            if place not in seen:
                seen.add(place)
                pending += self.steps[place - first].operands if place >= first else ()
        return frozenset(place for place in seen if place < first)

    def _placed(self, x: Recorded) -> int:
        return x.place if x.value is None else self._step("number", (), x.value).place

    def _step(self, operation: str, places: tuple[int, ...], exact: Any = None) -> Recorded:
        key = (operation, places, exact)
        if key not in self._known:
            if len(self.steps) == LONGEST:
                raise Unavailable("the code of the expression grows too long")
            self.steps.append(Step(operation, places, exact))
            self._known[key] = Recorded(self, self.count, None)
            self.count += 1
        return self._known[key]


class Recording(System):
    """The system of a tape. Where a value does not exist is not known here, but when the code runs."""

    name: ClassVar[str] = "recording"

    def __init__(self, tape: Tape) -> None:
        self.tape = tape

    def rational(self, value: Fraction) -> Recorded:
        return self.tape.number(value)

    def constant(self, name: str) -> Recorded:
        return self.tape.apply("constant", (), name)

    def exp(self, x: Recorded) -> Recorded:
        return self.tape.number(Fraction(1)) if x.value == 0 else self.tape.apply("exp", (x,))

    def log(self, x: Recorded) -> Recorded:
        return self.tape.number(Fraction(0)) if x.value == 1 else self.tape.apply("log", (x,))

    def sin(self, x: Recorded) -> Recorded:
        return self.tape.apply("sin", (x,))

    def cos(self, x: Recorded) -> Recorded:
        return self.tape.apply("cos", (x,))

    def atan(self, x: Recorded) -> Recorded:
        return self.tape.apply("atan", (x,))

    def erf(self, x: Recorded) -> Recorded:
        return self.tape.apply("erf", (x,))

    def step(self, x: Recorded) -> Recorded:
        return self.tape.apply("step", (x,))

    def jump(self, x: Recorded) -> Recorded:
        return self.step(x)

    def power(self, base: Recorded, exponent: Fraction) -> Recorded:
        if exponent in (0, 1):
            return base if exponent else self.tape.number(Fraction(1))
        if base.value is not None and exponent.denominator == 1:
            if base.value == 0 and exponent < 0:
                raise OutsideDomain(f"power {exponent}")
            return self.tape.number(Fraction(base.value ** int(exponent)))
        return self.tape.product(base, base) if exponent == 2 else self.tape.apply("power", (base,), exponent)

    def divide(self, left: Recorded, right: Recorded) -> Recorded:
        if right.value is not None:
            if right.value == 0:
                raise OutsideDomain("division by zero")
            return self.tape.product(left, self.tape.number(1 / right.value))
        return left if left.value == 0 else self.tape.apply("quotient", (left, right))

    def exact(self, x: Recorded) -> Fraction | None:
        return x.value

    def may_be_zero(self, x: Recorded) -> bool:
        """Of what is not known yet: no. Where it is zero after all, the code notes a doubt when it runs."""
        return x.value == 0

    def certainly_less(self, x: Recorded, y: Recorded) -> bool:
        return x.value is not None and y.value is not None and x.value < y.value

    def extremum(self, kind: str, numbers: Sequence[Recorded]) -> Recorded:
        found: Recorded = numbers[0]
        for other in numbers[1:]:
            found = self.tape.apply("largest" if kind == "max" else "smallest", (found, other))
        return found

    def spectral(self, kind: str, matrix: Array) -> Recorded:
        raise Unavailable(f"{kind} stands where it cannot be enclosed")

    def dirac(self, x: Recorded) -> Recorded:
        """Zero wherever it is defined; the step that it comes from notes the doubt."""
        return self.tape.number(Fraction(0))
