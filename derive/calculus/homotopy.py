"""Identities between determinants, proved along a path.

For rational functions F and G of t with ``F(0) = G(0)``, not identically zero, and ``F' G = F G'``, the quotient F/G is
constant and so one: F = G. The path scales one symbol of the claim by t. It proves the matrix determinant lemma
``det(A + u v^T) = det(A) (1 + v^T A^-1 u)``, of which neither side's normal form knows the other.

A normal form that is not zero may still be zero for every value of its symbols (``det(x x^T)``), and an inverse may
exist nowhere. So the start of the path must be a product of factors, and contain inverses of matrices, that are
regular for almost all values.
"""

from __future__ import annotations

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom
from derive.calculus.form import Factor, Form, Head, Label
from derive.calculus.structure import depends, differentiate, rebuild

PATH = Head("symbol", "path parameter")
RATIONAL = frozenset({"symbol", "delta", "size", "constant", "prime", "sum", "inverse", "determinant"})


def equal_along_a_path(algebra: Algebra, left: Form, right: Form) -> bool:
    """Whether the scalars ``left`` and ``right`` are equal by the path of some symbol inside a determinant."""
    names = sorted({name for form in (left, right) for name in _inside_determinants(form)})
    if not names or not (_rational(left) and _rational(right)):
        return False
    return any(_connected(algebra, left, right, name) for name in names)


def _connected(algebra: Algebra, left: Form, right: Form, name: str) -> bool:
    try:
        start = [_scaled(algebra, form, name, Form({})) for form in (left, right)]
        if not (_is_generic(start[0]) and algebra.subtract(*start).is_zero):
            return False
        if not all(_inverts_regular(algebra, form, name) for form in (left, right)):
            return False
        f, g = (_scaled(algebra, form, name, atom(PATH)) for form in (left, right))
        slopes = [differentiate(algebra, form, PATH.name, ()) for form in (f, g)]
        return algebra.subtract(algebra.multiply(slopes[0], g), algebra.multiply(f, slopes[1])).is_zero
    except Undecidable:
        return False


def _is_generic(form: Form) -> bool:
    """Whether a form is a product that is not zero for almost all values of its symbols."""
    return len(form.terms) == 1 and all(
        head.kind in ("symbol", "size", "constant", "prime")
        or (head.kind == "determinant" and head.inner == 2 and head.body is not None and is_regular(head.body))
        for monomial in form.terms
        for head, _, _ in monomial
    )


def _inverts_regular(algebra: Algebra, form: Form, name: str) -> bool:
    """Whether every inverse in the form exists for almost all values at the start of the path."""
    for monomial in form.terms:
        for head, _, _ in monomial:
            if head.body is None:
                continue
            if head.kind == "inverse" and not (
                head.inner == 1 and is_regular(_scaled(algebra, head.body, name, Form({})))
            ):
                return False
            if not _inverts_regular(algebra, head.body, name):
                return False
    return True


def is_regular(body: Form) -> bool:
    """Whether the matrix ``body[0, 1]`` is invertible for almost all values of its symbols.

    It is where a symbol that occurs nowhere else is one of its terms, or where the identity is left when all symbols
    vanish.
    """
    for monomial in body.terms:
        if len(monomial) == 1:
            head, labels, exponent = monomial[0]
            rest = Form({m: c for m, c in body.terms.items() if m != monomial})
            if set(labels) == {0, 1} and len(labels) == 2 and exponent == 1:
                if head.kind == "symbol" and not depends(rest, head.name):
                    return True
                if head.kind == "delta" and all(any(_is_entry(f) for f in m) for m in rest.terms):
                    return True
    return False


def _is_entry(factor: Factor) -> bool:
    return factor[0].kind == "symbol" and factor[2] > 0


def _scaled(algebra: Algebra, form: Form, name: str, factor: Form) -> Form:
    def replace(head: Head, labels: tuple[Label, ...]) -> Form:
        return algebra.multiply(factor, atom(head, labels)) if head.name == name else atom(head, labels)

    return rebuild(algebra, form, replace)


def _rational(form: Form) -> bool:
    """Whether the form is a rational function of its symbols' entries."""
    return all(
        head.kind in RATIONAL and e.denominator == 1 and (head.body is None or _rational(head.body))
        for monomial in form.terms
        for head, _, e in monomial
    )


def _inside_determinants(form: Form, inside: bool = False) -> set[str]:
    found: set[str] = set()
    for monomial in form.terms:
        for head, _, _ in monomial:
            if head.kind == "symbol" and inside:
                found.add(head.name)
            elif head.body is not None:
                found |= _inside_determinants(head.body, inside or head.kind == "determinant")
    return found
