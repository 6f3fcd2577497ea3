"""Functions, reductions, entries and derivatives in LaTeX.

Every function takes ``render``, which prints an operand.
"""

from __future__ import annotations

from fractions import Fraction

from derive.language.arrays import Eye, Norm
from derive.language.derivatives import Definition, Derivative
from derive.language.dimensions import Shape
from derive.language.entries import entry, fresh_indices
from derive.language.functions import FUNCTIONS
from derive.language.latex_names import dimension_tex, shape_tex, subscript
from derive.language.latex_pieces import (
    ATOM,
    PREFIX,
    SCRIPT,
    SUM,
    Piece,
    Render,
    chain,
    fenced,
    juxtaposed,
    named,
    ones,
    parentheses,
    script,
    superscript,
)
from derive.language.latex_products import inner, is_row, picked, position, power, transposed
from derive.language.plain import plain
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Item, Multiply, Number, Power, Sum, Tensor


def call(render: Render, name: str, *arguments: Tensor) -> Piece:
    return Piece(name + parentheses(", ".join(str(render(argument)) for argument in arguments)))


def apply(render: Render, function: str, arguments: tuple[Tensor, ...]) -> Piece:
    if function == "square":
        return power(render, arguments[0], Number(Fraction(2)))
    tex = FUNCTIONS[function].tex
    if "{}" in tex:
        return Piece(tex.format(render(arguments[0])))
    return call(render, tex, *arguments)


def full(render: Render, value: Tensor, shape: Shape) -> Piece:
    if isinstance(value, Number) and value.value in (0, 1):
        return Piece(rf"\mathbf{{{value.value}}}" + (script(shape_tex(shape)) if shape else ""))
    return juxtaposed(render(value), ones(*shape))


def norm(render: Render, operand: Tensor, order: str) -> str:
    names = {"": "", "inf": r"_\infty", "fro": "_F", "nuclear": r"_\ast"}
    return fenced(r"\|", render(operand), r"\|") + names.get(order, f"_{order}")


def sum_of(render: Render, operand: Tensor, axes: tuple[int, ...], keepdims: bool) -> Piece:
    if len(axes) == operand.ndim and (operand.ndim <= 2 or isinstance(operand, (Power, Multiply))):
        return _total(render, operand)
    if operand.ndim > 2:
        return by_entries(render, Sum.of(operand, axes, keepdims))
    if axes == (1,):
        return juxtaposed(render(operand), ones(operand.shape[1]))
    if keepdims:
        return juxtaposed(Piece(rf"{ones(operand.shape[0])}^\top", SCRIPT), render(operand))
    return juxtaposed(transposed(render, operand), ones(operand.shape[0]))


def _total(render: Render, operand: Tensor) -> Piece:
    match operand:
        case Power(base=base, exponent=Number(value=value)) if value == 2 and base.ndim:
            return superscript(norm(render, base, "2" if base.ndim == 1 else "F"), "2")
        case Multiply(left=left, right=right) if left.shape == right.shape:
            return inner(render, left, right)
    if operand.ndim == 1:
        return Piece(fenced(r"\langle", f"{render(operand)}, {ones(operand.shape[0])}", r"\rangle"))
    if operand.ndim == 0:
        return render(operand)
    row = Piece(rf"{ones(operand.shape[0])}^\top", SCRIPT)
    return chain([row, render(operand), ones(operand.shape[1])])


def index_sum(render: Render, operand: Tensor, index: IndexSymbol) -> Piece:
    body = render(operand)
    shown = body.text if body.strength > SUM and not body.negative else parentheses(body)
    name = named(index.name, index.tex)
    return Piece(rf"\sum_{{{name}=1}}^{{{dimension_tex(index.dimension)}}} {shown}", PREFIX)


def extremum(render: Render, kind: str, operand: Tensor, axes: tuple[int, ...]) -> Piece:
    if len(axes) == operand.ndim or operand.ndim != 2:
        return call(render, rf"\{kind}", operand)
    (index,) = fresh_indices(operand, [operand.shape[axes[0]]])
    items: list[Item] = [index, ":"] if axes[0] == 0 else [":", index]
    return Piece(rf"\{kind}_{{{index.name}}} {render(entry(operand, items)).text}", PREFIX)


def by_entries(render: Render, expression: Tensor) -> Piece:
    """An array that is built from arrays of three and more axes, by its typical entry."""
    indices = fresh_indices(expression, expression.shape)
    body = render(entry(expression, indices))
    return Piece(rf"\left[ {body} \right]{subscript(index.name for index in indices)}") if indices else body


def index(render: Render, operand: Tensor, items: tuple[Item, ...]) -> Piece:
    kept = tuple(item for item in items if not (isinstance(item, str) and item == "None"))
    if len(kept) < len(items):
        return _with_new_axes(render, operand, items, kept)
    match operand, items:
        case Eye(), (IndexSymbol() | int(), IndexSymbol() | int()):
            return Piece(r"\delta" + subscript(map(position, items)))
        case Eye(), (IndexSymbol() | int() as item, ":") | (":", IndexSymbol() | int() as item):
            return Piece("e" + subscript([position(item)]))
    text = picked(render, operand, items)
    return superscript(text, r"\top") if is_row(operand, items) else Piece(text)


def _with_new_axes(render: Render, operand: Tensor, items: tuple[Item, ...], kept: tuple[Item, ...]) -> Piece:
    inner = operand if all(isinstance(item, str) for item in kept) else entry(operand, kept)
    if inner.ndim == 1 and isinstance(items[0], str) and items[0] == "None":
        return transposed(render, inner)
    return render(inner)


def derivative(render: Render, expression: Derivative) -> Piece:
    operand, variables = _flattened(expression)
    order = len(variables)
    if (
        order <= 2
        and expression.kind != "jacobian"
        and all(v.shape and plain(v) == plain(variables[0]) for v in variables)
    ):
        power = "" if order == 1 else f"^{order}"
        strength = SCRIPT if isinstance(operand, Power) and isinstance(operand.base, Norm) else ATOM
        return Piece(rf"\nabla{power}{script(str(render(variables[0])))} {render(operand).at(strength)}", PREFIX)
    top = r"\partial" if order == 1 else rf"\partial^{order}"
    below = r"\,".join(_differentials(render, variables))
    if isinstance(operand, (Symbol, Definition)):
        return Piece(rf"\frac{{{top} {render(operand)}}}{{{below}}}", SCRIPT)
    return Piece(rf"\frac{{{top}}}{{{below}}} {render(operand).at(ATOM)}", PREFIX)


def _flattened(expression: Tensor) -> tuple[Tensor, list[Tensor]]:
    """A derivative of a derivative as one of higher order."""
    if not isinstance(expression, Derivative):
        return expression, []
    operand, inner = _flattened(expression.operand)
    return operand, [*inner, *expression.variables]


def _differentials(render: Render, variables: list[Tensor]) -> list[str]:
    counts: dict[str, int] = {}
    for variable in variables:
        text = render(variable).at(SCRIPT)
        counts[text] = counts.get(text, 0) + 1
    return [rf"\partial {text}" + (f"^{power}" if power > 1 else "") for text, power in counts.items()]
