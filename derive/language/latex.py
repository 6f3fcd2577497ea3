"""Expressions and relations in LaTeX, as theory papers print them; definitions by their names.

Only constructs that converters to MathML take: fractions, ``\\left`` and ``\\right``, ``pmatrix``.
Positions count from 1.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.language.arrays import (
    BlockDiag,
    Determinant,
    Diag,
    Eye,
    Full,
    Inverse,
    Kron,
    Literal,
    LogSumExp,
    Norm,
    Outer,
    Softmax,
    Spectral,
    Trace,
    Vec,
)
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.dimensions import Shape
from derive.language.entries import entry, fresh_indices
from derive.language.functions import FUNCTIONS
from derive.language.latex_names import dimension_tex, shape_tex, subscript
from derive.language.latex_pieces import (
    ATOM,
    ENTRYWISE,
    PREFIX,
    PRODUCT,
    SCRIPT,
    SUM,
    Piece,
    added,
    chain,
    fenced,
    juxtaposed,
    named,
    negated,
    number,
    ones,
    parentheses,
    pmatrix,
    script,
    superscript,
)
from derive.language.plain import plain
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Constant,
    Divide,
    Extremum,
    Index,
    IndexSum,
    IndexSymbol,
    Item,
    MatMul,
    Multiply,
    Negative,
    Number,
    Placeholder,
    Power,
    Size,
    Sum,
    Tensor,
    Transpose,
)
from derive.language.undefined import IllDefined

RELATIONS = {
    "==": "=",
    "!=": r"\ne",
    "<=": r"\le",
    ">=": r"\ge",
    "<": "<",
    ">": ">",
    "<<": r"\preceq",
    ">>": r"\succeq",
}
SPECTRAL = {
    "sigma_min": r"\sigma_{\min}",
    "lambda_min": r"\lambda_{\min}",
    "lambda_max": r"\lambda_{\max}",
}


def latex(expression: Tensor | Relation) -> str:
    """The expression or relation in LaTeX, for math mode."""
    if isinstance(expression, Relation):
        return _relation(expression)
    return str(_render(expression))


def _relation(relation: Relation) -> str:
    left, right = _render(relation.left), _render(relation.right)
    if relation.sign in ("<<", ">>"):
        left, right = (
            _multiple_of_identity(side, shown, other)
            for side, shown, other in ((relation.left, left, relation.right), (relation.right, right, relation.left))
        )
    return f"{left} {RELATIONS[relation.sign]} {right}"


def _multiple_of_identity(side: Tensor, shown: Piece, other: Tensor) -> Piece:
    """In the Loewner order a number stands for that multiple of the identity."""
    if side.shape or (isinstance(side, Number) and side.value == 0):
        return shown
    identity = f"I{script(dimension_tex(other.shape[0]))}"
    if isinstance(side, Number) and abs(side.value) == 1:
        return replace(shown, text=identity)
    return juxtaposed(shown, Piece(identity))


def _at(expression: Tensor, strength: int) -> str:
    """The expression with parentheses where it binds weaker than ``strength`` or starts with a minus."""
    return _render(expression).at(strength)


def _call(name: str, *arguments: Tensor) -> Piece:
    return Piece(name + parentheses(", ".join(latex(argument) for argument in arguments)))


# Sums and products


def _infix(sign: str, left: Tensor, right: Tensor, node: type[Tensor]) -> Piece:
    """An entrywise sign; the same sign needs no parentheses, another one does."""
    first, second = _render(left), _render(right)
    strengths = [ENTRYWISE if isinstance(side, node) else PRODUCT for side in (left, right)]
    shown = replace(first, negative=False).at(strengths[0])
    return Piece(f"{shown} {sign} {second.at(strengths[1])}", ENTRYWISE, first.negative)


def _new_axes(items: tuple[Item, ...]) -> tuple[str, ...]:
    """The whole and the new axes among the places of an index, and ``#`` for the others."""
    return tuple(item if isinstance(item, str) else "#" for item in items)


