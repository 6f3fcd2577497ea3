"""Forms told in the author's own definitions: ``exp(A x) / <exp(A x), 1>`` becomes ``f`` where the paper says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, dimension_of
from derive.calculus.form import Form, Head, Label, Monomial, Number, dummies, is_dummy, quotient, rename
from derive.calculus.lower import Lowering
from derive.calculus.rules import Rule
from derive.calculus.structure import rebuild
from derive.language.derivatives import Definition
from derive.language.symbols import Symbol

BUDGET = 4000
"""Monomials that telling a form by one definition may visit."""


@dataclass(frozen=True)
class Named:
    """A definition as a rewriting rule: its monomial, or the last symbol of its sum, told by its name.

    ``certain`` rules shorten every form that they apply to; the others are kept only where they do.
    """

    definition: Definition
    rule: Rule
    certain: bool
    fixed: tuple[Label, ...] = ()


def vocabulary_rules(lowering: Lowering, definitions: Sequence[Definition]) -> list[Named]:
    """The rules of the definitions that have one, in order, each told in terms of those before it."""
    found: list[Named] = []
    for definition in definitions:
        try:
            array = lowering.lower(definition)
        except Undecidable:
            continue
        plain = definition in lowering.opaque or isinstance(definition.operand, Symbol)
        if plain or any(len(axis) > 1 for axis in array.axes):
            continue
        form = fold(lowering.algebra, array.form, found)
        labels = [label for axis in array.axes for label, _ in axis]
        fixed = [label for label in form.labels() if isinstance(label, str)]
        dims = [d for axis in array.axes for _, d in axis]
        head = Head("symbol", f"={definition.name}", (*dims, *(dimension_of(form, label) for label in fixed)))
        named = _rule(form, atom(head, [*labels, *fixed]), labels, {f"={entry.definition.name}" for entry in found})
        if named is not None:
            found.append(Named(definition, *named, tuple(fixed)))
    return found


def _rule(form: Form, name: Form, labels: Sequence[Label], known: set[str]) -> tuple[Rule, bool] | None:
    ((named, _),) = name.terms.items()
    if len(form.terms) == 1:
        ((monomial, c),) = form.terms.items()
        if not monomial or not _covers(monomial, labels):
            return None
        return Rule(*_pattern(monomial, [(named, quotient(1, c))])), True
    for monomial, c in sorted(form.ordered(), key=lambda item: item[0][:1] != () and item[0][0][0].kind != "symbol"):
        bare = len(monomial) == 1 and (monomial[0][2] == 1 or monomial[0][0].kind == "sum")
        if bare and monomial[0][0].name not in known and _covers(monomial, labels):
            rest = [(m, quotient(-k, c)) for m, k in form.terms.items() if m != monomial]
            return Rule(*_pattern(monomial, [(named, quotient(1, c)), *rest])), False
    return None


def _covers(monomial: Monomial, labels: Sequence[Label]) -> bool:
    own = {label for _, found, _ in monomial for label in found}
    return set(labels) <= own


def _pattern(
    monomial: Monomial, replacement: Sequence[tuple[Monomial, Number]]
) -> tuple[tuple[tuple[Head, tuple[Label, ...], Number], ...], tuple[tuple[Monomial, Number], ...]]:
    names: dict[Label, Label] = {}
    for _, labels, _ in monomial:
        for label in labels:
            if isinstance(label, int) and not is_dummy(label):  # an index of the author's stands for itself
                names.setdefault(label, f"!{len(names)}")
    holes: dict[Label, Label] = {label: f"?{k}" for k, label in enumerate(dummies(monomial))}
    return tuple(rename(monomial, {**names, **holes})), tuple((tuple(rename(m, names)), c) for m, c in replacement)


def fold(algebra: Algebra, form: Form, named: Sequence[Named]) -> Form:
    """The form in terms of the definitions."""
    for entry in named:
        told = _applied(algebra, form, entry.rule)
        if told is not None and (entry.certain or _length(told) <= _length(form)):
            form = told
    return form


def _applied(parent: Algebra, form: Form, rule: Rule) -> Form | None:
    algebra = Algebra(rules=[rule], labels=parent.labels, budget=BUDGET)
    try:
        return rebuild(algebra, form, atom)
    except Undecidable:
        return None


def _length(form: Form) -> int:
    return sum(1 + len(m) for m in form.terms)
