"""Expressions as NumPy code: a script that computes the expression from arrays with the symbols' names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from derive.language.abstract import AbstractValue
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
from derive.language.black_box import BlackBox
from derive.language.chance import Event, Every, Expectation, OverOutcomes, Probability
from derive.language.combinatorics import Binomial, Factorial
from derive.language.derivatives import Definition, Derivative, Directional, Lipschitz, Substitution
from derive.language.dimensions import Dimension, Shape, shape_text
from derive.language.errors import InputError
from derive.language.experiment import Experiment, Least
from derive.language.iteration import Always, AtTime, Converges, HittingTime, Run
from derive.language.matrix_powers import MatrixPower
from derive.language.one_sided import Infinity, Jump, Oscillation
from derive.language.plain import ATOM, POWER, PRODUCT, SUM, UNARY
from derive.language.rank import Rank
from derive.language.symbols import Symbol
from derive.language.tangents import Generic, TangentGram
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
from derive.language.undefined import IllDefined

Code = tuple[str, int]
"""Python code and how strongly it binds."""

LONGEST = 100_000
"""Characters beyond which an expression is not written out."""

RESULT = "result"
"""The name that the script gives to the value."""

CALLS = {
    "abs": "np.abs",
    "erf": "erf",
    "gelu": "gelu",
    "sigmoid": "sigmoid",
    "silu": "silu",
    "softplus": "softplus",
    "relu": "relu",
    "heaviside": "heaviside",
}
"""The elementwise functions that are not ``np.`` and their name."""

FUNCTIONS = {
    "erf": "erf = np.vectorize(math.erf, otypes=[float])",
    "gelu": "def gelu(z):\n    return z * (1 + np.vectorize(math.erf, otypes=[float])(z / np.sqrt(2))) / 2",
    "sigmoid": "def sigmoid(z):\n    return np.exp(-np.logaddexp(0, -z))",
    "silu": "def silu(z):\n    return z * np.exp(-np.logaddexp(0, -z))",
    "softplus": "def softplus(z):\n    return np.logaddexp(0, z)",
    "relu": "def relu(z):\n    return np.maximum(z, 0)",
    "heaviside": "def heaviside(z):\n    return np.heaviside(z, 0.5)",
    "softmax": "def softmax(z, axis):\n"
    "    e = np.exp(z - z.max(axis=axis, keepdims=True))\n"
    "    return e / e.sum(axis=axis, keepdims=True)",
    "block_diag": "def block_diag(blocks):\n"
    "    k, p, q = blocks.shape\n"
    "    result = np.zeros((k, p, k, q))\n"
    "    result[np.arange(k), :, np.arange(k), :] = blocks\n"
    "    return result.reshape(k * p, k * q)",
    "binomial": "def binomial(n, k):\n    return math.comb(int(n), int(k))",
    "factorial": "def factorial(n):\n    return math.factorial(int(n))",
    "sigma_min": "def sigma_min(M):\n"
    "    return np.linalg.svd(M, compute_uv=False)[-1] if M.shape[0] >= M.shape[1] else 0.0",
}
"""Functions that NumPy lacks, defined in the script where it needs them."""

SPECTRAL = {
    "opnorm": "np.linalg.norm({}, 2)",
    "nuclear": 'np.linalg.norm({}, "nuc")',
    "lambda_min": "np.linalg.eigvalsh({})[0]",
    "lambda_max": "np.linalg.eigvalsh({})[-1]",
    "sigma_min": "sigma_min({})",
}


def numpy_code(expression: Tensor) -> str:
    """A script that computes ``result`` from arrays named like the symbols, which it lists with their shapes.

    Index symbols are integers counted from 0; definitions are assigned by their names, in order.

    Raises:
        InputError: the expression contains a derivative that is not derived yet, or is too long to write out.
    """
    writer = Writer()
    writer.assign(expression)
    value = writer.whole(expression)
    lines = ["import math", ""] if any("math." in FUNCTIONS[name] for name in writer.functions) else []
    lines += ["import numpy as np", ""]
    lines += [f"{FUNCTIONS[name]}\n" for name in FUNCTIONS if name in writer.functions]
    sizes = _sizes(expression, writer.sizes)
    lines += _inputs(expression)
    lines += [f"# {name}: a size" for name in sorted(writer.sizes - set(sizes))]
    lines += [f"{name} = {text}" for name, text in sizes.items()]
    lines += [f"{name} = {text}" for name, text in writer.assignments.items()]
    return "\n".join([*lines, f"{RESULT} = {value}  # {shape_text(expression.shape)}"]) + "\n"


def _inputs(expression: Tensor) -> list[str]:
    """A comment for each symbol that the script takes."""
    found: dict[str, str] = {}
    bound = {node.index.name for node in expression.walk() if isinstance(node, IndexSum)}
    for node in expression.walk():
        if isinstance(node, Symbol):
            found[node.name] = f"# {node.name}: {shape_text(node.shape)}"
        elif isinstance(node, IndexSymbol) and node.name not in bound:
            found[node.name] = f"# {node.name}: 0 <= {node.name} < {node.dimension}"
    return list(found.values())


def _sizes(expression: Tensor, names: set[str]) -> dict[str, str]:
    """The sizes among ``names`` that some symbol's shape shows."""
    found: dict[str, str] = {}
    for node in expression.walk():
        if isinstance(node, Symbol):
            for axis, size in enumerate(node.shape):
                if str(size) in names:
                    found.setdefault(str(size), f"{node.name}.shape[{axis}]")
    return dict(sorted(found.items()))


