"""Recorded code bound to a number system: constants computed once, each step one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import add, mul
from typing import Any

from derive.evaluate.program import Program, Step
from derive.evaluate.system import System

Instruction = tuple[Callable[..., Any], int, int]
"""A function and the places of its operands; the second is -1 where there is one operand."""


class Code:
    """A program in a number system. Numbers are computed where this is made, so make it within the system's context."""

    def __init__(self, program: Program, system: System) -> None:
        numbers = {k: s for k, s in enumerate(program.steps, program.inputs) if s.operation in ("number", "constant")}
        first = program.inputs
        places = {k: k for k in range(first)} | {k: first + n for n, k in enumerate(numbers)}
        self.constants = [_number(step, system) for step in numbers.values()]
        self.instructions: list[Instruction] = []
        for k, step in enumerate(program.steps, first):
            if k not in numbers:
                left, right = (*(places[operand] for operand in step.operands), -1)[:2]
                places[k] = first + len(numbers) + len(self.instructions)
                self.instructions.append((_function(step, system), left, right))
        self.outputs = [places[k] for k in program.outputs]

    def run(self, arguments: Sequence[Any]) -> list[Any]:
        """The outputs, given numbers of the system."""
        results = [*arguments, *self.constants]
        append = results.append
        for function, left, right in self.instructions:
            append(function(results[left]) if right < 0 else function(results[left], results[right]))
        return [results[k] for k in self.outputs]


def _number(step: Step, system: System) -> Any:
    return system.rational(step.exact) if step.operation == "number" else system.constant(step.exact)


def _function(step: Step, system: System) -> Callable[..., Any]:
    match step.operation:
        case "add":
            return add
        case "multiply":
            return mul
        case "quotient":
            return system.divide
        case "power":
            exponent = step.exact
            return lambda base: system.power(base, exponent)
    function: Callable[..., Any] = getattr(system, step.operation)
    return function
