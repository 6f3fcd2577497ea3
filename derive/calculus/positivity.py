"""What the hypotheses say is positive: symbols, and expressions under a real power."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.calculus.form import Form
from derive.calculus.heads import close
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
