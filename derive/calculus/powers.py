"""Powers of forms: content taken out, the rest factored into irreducible bases whose powers cancel."""

from __future__ import annotations

from collections.abc import Callable, Set
from fractions import Fraction
from functools import lru_cache

import sympy as sp

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, number
from derive.calculus.canonical import components
from derive.calculus.form import (
    Factor,
    Form,
    Head,
    Label,
    Monomial,
    Number,
    dummies,
    is_dummy,
    magnitude,
    monomial_order,
    quotient,
    tidy,
)
from derive.calculus.heads import close, common_factors
from derive.calculus.replacement import leading_coefficient


class NeedsPositive(Undecidable):
    """A real power of something that may be negative."""


class OutsideDomain(Undecidable):
    """A value that does not exist: a division by zero, a root or logarithm of a negative number."""


def power(algebra: Algebra, form: Form, exponent: Number) -> Form:
    """``form ** exponent`` for a rational exponent.

    Raises:
        OutsideDomain: zero to a negative power, an even root of a negative number.
        Undecidable: a power of a Kronecker delta's off-diagonal, or too large an expansion.
    """
    exponent = tidy(Fraction(exponent))
    if exponent == 0:
        return number(1)
    if exponent == 1:
        return form
    if form.is_zero:
        if exponent < 0:
            raise OutsideDomain("division by zero")
        return form
    split = split_delta(algebra, form)
    if split is not None:
        return piecewise(algebra, split, lambda part: power(algebra, part, exponent))
    if isinstance(exponent, int) and exponent > 0:
        return _repeated(algebra, form, exponent)
    if len(form.terms) == 1:
        ((monomial, c),) = form.terms.items()
        return algebra.rewritten(_monomial_power(algebra, monomial, c, exponent))
    return algebra.rewritten(_sum_power(algebra, form, exponent))


def _repeated(algebra: Algebra, form: Form, exponent: int) -> Form:
    result = form
    for _ in range(exponent - 1):
        result = algebra.multiply(result, form)
    return result


def split_delta(algebra: Algebra, form: Form) -> tuple[Form, Form, Form] | None:
    """``(delta, on, off)`` with form = on where its first delta of free labels holds, and off elsewhere; or None."""
    found = next((f for m in form.terms for f in m if f[0].kind == "delta"), None)
    if found is None:
        return None
    head, (i, j), _ = found
    outside = {m: c for m, c in form.terms.items() if found not in m}
    inside = {tuple(f for f in m if f != found): c for m, c in form.terms.items() if found in m}
    on = algebra.add(Form(outside), algebra.collect((list(m), c) for m, c in inside.items()))
    return atom(head, (i, j)), on, Form(outside)


def piecewise(algebra: Algebra, split: tuple[Form, Form, Form], function: Callable[[Form], Form]) -> Form:
    """``function`` of a form split at a delta: ``f(off) + delta * (f(on) - f(off))``."""
    indicator, on, off = split
    outer = function(off)
    return algebra.add(outer, algebra.multiply(indicator, algebra.subtract(function(on), outer)))


def certainly_nonnegative(form: Form, symbols: Set[str] = frozenset()) -> bool:
    """Whether every term is a positive coefficient times factors that are nowhere negative, as the ``symbols`` are."""
    return all(
        c > 0 and all(_sign(f) is not None or (f[0].kind == "symbol" and f[0].name in symbols) for f in m)
        for m, c in form.terms.items()
    )


def certainly_positive(form: Form) -> bool:
    """Whether no term is ever negative, and one is positive wherever the form is defined."""
    return certainly_nonnegative(form) and any(all(_sign(f) == 1 for f in m) for m in form.terms)


def _sign(factor: Factor) -> int | None:
    """1 where the factor is positive wherever it is defined, 0 where it is nowhere negative, None where it may be."""
    head, _, e = factor
    if head.positive:
        return 1
    if e.denominator == 1 and e.numerator % 2:
        return None
    return 1 if e < 0 else 0


