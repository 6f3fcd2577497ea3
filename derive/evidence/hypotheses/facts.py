"""What holds of an expression whatever the values: norms are ordered, sizes are positive, exponentials are convex ...

Facts are linear inequalities between expressions, read at the first entries of arrays, which every comparison covers.
Each is a theorem of a line; a fact that were wrong would call a claim vacuous that is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.instances.patterns import bare, constant, euclidean, gram, square_root, squared_norm, strip
from derive.language.arrays import Diag, Eye, Full, Norm, Softmax, Spectral, Trace, Vec
from derive.language.plain import identity
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Extremum,
    Index,
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

Linear = dict[str, Fraction]
"""Coefficients of expressions, by their text; that of ``ONE`` is the constant term."""

ONE = ""

Fact = tuple[Linear, bool, str]
"""``linear <= 0``, or ``< 0`` where the second is true, and the fact in words."""

RANGES = {
    "sin": (-1, 1, False),
    "cos": (-1, 1, False),
    "tanh": (-1, 1, True),
    "sigmoid": (0, 1, True),
    "erf": (-1, 1, True),
    "arctan": (-2, 2, True),
}
"""Bounded functions: both ends, and whether they are left out."""


def text(expression: Tensor) -> str:
    """The expression as written; a Euclidean norm, and its square, in one way whatever they are written as."""
    rooted = euclidean(expression)
    if rooted is not None:
        return f"norm({identity(strip(rooted))})"
    squared = squared_norm(expression)
    return f"norm({identity(strip(squared))})**2" if squared is not None else identity(strip(expression))


def linear(expression: Tensor) -> Linear:
    """The expression's first entry as a linear form in what is not linear in it."""
    expression = strip(expression)
    value = constant(expression)
    if value is not None:
        return {ONE: value}
    match expression:
        case Eye():
            return {ONE: Fraction(1)}
        case Add(left=left, right=right):
            return plus(linear(left), linear(right))
        case Negative(operand=operand):
            return times(linear(operand), Fraction(-1))
        case Multiply(left=left, right=right):
            for factor, other in ((left, right), (right, left)):
                c = linear(factor)
                if c.keys() <= {ONE}:
                    return times(linear(other), c.get(ONE, Fraction(0)))
        case Divide(left=left, right=right) if (divisor := constant(right)) is not None and divisor != 0:
            return times(linear(left), 1 / divisor)
        case Full(value=operand) | Transpose(operand=operand) | Vec(operand=operand) | Diag(operand=operand):
            return linear(operand)
        case Index(operand=operand, items=items) if all(item in (0, ":", "None") for item in map(_plain, items)):
            return linear(operand)
    return {text(expression): Fraction(1)}


def _plain(item: object) -> object:
    return item if isinstance(item, (int, str)) else None


def plus(a: Linear, b: Linear) -> Linear:
    total = {name: a.get(name, Fraction(0)) + b.get(name, Fraction(0)) for name in (*a, *b)}
    return {name: coefficient for name, coefficient in total.items() if coefficient}


def times(a: Linear, factor: Fraction) -> Linear:
    return {name: factor * coefficient for name, coefficient in a.items() if factor}


def minus(a: Linear, b: Linear) -> Linear:
    return plus(a, times(b, Fraction(-1)))


def number(value: Fraction | int) -> Linear:
    return {ONE: Fraction(value)} if value else {}


def facts(node: Tensor) -> Iterator[Fact]:
    """What holds of a node of a hypothesis."""
    node = strip(node)
    it = linear(node)
    match node:
        case Size():
            yield minus(number(1), it), False, f"{node!r} is a size"
        case IndexSymbol(dimension=dimension):
            yield times(it, Fraction(-1)), False, f"{node!r} counts from 0"
            yield plus(minus(it, linear(Size(dimension))), number(1)), False, f"{node!r} is a position"
        case Symbol():
            yield from _declared(node, it)
        case Index(operand=operand) if (symbol := bare(strip(operand))) is not None:
            yield from _signs(symbol, it)
        case Norm(operand=operand, order=order):
            yield from _norm(node, operand, order, it)
        case Spectral():
            yield from _spectral(node, it)
        case Trace(operand=operand) if isinstance(matrix := strip(operand), Symbol):
            if matrix.properties & {"psd", "pd"}:
                yield times(it, Fraction(-1)), "pd" in matrix.properties, f"{node!r} is not negative"
        case Sum(operand=operand, axes=axes) if len(axes) == 1 == operand.ndim and isinstance(strip(operand), Softmax):
            for sign in (1, -1):
                yield times(minus(it, number(1)), Fraction(sign)), False, f"{node!r} is 1"
        case Apply(function=function, arguments=arguments):
            yield from _applied(node, function, arguments, it)
        case MatMul(left=left, right=right):
            yield from _product(node, left, right, it)
        case Extremum(kind=kind, operand=operand):
            gap = minus(linear(operand), it)
            yield times(gap, Fraction(1 if kind == "max" else -1)), False, f"{node!r} bounds the entries"
    if squared_norm(node) is not None or square_root(node) is not None or _even(node):
        yield times(it, Fraction(-1)), False, f"{node!r} is never negative"


