"""Sums and products in LaTeX: entrywise, scalar, matrix and Kronecker products, quotients, powers, transposes.

Every function takes ``render``, which prints an operand.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.language.arrays import Diag, Eye, Kron, Literal
from derive.language.derivatives import Definition
from derive.language.latex_names import subscript
from derive.language.latex_pieces import (
    ATOM,
    ENTRYWISE,
    PREFIX,
    PRODUCT,
    SCRIPT,
    Piece,
    Render,
    chain,
    fenced,
    juxtaposed,
    named,
    parentheses,
    pmatrix,
    superscript,
)
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Divide,
    Index,
    IndexSymbol,
    Item,
    MatMul,
    Multiply,
    Number,
    Size,
    Sum,
    Tensor,
    Transpose,
)


def infix(render: Render, sign: str, left: Tensor, right: Tensor, node: type[Tensor]) -> Piece:
    """An entrywise sign; the same sign needs no parentheses, another one does."""
    first, second = render(left), render(right)
    strengths = [ENTRYWISE if isinstance(side, node) else PRODUCT for side in (left, right)]
    strengths = [SCRIPT if isinstance(side, MatMul) else s for side, s in zip((left, right), strengths, strict=True)]
    shown = replace(first, negative=False).at(strengths[0])
    return Piece(f"{shown} {sign} {second.at(strengths[1])}", ENTRYWISE, first.negative)


def new_axes(items: tuple[Item, ...]) -> tuple[str, ...]:
    """The whole and the new axes among the places of an index, and ``#`` for the others."""
    return tuple(item if isinstance(item, str) else "#" for item in items)


def _column_of(expression: Tensor) -> Tensor | None:
    """The vector that an expression with the shape (n, 1) shows as a column."""
    match expression:
        case Index(operand=operand, items=items) if new_axes(items) == (":", "None"):
            return operand
        case Sum(operand=operand, axes=(1,), keepdims=True) if operand.ndim == 2:
            return Sum.of(operand, 1)
    return None


def _row_of(expression: Tensor) -> Tensor | None:
    """The vector that an expression with the shape (m,) or (1, m) shows as a row, where a matrix stands beside it."""
    match expression:
        case Index(operand=operand, items=items) if new_axes(items) == ("None", ":"):
            return operand
        case Sum(operand=operand, axes=(0,), keepdims=True) if operand.ndim == 2:
            return Sum.of(operand, 0)
    return expression if expression.ndim == 1 else None


def _scaling(render: Render, expression: Tensor, inverse: bool = False) -> Piece:
    text = rf"\mathrm{{diag}}{parentheses(render(expression))}"
    return superscript(text, "-1") if inverse else Piece(text)


def _factor(render: Render, expression: Tensor) -> Piece:
    """A factor of a product with a scalar: a number that is a matrix product is told apart by its brackets."""
    if isinstance(expression, MatMul) and not expression.shape:
        return inner(render, expression.left, expression.right)
    return render(expression)


def multiply(render: Render, left: Tensor, right: Tensor) -> Piece:
    if not left.shape or not right.shape:
        return juxtaposed(_factor(render, left), _factor(render, right))
    if left.shape == right.shape:
        return infix(render, r"\circ", left, right, Multiply)
    for one, other in ((left, right), (right, left)):
        column, row = _column_of(one), _row_of(one)
        if column is not None and (across := _row_of(other)) is not None:
            return juxtaposed(render(column), transposed(render, across))
        if column is not None and other.shape[:1] == one.shape[:1] and other.ndim == 2:
            return juxtaposed(_scaling(render, column), render(other))
        if row is not None and other.ndim == 2 and other.shape[-1:] == one.shape[-1:]:
            return juxtaposed(render(other), _scaling(render, row))
    return infix(render, r"\circ", left, right, Multiply)


def divide(render: Render, left: Tensor, right: Tensor) -> Piece:
    over, under = render(left), render(right)
    if not right.shape:
        plainly = isinstance(left, (Number, Size, Symbol, Definition))
        if not plainly and (isinstance(right, Number) or len(over.text) > 24 >= 2 * len(under.text)):
            return juxtaposed(Piece(rf"\frac{{1}}{{{under}}}", SCRIPT, over.negative), replace(over, negative=False))
        return Piece(rf"\frac{{{over.text}}}{{{under}}}", SCRIPT, over.negative)
    if left.shape == right.shape:
        return infix(render, r"\oslash", left, right, Divide)
    if not left.shape:
        inverse = superscript(under.at(ATOM), r"\circ -1")
        return inverse if isinstance(left, Number) and left.value == 1 else juxtaposed(over, inverse)
    column, row = _column_of(right), _row_of(right)
    if left.ndim == 2 and column is not None:
        return juxtaposed(_scaling(render, column, inverse=True), over)
    if left.ndim == 2 and row is not None:
        return juxtaposed(over, _scaling(render, row, inverse=True))
    return infix(render, r"\oslash", left, right, Divide)