def _column_of(expression: Tensor) -> Tensor | None:
    """The vector that an expression with the shape (n, 1) shows as a column."""
    match expression:
        case Index(operand=operand, items=items) if _new_axes(items) == (":", "None"):
            return operand
        case Sum(operand=operand, axes=(1,), keepdims=True) if operand.ndim == 2:
            return Sum.of(operand, 1)
    return None


def _row_of(expression: Tensor) -> Tensor | None:
    """The vector that an expression with the shape (m,) or (1, m) shows as a row, where a matrix stands beside it."""
    match expression:
        case Index(operand=operand, items=items) if _new_axes(items) == ("None", ":"):
            return operand
        case Sum(operand=operand, axes=(0,), keepdims=True) if operand.ndim == 2:
            return Sum.of(operand, 0)
    return expression if expression.ndim == 1 else None


def _scaling(expression: Tensor, inverse: bool = False) -> Piece:
    text = rf"\mathrm{{diag}}{parentheses(latex(expression))}"
    return superscript(text, "-1") if inverse else Piece(text)


def _multiply(left: Tensor, right: Tensor) -> Piece:
    if not left.shape or not right.shape:
        return juxtaposed(_render(left), _render(right))
    if left.shape == right.shape:
        return _infix(r"\circ", left, right, Multiply)
    for one, other in ((left, right), (right, left)):
        column, row = _column_of(one), _row_of(one)
        if column is not None and (across := _row_of(other)) is not None:
            return juxtaposed(_render(column), _transposed(across))
        if column is not None and other.shape[:1] == one.shape[:1] and other.ndim == 2:
            return juxtaposed(_scaling(column), _render(other))
        if row is not None and other.ndim == 2 and other.shape[-1:] == one.shape[-1:]:
            return juxtaposed(_render(other), _scaling(row))
    return _infix(r"\circ", left, right, Multiply)


def _divide(left: Tensor, right: Tensor) -> Piece:
    over, under = _render(left), _render(right)
    if not right.shape:
        plainly = isinstance(left, (Number, Size, Symbol, Definition))
        if not plainly and (isinstance(right, Number) or len(over.text) > 24 >= 2 * len(under.text)):
            return juxtaposed(Piece(rf"\frac{{1}}{{{under}}}", SCRIPT, over.negative), replace(over, negative=False))
        return Piece(rf"\frac{{{over.text}}}{{{under}}}", SCRIPT, over.negative)
    if left.shape == right.shape:
        return _infix(r"\oslash", left, right, Divide)
    if not left.shape:
        inverse = superscript(under.at(ATOM), r"\circ -1")
        return inverse if isinstance(left, Number) and left.value == 1 else juxtaposed(over, inverse)
    column, row = _column_of(right), _row_of(right)
    if left.ndim == 2 and column is not None:
        return juxtaposed(_scaling(column, inverse=True), over)
    if left.ndim == 2 and row is not None:
        return juxtaposed(over, _scaling(row, inverse=True))
    return _infix(r"\oslash", left, right, Divide)


def _power(base: Tensor, exponent: Tensor) -> Piece:
    if isinstance(exponent, Number) and exponent.value == Fraction(1, 2) and not base.shape:
        return Piece(rf"\sqrt{{{latex(base)}}}")
    entrywise = r"\circ " if base.shape else ""
    return superscript(_at(base, ATOM), entrywise + latex(exponent))


def _transposed(expression: Tensor) -> Piece:
    """The transpose; a vector is a column."""
    match expression:
        case Transpose(operand=operand) if operand.ndim == 2:
            return _render(operand)
        case Eye() | Diag() if expression.ndim == 2:
            return _render(expression)
        case Literal(entries=entries, shape=shape) if len(shape) == 1:
            return pmatrix(entries, len(entries))
        case Index(operand=operand, items=items) if _new_axes(items) == (":", "None"):
            return _transposed(operand)
        case Index(operand=operand, items=items) if _is_row(operand, items):
            return Piece(_picked(operand, items))
    return superscript(_at(expression, ATOM), r"\top")


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


