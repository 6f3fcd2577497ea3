"""The way back: a form as an expression in matrix notation, with the author's symbols.

Each monomial is a graph whose vertices are labels and whose edges are its factors. Dummies are eliminated one by one:
equal edges join into Hadamard products, a dummy on one edge is a sum, on two a matrix product, a vector between two
matrices a diagonal. Where this ends in no matrix expression (three matrices at one label, tensors of higher rank)
there is none, and ``index_notation`` prints the form in indices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from derive.calculus.atoms import instantiate
from derive.calculus.axes import Axis
from derive.calculus.form import (
    Factor,
    Form,
    Head,
    Label,
    Monomial,
    Number,
    delta_factor,
    is_dummy,
    magnitude,
    rename,
    unused_label,
)
from derive.calculus.graph import Edge, Graph, NoMatrixForm, powered, scaled, total, turned
from derive.language.arrays import Determinant, Eye, Inverse, eye, kron, outer, vec, zeros
from derive.language.dimensions import Dimension
from derive.language.tensor import (
    Apply,
    Constant,
    Divide,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number as NumberNode,
    Power,
    Size,
    Tensor,
)


@dataclass(frozen=True)
class Vocabulary:
    """The author's symbols and definitions by name, index symbols under ``@name``.

    ``fixed`` gives the fixed labels that a definition's own expression contains (``u_j``), which its atoms carry last.
    """

    arrays: Mapping[str, Tensor]
    fixed: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)


def matrix_form(form: Form, axes: Sequence[Axis], vocabulary: Vocabulary) -> Tensor:
    """The form as an expression whose axes are the given ones.

    Raises:
        NoMatrixForm: there is none.
    """
    labels = [label for axis in axes for label, _ in axis]
    dims = {label: d for axis in axes for label, d in axis}
    shape = [len(axis) for axis in axes]
    writer = _Writer(vocabulary, dims)
    if max(shape, default=0) <= 1:
        result = writer.expression(form, labels)
    elif shape == [2]:
        result = vec(writer.expression(form, labels))
    elif shape == [2, 2]:
        result = writer.kronecker(form, labels)
    else:
        raise NoMatrixForm("an axis is a product")
    for position, axis in enumerate(axes):
        if not axis:
            result = result[(slice(None),) * position + (None,)]
    return result


@dataclass(frozen=True)
class _Writer:
    vocabulary: Vocabulary
    dims: Mapping[Label, Dimension]

    def expression(self, form: Form, labels: Sequence[Label]) -> Tensor:
        """A form with at most two free labels."""
        if len(labels) > 2:
            raise NoMatrixForm("more than two axes")
        if form.is_zero:
            return self.zeros(labels)
        for position in range(2) if len(labels) == 2 and len(form.terms) > 1 else ():
            vector = _common_vector(form, labels[position])
            if vector:
                return self.rank_one(form, labels, position, vector)
        groups: dict[tuple[object, ...], list[tuple[Monomial, Number]]] = {}
        for monomial, c in _printed_order(form):
            groups.setdefault(tuple(self.outermost(monomial, x) for x in labels), []).append((monomial, c))
        parts = []
        for ends, terms in groups.items():
            if any(ends) and len(terms) == 1:
                parts.append(self.single(ends, *terms[0], labels))
            elif any(ends):
                parts.append(self.between(ends, terms, labels))
            else:
                parts += [self.term(monomial, c, labels) for monomial, c in terms]
        return total(parts)

    def rank_one(self, form: Form, labels: Sequence[Label], position: int, vector: Monomial) -> Tensor:
        """Terms that share the vector at one of two labels: an outer product."""
        rest = Form({tuple(f for f in m if f not in vector): c for m, c in form.terms.items()})
        inner = self.expression(rest, [labels[1 - position]])
        shared = self.term(vector, 1, [labels[position]])
        return outer(inner, shared) if position == 1 else outer(shared, inner)

    def outermost(self, monomial: Monomial, label: Label) -> tuple[str, int] | None:
        """The matrix symbol that alone carries a free label and leads to a dummy, as (name, port), or None."""
        carriers = [f for f in monomial if label in f[1]]
        if len(carriers) != 1:
            return None
        head, at, exponent = carriers[0]
        own = self.vocabulary.fixed.get(head.name, ())
        if at[len(at) - len(own) :] != own:
            return None
        at = at[: len(at) - len(own)]
        if head.kind != "symbol" or len(at) != 2 or exponent != 1 or at[0] == at[1]:
            return None
        other = at[0] if at[1] == label else at[1]
        return (head.name, at.index(label)) if is_dummy(other) else None

    def single(self, ends: tuple[object, ...], monomial: Monomial, c: Number, labels: Sequence[Label]) -> Tensor:
        """One term between its outermost matrices, its number and its scalar factors in front."""
        scalars = [f for f in monomial if not any(isinstance(label, int) for label in f[1]) and f[2] > 0]
        rest = tuple(f for f in monomial if f not in scalars)
        result = self.between(ends, [(rest, 1)], labels)
        for factor in reversed(scalars):
            result = Multiply.of(self.edge(factor).array, result)
        return scaled(result, c)

    def zeros(self, labels: Sequence[Label]) -> Tensor:
        return zeros(*(Size(self.dims[x]) for x in labels)) if labels else NumberNode(Fraction(0))

    def between(
        self, ends: tuple[object, ...], terms: list[tuple[Monomial, Number]], labels: Sequence[Label]
    ) -> Tensor:
        """Terms that share their outermost matrices: ``A.T @ (...) @ A``."""
        inner = list(labels)
        stripped = terms
        wraps: list[tuple[int, Head, int]] = []
        fresh = unused_label(self.dims)
        for position, end in enumerate(ends):
            if end is None:
                continue
            stripped = [(_strip(m, labels[position], fresh), c) for m, c in stripped]
            inner[position] = fresh
            fresh += 1
            head, port = next((f[0], f[1].index(labels[position])) for f in terms[0][0] if labels[position] in f[1])
            wraps.append((position, head, port))
        dims = {**self.dims, **{inner[p]: h.dims[1 - port] for p, h, port in wraps}}
        middle = _Writer(self.vocabulary, dims).expression(Form(dict(stripped)), inner)
        chain = [] if isinstance(middle, Eye) else [middle]
        for position, head, port in wraps:
            matrix = self.atom(head)
            if matrix.ndim != 2:
                raise NoMatrixForm("a symbol's axis is a product")
            if position == 0:
                chain.insert(0, turned(matrix) if port == 1 else matrix)
            else:
                chain.append(matrix if port == 1 else turned(matrix))
        return reduce(MatMul.of, chain)

    def term(self, monomial: Monomial, c: Number, labels: Sequence[Label]) -> Tensor:
        above = [f for f in monomial if f[2] > 0 or any(isinstance(label, int) for label in f[1])]
        below = [f for f in monomial if f not in above]
        array = Graph([self.edge(factor) for factor in above], self.dims).array(labels)
        if not below:
            return scaled(array, c)
        denominator = Graph([self.edge((head, at, -e)) for head, at, e in below], self.dims).array(())
        numerator, factor = Fraction(magnitude(c)).numerator, Fraction(c).denominator
        quotient = Divide.of(scaled(array, numerator), denominator if factor == 1 else factor * denominator)
        return Negative.of(quotient) if c < 0 else quotient

    def edge(self, factor: Factor) -> Edge:
        head, labels, exponent = factor
        own = self.vocabulary.fixed.get(head.name, ()) if head.kind == "symbol" else ()
        if own and labels[len(labels) - len(own) :] != own:
            raise NoMatrixForm(f"{head.name} at another index than its own")
        at = labels[: len(labels) - len(own)]
        array, shown = self.indexed(self.atom(head), at) if head.kind == "symbol" else self.composed(head, labels)
        return Edge(shown, powered(array, exponent))

    def indexed(self, array: Tensor, labels: tuple[Label, ...]) -> tuple[Tensor, tuple[Label, ...]]:
        """An array with its fixed labels turned into indices."""
        if array.ndim != len(labels):
            raise NoMatrixForm("a symbol's axis is a product")
        if not any(isinstance(label, str) for label in labels):
            return array, labels
        items = tuple(self.item(label) if isinstance(label, str) else slice(None) for label in labels)
        return array[items], tuple(label for label in labels if not isinstance(label, str))

    def item(self, label: str) -> IndexSymbol | int:
        if label.startswith("#"):
            return int(label[1:])
        found = self.vocabulary.arrays.get(label)
        if not isinstance(found, IndexSymbol):
            raise NoMatrixForm(f"the index {label} has no symbol")
        return found

    def atom(self, head: Head) -> Tensor:
        found = self.vocabulary.arrays.get(head.name)
        if found is None:
            raise NoMatrixForm(f"no symbol {head.name}")
        return found

    def composed(self, head: Head, labels: tuple[Label, ...]) -> tuple[Tensor, tuple[Label, ...]]:
        """A delta, a constant, or a function of a form."""
        if head.kind == "delta":
            return self.indexed(eye(Size(head.dims[0])), labels)
        if head.kind == "size":
            return Size(Dimension.symbol(head.name)), ()
        if head.kind in ("constant", "prime"):
            return (Constant(head.name) if head.kind == "constant" else NumberNode(Fraction(int(head.name)))), ()
        if head.body is None:
            raise NoMatrixForm(f"{head.kind} has no matrix notation")
        return self.function(head, labels)

    def inverse(self, head: Head, labels: tuple[Label, ...]) -> tuple[Tensor, tuple[Label, ...]]:
        """An inverse, whose ends get labels of their own, since both may stand at one: ``trace(inv(M))``."""
        assert head.body is not None
        first = unused_label(self.dims)
        ends = [first, first + 1]
        writer = _Writer(self.vocabulary, {**self.dims, **dict(zip(ends, head.dims, strict=True))})
        array = writer.expression(instantiate(head.body, ends), ends)
        return self.indexed(Inverse(array, array.shape), labels)

    def function(self, head: Head, labels: tuple[Label, ...]) -> tuple[Tensor, tuple[Label, ...]]:
        assert head.body is not None
        if head.kind == "inverse" and len(labels) == 2:
            return self.inverse(head, labels)
        first = unused_label(self.dims)
        bound = [first + k for k in range(head.inner)] if head.kind in ("determinant", "max", "opaque") else []
        body = instantiate(head.body, [*bound, *labels])
        shown = tuple(dict.fromkeys(label for label in labels if not isinstance(label, str)))
        opened: dict[Label, Label] = {label: first + len(bound) + k for k, label in enumerate(shown) if is_dummy(label)}
        inner_labels = [opened.get(label, label) for label in shown]
        dims = dict(zip([*bound, *labels], [*_bound_dims(head), *head.dims], strict=False))
        writer = _Writer(self.vocabulary, {**self.dims, **{opened.get(k, k): d for k, d in dims.items()}})
        inner = Form({tuple(rename(m, opened)): c for m, c in body.terms.items()})
        if head.kind == "sum":
            return writer.expression(inner, inner_labels), shown
        if head.name == "exp" and (power := _power_of(inner)) is not None:
            return Power.of(writer.expression(power[0], inner_labels), writer.expression(power[1], [])), shown
        if head.kind in ("function", "step"):
            name = {"step": "heaviside", "atan": "arctan"}.get(head.name, head.name)
            return Apply.of(name, writer.expression(inner, inner_labels)), shown
        if head.kind == "determinant" and head.inner == 2 and not labels:
            return Determinant(writer.expression(inner, bound)), ()
        raise NoMatrixForm(f"{head.name} with these axes")

    def kronecker(self, form: Form, labels: Sequence[Label]) -> Tensor:
        """Two product axes: each term a Kronecker product, or an outer product of two vecs."""
        i, k, j, q = labels
        parts = []
        for monomial, c in _printed_order(form):
            edges = [self.edge(factor) for factor in monomial]
            for (left, right), join in (
                (((i, j), (k, q)), kron),
                (((i, k), (j, q)), lambda a, b: outer(vec(a), vec(b))),
            ):
                sides = _separate(edges, set(left), set(right))
                if sides is not None:
                    first, second = (Graph(s, self.dims).array(x) for s, x in zip(sides, (left, right), strict=True))
                    parts.append(scaled(join(first, second), c))
                    break
            else:
                raise NoMatrixForm("a product axis that is no Kronecker product")
        return total(parts)


def _power_of(form: Form) -> tuple[Form, Form] | None:
    """Base and exponent where the form is a scalar times one logarithm: ``exp(l log t) = t ** l``."""
    if len(form.terms) != 1:
        return None
    ((monomial, c),) = form.terms.items()
    logarithms = [f for f in monomial if f[0].kind == "function" and f[0].name == "log" and f[2] == 1]
    rest = tuple(f for f in monomial if f not in logarithms)
    if len(logarithms) != 1 or not rest or any(labels for _, labels, _ in rest):
        return None
    ((head, labels, _),) = logarithms
    return (instantiate(head.body, labels), Form({rest: c})) if head.body is not None else None


def _bound_dims(head: Head) -> list[Dimension]:
    return [d for axis in head.bound for d in axis] if head.kind in ("determinant", "max", "opaque") else []


def _separate(edges: Sequence[Edge], left: set[Label], right: set[Label]) -> tuple[list[Edge], list[Edge]] | None:
    """The edges that hang together with ``left`` and with ``right``, where no edge joins the two; scalars go left."""
    reach = set(left)
    grown = True
    while grown:
        more = {label for e in edges if reach & set(e.labels) for label in e.labels} - reach
        grown = bool(more)
        reach |= more
    if reach & right:
        return None
    first = [e for e in edges if not e.labels or reach & set(e.labels)]
    return first, [e for e in edges if e.labels and not reach & set(e.labels)]


def _common_vector(form: Form, label: Label) -> Monomial:
    """The factors at a label that all terms share, where they are vectors and nothing else stands at the label."""
    shared: Monomial | None = None
    for monomial in form.terms:
        here = tuple(f for f in monomial if label in f[1])
        if any(isinstance(x, int) and x != label for _, at, _ in here for x in at) or shared not in (None, here):
            return ()
        shared = here
    return shared or ()


def _strip(monomial: Monomial, label: Label, fresh: Label) -> Monomial:
    """The monomial without the matrix at a free label; its other label becomes the free one."""
    carrier = next(f for f in monomial if label in f[1])
    other = carrier[1][0] if carrier[1][1] == label else carrier[1][1]
    rest = [f for f in monomial if f is not carrier]
    if is_dummy(other):
        return tuple(rename(rest, {other: fresh}))
    dimension = carrier[0].dims[carrier[1].index(other)]  # both ends lead to one dummy, which is free by now
    return (*rest, delta_factor(other, fresh, dimension))


def _printed_order(form: Form) -> list[tuple[Monomial, Number]]:
    """Positive terms first, then short ones, then the canonical order."""
    return sorted(form.ordered(), key=lambda item: (item[1] < 0, len(item[0])))
