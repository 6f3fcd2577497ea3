"""A SymPy expression in one variable as a straight-line program, run over any arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add, mul
from typing import Any, Protocol

import sympy as sp
from flint import fmpq

x = sp.Symbol("x", real=True)
"""The variable of every function of one variable here."""


class Unbounded(ArithmeticError):
    """No finite enclosure: a pole, a point outside the domain, growth without bound, or a form that is not read."""


class Arithmetic(Protocol):
    """What a program is run over. Every operation raises ``Unbounded`` where it has no finite enclosure."""

    variable: Any

    def number(self, value: fmpq) -> Any: ...
    def pi(self) -> Any: ...
    def power(self, base: Any, exponent: fmpq) -> Any: ...
    def exp(self, t: Any) -> Any: ...
    def log(self, t: Any) -> Any: ...
    def sin(self, t: Any) -> Any: ...
    def cos(self, t: Any) -> Any: ...
    def atan(self, t: Any) -> Any: ...
    def erf(self, t: Any) -> Any: ...
    def step(self, t: Any) -> Any: ...


FUNCTIONS = {sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.atan: "atan", sp.erf: "erf"}


@dataclass(frozen=True)
class Program:
    """Steps ``(operation, positions of the operands, exact number)``; the last one is the value."""

    steps: tuple[tuple[str, tuple[int, ...], fmpq], ...]

    def run(self, arithmetic: Arithmetic) -> Any:
        values: list[Any] = []
        for name, operands, number in self.steps:
            values.append(_step(arithmetic, name, [values[k] for k in operands], number))
        return values[-1]


def _step(arithmetic: Arithmetic, name: str, operands: Sequence[Any], number: fmpq) -> Any:
    match name:
        case "x":
            return arithmetic.variable
        case "number":
            return arithmetic.number(number)
        case "pi":
            return arithmetic.pi()
        case "add":
            return reduce(add, operands)
        case "mul":
            return reduce(mul, operands)
        case "power":
            return arithmetic.power(operands[0], number)
    return getattr(arithmetic, name)(operands[0])


@lru_cache(maxsize=1024)
def program(expression: sp.Expr) -> Program:
    """The steps of an expression, each common part once.

    Raises:
        Unbounded: it has a function that is not among exp, log, sin, cos, atan, erf, Heaviside and rational powers.
    """
    steps: list[tuple[str, tuple[int, ...], fmpq]] = []
    position: dict[sp.Basic, int] = {}
    for node in sp.postorder_traversal(expression):
        if node == sp.E:
            steps += [("number", (), fmpq(1)), ("exp", (len(steps),), fmpq(0))]
            position[node] = len(steps) - 1
        elif node not in position:
            operands = node.args[:1] if node.is_Pow or isinstance(node, sp.Heaviside) else node.args
            steps.append((_name(node), tuple(position[part] for part in operands), _number(node)))
            position[node] = len(steps) - 1
    return Program(tuple(steps))


def _name(node: sp.Basic) -> str:
    if node == x:
        return "x"
    if node.is_Rational:
        return "number"
    if node == sp.pi:
        return "pi"
    if node.is_Add or node.is_Mul:
        return "add" if node.is_Add else "mul"
    if node.is_Pow and node.exp.is_Rational:
        return "power"
    if isinstance(node, sp.Heaviside):
        return "step"
    if node.func in FUNCTIONS:
        return FUNCTIONS[node.func]
    raise Unbounded(f"{node.func} is not read")


def _number(node: sp.Basic) -> fmpq:
    value = node.exp if node.is_Pow else node
    return fmpq(int(value.p), int(value.q)) if value.is_Rational else fmpq(0)
