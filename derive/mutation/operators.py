"""The table of planted errors: every way in which formulas of papers go wrong, as changes of one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import sympy as sp

from derive.language.arrays import Diag, Full, Kron, Outer, diag, ones, outer
from derive.language.derivatives import Definition
from derive.language.functions import FUNCTIONS
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Index,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Sum,
    Tensor,
    Transpose,
)
from derive.mutation.entry import one_entry_off
from derive.mutation.names import Names
from derive.mutation.places import Place

Change = tuple[Tensor, str]
"""What stands in a place instead, and the change in words."""

Operator = Callable[[Place, Names], Iterator[Change]]


def sign(place: Place, names: Names) -> Iterator[Change]:
    """A term with the wrong sign."""
    yield from _one_term(place, lambda term: (negated(term), f"the sign of {short(term)} is changed"))


def factor(place: Place, names: Names) -> Iterator[Change]:
    """A factor 2 too much."""
    if place.is_root:
        yield times(Fraction(2), place.node), "everything is doubled"


def factor_of_a_term(place: Place, names: Names) -> Iterator[Change]:
    if isinstance(place.node, Add):
        yield from _one_term(place, lambda term: (times(Fraction(2), term), f"{short(term)} is doubled"))


def percent(place: Place, names: Names) -> Iterator[Change]:
    """An error of 1 % in one term."""
    yield from _one_term(place, lambda term: (times(Fraction(101, 100), term), f"{short(term)} is 1 % too large"))


def entry(place: Place, names: Names) -> Iterator[Change]:
    """One entry off by a relative 1e-6."""
    if place.is_root:
        yield one_entry_off(place.node)


def transpose(place: Place, names: Names) -> Iterator[Change]:
    node = place.node
    if isinstance(node, Transpose) and node.ndim == 2:
        yield node.operand, f"{short(node)} is not transposed"
    elif node.ndim == 2 and (place.is_root or isinstance(node, (Symbol, Definition, MatMul, IndexSum))):
        yield node.T, f"{short(node)} is transposed"


def dropped_term(place: Place, names: Names) -> Iterator[Change]:
    if isinstance(place.node, Add):
        left, right = place.node.left, place.node.right
        yield right, f"the term {short(left)} is left out"
        yield left, f"the term {short(bare(right))} is left out"


def dropped_factor(place: Place, names: Names) -> Iterator[Change]:
    if isinstance(place.node, (Multiply, MatMul)):
        for kept, gone in ((place.node.left, place.node.right), (place.node.right, place.node.left)):
            if not isinstance(gone, Number):
                yield kept, f"the factor {short(gone)} is left out"


def dropped_normaliser(place: Place, names: Names) -> Iterator[Change]:
    if isinstance(place.node, Divide):
        yield place.node.left, f"the divisor {short(place.node.right)} is left out"


def swapped_factors(place: Place, names: Names) -> Iterator[Change]:
    """The factors of a product that does not commute, exchanged."""
    node = place.node
    if isinstance(node, Outer):
        yield outer(node.right, node.left), f"the factors of {short(node)} are exchanged"
    elif isinstance(node, Kron):
        yield Kron(node.right, node.left, node.shape), f"the factors of {short(node)} are exchanged"
    elif isinstance(node, MatMul) and node.left.ndim == node.right.ndim == 2:
        yield MatMul.of(node.right, node.left), f"the factors of {short(node)} are exchanged"


def diagonal(place: Place, names: Names) -> Iterator[Change]:
    """A vector where its diagonal matrix is meant, a matrix of rank one where a diagonal one is, and the reverse."""
    node = place.node
    if isinstance(node, Diag) and node.operand.ndim == 1:
        yield node.operand, f"{short(node)} is written {short(node.operand)}"
        columns = outer(node.operand, ones(Size(node.shape[1])))
        yield columns, f"{short(node)} is written {short(columns)}"
    elif isinstance(node, Outer) and node.left.shape == node.right.shape:
        product = Multiply.of(node.left, node.right)
        yield diag(product), f"{short(node)} is written {short(diag(product))}"


def exponent(place: Place, names: Names) -> Iterator[Change]:
    """An exponent off by one."""
    node = place.node
    if isinstance(node, Power):
        for step in (1, -1):
            wrong = plus(node.exponent, step)
            yield Power.of(node.base, wrong), f"the exponent {short(node.exponent)} of {short(node.base)} is {wrong!r}"


def constant(place: Place, names: Names) -> Iterator[Change]:
    """A number or a size off by one."""
    if isinstance(place.node, (Number, Size)):
        for step in (1, -1):
            wrong = plus(place.node, step)
            yield wrong, f"{place.node!r} is written {wrong!r}"


def swapped_index(place: Place, names: Names) -> Iterator[Change]:
    """Another index in the place of one, or two places of an entry exchanged."""
    node = place.node
    if not isinstance(node, Index):
        return
    for position, item in enumerate(node.items):
        if isinstance(item, IndexSymbol):
            for other in names.indices:
                if other.name not in {item.name, *place.bound} and other.dimension == item.dimension:
                    yield _at(node, position, other), f"the index {item.name} of {short(node)} is {other.name}"
    if len(node.items) == 2 and node.operand.ndim == 2 and "None" not in map(str, node.items):
        turned = Index.of(node.operand.T, tuple(_item(item) for item in node.items))
        yield turned, f"the indices of {short(node)} are exchanged"


def replaced_name(place: Place, names: Names) -> Iterator[Change]:
    """Another name of the same shape."""
    if isinstance(place.node, (Symbol, Definition, Full)):
        for other in names.like(place.node, place.bound):
            yield other, f"{short(place.node)} is written {other!r}"


def axis(place: Place, names: Names) -> Iterator[Change]:
    """A sum along the wrong axis of a matrix."""
    node = place.node
    if isinstance(node, Sum) and node.operand.ndim == 2 and len(node.axes) == 1:
        other = 1 - node.axes[0]
        yield Sum.of(node.operand, other, node.keepdims), f"{short(node)} is summed along axis {other}"


def reflected(place: Place, names: Names) -> Iterator[Change]:
    """A function of the negative argument, where it is a number whatever the argument's sign."""
    node = place.node
    if isinstance(node, Apply) and len(node.arguments) == 1 and FUNCTIONS[node.function].domain == sp.true:
        yield Apply.of(node.function, negated(node.arguments[0])), f"the argument of {short(node)} is negated"


