"""Explicit entries as formulas of SymPy, or of symengine where it is installed (the same formulas, far faster)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from importlib import import_module
from typing import Any, ClassVar

import sympy as sp

from derive.evaluate.algebraic import rank
from derive.evaluate.errors import NotRational, OutsideDomain
from derive.evaluate.system import Array, System


def _fastest() -> Any:
    try:
        return import_module("symengine")
    except ImportError:
        return sp


class Formulas(System):
    """Formulas in the entries of symbols; ``engine`` is the module ``sympy`` or ``symengine``."""

    name: ClassVar[str] = "formulas"

    def __init__(self, engine: Any = None) -> None:
        self.engine = engine or _fastest()

    @property
    def fast(self) -> bool:
        return self.engine is not sp

    @property
    def ordered(self) -> bool:
        return False

    def symbol(self, name: str) -> Any:
        return self.engine.Symbol(name)

    def rational(self, value: Fraction) -> Any:
        return self.engine.Rational(value.numerator, value.denominator)

    def constant(self, name: str) -> Any:
        return self.engine.pi if name == "pi" else self.engine.E

    def exp(self, x: Any) -> Any:
        return self.engine.exp(x)

    def log(self, x: Any) -> Any:
        return self.engine.log(x)

    def sin(self, x: Any) -> Any:
        return self.engine.sin(x)

    def cos(self, x: Any) -> Any:
        return self.engine.cos(x)

    def atan(self, x: Any) -> Any:
        return self.engine.atan(x)

    def erf(self, x: Any) -> Any:
        return self.engine.erf(x)

    def step(self, x: Any) -> Any:
        return self.engine.sympify(sp.Heaviside(sp.sympify(x), sp.Rational(1, 2)))

    def jump(self, x: Any) -> Any:
        return self.step(x)

    def power(self, base: Any, exponent: Fraction) -> Any:
        if base == 0 and exponent < 0:
            raise OutsideDomain(f"power {exponent}")
        return base ** self.rational(exponent)

    def general_power(self, base: Any, exponent: Any) -> Any:
        return base**exponent

    def divide(self, left: Any, right: Any) -> Any:
        if right == 0:
            raise OutsideDomain("division by zero")
        return left / right

    def exact(self, x: Any) -> Fraction | None:
        if not getattr(x, "is_Rational", False):
            return None
        return Fraction(str(x))

    def may_be_zero(self, x: Any) -> bool:
        return bool(x == 0)

    def certainly_less(self, x: Any, y: Any) -> bool:
        raise NotRational("formulas have no order")

    def rank(self, matrix: Array) -> Any:
        """The rank of a matrix of algebraic numbers.

        Raises:
            Unavailable: an entry is none.
        """
        return self.rational(Fraction(rank(matrix)))

    def extremum(self, kind: str, numbers: Sequence[Any]) -> Any:
        def larger(x: Any, y: Any) -> Any:
            return y + (x - y) * self.step(x - y)

        def smaller(x: Any, y: Any) -> Any:
            return x - (x - y) * self.step(x - y)

        return reduce(larger if kind == "max" else smaller, numbers)

    def length(self, formula: Any) -> int:
        """How many nodes ``formula`` has when it is written out, shared parts as often as they occur."""
        lengths: dict[Any, int] = {}
        stack = [formula]
        while stack:
            node = stack[-1]
            pending = [part for part in node.args if part not in lengths]
            if pending:
                stack.extend(pending)
                continue
            stack.pop()
            lengths[node] = 1 + sum(lengths[part] for part in node.args)
        return lengths[formula]

    def partial(self, formula: Any, variable: Any) -> Any:
        """The partial derivative of a formula in a symbol."""
        return formula.diff(variable) if hasattr(formula, "diff") else self.rational(Fraction(0))

    def replaced(self, formula: Any, values: dict[Any, Any]) -> Any:
        """``formula`` with symbols replaced, all at once."""
        return formula.xreplace(values) if hasattr(formula, "xreplace") else formula.subs(values)
