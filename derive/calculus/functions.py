"""Elementwise functions of forms: exp, log, sin, cos, atan, erf and the unit step, in canonical arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

import sympy as sp

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, instantiate, number
from derive.calculus.canonical import components
from derive.calculus.form import Factor, Form, Head, Monomial, Number, is_dummy, magnitude, quotient
from derive.calculus.heads import common_factors, function_atom
from derive.calculus.jumps import step, zero
from derive.calculus.powers import (
    OutsideDomain,
    certainly_nonnegative,
    certainly_positive,
    piecewise,
    positive_content,
    power,
    split_delta,
)
from derive.calculus.replacement import leading_coefficient
from derive.language.functions import FUNCTIONS, w, z

ODD = frozenset({"sin", "atan", "erf"})


def elementwise(algebra: Algebra, name: str, *arguments: Form) -> Form:
    """A function of the table at forms, its SymPy expression read as arithmetic of forms."""
    return from_sympy(algebra, FUNCTIONS[name].expression, dict(zip((z, w), arguments, strict=False)))


def from_sympy(algebra: Algebra, expression: sp.Expr, values: Mapping[sp.Symbol, Form]) -> Form:
    """A SymPy expression in the primitives of the table, its symbols standing for forms."""
    if expression in values:
        return values[expression]
    if expression.is_Rational:
        return number(Fraction(int(expression.p), int(expression.q)))
    if expression is sp.pi or expression is sp.E:
        return constant("pi" if expression is sp.pi else "e")
    arguments = [from_sympy(algebra, a, values) for a in expression.args]
    if expression.is_Add:
        return algebra.add(*arguments)
    if expression.is_Mul:
        result = number(1)
        for argument in arguments:
            result = algebra.multiply(result, argument)
        return result
    if expression.is_Pow:
        exponent = arguments[1].constant
        if exponent is None:
            raise Undecidable(f"a power with the exponent {expression.exp}")
        return power(algebra, arguments[0], exponent)
    return primitive(algebra, PRIMITIVES[type(expression)], arguments[0])


PRIMITIVES: dict[type, str] = {
    sp.exp: "exp",
    sp.log: "log",
    sp.sin: "sin",
    sp.cos: "cos",
    sp.atan: "atan",
    sp.erf: "erf",
    sp.Heaviside: "step",
}


def constant(name: str) -> Form:
    return atom(Head("constant", name, positive=True))


def primitive(algebra: Algebra, name: str, form: Form) -> Form:
    """A primitive function of a form, with its argument in canonical form."""
    split = split_delta(algebra, form)
    if split is not None:
        return piecewise(algebra, split, lambda part: primitive(algebra, name, part))
    return _CANONICAL[name](algebra, form)


def _exp(algebra: Algebra, form: Form) -> Form:
    """``exp`` of a sum is a product of powers ``exp(monomial) ** coefficient``; ``exp(c log t) = t ** c``."""
    result = number(1)
    for monomial, c in form.ordered():
        if not monomial:
            part = atom(Head("constant", "e", positive=True), (), c)
        elif (inner := _logarithm(monomial)) is not None:
            part = power(algebra, inner, c)
        else:
            base = function_atom("exp", Form({monomial: 1}), positive=not _is_formal(monomial))
            ((head, labels, _),) = next(iter(base.terms))
            part = atom(head, labels, c)
        result = algebra.multiply(result, part)
    return result


def _is_formal(monomial: Monomial) -> bool:
    """Whether ``exp`` of it may stand for an integer power ``t ** n = exp(n log t)`` of a t of either sign."""
    return any(
        head.kind == "function" and head.name == "log" and head.body is not None and not certainly_positive(head.body)
        for head, _, _ in monomial
    )


def _logarithm(monomial: Monomial) -> Form | None:
    """The argument of a monomial that is one logarithm and no more, not summed over."""
    if len(monomial) != 1:
        return None
    head, labels, e = monomial[0]
    if head.name != "log" or e != 1 or head.body is None or any(is_dummy(label) for label in labels):
        return None
    return instantiate(head.body, labels)


def _log(algebra: Algebra, form: Form) -> Form:
    """``log`` with positive factors split off: ``log(c * exp(t) * s) = log c + t + log s``."""
    value = form.constant
    if value is not None:
        return _log_number(algebra, value)
    result = number(0)
    taken, rest = positive_content(algebra, form)
    unit = magnitude(leading_coefficient(rest))
    rest = algebra.scale(rest, quotient(1, unit))
    for factor in taken:
        result = algebra.add(result, _log_factor(algebra, factor))
    result = algebra.add(result, _log_number(algebra, unit))
    if rest.constant == 1:
        return result
    if any(f[0].positive for f in common_factors(rest.terms)):  # a denominator taken out left a product
        return algebra.add(result, _log(algebra, rest))
    for part in _positive_components(algebra, rest):
        result = algebra.add(result, function_atom("log", part))
    return result


def _positive_components(algebra: Algebra, form: Form) -> list[Form]:
    """A single term as the product of its components, where none of them is ever negative."""
    if len(form.terms) == 1:
        ((monomial, c),) = form.terms.items()
        parts = [algebra.collect([(component, 1)]) for component in components(monomial)]
        if c == 1 and all(certainly_nonnegative(part) for part in parts):
            return parts
    return [form]


def _log_number(algebra: Algebra, value: Number) -> Form:
    if value <= 0:
        raise OutsideDomain(f"log({value})")
    total = number(0)
    fraction = Fraction(value)
    for part, sign in ((fraction.numerator, 1), (fraction.denominator, -1)):
        for prime, count in sp.factorint(part).items():
            term = atom(Head("function", "log", body=number(int(prime)), positive=True))
            total = algebra.add(total, algebra.scale(term, sign * int(count)))
    return total


def _log_factor(algebra: Algebra, factor: Factor) -> Form:
    head, labels, e = factor
    if head.kind == "constant" and head.name == "e":
        return number(e)
    if head.kind == "function" and head.name == "exp" and head.body is not None:
        return algebra.scale(algebra.rewritten(instantiate(head.body, labels)), e)
    if head.kind == "prime":
        return algebra.scale(_log_number(algebra, int(head.name)), e)
    body = instantiate(head.body, labels) if head.kind == "sum" and head.body is not None else atom(head, labels)
    return algebra.scale(function_atom("log", body), e)


def _signed(name: str) -> Callable[[Algebra, Form], Form]:
    """An odd or even function, its argument's leading coefficient made positive."""

    def canonical_argument(algebra: Algebra, form: Form) -> Form:
        if form.is_zero:
            return number(1 if name == "cos" else 0)
        parts = _addends(algebra, form) if name in ("sin", "cos") else None
        if parts is not None:
            return _angle_addition(algebra, name, *parts)
        negative = leading_coefficient(form) < 0
        result = function_atom(name, algebra.scale(form, -1) if negative else form)
        return algebra.scale(result, -1) if negative and name in ODD else result

    return canonical_argument


