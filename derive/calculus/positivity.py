"""What the hypotheses say is positive: symbols, and expressions under a real power."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.calculus.form import Form, magnitude, quotient, tidy
from derive.calculus.heads import close
from derive.calculus.replacement import leading_coefficient
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Number, Tensor


def positive_sides(given: Sequence[Relation]) -> Iterator[Tensor]:
    """The expressions that a hypothesis bounds away from below: ``q > c`` with c >= 0, ``q >= c`` with c > 0."""
    for relation in given:
        large, small = (
            (relation.left, relation.right) if relation.sign in (">", ">=") else (relation.right, relation.left)
        )
        if relation.sign in ("<", ">", "<=", ">=") and isinstance(small, Number):
            strict = relation.sign in ("<", ">")
            if small.value > 0 or (strict and small.value == 0):
                yield large


def positive_symbols(given: Sequence[Relation]) -> frozenset[str]:
    """The names of the symbols that the hypotheses say are positive, every entry of them."""
    return frozenset(side.name for side in positive_sides(given) if isinstance(side, Symbol))


def shape_key(form: Form) -> str:
    """A text that is equal for forms that differ in the names of their labels only."""
    return close(form).body.key()


def same_up_to_scale(stated: Form, form: Form) -> bool:
    """Whether two forms are positive multiples of one another at all values of their labels, none of them fixed."""
    if stated.is_zero or form.is_zero or any(isinstance(label, str) for label in stated.labels()):
        return False
    return shape_key(_normalised(stated)) == shape_key(_normalised(form))


def _normalised(form: Form) -> Form:
    unit = magnitude(leading_coefficient(form))
    return Form({m: tidy(quotient(c, unit)) for m, c in form.terms.items()})
