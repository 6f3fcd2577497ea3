"""Formulas compiled once and run in any number system: SymPy's ``lambdify``, with every system's own operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from operator import add, mul
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.language.functions import FUNCTIONS, w, z

if TYPE_CHECKING:
    from derive.evaluate.system import System

PRIMITIVES = {
    **{name: name for name in ("exp", "log", "sin", "cos", "atan", "erf")},
    "heaviside": "step",
    "diracdelta": "dirac",
}
"""SymPy's and symengine's names of the primitives that a number system has, in lower case -> its method."""


@dataclass(frozen=True)
class Step:
    """``operation`` on the results of earlier steps; ``exact`` is the number or exponent that belongs to it."""

    operation: str
    operands: tuple[int, ...] = ()
    exact: Any = None


@dataclass(frozen=True)
class Program:
    """Straight-line code: the first ``inputs`` places are the arguments, each step appends one result."""

    inputs: int
    steps: tuple[Step, ...]
    outputs: tuple[int, ...]

    def run(self, system: System, arguments: Sequence[Any]) -> list[Any]:
        """The outputs at ``arguments``, numbers of ``system`` (or native arrays, where the system has them)."""
        results = list(arguments)
        for step in self.steps:
            results.append(_execute(step, [results[k] for k in step.operands], system))
        return [results[k] for k in self.outputs]


def _execute(step: Step, operands: list[Any], system: System) -> Any:
    match step.operation:
        case "number":
            return system.rational(step.exact)
        case "constant":
            return system.constant(step.exact)
        case "add":
            return reduce(add, operands)
        case "multiply":
            return reduce(mul, operands)
        case "power":
            return system.power(operands[0], step.exact)
        case "quotient":
            return system.divide(operands[0], operands[1])
    return getattr(system, step.operation)(*operands)


class _Compiler:
    def __init__(self, variables: Sequence[Any], jumps: bool) -> None:
        self.places: dict[Any, int] = {variable: k for k, variable in enumerate(variables)}
        self.inputs = len(self.places)
        self.steps: list[Step] = []
        self.jumps = jumps

    def place(self, expression: Any) -> int:
        """Where the value of ``expression`` is, after the steps that compute it."""
        stack = [expression]
        while stack:
            node = stack[-1]
            if node in self.places:
                stack.pop()
                continue
            operands = _operands(node)
            pending = [operand for operand in operands if operand not in self.places]
            if pending:
                stack.extend(pending)
                continue
            stack.pop()
            self.steps.append(self._step(node, tuple(self.places[operand] for operand in operands)))
            self.places[node] = self.inputs + len(self.steps) - 1
        return self.places[expression]

    def _step(self, node: Any, operands: tuple[int, ...]) -> Step:
        number = _rational(node)
        if number is not None:
            return Step("number", exact=number)
        if _kind(node) in ("pi", "exp1"):
            return Step("constant", exact="pi" if _kind(node) == "pi" else "e")
        if _kind(node) == "add":
            return Step("add", operands)
        if _kind(node) == "mul":
            return Step("multiply", operands)
        if _kind(node) == "pow" and not _is_exponential(node):
            exponent = _rational(node.args[1])
            return Step("power", operands, exponent) if exponent is not None else Step("general_power", operands)
        operation = "exp" if _kind(node) == "pow" else _primitive(node)
        return Step("jump" if self.jumps and operation == "step" else operation, operands)


def _kind(node: Any) -> str:
    """SymPy's and symengine's class names agree up to case."""
    return type(node).__name__.lower()


def _rational(node: Any) -> Fraction | None:
    if not getattr(node, "is_Rational", False):
        return None
    return Fraction(str(node))


def _is_exponential(node: Any) -> bool:
    return _kind(node.args[0]) == "exp1"


def _operands(node: Any) -> tuple[Any, ...]:
    """What must be computed before ``node``; exact exponents belong to the step itself."""
    kind = _kind(node)
    if _rational(node) is not None or kind in ("pi", "exp1"):
        return ()
    if kind == "pow":
        if _is_exponential(node):
            return (node.args[1],)
        return node.args[:1] if _rational(node.args[1]) is not None else tuple(node.args)
    if kind in ("add", "mul"):
        return tuple(node.args)
    # Heaviside's second argument is its value at zero, one half throughout; DiracDelta's is the order of a derivative.
    return tuple(node.args[:1])


def _primitive(node: Any) -> str:
    name = _kind(node)
    if name in ("pyfunction", "functionsymbol"):
        name = str(node).split("(", 1)[0].lower()
    if name not in PRIMITIVES:
        raise ValueError(f"{node} is none of the primitives exp, log, sin, cos, atan, erf, powers, Heaviside")
    return PRIMITIVES[name]


def compiled(expressions: Sequence[Any], variables: Sequence[Any], *, jumps: bool = False) -> Program:
    """The program for ``expressions`` in ``variables``, shared subexpressions computed once.

    ``jumps``: the value of a step at zero matters, so that a system may refuse it.

    Raises:
        ValueError: an expression holds something other than the primitives of the function table.
    """
    compiler = _Compiler(variables, jumps)
    outputs = tuple(compiler.place(expression) for expression in expressions)
    return Program(compiler.inputs, tuple(compiler.steps), outputs)


def _jumps(expression: sp.Expr) -> bool:
    """Whether the value depends on which value the step function takes at zero."""
    steps = expression.atoms(sp.Heaviside)
    if not steps:
        return False
    low, high = (expression.xreplace(dict.fromkeys(steps, sp.Integer(side))) for side in (0, 1))
    edge = sp.solve([step.args[0] for step in steps], z, dict=True)[0]
    return bool(sp.simplify((high - low).subs(edge)) != 0)


@cache
def row(name: str) -> Program:
    """The program of a row of the table ``FUNCTIONS``."""
    expression = FUNCTIONS[name].expression
    open_jumps = not FUNCTIONS[name].settled and _jumps(expression)
    return compiled([expression], (z, w) if FUNCTIONS[name].arity == 2 else (z,), jumps=open_jumps)
