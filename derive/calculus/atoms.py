"""Forms of one atom, and the renaming of labels when monomials and bodies are put beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derive.calculus.form import Factor, Form, Head, Label, Number, Terms, dummies, label_dimensions, rename, tidy
from derive.language.dimensions import ONE, Dimension


def apart(factors: Sequence[Factor], others: Iterable[Factor]) -> list[Factor]:
    """The factors with dummies renamed away from those of ``others``."""
    lowest = min([0, *dummies(others)])
    own = dummies(factors)
    if not lowest or not own:
        return list(factors)
    return rename(factors, {name: lowest - 1 - k for k, name in enumerate(own)})


def instantiate(body: Form, labels: Sequence[Label]) -> Form:
    """The body of a head with its ports 0, 1, ... replaced by labels; equal terms are added, none is rewritten."""
    names: dict[Label, Label] = dict(enumerate(labels))
    lowest = min([0, *(label for label in labels if isinstance(label, int))])
    terms: Terms = {}
    for m, c in body.terms.items():
        inner: dict[Label, Label] = {name: lowest - 1 - k for k, name in enumerate(dummies(m))} if lowest else {}
        monomial = tuple(rename(m, {**inner, **names}))
        terms[monomial] = terms.get(monomial, 0) + c
    return Form({m: c for m, c in terms.items() if c})


def number(value: Number) -> Form:
    return Form({(): tidy(value)} if value else {})


def atom(head: Head, labels: Sequence[Label] = (), exponent: Number = 1) -> Form:
    return Form({((head, tuple(labels), exponent),): 1})


def delta(i: Label, j: Label, dimension: Dimension) -> Form:
    """The Kronecker delta of two labels."""
    return atom(Head("delta", dims=(dimension, dimension), symmetries=(((0, 1), 1), ((1, 0), 1))), (i, j))


def dimension_of(form: Form, label: Label) -> Dimension:
    """The dimension over which a label of the form runs."""
    for monomial in form.terms:
        for found, dimension in label_dimensions(monomial):
            if found == label:
                return dimension
    return ONE
