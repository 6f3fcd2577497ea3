"""Forms of one atom, and the renaming of labels when monomials and bodies are put beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derive.calculus.form import (
    Factor,
    Form,
    Head,
    Label,
    Number,
    Terms,
    delta_factor,
    dummies,
    fresh_dummies,
    is_dummy,
    label_dimensions,
    rename,
    tidy,
)
from derive.language.dimensions import ONE, Dimension


def apart(factors: Sequence[Factor], others: Iterable[Factor]) -> list[Factor]:
    """The factors with dummies renamed away from those of ``others``."""
    taken, own = dummies(others), dummies(factors)
    return rename(factors, fresh_dummies(own, taken)) if taken and own else list(factors)


def instantiate(body: Form, labels: Sequence[Label]) -> Form:
    """The body of a head with its ports 0, 1, ... replaced by labels; equal terms are added, none is rewritten."""
    names: dict[Label, Label] = dict(enumerate(labels))
    beside_dummies = any(is_dummy(label) for label in labels)
    terms: Terms = {}
    for m, c in body.terms.items():
        inner = fresh_dummies(dummies(m), labels) if beside_dummies else {}
        monomial = tuple(rename(m, {**inner, **names}))
        terms[monomial] = terms.get(monomial, 0) + c
    return Form({m: c for m, c in terms.items() if c})


def number(value: Number) -> Form:
    return Form({(): tidy(value)} if value else {})


def atom(head: Head, labels: Sequence[Label] = (), exponent: Number = 1) -> Form:
    return Form({((head, tuple(labels), exponent),): 1})


def delta(i: Label, j: Label, dimension: Dimension) -> Form:
    """The Kronecker delta of two labels."""
    return Form({(delta_factor(i, j, dimension),): 1})


def dimension_of(form: Form, label: Label) -> Dimension:
    """The dimension over which a label of the form runs."""
    for monomial in form.terms:
        for found, dimension in label_dimensions(monomial):
            if found == label:
                return dimension
    return ONE