def rational_power(value: Number, exponent: Number) -> Form:
    """``value ** exponent`` of a positive rational: primes with exponents in [0, 1), and a rational coefficient."""
    coefficient = Fraction(1)
    factors: list[Factor] = []
    fraction = Fraction(value)
    for part, sign in ((fraction.numerator, 1), (fraction.denominator, -1)):
        for prime, count in sp.factorint(part).items():
            e = Fraction(exponent) * sign * count
            whole = e.numerator // e.denominator
            coefficient *= Fraction(int(prime)) ** whole
            if e != whole:
                factors.append((Head("prime", str(prime), positive=True), (), e - whole))
    factors.sort(key=lambda f: (f[0].key, f[2]))
    return Form({tuple(factors): tidy(coefficient)})


def _monomial_power(algebra: Algebra, monomial: Monomial, c: Number, exponent: Number) -> Form:
    """Factors that are nowhere negative get the exponent one by one; the others keep together under a root."""
    result = rational_power(magnitude(c), exponent)
    inner: list[Factor] = []
    for component in components(monomial):
        body = algebra.collect([(component, 1)])
        if not any(is_dummy(label) for _, labels, _ in component for label in labels):
            for factor in component:
                powered = _factor_power(algebra, factor, exponent)
                if powered is None:
                    inner.append(factor)
                else:
                    result = algebra.multiply(result, powered)
        elif isinstance(exponent, int) or certainly_nonnegative(body):
            result = algebra.multiply(result, _base(body, exponent))
        else:
            inner.extend(component)
    if c < 0 and isinstance(exponent, int):
        return algebra.scale(result, -1 if exponent % 2 else 1)
    if c < 0 and not inner:
        raise OutsideDomain("a root of a negative number")
    if len(inner) == 1 and c > 0 and not dummies(inner):  # t**3 has a root only where t has
        head, labels, e = inner[0]
        base = (
            atom(head, labels, tidy(e * exponent))
            if head.kind == "sum"
            else _base(atom(head, labels), tidy(e * exponent))
        )
        return algebra.multiply(result, base)
    if inner:
        result = algebra.multiply(result, _base(algebra.collect([(inner, 1 if c > 0 else -1)]), exponent))
    return result


def _factor_power(algebra: Algebra, factor: Factor, exponent: Number) -> Form | None:
    """A factor's power as one factor, where that is valid for every sign of its value; None where it is not.

    A fractional power exists only where its base is not negative, so that exponents multiply there, too.
    """
    head, labels, e = factor
    combined = tidy(e * exponent)
    if head.positive or isinstance(exponent, int) or e.denominator != 1:
        return atom(head, labels, combined)
    if e.numerator % 2:
        return None
    if isinstance(combined, int):
        return absolute_power(algebra, atom(head, labels), combined)
    return None


def absolute_power(algebra: Algebra, form: Form, exponent: int) -> Form:
    """``|t| ** exponent``: for an odd exponent ``t ** exponent * (2 step(t) - 1)``."""
    from derive.calculus.functions import primitive  # functions are made of powers, and odd roots of functions

    result = power(algebra, form, exponent)
    if exponent % 2 == 0:
        return result
    sign = algebra.subtract(algebra.scale(primitive(algebra, "step", algebra.rewritten(form)), 2), number(1))
    return algebra.multiply(result, sign)


def _base(body: Form, exponent: Number) -> Form:
    closed = close(body)
    head = Head("sum", "", closed.dims, closed.body, symmetries=closed.symmetries, positive=certainly_positive(body))
    return atom(head, closed.labels, exponent)