def _matmul(expression: MatMul) -> Piece:
    factors = _factors(expression)
    if len(factors) == 1:
        if expression.ndim == 0:
            return _inner(expression.left, expression.right)
        return juxtaposed(_render(expression.left), _render(expression.right))
    if factors[0].ndim == 1 and factors[-1].ndim == 2:  # x A as a column is A^T x
        return chain([_transposed(factor) for factor in reversed(factors[1:])] + [_render(factors[0])])
    first = [_transposed(factors.pop(0))] if factors[0].ndim == 1 else []
    return chain([*first, *_powers(factors)])


def _powers(factors: list[Tensor]) -> list[Piece]:
    """Factors in a row, the same one repeated as its power."""
    runs: list[list[Tensor]] = []
    for factor in factors:
        if runs and factor is runs[-1][0] and factor.ndim == 2:
            runs[-1].append(factor)
        else:
            runs.append([factor])
    return [_render(run[0]) if len(run) == 1 else superscript(_at(run[0], ATOM), str(len(run))) for run in runs]


def _inner(left: Tensor, right: Tensor) -> Piece:
    return Piece(fenced(r"\langle", f"{latex(left)}, {latex(right)}", r"\rangle"))


# Reductions


def _sum_of(operand: Tensor, axes: tuple[int, ...], keepdims: bool) -> Piece:
    if operand.ndim > 2:
        return _by_entries(Sum.of(operand, axes, keepdims))
    if len(axes) == operand.ndim:
        return _total(operand)
    if axes == (1,):
        return juxtaposed(_render(operand), ones(operand.shape[1]))
    if keepdims:
        return juxtaposed(Piece(rf"{ones(operand.shape[0])}^\top", SCRIPT), _render(operand))
    return juxtaposed(_transposed(operand), ones(operand.shape[0]))


def _total(operand: Tensor) -> Piece:
    match operand:
        case Power(base=base, exponent=Number(value=value)) if value == 2 and base.ndim:
            return superscript(_norm(base, "2" if base.ndim == 1 else "F"), "2")
        case Multiply(left=left, right=right) if left.shape == right.shape:
            return _inner(left, right)
    if operand.ndim == 1:
        return Piece(fenced(r"\langle", f"{latex(operand)}, {ones(operand.shape[0])}", r"\rangle"))
    if operand.ndim == 0:
        return _render(operand)
    row = Piece(rf"{ones(operand.shape[0])}^\top", SCRIPT)
    return chain([row, _render(operand), ones(operand.shape[1])])


def _index_sum(operand: Tensor, index: IndexSymbol) -> Piece:
    body = _render(operand)
    shown = body.text if body.strength > SUM and not body.negative else parentheses(body)
    name = named(index.name, index.tex)
    return Piece(rf"\sum_{{{name}=1}}^{{{dimension_tex(index.dimension)}}} {shown}", PREFIX)


def _extremum(kind: str, operand: Tensor, axes: tuple[int, ...]) -> Piece:
    if len(axes) == operand.ndim or operand.ndim != 2:
        return _call(rf"\{kind}", operand)
    (index,) = fresh_indices(operand, [operand.shape[axes[0]]])
    items: list[Item] = [index, ":"] if axes[0] == 0 else [":", index]
    return Piece(rf"\{kind}_{{{index.name}}} {_render(entry(operand, items)).text}", PREFIX)


def _norm(operand: Tensor, order: str) -> str:
    names = {"": "", "inf": r"_\infty", "fro": "_F", "nuclear": r"_\ast"}
    return fenced(r"\|", latex(operand), r"\|") + names.get(order, f"_{order}")


# Entries and constants


def _by_entries(expression: Tensor) -> Piece:
    """An array of at most two axes that is built from arrays of more, by its typical entry."""
    indices = fresh_indices(expression, expression.shape)
    inner = entry(expression, indices)
    if not indices or isinstance(inner, Index):
        return _render(inner) if not indices else _call(r"\mathrm{sum}", expression)
    return Piece(rf"\left[ {latex(inner)} \right]{subscript(index.name for index in indices)}")


def _position(item: Item) -> str:
    if isinstance(item, IndexSymbol):
        return str(named(item.name, item.tex))
    return "*" if isinstance(item, str) else str(item + 1)