@dataclass
class Writer:
    """Writes expressions as NumPy code and collects what they need: assignments of definitions, functions, sizes.

    ``sources`` defines the functions that NumPy lacks, by name. ``bound`` are the names that a loop or a function
    around the expression binds. ``done`` keeps each node beside its code, by identity and bound names, so that no
    other node takes its identity.
    """

    sources: ClassVar[dict[str, str]] = FUNCTIONS
    assignments: dict[str, str] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    sizes: set[str] = field(default_factory=set)
    bound: frozenset[str] = frozenset()
    done: dict[tuple[int, frozenset[str]], tuple[Tensor, Code]] = field(default_factory=dict)

    def assign(self, expression: Tensor) -> None:
        """Assign the definitions that hold outside of every loop, those that others use first."""
        nodes = list(self.evaluated(expression))
        binders = {node.index.name for node in nodes if isinstance(node, IndexSum)}
        binders |= {node.symbol.name for node in nodes if isinstance(node, Substitution)}
        for node in nodes:
            if isinstance(node, Definition) and not any(getattr(n, "name", None) in binders for n in node.walk()):
                self.definition(node)

    def evaluated(self, expression: Tensor) -> Iterator[Tensor]:
        """The nodes whose definitions are assigned, operands first."""
        return expression.walk()

    def whole(self, expression: Tensor) -> str:
        """The expression's code, its operands first so that deep ones need no deep recursion."""
        for node in _operands_first(expression):
            self.code(node)
        return self.text(expression)

    def text(self, expression: Tensor, strength: int = 0) -> str:
        code, own = self.code(expression)
        return code if own >= strength else f"({code})"

    def call(self, name: str, *arguments: Tensor | str) -> Code:
        shown = (self.text(argument) if isinstance(argument, Tensor) else argument for argument in arguments)
        return f"{name}({', '.join(shown)})", ATOM

    def own(self, name: str, *arguments: Tensor | str) -> Code:
        """A call of a function that NumPy lacks."""
        self.functions.add(name)
        return self.call(name, *arguments)

    def size(self, dimension: Dimension) -> Code:
        self.sizes |= dimension.names
        return str(dimension), ATOM if len(dimension.terms) == 1 and len(dimension.terms[0][0]) <= 1 else SUM

    def shape(self, shape: Shape) -> str:
        sizes = [self.size(size)[0] for size in shape]
        return sizes[0] if len(sizes) == 1 else f"({', '.join(sizes)})"

    def definition(self, node: Definition) -> Code:
        """The name, assigned before; the definition itself where it depends on what is bound here."""
        if any(getattr(inner, "name", None) in self.bound for inner in node.walk()):
            return self.code(node.operand)
        if node.name not in self.assignments:
            value = self.whole(node.operand)
            self.assignments[node.name] = f"{value}  # {shape_text(node.shape)}"
        return node.name, ATOM

    def within(self, name: str, expression: Tensor) -> str:
        """The expression where ``name`` is bound by a loop or a function around it."""
        before, self.bound = self.bound, self.bound | {name}
        text = self.whole(expression)
        self.bound = before
        return text

    def reduction(self, name: str, operand: Tensor, axes: tuple[int, ...], keepdims: bool) -> Code:
        whole = axes == tuple(range(operand.ndim))
        axis = [] if whole else [f"axis={axes[0] if len(axes) == 1 else axes}"]
        return self.call(name, operand, *axis, *(["keepdims=True"] if keepdims else []))

    def apply(self, function: str, arguments: tuple[Tensor, ...]) -> Code:
        name = CALLS.get(function, f"np.{function}")
        return self.own(name, *arguments) if name in FUNCTIONS else self.call(name, *arguments)

    def norm(self, operand: Tensor, order: str) -> Code:
        orders = {"1": ["1"], "inf": ["np.inf"]}.get(order, [])
        return self.call("np.linalg.norm", operand if operand.ndim <= 2 else f"np.ravel({self.text(operand)})", *orders)

    def code(self, expression: Tensor) -> Code:
        known = self.done.get((id(expression), self.bound))
        if known is None:
            known = expression, self.written(expression)
            if len(known[1][0]) > LONGEST:
                raise InputError(
                    "the expression is too long to write out as code", hint="name its parts as definitions"
                )
            self.done[id(expression), self.bound] = known
        return known[1]

    def written(self, expression: Tensor) -> Code:
        match expression:
            case Number(value=value):
                return _number(value)
            case Symbol(name=name) | IndexSymbol(name=name):
                return name, ATOM
            case Definition():
                return self.definition(expression)
            case Constant(name=name):
                return f"np.{name}", ATOM
            case Size(dimension=dimension):
                return self.size(dimension)
            case Add(left=left, right=Negative(operand=right)):
                return f"{self.text(left, SUM)} - {self.text(right, PRODUCT)}", SUM
            case Add(left=left, right=right):
                return f"{self.text(left, SUM)} + {self.text(right, SUM)}", SUM
            case Negative(operand=operand):
                return f"-{self.text(operand, UNARY)}", UNARY
            case Multiply(left=left, right=right):
                return f"{self.text(left, PRODUCT)} * {self.text(right, UNARY)}", PRODUCT
            case Divide(left=left, right=right):
                return f"{self.text(left, PRODUCT)} / {self.text(right, UNARY)}", PRODUCT
            case MatMul(left=left, right=right):
                return f"{self.text(left, PRODUCT)} @ {self.text(right, UNARY)}", PRODUCT
            case Power(base=base, exponent=exponent):
                return f"{self.text(base, ATOM)} ** {self.text(exponent, UNARY)}", POWER
            case Apply(function=function, arguments=arguments):
                return self.apply(function, arguments)
            case Sum(operand=operand, axes=axes, keepdims=keepdims):
                return self.reduction("np.sum", operand, axes, keepdims)
            case Extremum(kind=kind, operand=operand, axes=axes, keepdims=keepdims):
                return self.reduction(f"np.{kind}", operand, axes, keepdims)
            case IndexSum(operand=operand, index=index):
                body = self.within(index.name, operand)
                return f"sum({body} for {index.name} in range({self.size(index.dimension)[0]}))", ATOM
            case _:
                return self.array(expression)

    def array(self, expression: Tensor) -> Code:
        """Constant arrays, rearrangements and linear algebra."""
        match expression:
            case Transpose(operand=operand, permutation=permutation):
                reversed_axes = permutation == tuple(reversed(range(operand.ndim)))
                return f"{self.text(operand, ATOM)}.{'T' if reversed_axes else f'transpose{permutation}'}", ATOM
            case Index(operand=operand, items=items):
                places = ", ".join(item.name if isinstance(item, IndexSymbol) else str(item) for item in items)
                return f"{self.text(operand, ATOM)}[{places}]", ATOM
            case Eye(size=size):
                return self.call("np.eye", self.size(size)[0])
            case Full(value=Number(value=value), shape=shape) if value in (0, 1):
                return self.call("np.ones" if value else "np.zeros", self.shape(shape))
            case Full(value=value, shape=shape):
                return self.call("np.full", self.shape(shape), value)
            case Literal(entries=entries, shape=shape):
                return _literal(entries, shape), ATOM
            case Vec(operand=operand, order=order):
                return self.call("np.ravel", operand, *(['order="F"'] if order == "F" else []))
            case Kron(left=left, right=right):
                return self.call("np.kron", left, right)
            case Outer(left=left, right=right):
                return self.call("np.outer", left, right)
            case Diag(operand=operand):
                return self.call("np.diag", operand)
            case BlockDiag(operand=operand):
                return self.own("block_diag", operand)
            case MatrixPower(base=base, exponent=exponent):
                return self.call("np.linalg.matrix_power", base, f"int({self.text(exponent)})")
            case Inverse(operand=operand):
                return self.call("np.linalg.inv", operand)
            case Determinant(operand=operand):
                return self.call("np.linalg.det", operand)
            case Trace(operand=operand):
                return self.call("np.trace", operand)
            case Binomial(upper=upper, lower=lower):
                return self.own("binomial", upper, lower)
            case Factorial(operand=operand):
                return self.own("factorial", operand)
            case TangentGram():
                return self.code(expression.expand())
            case Generic():
                raise InputError(f"{expression!r} is a rank at generic values, and has no formula")
            case Rank(operand=operand):
                return self.call("np.linalg.matrix_rank", operand)
            case Norm(operand=operand, order=order):
                return self.norm(operand, order)
            case Spectral(kind=kind, operand=operand):
                self.functions |= {kind} & set(FUNCTIONS)
                return SPECTRAL[kind].format(self.text(operand)), ATOM
            case Softmax(operand=operand, axis=axis):
                return self.own("softmax", operand, f"axis={axis}")
            case LogSumExp(operand=operand, axis=axis):
                flat = operand if axis is not None else f"np.ravel({self.text(operand)})"
                return self.call("np.logaddexp.reduce", flat, *([f"axis={axis}"] if axis is not None else []))
            case Substitution(operand=operand, symbol=symbol, value=value):
                return f"(lambda {symbol.name}: {self.within(symbol.name, operand)})({self.text(value)})", ATOM
            case Derivative() | Directional():
                raise InputError(f"{expression!r} is a derivative that is not derived yet", hint="derive it first")
            case Lipschitz() | Oscillation() | Jump() | Infinity():
                raise InputError(f"{expression!r} is a supremum and has no formula", hint="state it in a claim")
            case Expectation() | Probability() | Event() | Every():
                raise InputError(f"{expression!r} is a mean over all outcomes or an event, and has no formula")
            case Experiment() | Least():
                raise InputError(f"{expression!r} is measured, and has no formula")
            case AtTime() | HittingTime() | Always() | Converges() | Run():
                raise InputError(f"{expression!r} is said of an iteration, and has no formula")
            case IllDefined():
                raise InputError(expression.message)
            case Placeholder():
                raise InputError("a place without an expression has no value")
        if isinstance(expression, AbstractValue):
            raise InputError(f"{expression.name} is any function, and has no formula")
        if isinstance(expression, BlackBox):
            raise InputError(f"{expression.name} is a black box: its code stands in the author's file")
        raise TypeError(f"numpy_code() does not know {type(expression).__name__}")


CLOSED = (Definition, IndexSum, Substitution, Derivative, Directional, OverOutcomes, IllDefined)
"""What is written where it stands, with all that is inside."""


def _operands_first(expression: Tensor) -> Iterator[Tensor]:
    """The nodes of an expression, operands first, without what is inside definitions, loops and functions."""
    seen: set[int] = set()
    stack = [(expression, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            if not isinstance(node, CLOSED):
                stack.extend((child, False) for child in node.children())


def _number(value: Fraction) -> Code:
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else UNARY
    return f"{value.numerator} / {value.denominator}", PRODUCT


def _literal(entries: tuple[Fraction, ...], shape: Shape) -> str:
    texts = [f"{_number(value)[0]}.0" if value.denominator == 1 else _number(value)[0] for value in entries]
    flat = f"np.array([{', '.join(texts)}])"
    return flat if len(shape) == 1 else f"{flat}.reshape({', '.join(str(size) for size in shape)})"
