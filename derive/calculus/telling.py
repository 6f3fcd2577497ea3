"""Expressions derived and told in the author's definitions, as LaTeX and, where one exists, as an expression again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Undecidable
from derive.calculus.axes import Axis
from derive.calculus.fold import Named, fold, vocabulary_rules
from derive.calculus.form import Form
from derive.calculus.index_notation import index_notation
from derive.calculus.lower import Lowering, lower_together
from derive.calculus.matrix_form import NoMatrixForm, Vocabulary, matrix_form
from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.latex import latex
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Tensor


@dataclass
class Teller:
    """Tells forms of one lowering in the words of its definitions."""

    lowering: Lowering
    named: list[Named]
    vocabulary: Vocabulary

    def tensor(self, form: Form, axes: Sequence[Axis]) -> Tensor | None:
        """The form in matrix notation, checked by lowering it again; None where there is none."""
        algebra = self.lowering.algebra
        algebra.spent = 0
        told = fold(algebra, form, self.named)
        try:
            found = matrix_form(told, axes, self.vocabulary)
            again = self.lowering.lower(found)
            names = {a: b for x, y in zip(again.axes, axes, strict=True) for (a, _), (b, _) in zip(x, y, strict=True)}
            same = algebra.subtract(algebra.rename(again.form, names), form).is_zero
        except (NoMatrixForm, Undecidable, InputError, ValueError):
            return None
        return found if same else None

    def tex(self, form: Form, axes: Sequence[Axis]) -> str:
        """The form as LaTeX: in matrix notation where it has one, else in indices."""
        found = self.tensor(form, axes)
        if found is not None:
            return latex(found)
        return index_notation(fold(self.lowering.algebra, form, self.named), axes, self.vocabulary.arrays)


def teller(expressions: Sequence[Tensor], definitions: Sequence[Definition]) -> tuple[Teller, list[tuple[Form, tuple[Axis, ...]]]]:
    """A teller for the expressions, and their forms.

    Raises:
        Undecidable: an expression has no normal form.
    """
    used = [d for d in definitions if any(d in set(e.walk()) for e in expressions)]
    lowering, found = lower_together([*expressions, *used])
    named = vocabulary_rules(lowering, used)
    arrays: dict[str, Tensor] = {}
    for expression in [*expressions, *used]:
        for node in expression.walk():
            if isinstance(node, Symbol):
                arrays[node.name] = node
            elif isinstance(node, IndexSymbol):
                arrays[f"@{node.name}"] = node
    arrays.update({entry.definition.name: entry.definition for entry in named})
    fixed = {entry.definition.name: entry.fixed for entry in named}
    return Teller(lowering, named, Vocabulary(arrays, fixed)), [(a.form, a.axes) for a in found[: len(expressions)]]