def _sum_power(algebra: Algebra, form: Form, exponent: Number) -> Form:
    result = number(1)
    whole = isinstance(exponent, int)
    taken = [f for f in common_factors(form.terms) if whole or f[0].positive]
    if taken:
        form = algebra.divided(form, taken)
        for head, labels, e in taken:
            result = algebra.multiply(result, atom(head, labels, tidy(e * exponent)))
        if len(form.terms) == 1:
            return algebra.multiply(result, power(algebra, form, exponent))
    rest = number(1)
    for factor, multiplicity in _irreducible(algebra, form):
        combined = tidy(exponent * multiplicity)
        if whole or (factor.constant is None and certainly_nonnegative(factor)):
            result = algebra.multiply(result, _normalised_power(algebra, factor, combined))
        elif isinstance(combined, int) and multiplicity % 2 == 0:
            result = algebra.multiply(result, absolute_power(algebra, factor, combined))
        else:
            rest = algebra.multiply(rest, power(algebra, factor, multiplicity))
    return result if rest.constant == 1 else algebra.multiply(result, _normalised_power(algebra, rest, exponent))


def _normalised_power(algebra: Algebra, form: Form, exponent: Number) -> Form:
    """The power of a form, its leading coefficient (or, for a fractional exponent, that one's size) taken out."""
    if len(form.terms) <= 1:
        return power(algebra, form, exponent)
    lead = leading_coefficient(form)
    unit = lead if isinstance(exponent, int) else magnitude(lead)
    body = algebra.scale(form, quotient(1, unit))
    outside = number(Fraction(unit) ** exponent) if isinstance(exponent, int) else rational_power(unit, exponent)
    return algebra.multiply(outside, _base(body, exponent))


def _irreducible(algebra: Algebra, form: Form) -> list[tuple[Form, int]]:
    """The irreducible factors of a form as a polynomial in its atoms, with multiplicities, a constant first."""
    atoms = _atoms(form)
    degree = max((e for m in form.terms for _, _, e in m), default=0)
    if atoms is None or len(form.terms) > 12 or (degree < 2 and len(form.terms) < 4):
        return [(form, 1)]
    generators = {factor: sp.Symbol(f"a{k}") for k, factor in enumerate(atoms)}
    expression = sp.Add(
        *(sp.Rational(c) * sp.Mul(*(generators[h, lab] ** e for h, lab, e in m)) for m, c in form.terms.items())
    )
    constant, factors = _factor_list(expression)
    if len(factors) == 1 and factors[0][1] == 1:
        return [(form, 1)]
    back = {symbol: atom(head, labels) for (head, labels), symbol in generators.items()}
    found = [(_polynomial(algebra, base, back), multiplicity) for base, multiplicity in factors]
    return [(number(constant), 1), *found] if constant != 1 else found


@lru_cache(maxsize=1024)
def _factor_list(expression: sp.Expr) -> tuple[Fraction, tuple[tuple[sp.Expr, int], ...]]:
    constant, factors = sp.factor_list(expression)
    return Fraction(int(constant.p), int(constant.q)), tuple((base, int(m)) for base, m in factors)


def _polynomial(algebra: Algebra, expression: sp.Expr, atoms: dict[sp.Symbol, Form]) -> Form:
    symbols = sorted(expression.free_symbols, key=str)
    total = number(0)
    for exponents, c in sp.Poly(expression, *symbols).terms():
        term = number(Fraction(int(c.p), int(c.q)))
        for symbol, e in zip(symbols, exponents, strict=True):
            term = algebra.multiply(term, power(algebra, atoms[symbol], e))
        total = algebra.add(total, term)
    return total


def _atoms(form: Form) -> list[tuple[Head, tuple[Label, ...]]] | None:
    """The atoms of a form that is a polynomial in them, or None where dummies or other powers occur."""
    found: dict[tuple[Head, tuple[Label, ...]], None] = {}
    for monomial in form.terms:
        for head, labels, e in monomial:
            if any(is_dummy(label) for label in labels) or not isinstance(e, int) or e < 0:
                return None
            found[head, labels] = None
    return sorted(found, key=lambda a: monomial_order(((a[0], a[1], 1),)))


def positive_content(algebra: Algebra, form: Form) -> tuple[list[Factor], Form]:
    """The positive factors that all terms share, and what is left without them."""
    taken = [f for f in common_factors(form.terms) if f[0].positive]
    return taken, algebra.divided(form, taken) if taken else form
