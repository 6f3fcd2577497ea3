"""Expressions derived and told in the author's definitions, as LaTeX and, where one exists, as an expression again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Undecidable
from derive.calculus.axes import Axis
from derive.calculus.fold import Named, fold, vocabulary_rules
from derive.calculus.form import Form
from derive.calculus.index_notation import index_notation
from derive.calculus.lower import Lowering, lower_together, own_indices
from derive.calculus.matrix_form import NoMatrixForm, Vocabulary, matrix_form
from derive.language.arrays import Vec
from derive.language.derivatives import Definition, Derivative, Directional, underlying
from derive.language.dimensions import Dimension
from derive.language.errors import InputError
from derive.language.latex import latex
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSum, IndexSymbol, Tensor


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
    hidden = opaque(expressions, used)
    try:
        lowering, found = lower_together([*expressions, *used], hidden)
    except Undecidable:
        hidden = frozenset()
        lowering, found = lower_together([*expressions, *used])
    named = vocabulary_rules(lowering, used)
    arrays: dict[str, Tensor] = {}
    for expression in [*expressions, *used]:
        for node in expression.walk():
            if isinstance(node, Symbol):
                arrays[node.name] = node
            elif isinstance(node, IndexSymbol):
                arrays[f"@{node.name}"] = node
    fixed = {f"={entry.definition.name}": entry.fixed for entry in named}
    for definition in hidden:
        fixed[f"={definition.name}"] = tuple(x for i in own_indices(definition) for x, _ in lowering.index_axis(i))
    arrays.update({f"={d.name}": d for d in [*(entry.definition for entry in named), *hidden]})
    return Teller(lowering, named, Vocabulary(arrays, fixed)), [(a.form, a.axes) for a in found[: len(expressions)]]


def opaque(expressions: Sequence[Tensor], definitions: Sequence[Definition]) -> frozenset[Definition]:
    """Definitions with a product axis, such as ``A_j = kron(A1[j], A2)`` and ``x = vec(X)``, that may count as symbols.

    They may where no symbol of theirs is differentiated, or occurs beside them, otherwise.
    """
    candidates = [d for d in definitions if any(len(axis.names) > 1 or _square(axis) for axis in d.shape)]
    views = {d for d in candidates if isinstance(d.operand, Vec) and isinstance(d.operand.operand, Symbol)}
    seen = symbols_outside(expressions, frozenset(candidates))
    variables = {underlying(v).name for e in expressions for v in _variables(e)}
    chosen = []
    for definition in candidates:
        own = {node.name for node in definition.walk() if isinstance(node, Symbol)}
        bound = any(isinstance(node, IndexSum) for node in definition.walk())
        if not bound and (not own & variables if definition not in views else not own & seen):
            chosen.append(definition)
    return frozenset(chosen)


def _square(axis: Dimension) -> bool:
    return any(len(names) > 1 for names, _ in axis.terms)


def _variables(expression: Tensor) -> Iterator[Tensor]:
    for node in expression.walk():
        if isinstance(node, Derivative):
            yield from node.variables
        elif isinstance(node, Directional):
            yield node.variable


def symbols_outside(expressions: Sequence[Tensor], closed: frozenset[Definition]) -> set[str]:
    """The names of symbols that occur outside the given definitions."""
    found: set[str] = set()
    seen: set[Tensor] = set()
    stack = list(expressions)
    while stack:
        node = stack.pop()
        if node in seen or (isinstance(node, Definition) and node in closed):
            continue
        seen.add(node)
        if isinstance(node, Symbol):
            found.add(node.name)
        stack.extend(node.children())
    return found