def _product(node: Tensor, left: Tensor, right: Tensor, it: Linear) -> Iterator[Fact]:
    """``2 |<x, y>| <= |x|^2 + |y|^2``, and ``A^T A`` has squares on its diagonal."""
    if left.ndim == right.ndim == 1:
        squares = plus(linear(_square(left)), linear(_square(right)))
        for sign in (2, -2):
            yield minus(times(it, Fraction(sign)), squares), False, "2*abs(x @ y) is at most norm(x)**2 + norm(y)**2"
    found = gram(node)
    if found is not None and found[1] != "both":
        yield times(it, Fraction(-1)), False, f"{node!r} is positive semidefinite"


def _square(vector: Tensor) -> Tensor:
    return Power.of(Norm(vector, "2"), Number(Fraction(2)))


def _even(node: Tensor) -> bool:
    match node:
        case Power(exponent=Number(value=e)):
            return e.denominator == 1 and e % 2 == 0
    return False


def _signs(symbol: Symbol, it: Linear) -> Iterator[Fact]:
    if "positive" in symbol.properties:
        yield times(it, Fraction(-1)), True, f"{symbol.name} is positive"
    elif "nonnegative" in symbol.properties:
        yield times(it, Fraction(-1)), False, f"{symbol.name} is nonnegative"


def _declared(symbol: Symbol, it: Linear) -> Iterator[Fact]:
    """Signs, and what the first entry, which is on the diagonal, must be."""
    yield from _signs(symbol, it)
    if symbol.properties & {"psd", "pd"}:
        yield times(it, Fraction(-1)), "pd" in symbol.properties, f"{symbol.name} is positive semidefinite"
    if "orthogonal" in symbol.properties:
        yield minus(it, number(1)), False, f"{symbol.name} is orthogonal"
        yield minus(number(-1), it), False, f"{symbol.name} is orthogonal"
    if "skew" in symbol.properties:
        for sign in (1, -1):
            yield times(it, Fraction(sign)), False, f"{symbol.name} is skew"


def _norm(node: Norm, operand: Tensor, order: str, it: Linear) -> Iterator[Fact]:
    yield times(it, Fraction(-1)), False, f"{node!r} is never negative"
    for sign in (1, -1):
        entry = times(linear(operand), Fraction(sign))
        yield minus(entry, it), False, f"{node!r} is no less than an entry"
    orders = ("inf", "2", "1")
    for k, smaller in enumerate(orders if order in orders else ()):
        for larger in orders[k + 1 :]:
            if order in (smaller, larger):
                gap = minus(linear(Norm(operand, smaller)), linear(Norm(operand, larger)))
                yield gap, False, "norms of order 1, 2, inf decrease"


def _spectral(node: Spectral, it: Linear) -> Iterator[Fact]:
    operand, kind = node.operand, node.kind
    first = linear(operand)
    if kind in ("opnorm", "sigma_min", "nuclear"):
        yield times(it, Fraction(-1)), False, f"{node!r} is never negative"
    if kind == "opnorm":
        for sign in (1, -1):
            yield minus(times(first, Fraction(sign)), it), False, f"{node!r} is no less than an entry"
        yield minus(it, linear(Norm(operand, "fro"))), False, "the operator norm is at most the Frobenius norm"
        yield minus(linear(Spectral("sigma_min", operand)), it), False, "singular values are ordered"
    elif kind == "lambda_max":
        yield minus(first, it), False, f"{node!r} is no less than an entry of the diagonal"
        yield minus(it, linear(Spectral("opnorm", operand))), False, "eigenvalues are at most the operator norm"
        yield minus(linear(Spectral("lambda_min", operand)), it), False, "eigenvalues are ordered"
    elif kind == "lambda_min":
        yield minus(it, first), False, f"{node!r} is no more than an entry of the diagonal"
    symbol = strip(operand)
    if isinstance(symbol, Symbol) and kind in ("lambda_min", "lambda_max") and symbol.properties & {"psd", "pd"}:
        yield times(it, Fraction(-1)), "pd" in symbol.properties, f"{symbol.name} is positive semidefinite"


def _applied(node: Tensor, function: str, arguments: tuple[Tensor, ...], it: Linear) -> Iterator[Fact]:
    rows = [linear(argument) for argument in arguments]
    if function in RANGES:
        low, high, strict = RANGES[function]
        yield minus(it, number(high)), strict, f"{node!r} is bounded"
        yield minus(number(low), it), strict, f"{node!r} is bounded"
    elif function == "exp":
        yield times(it, Fraction(-1)), True, f"{node!r} is positive"
        yield minus(plus(rows[0], number(1)), it), False, "exp(t) >= 1 + t"
    elif function == "log":
        yield plus(minus(it, rows[0]), number(1)), False, "log(t) <= t - 1"
    elif function in ("abs", "relu", "maximum", "sqrt", "square"):
        if function != "maximum":
            yield times(it, Fraction(-1)), False, f"{node!r} is never negative"
        below = {"abs": [rows[0], times(rows[0], Fraction(-1))], "relu": rows, "maximum": rows}.get(function, [])
        for row in below:
            yield minus(row, it), False, f"{node!r} is no less than its argument"
    elif function == "minimum":
        for row in rows:
            yield minus(it, row), False, f"{node!r} is no more than its arguments"
    elif function == "cosh":
        yield minus(number(1), it), False, f"{node!r} is at least 1"