LARGEST_ANGLE = 6
"""Angles that are added: terms of an argument, and the multiple in front of one."""


def _addends(algebra: Algebra, form: Form) -> tuple[Form, Form] | None:
    """An angle as the sum of two: one term and the rest, or a term and its other multiples; None for one term."""
    terms = form.ordered()
    if len(terms) > LARGEST_ANGLE:
        return None
    if len(terms) > 1:
        return Form(dict(terms[:1])), Form(dict(terms[1:]))
    ((monomial, c),) = terms
    multiple = abs(c.numerator)
    if not 1 < multiple <= LARGEST_ANGLE:
        return None
    one = Form({monomial: quotient(c, multiple)})
    return one, algebra.scale(one, multiple - 1)


def _angle_addition(algebra: Algebra, name: str, left: Form, right: Form) -> Form:
    """``sin(a + b) = sin a cos b + cos a sin b``, ``cos(a + b) = cos a cos b - sin a sin b``."""
    sin_left, cos_left = primitive(algebra, "sin", left), primitive(algebra, "cos", left)
    sin_right, cos_right = primitive(algebra, "sin", right), primitive(algebra, "cos", right)
    if name == "sin":
        return algebra.add(algebra.multiply(sin_left, cos_right), algebra.multiply(cos_left, sin_right))
    return algebra.subtract(algebra.multiply(cos_left, cos_right), algebra.multiply(sin_left, sin_right))


_CANONICAL: dict[str, Callable[[Algebra, Form], Form]] = {
    "exp": _exp,
    "log": _log,
    "step": step,
    "zero": zero,
    **{name: _signed(name) for name in ("sin", "cos", "atan", "erf")},
}


@lru_cache(maxsize=64)
def derivative_of(name: str) -> sp.Expr:
    """The derivative of a primitive, as a SymPy expression in z."""
    if name == "step":
        return sp.Integer(0)
    function = next(key for key, value in PRIMITIVES.items() if value == name)
    return sp.diff(function(z), z)