def power(render: Render, base: Tensor, exponent: Tensor) -> Piece:
    if isinstance(exponent, Number) and exponent.value == Fraction(1, 2) and not base.shape:
        return Piece(rf"\sqrt{{{render(base)}}}")
    if not base.shape:
        return superscript(render(base).at(ATOM), str(render(exponent)))
    shown = render(exponent).at(PREFIX) if isinstance(exponent, Add) else render(exponent)
    return superscript(render(base).at(ATOM), rf"\circ {shown}")


def kron(render: Render, left: Tensor, right: Tensor) -> Piece:
    if left.ndim != right.ndim:  # a vector beside a matrix counts as a row
        left = Transpose(left, (0,), left.shape) if left.ndim == 1 else left
        right = Transpose(right, (0,), right.shape) if right.ndim == 1 else right
    return infix(render, r"\otimes", left, right, Kron)


def transposed(render: Render, expression: Tensor) -> Piece:
    """The transpose; a vector is a column."""
    match expression:
        case Transpose(operand=operand) if operand.ndim == 2:
            return render(operand)
        case Eye() | Diag() if expression.ndim == 2:
            return render(expression)
        case Literal(entries=entries, shape=shape) if len(shape) == 1:
            return pmatrix(entries, len(entries))
        case Index(operand=operand, items=items) if new_axes(items) == (":", "None"):
            return transposed(render, operand)
        case Index(operand=operand, items=items) if is_row(operand, items):
            return Piece(picked(render, operand, items))
    return superscript(render(expression).at(ATOM), r"\top")


def position(item: Item) -> str:
    if isinstance(item, IndexSymbol):
        return str(named(item.name, item.tex))
    return "*" if isinstance(item, str) else str(item + 1)


def is_row(operand: Tensor, items: tuple[Item, ...]) -> bool:
    """Whether the index takes a row of a matrix: A_{i,*} lies flat in print, and as a vector it is a column."""
    return operand.ndim == 2 and not isinstance(operand, Eye) and new_axes(items) == ("#", ":")


def picked(render: Render, operand: Tensor, items: tuple[Item, ...]) -> str:
    base = render(operand)
    plainly = base.strength == ATOM and not base.negative and "_" not in base.text
    return (base.text if plainly else parentheses(base)) + subscript(map(position, items))


def _factors(expression: Tensor) -> list[Tensor]:
    """The factors of a matrix product, vectors only at its ends."""
    match expression:
        case MatMul(left=left, right=right) if left.ndim <= 2 and right.ndim <= 2 and left.ndim + right.ndim > 2:
            first = _factors(left) if left.ndim == 2 else [left]
            last = _factors(right) if right.ndim == 2 else [right]
            if left.ndim == 1 and isinstance(left, MatMul) and left.left.ndim == 1:
                first = _factors(left)
            if right.ndim == 1 and isinstance(right, MatMul) and right.right.ndim == 1:
                last = _factors(right)
            return first + last
        case MatMul(left=MatMul(left=first_left) as left, right=right) if right.ndim == 1 and first_left.ndim == 1:
            return [*_factors(left), right]
        case MatMul(left=left, right=MatMul(right=last_right) as right) if left.ndim == 1 and last_right.ndim == 1:
            return [left, *_factors(right)]
    return [expression]


def matmul(render: Render, expression: MatMul) -> Piece:
    factors = _factors(expression)
    if len(factors) == 1:
        if expression.ndim == 0:
            return inner(render, expression.left, expression.right)
        return juxtaposed(render(expression.left), render(expression.right))
    if factors[0].ndim == 1 and factors[-1].ndim == 2:  # x A as a column is A^T x
        return chain([transposed(render, factor) for factor in reversed(factors[1:])] + [render(factors[0])])
    first = [transposed(render, factors.pop(0))] if factors[0].ndim == 1 else []
    return chain([*first, *_powers(render, factors)])


def _powers(render: Render, factors: list[Tensor]) -> list[Piece]:
    """Factors in a row, the same one repeated as its power."""
    runs: list[list[Tensor]] = []
    for factor in factors:
        if runs and factor is runs[-1][0] and factor.ndim == 2:
            runs[-1].append(factor)
        else:
            runs.append([factor])
    return [render(run[0]) if len(run) == 1 else superscript(render(run[0]).at(ATOM), str(len(run))) for run in runs]


def inner(render: Render, left: Tensor, right: Tensor) -> Piece:
    return Piece(fenced(r"\langle", f"{render(left)}, {render(right)}", r"\rangle"))
