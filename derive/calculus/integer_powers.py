"""Powers with symbolic exponents that are integers: ``t ** l`` of a t of either sign, written ``exp(l log t)``.

For integers the laws of powers hold without a condition on signs: ``(s t)^l = s^l t^l``, ``|t|^l = t^l sign(t^l)``, and
``(-1)^l = cos(pi l)``, of which only the parity of the multiple of l matters.
"""

from __future__ import annotations

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import atom, number
from derive.calculus.canonical import components
from derive.calculus.form import Factor, Form, Number, dummies, magnitude, tidy
from derive.calculus.functions import constant, primitive
from derive.calculus.jumps import sign


def integer_power(algebra: Algebra, base: Form, exponent: Form) -> Form:
    """``base ** exponent``, the exponent an integer at all values of its symbols; of a product factor by factor."""
    if len(base.terms) != 1:
        return _exponential(algebra, base, exponent)
    ((monomial, c),) = base.terms.items()
    result = _of_number(algebra, c, exponent)
    for component in components(monomial):
        result = algebra.multiply(result, _of_component(algebra, component, exponent))
    return result


def _of_component(algebra: Algebra, component: list[Factor], exponent: Form) -> Form:
    head, labels, e = component[0]
    if len(component) == 1 and not dummies(component) and (head.positive or e.denominator == 1):
        return _exponential(algebra, algebra.rewritten(atom(head, labels)), algebra.scale(exponent, e))
    return _exponential(algebra, algebra.collect([(component, 1)]), exponent)


def absolute_integer_power(algebra: Algebra, base: Form, exponent: Form) -> Form:
    """``|base| ** exponent``."""
    result = integer_power(algebra, base, exponent)
    return algebra.multiply(result, sign(algebra, result))


def _exponential(algebra: Algebra, base: Form, exponent: Form) -> Form:
    return primitive(algebra, "exp", algebra.multiply(exponent, primitive(algebra, "log", base)))


def _of_number(algebra: Algebra, value: Number, exponent: Form) -> Form:
    size = magnitude(value)
    result = number(1) if size == 1 else _exponential(algebra, number(size), exponent)
    return result if value > 0 else algebra.multiply(result, _of_minus_one(algebra, exponent))


def _of_minus_one(algebra: Algebra, exponent: Form) -> Form:
    """``(-1) ** exponent``: of every term of the exponent with an odd coefficient ``cos(pi term)``."""
    result = number(1)
    for monomial, c in exponent.ordered():
        if tidy(c) % 2:
            term = algebra.multiply(constant("pi"), Form({monomial: 1}))
            result = algebra.multiply(result, primitive(algebra, "cos", term) if monomial else number(-1))
    return result