OPERATORS: dict[str, Operator] = {
    "sign of a term": sign,
    "factor 2": factor,
    "factor 2 in one term": factor_of_a_term,
    "1 % in one term": percent,
    "one entry off by 1e-6": entry,
    "transpose": transpose,
    "dropped term": dropped_term,
    "dropped factor": dropped_factor,
    "dropped normaliser": dropped_normaliser,
    "swapped factors": swapped_factors,
    "missing diag or outer": diagonal,
    "exponent off by one": exponent,
    "constant off by one": constant,
    "swapped index": swapped_index,
    "wrong name": replaced_name,
    "wrong axis": axis,
    "negated argument": reflected,
}
"""The changes of one place of the claimed side, by the name of the error."""


def _one_term(place: Place, edit: Callable[[Tensor], Change]) -> Iterator[Change]:
    """Both terms of a sum, each changed alone; the whole where it is no sum."""
    if isinstance(place.node, Add):
        left, right = place.node.left, place.node.right
        changed, words = edit(left)
        yield Add.of(changed, right), words
        changed, words = edit(bare(right))
        yield Add.of(left, negated(changed) if isinstance(right, Negative) else changed), words
    elif place.is_root:
        yield edit(place.node)


def _at(node: Index, position: int, item: IndexSymbol) -> Tensor:
    items = [item if k == position else _item(other) for k, other in enumerate(node.items)]
    return Index.of(node.operand, tuple(items))


def _item(item: object) -> object:
    """An item of an index as it is written in Python."""
    return {":": slice(None), "None": None}[item] if isinstance(item, str) else item


def times(number: Fraction, node: Tensor) -> Tensor:
    return Multiply.of(Number(number), node)


def plus(node: Tensor, step: int) -> Tensor:
    return Number(node.value + step) if isinstance(node, Number) else Add.of(node, Number(Fraction(step)))


def negated(node: Tensor) -> Tensor:
    return bare(node) if isinstance(node, Negative) else Negative.of(node)


def bare(node: Tensor) -> Tensor:
    """The term without its minus."""
    return node.operand if isinstance(node, Negative) else node


def short(node: Tensor) -> str:
    text = repr(node)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


LONGEST = 60
"""Characters of an expression that is named in words."""
