"""Heads made from forms: a function, a power base, an inverse or a determinant of a form, with canonical ports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from derive.calculus.canonical import canonical
from derive.calculus.form import (
    Form,
    Head,
    Label,
    Monomial,
    Number,
    Symmetry,
    Terms,
    is_dummy,
    label_dimensions,
    label_order,
    rename,
)
from derive.language.dimensions import ONE, Dimension

SEARCHED_PORTS = 5
"""Up to so many ports every order is tried, which finds all symmetries; beyond, the order of occurrence is taken."""


@dataclass(frozen=True)
class Closed:
    """A form closed over its labels: ``body`` has ports 0, 1, ..., and ``labels`` stand at them."""

    body: Form
    labels: tuple[Label, ...]
    dims: tuple[Dimension, ...]
    symmetries: tuple[Symmetry, ...]


def close(form: Form, firsts: Sequence[tuple[Label, ...]] = ((),)) -> Closed:
    """The form with its labels turned into ports, in a canonical order.

    ``firsts`` are the tuples of labels of which one stands first. The remaining labels follow in the order that makes
    the body's key least; orders that give the same body are the symmetries.
    """
    bound = set(firsts[0])
    rest = [label for label in form.labels() if label not in bound]
    best: tuple[str, Form, tuple[Label, ...]] | None = None
    ties: list[tuple[Label, ...]] = []
    for first, tail in product(firsts, _orders(form, rest)):
        order = (*first, *tail)
        body = renamed(form, order)
        key = body.key()
        if best is None or key < best[0]:
            best, ties = (key, body, order), [order]
        elif key == best[0]:
            ties.append(order)
    assert best is not None
    _, body, order = best
    dims = {label: d for monomial in form.terms for label, d in label_dimensions(monomial)}
    symmetries = tuple((tuple(order.index(label) for label in tie), 1) for tie in ties)
    return Closed(body, order, tuple(dims.get(label, ONE) for label in order), symmetries)


def _orders(form: Form, labels: Sequence[Label]) -> Iterator[tuple[Label, ...]]:
    """Orders of the labels that may be canonical: those that sort their signatures."""
    if len(labels) <= 1 or len(labels) > SEARCHED_PORTS:
        yield tuple(labels)
        return
    signatures = {label: _signature(form, label) for label in labels}
    classes: dict[tuple[str, ...], list[Label]] = {}
    for label in sorted(labels, key=lambda x: (signatures[x], label_order(x))):
        classes.setdefault(signatures[label], []).append(label)
    for choice in product(*(permutations(members) for members in classes.values())):
        yield tuple(label for members in choice for label in members)


def _signature(form: Form, label: Label) -> tuple[str, ...]:
    found = []
    for monomial, c in form.terms.items():
        for head, labels, e in monomial:
            places = [k for k, other in enumerate(labels) if other == label]
            if places:
                orbits = sorted(min(p[k] for p, _ in head.symmetries) for k in places)
                found.append(f"{c}|{head.key}|{e}|{orbits}|{len(monomial)}")
    return tuple(sorted(found))


def renamed(form: Form, order: Sequence[Label]) -> Form:
    """The form with the labels of ``order`` renamed 0, 1, ...; monomials are made canonical, not rewritten."""
    names: dict[Label, Label] = {label: k for k, label in enumerate(order)}
    terms: Terms = {}
    for monomial, c in form.terms.items():
        new, sign = canonical(rename(monomial, names))
        terms[new] = c * sign
    return Form(terms)


def common_factors(monomials: Iterable[Monomial]) -> Monomial:
    """The greatest common monomial of factors without dummies; a factor that is missing counts as exponent 0."""
    shared: dict[tuple[Head, tuple[Label, ...]], list[Number]] = {}
    count = 0
    for monomial in monomials:
        count += 1
        for head, labels, e in monomial:
            if not any(is_dummy(label) for label in labels) and head.kind != "delta":
                shared.setdefault((head, labels), []).append(e)
    least = {at: min([*exponents, *([0] if len(exponents) < count else [])]) for at, exponents in shared.items()}
    return tuple((head, labels, e) for (head, labels), e in least.items() if e)


def function_atom(name: str, form: Form, positive: bool = False) -> Form:
    """The atom of a function, a unit step or a zero indicator at a form that is canonical already."""
    closed = close(form)
    kind = name if name in ("step", "zero") else "function"
    head = Head(kind, name, closed.dims, closed.body, symmetries=closed.symmetries, positive=positive)
    return Form({((head, closed.labels, 1),): 1})
