"""Single edits of an expression: a number, a sign, a factor, a term, a transpose, a name in another's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from derive.language.arrays import Full, Kron, Outer, eye
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.dimensions import Dimension
from derive.language.errors import InputError
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Tensor,
    Transpose,
)

Edit = tuple[Tensor, str]


def edits(root: Tensor, derived: Tensor) -> Iterator[Edit]:
    """Edits of ``root``, the likely ones first; names and sizes are taken from both sides."""
    yield from _inside(root, _numbers)
    yield from _inside(root, _minus)
    for factor, words in (
        (Fraction(2), "a factor 2 is missing"),
        (Fraction(1, 2), "a factor 1/2 is missing"),
        (Fraction(-1), "the sign is wrong"),
    ):
        yield Multiply.of(Number(factor), root), words
    if root.ndim == 2:
        yield root.T, "the transpose is meant"
    for edit in (_terms, _factors, _transposes, _swaps, _exchanges, _identities):
        yield from _inside(root, edit)
    others = named([root, derived])
    scalars = [*sizes([root, derived]), *(other for other in others if not other.shape)]
    yield from _inside(root, lambda node: _replaced(node, others))
    yield from _inside(root, lambda node: _scaled(node, scalars))
    yield from _inside(root, lambda node: _multiplied(node, others))


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


def _minus(node: Tensor) -> Iterator[Edit]:
    """A minus too many."""
    if isinstance(node, Negative):
        yield node.operand, f"the sign of {_short(node.operand)} is wrong"


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


def named(sides: Sequence[Tensor]) -> list[Tensor]:
    """The symbols and definitions of both sides, also those inside derivatives and definitions."""
    found = {node.name: node for side in sides for node in side.walk() if isinstance(node, (Symbol, Definition))}
    return [found[name] for name in sorted(found)]


def sizes(sides: Sequence[Tensor]) -> list[Tensor]:
    """The dimension symbols in the shapes of both sides, as numbers."""
    names = {name for side in sides for node in side.walk() for axis in node.shape for name in axis.names}
    return [Size(Dimension.symbol(name)) for name in sorted(names)]


def _scaled(node: Tensor, scalars: list[Tensor]) -> Iterator[Edit]:
    """A size or a scalar symbol that is missing as a factor or as a divisor, or its root."""
    if isinstance(node, (Add, Negative, Number)):
        return
    for scalar in scalars:
        if node is not scalar:
            yield Multiply.of(scalar, node), f"the factor {scalar!r} is missing at {_short(node)}"
            yield Divide.of(node, scalar), f"the divisor {scalar!r} is missing at {_short(node)}"
            root = Apply.of("sqrt", scalar)
            yield Divide.of(node, root), f"the divisor {root!r} is missing at {_short(node)}"


def _multiplied(node: Tensor, others: list[Tensor]) -> Iterator[Edit]:
    """An array of the same shape that is missing as an entrywise factor, or its square."""
    if not node.shape or isinstance(node, (Add, Negative)):
        return
    for other in others:
        if other.shape == node.shape:
            yield Multiply.of(other, node), f"the factor {other!r} is missing at {_short(node)}"
            square = Power.of(other, Number(Fraction(2)))
            yield Multiply.of(square, node), f"the factor {square!r} is missing at {_short(node)}"


def _identities(node: Tensor) -> Iterator[Edit]:
    """A number beside a matrix that stands for that multiple of the identity."""
    if not isinstance(node, Add) or node.ndim != 2 or node.shape[0] != node.shape[1]:
        return
    for number, matrix in ((node.left, node.right), (node.right, node.left)):
        bare = number.operand if isinstance(number, Negative) else number
        if not bare.shape and matrix.ndim == 2:
            multiple = Multiply.of(bare, eye(Size(node.shape[0])))
            both = (multiple, matrix) if number is node.left else (matrix, multiple)
            signed = tuple(Negative.of(x) if x is multiple and isinstance(number, Negative) else x for x in both)
            yield Add.of(*signed), f"{bare!r} stands for {_short(multiple)}"


def _replaced(node: Tensor, others: list[Tensor]) -> Iterator[Edit]:
    """Another name of the same shape in one place."""
    if isinstance(node, (Symbol, Definition, Full)):
        for other in others:
            if other is not node and other.shape == node.shape:
                yield other, f"{node!r} should be {other!r}"


def _short(node: Tensor) -> str:
    text = repr(node)
    return text if len(text) <= 60 else text[:57] + "..."
