"""Identities between determinants, proved along a path.

For rational functions F and G of t with ``F(0) = G(0)``, not identically zero, and ``F' G = F G'``, the quotient F/G is
constant and so one: F = G. The path scales one symbol of the claim by t. It proves the matrix determinant lemma
``det(A + u v^T) = det(A) (1 + v^T A^-1 u)``, of which neither side's normal form knows the other.
"""

from __future__ import annotations

from derive.calculus.algebra import Algebra, Undecidable, atom
from derive.calculus.form import Form, Head, Label
from derive.calculus.structure import differentiate, rebuild

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
        if start[0].is_zero or not algebra.subtract(*start).is_zero:
            return False
        f, g = (_scaled(algebra, form, name, atom(PATH)) for form in (left, right))
        slopes = [differentiate(algebra, form, PATH.name, ()) for form in (f, g)]
        return algebra.subtract(algebra.multiply(slopes[0], g), algebra.multiply(f, slopes[1])).is_zero
    except Undecidable:
        return False


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
