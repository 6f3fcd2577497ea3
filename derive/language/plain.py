"""Expressions as one-line text, in the author's language: what error messages and the terminal show."""

from __future__ import annotations

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

SUM, PRODUCT, UNARY, POWER, ATOM = 1, 2, 3, 4, 5
"""Binding strengths, weakest first, as in Python."""


def plain(expression: Tensor) -> str:
    """The expression in the text language; definitions by their names."""
    return _render(expression)[0]


def _at(expression: Tensor, strength: int) -> str:
    text, own = _render(expression)
    return text if own >= strength else f"({text})"


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else UNARY
    return f"{value.numerator}/{value.denominator}", PRODUCT


def _call(name: str, *arguments: object) -> tuple[str, int]:
    inside = ", ".join(plain(a) if isinstance(a, Tensor) else str(a) for a in arguments)
    return f"{name}({inside})", ATOM


def _reduction(kind: str, operand: Tensor, axes: tuple[int, ...], keepdims: bool) -> tuple[str, int]:
    whole = axes == tuple(range(operand.ndim))
    axis = [] if whole else [f"axis={axes[0] if len(axes) == 1 else axes}"]
    return _call(kind, operand, *axis, *(["keepdims=True"] if keepdims else []))


def _render(expression: Tensor) -> tuple[str, int]:  # one line a node
    match expression:
        case Number(value=value):
            return _number(value)
        case Symbol(name=name) | Definition(name=name) | Constant(name=name) | IndexSymbol(name=name):
            return name, ATOM
        case Size(dimension=d):
            return str(d), ATOM if len(d.terms) == 1 and len(d.terms[0][0]) <= 1 else SUM
        case Add(left=left, right=Negative(operand=right)):
            return f"{_at(left, SUM)} - {_at(right, PRODUCT)}", SUM
        case Add(left=left, right=right):
            return f"{_at(left, SUM)} + {_at(right, SUM)}", SUM
        case Negative(operand=operand):
            return f"-{_at(operand, PRODUCT)}", UNARY
        case Multiply(left=left, right=right):
            return f"{_at(left, PRODUCT)}*{_at(right, UNARY)}", PRODUCT
        case Divide(left=left, right=right):
            return f"{_at(left, PRODUCT)}/{_at(right, UNARY)}", PRODUCT
        case MatMul(left=left, right=right):
            return f"{_at(left, PRODUCT)} @ {_at(right, UNARY)}", PRODUCT
        case Power(base=base, exponent=exponent):
            return f"{_at(base, ATOM)}**{_at(exponent, ATOM)}", POWER
        case Apply(function=name, arguments=arguments):
            return _call(name, *arguments)
        case Sum(operand=operand, axes=axes, keepdims=keepdims):
            return _reduction("sum", operand, axes, keepdims)
        case Extremum(kind=kind, operand=operand, axes=axes, keepdims=keepdims):
            return _reduction(kind, operand, axes, keepdims)
        case IndexSum(operand=operand, index=index):
            return _call("sum", operand, f"over={index.name}")
        case Transpose(operand=operand):
            return f"{_at(operand, ATOM)}.T", ATOM
        case Index(operand=operand, items=items):
            inside = ", ".join(item.name if isinstance(item, IndexSymbol) else str(item) for item in items)
            return f"{_at(operand, ATOM)}[{inside}]", ATOM
        case Eye(size=size):
            return _call("eye", size)
        case Full(value=Number(value=value), shape=shape) if value in (0, 1):
            return _call("ones" if value else "zeros", *shape)
        case Full(value=value, shape=shape):
            return _call("full", value, *shape)
        case Literal(entries=entries, shape=shape):
            return _literal(entries, shape)
        case Vec(operand=operand, order=order):
            return _call("vec", operand, *(['order="F"'] if order == "F" else []))
        case Kron(left=left, right=right):
            return _call("kron", left, right)
        case Outer(left=left, right=right):
            return _call("outer", left, right)
        case Diag(operand=operand):
            return _call("diag", operand)
        case BlockDiag(operand=operand):
            return _call("block_diag", operand)
        case Inverse(operand=operand):
            return _call("inv", operand)
        case Determinant(operand=operand):
            return _call("det", operand)
        case Trace(operand=operand):
            return _call("trace", operand)
        case Norm(operand=operand, order=order):
            return _call("norm", operand, *({"2": [], "fro": ['"fro"']}.get(order, [order])))
        case Spectral(kind=kind, operand=operand):
            return _call(kind, operand)
        case Softmax(operand=operand, axis=axis):
            return _call("softmax", operand, *([f"axis={axis}"] if axis != operand.ndim - 1 else []))
        case LogSumExp(operand=operand, axis=axis):
            return _call("logsumexp", operand, *([f"axis={axis}"] if axis is not None else []))
        case Derivative(kind=kind, operand=operand, variables=variables):
            shown = variables[:1] if kind == "hessian" and variables[0] is variables[-1] else variables
            return _call(kind, operand, *shown)
        case Directional(operand=operand, variable=variable, direction=direction):
            return _call("jvp", operand, variable, direction)
        case Substitution(operand=operand, symbol=symbol, value=value):
            return _call("subs", operand, symbol, value)
        case Placeholder():
            return "...", ATOM
    raise TypeError(f"plain() does not know {type(expression).__name__}")


def _literal(entries: tuple[Fraction, ...], shape: Shape) -> tuple[str, int]:
    texts = [_number(entry)[0] for entry in entries]
    if len(shape) == 2:
        width = shape[1].value or 1
        rows = [texts[k : k + width] for k in range(0, len(texts), width)]
        return f"array([{', '.join('[' + ', '.join(row) + ']' for row in rows)}])", ATOM
    return f"array([{', '.join(texts)}])", ATOM
