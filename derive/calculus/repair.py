"""The smallest single edit of a claim that makes a false identity true: a sign, a factor, a transpose, a term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.calculus.algebra import Undecidable
from derive.calculus.axes import NeedsSplit, align
from derive.calculus.impose import Facts, impose
from derive.calculus.lower import Lowering
from derive.language.arrays import Kron, Outer
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Divide,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Tensor,
    Transpose,
)

MOST_EDITS = 600
"""Edits that are tried for one claim."""

MOST_WORK = 150_000
"""Monomials that the normal forms of all edits may visit together."""

TERM = 20
"""What comparing one term of a difference counts, in monomials."""


@dataclass(frozen=True)
class Repair:
    """The repaired side, and the edit in words."""

    side: Tensor
    words: str


def repair(
    lowering: Lowering, derived: Tensor, claimed: Tensor, facts: Facts, plausible: Callable[[Tensor], bool]
) -> Repair | None:
    """The first edit of ``claimed`` that makes it equal to ``derived`` in normal form, cheap edits first, or None.

    ``plausible`` sorts out quickly, by numbers, what cannot be equal.
    """
    try:
        target = lowering.lower(derived)
    except (Undecidable, NeedsSplit):
        return None
    work = 0
    for count, (side, words) in enumerate(_all_edits(claimed)):
        work += lowering.algebra.spent
        if count >= MOST_EDITS or work > MOST_WORK:
            return None
        if side.shape not in (derived.shape, claimed.shape) or not plausible(side):
            continue
        lowering.algebra.spent = 0
        try:
            forms, _ = align(lowering.algebra, [target, lowering.lower(side)])
            gap = lowering.algebra.subtract(*forms)
            work += len(gap.terms) * TERM
            if gap.is_zero or (facts.matter and impose(lowering.algebra, gap, facts).is_zero):
                return Repair(side, words)
        except (Undecidable, NeedsSplit):
            continue
    return None


Edit = tuple[Tensor, str]


def _all_edits(root: Tensor) -> Iterator[Edit]:
    yield from _inside(root, _numbers)
    for factor, words in (
        (Fraction(2), "a factor 2 is missing"),
        (Fraction(1, 2), "a factor 1/2 is missing"),
        (Fraction(-1), "the sign is wrong"),
    ):
        yield Multiply.of(Number(factor), root), words
    if root.ndim == 2:
        yield root.T, "the transpose is meant"
    for edit in (_terms, _factors, _transposes, _swaps, _exchanges):
        yield from _inside(root, edit)
    others = leaves(root)
    yield from _inside(root, lambda node: _replaced(node, others))


def _inside(node: Tensor, edit: Callable[[Tensor], Iterator[Edit]]) -> Iterator[Edit]:
    """The edit at this node and at every node below it; definitions and derivatives are the author's and stay."""
    yield from edit(node)
    if isinstance(node, (Definition, Derivative, Directional, Substitution)):
        return
    operands = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    for position, operand in enumerate(operands):
        for changed, words in _inside(operand, edit):
            try:
                yield with_operands(node, [changed if k == position else o for k, o in enumerate(operands)]), words
            except (InputError, TypeError):
                continue


def _terms(node: Tensor) -> Iterator[Edit]:
    """A sign between terms, a superfluous term."""
    if isinstance(node, Add):
        left, right = node.left, node.right
        bare = right.operand if isinstance(right, Negative) else right
        shown = _short(bare)
        yield Add.of(left, bare if isinstance(right, Negative) else Negative.of(right)), f"the sign of {shown} is wrong"
        if left.shape == node.shape:
            yield left, f"the term {shown} does not belong"
        if right.shape == node.shape:
            yield right, f"the term {_short(left)} does not belong"
        yield Add.of(Negative.of(left), right), f"the sign of {_short(left)} is wrong"


def _numbers(node: Tensor) -> Iterator[Edit]:
    """A number or an exponent off by one, or by a factor 2."""
    if isinstance(node, Number):
        for value in (node.value + 1, node.value - 1, 2 * node.value, node.value / 2, -node.value):
            yield Number(value), f"{node!r} should be {value}"


def _factors(node: Tensor) -> Iterator[Edit]:
    """A factor 2, 1/2, 3, -1 on one term; a superfluous factor, a missing square."""
    if isinstance(node, (Add, Negative, Number)):
        return
    for factor in (Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(3), Fraction(1, 3), Fraction(4), Fraction(1, 4)):
        words = (
            f"the sign of {_short(node)} is wrong"
            if factor == -1
            else f"a factor {factor} is missing at {_short(node)}"
        )
        yield Multiply.of(Number(factor), node), words
    if isinstance(node, (Multiply, MatMul)):
        for kept, gone in ((node.left, node.right), (node.right, node.left)):
            if kept.shape == node.shape:
                yield kept, f"the factor {_short(gone)} does not belong"
    if isinstance(node, Divide):
        yield node.left, f"the divisor {_short(node.right)} does not belong"
        yield Multiply.of(node.left, node.right), f"{_short(node.right)} should multiply"
    if isinstance(node, (Symbol, Definition)):
        yield Power.of(node, Number(Fraction(2))), f"{node!r} should be squared"


def _transposes(node: Tensor) -> Iterator[Edit]:
    if isinstance(node, Transpose) and node.ndim == 2:
        yield node.operand, f"{node!r} should not be transposed"
    elif node.ndim == 2 and isinstance(node, (Symbol, Definition, MatMul, IndexSum)):
        yield node.T, f"{_short(node)} should be transposed"


def _swaps(node: Tensor) -> Iterator[Edit]:
    """The operands of a product that does not commute, exchanged."""
    if isinstance(node, (Outer, Kron)) or (isinstance(node, MatMul) and node.left.ndim == node.right.ndim == 2):
        try:
            yield with_operands(node, [node.right, node.left]), f"the factors of {_short(node)} are exchanged"
        except InputError:
            return


def leaves(root: Tensor) -> list[Tensor]:
    """The symbols and definitions of an expression, by name, not looking inside definitions."""
    found: dict[str, Tensor] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, (Symbol, Definition)):
            found.setdefault(node.name, node)
        elif not isinstance(node, (Derivative, Directional, Substitution)):
            stack.extend(node.children())
    return [found[name] for name in sorted(found)]


def _exchanges(node: Tensor) -> Iterator[Edit]:
    """Two names of equal shape exchanged throughout a product."""
    if not isinstance(node, (Multiply, MatMul, Outer)):
        return
    names = leaves(node)
    for k, first in enumerate(names):
        for second in names[k + 1 :]:
            if first.shape == second.shape:
                yield exchanged(node, first, second), f"{first!r} and {second!r} are exchanged in {_short(node)}"


def exchanged(node: Tensor, first: Tensor, second: Tensor) -> Tensor:
    """The expression with two of its leaves in each other's place."""
    if node is first or node is second:
        return second if node is first else first
    operands = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    if not operands or isinstance(node, (Symbol, Definition, Derivative, Directional, Substitution)):
        return node
    try:
        return with_operands(node, [exchanged(child, first, second) for child in operands])
    except (InputError, TypeError):
        return node


def _replaced(node: Tensor, others: list[Tensor]) -> Iterator[Edit]:
    """Another name of the same shape in one place."""
    if isinstance(node, (Symbol, Definition)):
        for other in others:
            if other is not node and other.shape == node.shape:
                yield other, f"{node!r} should be {other!r}"


def _short(node: Tensor) -> str:
    text = repr(node)
    return text if len(text) <= 60 else text[:57] + "..."