def _index(operand: Tensor, items: tuple[Item, ...]) -> Piece:
    kept = tuple(item for item in items if not (isinstance(item, str) and item == "None"))
    if len(kept) < len(items):
        return _with_new_axes(operand, items, kept)
    match operand, items:
        case Eye(), (IndexSymbol() | int(), IndexSymbol() | int()):
            return Piece(r"\delta" + subscript(map(_position, items)))
        case Eye(), (IndexSymbol() | int() as item, ":") | (":", IndexSymbol() | int() as item):
            return Piece("e" + subscript([_position(item)]))
    picked = _picked(operand, items)
    return superscript(picked, r"\top") if _is_row(operand, items) else Piece(picked)


def _is_row(operand: Tensor, items: tuple[Item, ...]) -> bool:
    """Whether the index takes a row of a matrix: A_{i,*} lies flat in print, and as a vector it is a column."""
    return operand.ndim == 2 and not isinstance(operand, Eye) and _new_axes(items) == ("#", ":")


def _picked(operand: Tensor, items: tuple[Item, ...]) -> str:
    base = _render(operand)
    plainly = base.strength == ATOM and not base.negative and "_" not in base.text
    return (base.text if plainly else parentheses(base)) + subscript(map(_position, items))


def _with_new_axes(operand: Tensor, items: tuple[Item, ...], kept: tuple[Item, ...]) -> Piece:
    inner = operand if all(isinstance(item, str) for item in kept) else entry(operand, kept)
    if inner.ndim == 1 and isinstance(items[0], str) and items[0] == "None":
        return _transposed(inner)
    return _render(inner)


def _full(value: Tensor, shape: Shape) -> Piece:
    if isinstance(value, Number) and value.value in (0, 1):
        return Piece(rf"\mathbf{{{value.value}}}" + (script(shape_tex(shape)) if shape else ""))
    return juxtaposed(_render(value), ones(*shape))


def _apply(function: str, arguments: tuple[Tensor, ...]) -> Piece:
    if function == "square":
        return _power(arguments[0], Number(Fraction(2)))
    tex = FUNCTIONS[function].tex
    if "{}" in tex:
        return Piece(tex.format(latex(arguments[0])))
    return _call(tex, *arguments)


def _kron(left: Tensor, right: Tensor) -> Piece:
    if left.ndim != right.ndim:  # a vector beside a matrix counts as a row
        left = Transpose(left, (0,), left.shape) if left.ndim == 1 else left
        right = Transpose(right, (0,), right.shape) if right.ndim == 1 else right
    return _infix(r"\otimes", left, right, Kron)


# Derivatives


def _derivative(expression: Derivative) -> Piece:
    operand, variables = _flattened(expression)
    order = len(variables)
    if (
        order <= 2
        and expression.kind != "jacobian"
        and all(v.shape and plain(v) == plain(variables[0]) for v in variables)
    ):
        power = "" if order == 1 else f"^{order}"
        strength = SCRIPT if isinstance(operand, Power) and isinstance(operand.base, Norm) else ATOM
        return Piece(rf"\nabla{power}{script(latex(variables[0]))} {_at(operand, strength)}", PREFIX)
    top = r"\partial" if order == 1 else rf"\partial^{order}"
    below = r"\,".join(_differentials(variables))
    if isinstance(operand, (Symbol, Definition)):
        return Piece(rf"\frac{{{top} {latex(operand)}}}{{{below}}}", SCRIPT)
    return Piece(rf"\frac{{{top}}}{{{below}}} {_at(operand, ATOM)}", PREFIX)


def _flattened(expression: Tensor) -> tuple[Tensor, list[Tensor]]:
    """A derivative of a derivative as one of higher order."""
    if not isinstance(expression, Derivative):
        return expression, []
    operand, inner = _flattened(expression.operand)
    return operand, [*inner, *expression.variables]


def _differentials(variables: list[Tensor]) -> list[str]:
    counts: dict[str, int] = {}
    for variable in variables:
        text = _at(variable, SCRIPT)
        counts[text] = counts.get(text, 0) + 1
    return [rf"\partial {text}" + (f"^{power}" if power > 1 else "") for text, power in counts.items()]


