"""The unit step and the indicator of zero: where piecewise functions jump.

At its jump the step is one half, so ``step**2 = step - zero/4``, ``step * zero = zero/2`` and ``t * zero(t) = 0``:
``sign(t)**2`` is ``1 - zero(t)`` and not one, while ``abs(t)**2`` is ``t**2``.
"""

from __future__ import annotations

from fractions import Fraction

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import atom, number
from derive.calculus.canonical import components
from derive.calculus.form import Factor, Form, dummies, quotient
from derive.calculus.heads import function_atom
from derive.calculus.powers import certainly_nonnegative, certainly_positive, positive_content
from derive.calculus.replacement import leading_coefficient


def step(algebra: Algebra, form: Form) -> Form:
    """One where the form is positive, one half where it is zero: half of one plus the sign."""
    return algebra.scale(algebra.add(sign(algebra, form), number(1)), Fraction(1, 2))


def sign(algebra: Algebra, form: Form) -> Form:
    """The sign, positive factors dropped; of a product the product of the signs."""
    value = form.constant
    if value is not None:
        return number((value > 0) - (value < 0))
    if certainly_positive(form):
        return number(1)
    if certainly_nonnegative(form):
        return algebra.subtract(number(1), zero(algebra, form))
    if len(form.terms) == 1:
        return _sign_of_product(algebra, form)
    taken, rest = positive_content(algebra, form)
    if taken:
        return sign(algebra, rest)
    c = leading_coefficient(form)
    jump = function_atom("step", algebra.scale(form, quotient(1, c)))
    return algebra.scale(algebra.subtract(algebra.scale(jump, 2), number(1)), 1 if c > 0 else -1)


def _sign_of_product(algebra: Algebra, form: Form) -> Form:
    ((monomial, c),) = form.terms.items()
    result = number(1 if c > 0 else -1)
    for component in components(monomial):
        result = algebra.multiply(result, _sign_of_component(algebra, component))
    return result


def _sign_of_component(algebra: Algebra, component: list[Factor]) -> Form:
    part = algebra.collect([(component, 1)])
    if certainly_positive(part):
        return number(1)
    head, labels, e = component[0]
    if len(component) == 1 and e.denominator == 1 and not dummies(component):
        if e.numerator % 2 == 0:  # an even power, which has no value at zero where it is negative
            return algebra.subtract(number(1), zero(algebra, atom(head, labels))) if e > 0 else number(1)
        part = atom(head, labels)
        if head.kind == "sum":  # the sign of what it is the power of
            return sign(algebra, algebra.rewritten(part))
    if certainly_nonnegative(part):
        return algebra.subtract(number(1), zero(algebra, part))
    return algebra.subtract(algebra.scale(function_atom("step", part), 2), number(1))


def zero(algebra: Algebra, form: Form) -> Form:
    """One where the form is zero, else zero; of a product, where one of its factors is zero."""
    value = form.constant
    if value is not None:
        return number(int(value == 0))
    if certainly_positive(form):
        return number(0)
    if len(form.terms) > 1:
        _, rest = positive_content(algebra, form)
        return function_atom("zero", algebra.scale(rest, quotient(1, leading_coefficient(rest))))
    ((monomial, _),) = form.terms.items()
    nonzero = number(1)
    for component in components(monomial):
        nonzero = algebra.multiply(nonzero, algebra.subtract(number(1), _zero_of_component(algebra, component)))
    return algebra.subtract(number(1), nonzero)


def _zero_of_component(algebra: Algebra, component: list[Factor]) -> Form:
    part = algebra.collect([(component, 1)])
    if certainly_positive(part):
        return number(0)
    head, labels, e = component[0]
    if len(component) == 1 and e.denominator == 1 and not dummies(component):
        return function_atom("zero", atom(head, labels)) if e > 0 else number(0)
    return function_atom("zero", part)
