"""Expressions derived and told in the author's definitions, as LaTeX and, where one exists, as an expression again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Undecidable
from derive.calculus.axes import Axis
from derive.calculus.fold import Named, fold, vocabulary_rules
from derive.calculus.form import Form, Label, Raw, is_dummy, rename
from derive.calculus.graph import NoMatrixForm
from derive.calculus.index_notation import index_notation
from derive.calculus.lower import Lowering, lower_together, own_indices
from derive.calculus.matrix_form import Vocabulary, matrix_form
from derive.language.arrays import Softmax, Vec
from derive.language.chance import RandomSymbol
from derive.language.derivatives import Definition, Derivative, Directional, underlying
from derive.language.dimensions import Dimension
from derive.language.errors import InputError
from derive.language.latex import latex
from derive.language.plain import identity, plain
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, IndexSum, IndexSymbol, Tensor

ACTIVATIONS = frozenset({"tanh", "sigmoid", "sinh", "cosh", "softplus"})
"""Functions that a reader expects to see by name."""

READABLE = 400
"""Characters of LaTeX in index notation beyond which a formula is no help to anybody."""


@dataclass
class Teller:
    """Tells forms of one lowering in the words of its definitions."""

    lowering: Lowering
    named: list[Named]
    vocabulary: Vocabulary

    def tensor(self, form: Form, axes: Sequence[Axis]) -> Tensor | None:
        """The form in matrix notation, checked by lowering it again; None where there is none."""
        for read in (self._direct, self._summed):
            self.lowering.algebra.spent = 0
            try:
                found = read(form, axes)
                if self._same(found, form, axes):
                    return found
            except (NoMatrixForm, Undecidable, InputError):
                continue
        return None

    def count(self, form: Form) -> int:
        """The number of terms, told in the definitions."""
        return len(fold(self.lowering.algebra, form, self.named).terms)

    def _direct(self, form: Form, axes: Sequence[Axis]) -> Tensor:
        return matrix_form(fold(self.lowering.algebra, form, self.named), axes, self.vocabulary)

    def _summed(self, form: Form, axes: Sequence[Axis]) -> Tensor:
        """A sum over the author's indices: ``sum_j A_j^T p_j``, each term with a definition at the index."""
        opened, indices = open_indices(form, self.vocabulary)
        total = self._direct(self.lowering.algebra.collect(opened), axes)
        for index in indices:
            total = IndexSum.of(total, index)
        return total

    def _same(self, found: Tensor, form: Form, axes: Sequence[Axis]) -> bool:
        again = self.lowering.lower(found)
        if [len(axis) for axis in again.axes] != [len(axis) for axis in axes]:
            return False
        names = {a: b for x, y in zip(again.axes, axes, strict=True) for (a, _), (b, _) in zip(x, y, strict=True)}
        algebra = self.lowering.algebra
        return algebra.subtract(algebra.rename(again.form, names), form).is_zero

    def indices(self, form: Form, axes: Sequence[Axis]) -> str | None:
        """The form in index notation, as LaTeX; None where that is too long to read."""
        text = index_notation(fold(self.lowering.algebra, form, self.named), axes, self.vocabulary.arrays)
        return text if len(text) <= READABLE else None


def open_indices(form: Form, vocabulary: Vocabulary) -> tuple[list[Raw], list[IndexSymbol]]:
    """The terms with each dummy at which a definition stands turned back into the definition's index.

    Raises:
        NoMatrixForm: the terms are not all summed over the same indices.
    """
    products: list[Raw] = []
    common: list[str] | None = None
    for monomial, c in form.terms.items():
        names: dict[Label, Label] = {}
        for head, labels, _ in monomial:
            own = vocabulary.fixed.get(head.name, ()) if head.kind == "symbol" else ()
            for label, name in zip(labels[len(labels) - len(own) :], own, strict=True):
                if is_dummy(label) and names.setdefault(label, name) != name:
                    raise NoMatrixForm("one dummy for two indices")
        found = sorted(str(name) for name in names.values())
        if not found or (common is not None and found != common) or len(set(found)) != len(found):
            raise NoMatrixForm("terms summed over different indices")
        common = found
        products.append((rename(monomial, names), c))
    symbols = [vocabulary.arrays.get(name) for name in common or []]
    if not all(isinstance(symbol, IndexSymbol) for symbol in symbols):
        raise NoMatrixForm("an index over a product axis")
    return products, [symbol for symbol in symbols if isinstance(symbol, IndexSymbol)]


def teller(
    expressions: Sequence[Tensor], definitions: Sequence[Definition]
) -> tuple[Teller, list[tuple[Form, tuple[Axis, ...]]]]:
    """A teller for the expressions, and their forms.

    Raises:
        Undecidable: an expression has no normal form.
    """
    used = vocabulary(expressions, definitions)
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


def vocabulary(expressions: Sequence[Tensor], definitions: Sequence[Definition]) -> list[Definition]:
    """The author's definitions that occur, and a nameless one for each softmax or activation that has no name.

    The normal form knows ``tanh`` and ``softmax`` by their exponentials; a reader wants to see them again.
    """
    known = set(definitions)
    named = {d.operand for d in definitions}
    found: dict[str, Definition] = {}
    for expression in expressions:
        for node in expression.walk():
            if isinstance(node, Definition) and node in known:
                found[f"={node.name}"] = node
            elif node not in named and _activation(node):
                found.setdefault(identity(node), Definition(plain(node), node, node.shape, tex=latex(node)))
    return list(found.values())


def _activation(node: Tensor) -> bool:
    return isinstance(node, Softmax) or (isinstance(node, Apply) and node.function in ACTIVATIONS)


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
        bound = any(isinstance(node, (IndexSum, RandomSymbol)) for node in definition.walk())
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