def _render(expression: Tensor) -> Piece:  # one line a node
    match expression:
        case Number(value=value):
            return number(value)
        case Symbol(name=name, tex=tex) | Definition(name=name, tex=tex) | IndexSymbol(name=name, tex=tex):
            return named(name, tex)
        case IllDefined(name=name):
            return named(name, None)
        case Constant(name=name):
            return Piece(r"\pi" if name == "pi" else rf"\mathrm{{{name}}}")
        case Size(dimension=size):
            return Piece(dimension_tex(size), SUM if len(size.terms) > 1 else PRODUCT if len(size.names) > 1 else ATOM)
        case Add(left=left, right=right):
            return added(_render(left), _render(right))
        case Negative(operand=operand):
            return negated(_render(operand))
        case Multiply(left=left, right=right):
            return _multiply(left, right)
        case Divide(left=left, right=right):
            return _divide(left, right)
        case MatMul():
            return _matmul(expression)
        case Power(base=base, exponent=exponent):
            return _power(base, exponent)
        case Apply(function=name, arguments=arguments):
            return _apply(name, arguments)
        case Sum(operand=operand, axes=axes, keepdims=keepdims):
            return _sum_of(operand, axes, keepdims)
        case Extremum(kind=kind, operand=operand, axes=axes):
            return _extremum(kind, operand, axes)
        case IndexSum(operand=operand, index=index):
            return _index_sum(operand, index)
        case Transpose(operand=operand):
            return _transposed(operand)
        case Index(operand=operand, items=items):
            return _index(operand, items)
        case Eye(size=size):
            return Piece("I" + script(dimension_tex(size)))
        case Full(value=value, shape=shape):
            return _full(value, shape)
        case Literal(entries=entries, shape=shape):
            return pmatrix(entries, (shape[1].value or 1) if len(shape) == 2 else 1)
        case Vec(operand=operand, order=order):
            return Piece(rf"\mathrm{{vec}}{parentheses(latex(operand) if order == 'C' else _transposed(operand))}")
        case Kron(left=left, right=right):
            return _kron(left, right)
        case Outer(left=left, right=right):
            return juxtaposed(_render(left), _transposed(right))
        case Diag(operand=operand):
            return _call(r"\mathrm{diag}", operand)
        case BlockDiag(operand=operand):
            return _call(r"\mathrm{blockdiag}", operand)
        case Inverse(operand=operand):
            return superscript(_at(operand, ATOM), "-1")
        case Determinant(operand=operand):
            return _call(r"\det", operand)
        case Trace(operand=operand):
            return _call(r"\mathrm{tr}", operand)
        case Norm(operand=operand, order=order):
            return Piece(_norm(operand, order))
        case Spectral(kind=kind, operand=operand) if kind in SPECTRAL:
            return _call(SPECTRAL[kind], operand)
        case Spectral(kind=kind, operand=operand):
            return Piece(_norm(operand, "nuclear" if kind == "nuclear" else ""))
        case Softmax(operand=operand, axis=axis) if axis == 0 and operand.ndim == 2:
            return superscript(rf"\mathrm{{softmax}}{parentheses(_transposed(operand))}", r"\top")
        case Softmax(operand=operand):
            return _call(r"\mathrm{softmax}", operand)
        case LogSumExp(operand=operand):
            return _call(r"\mathrm{logsumexp}", operand)
        case Derivative():
            return _derivative(expression)
        case Directional(operand=operand, variable=variable, direction=direction):
            return Piece(rf"\mathrm{{D}}{script(latex(variable))} {_at(operand, ATOM)}[{latex(direction)}]", PREFIX)
        case Substitution(operand=operand, symbol=symbol, value=value):
            return Piece(rf"{_at(operand, ATOM)}|_{{{latex(symbol)} \leftarrow {latex(value)}}}", SCRIPT)
        case Placeholder():
            return Piece(r"\cdot")
    raise TypeError(f"latex() does not know {type(expression).__name__}")
