"""The shapes of a statement's symbols where they are not given: what the expression leaves no choice about.

By convention an upper-case letter is a matrix, a lower-case one a vector, and a Greek letter's name a scalar. The axes
get fresh dimensions, and those that have to agree for the expression to conform are made one. Only shapes are found:
the parser still checks everything.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from derive.language.calls import elementwise
from derive.language.errors import InputError
from derive.language.grammar import parse_syntax
from derive.language.vocabulary import CONSTANTS

Axes = tuple[int, ...] | None
"""The axes of an expression, each by its number; None where they are not followed further."""

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "eps",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "lam",
        "mu",
        "nu",
        "xi",
        "rho",
        "sigma",
        "tau",
        "phi",
        "chi",
        "psi",
        "omega",
    ]
)
FRESH = ("n", "d", "m", "k", "p", "q", "r", "s", "l", "h")

ELEMENTWISE = frozenset(elementwise) | {"hadamard"}
TO_SCALAR = frozenset(["norm", "opnorm", "trace", "det", "logdet", "lambda_max", "lambda_min", "sigma_min", "dot"])
TO_SCALAR |= {"rank", "binomial", "factorial", "probability", "indicator"}
REDUCTIONS = frozenset(["sum", "mean", "max", "min", "logsumexp"])
SQUARE = frozenset(["trace", "det", "logdet", "inv", "matrix_power", "lambda_max", "lambda_min"])
SIZED = frozenset(["eye", "ones", "zeros", "full"])
"""Functions whose arguments are dimensions."""

_LETTER = re.compile(r"([A-Za-z])_?[0-9]*")


def infer_shapes(
    texts: Sequence[str], known: Mapping[str, Sequence[str]], indices: Mapping[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """The shape of every symbol in ``texts``, axes as text: those ``known``, and the others as they conform.

    Args:
        indices: index symbols and the dimension that each runs over.

    Raises:
        InputError: a text does not parse, or a name is no letter and so says nothing of its shape.
    """
    trees = [parse_syntax(text)[1] for text in texts]
    sizes = {name for tree in trees for name in _sizes(tree)}
    sizes |= {axis for shape in known.values() for axis in shape} - set(known)
    sizes |= {name for pair in (indices or {}).items() for name in pair}
    names = [name for name in _names(trees) if name not in sizes]
    axes = _Agreement()
    symbols = {name: axes.given(shape) for name, shape in known.items()}
    for name in names:
        if name not in symbols:
            symbols[name] = axes.fresh(_rank(name))
    reader = _Reader(axes, symbols, frozenset(sizes))
    for tree in trees:
        reader.shape(tree)
    labels = axes.labels(used=sizes | set(names))
    return {name: tuple(labels[axes.root(axis)] for axis in shape) for name, shape in symbols.items()}


def _names(trees: Iterable[ast.expr]) -> list[str]:
    """The symbols in the order in which they are written."""
    found: list[str] = []
    for tree in trees:
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
        found += [node.id for node in sorted(names, key=lambda node: node.col_offset)]
    return [name for name in dict.fromkeys(found) if name not in CONSTANTS and name != "inf"]


def _sizes(tree: ast.expr) -> set[str]:
    """The names that stand where only a dimension can: ``eye(n)``."""
    return {
        argument.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SIZED
        for argument in node.args
        if isinstance(argument, ast.Name)
    }


def _rank(name: str) -> int:
    if name.lower() in GREEK:
        return 0
    letter = _LETTER.fullmatch(name)
    if not letter:
        raise InputError(
            f"the shape of {name} is not known",
            hint=f"give it: --shape {name}=n,d (a matrix), {name}=d (a vector) or {name}= (a scalar)",
        )
    return 2 if letter[1].isupper() else 1


@dataclass
class _Agreement:
    """Axes, and which of them have the same dimension: a union-find forest."""

    parents: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def fresh(self, count: int) -> tuple[int, ...]:
        first = len(self.parents)
        self.parents.extend(range(first, first + count))
        return tuple(range(first, first + count))

    def given(self, shape: Sequence[str]) -> tuple[int, ...]:
        return tuple(self.named(name) for name in shape)

    def named(self, name: str) -> int:
        for axis, known in self.names.items():
            if known == name:
                return axis
        (axis,) = self.fresh(1)
        self.names[axis] = name
        return axis

    def root(self, axis: int) -> int:
        while self.parents[axis] != axis:
            axis = self.parents[axis]
        return axis

    def unite(self, first: int, second: int) -> None:
        """Make two axes one; where both have names given, the parser says that they do not conform."""
        a, b = self.root(first), self.root(second)
        if a == b or (a in self.names and b in self.names):
            return
        if b in self.names or (b < a and a not in self.names):
            a, b = b, a
        self.parents[b] = a

    def labels(self, used: set[str]) -> dict[int, str]:
        """A name for each class of axes: the given one, or a fresh one in the order of appearance."""
        free = [name for name in (*FRESH, *(f"n{k}" for k in range(len(self.parents)))) if name not in used]
        roots = dict.fromkeys(self.root(axis) for axis in range(len(self.parents)))
        fresh = iter(free)
        return {root: self.names[root] if root in self.names else next(fresh) for root in roots}


@dataclass(frozen=True)
class _Reader:
    """Follows the axes of a syntax tree from its symbols up, making one those that an operation joins."""

    axes: _Agreement
    symbols: Mapping[str, Axes]
    sizes: frozenset[str]

    def shape(self, node: ast.expr) -> Axes:
        match node:
            case ast.Name(id=name):
                return () if name in self.sizes or name in CONSTANTS else self.symbols.get(name)
            case ast.Constant():
                return ()
            case ast.UnaryOp(operand=operand):
                return self.shape(operand)
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                return self.product(self.shape(left), self.shape(right))
            case ast.BinOp(left=left, right=right):
                return self.broadcast(self.shape(left), self.shape(right))
            case ast.Compare(left=left, comparators=others):
                shape = self.shape(left)
                for other in others:
                    shape = self.broadcast(shape, self.shape(other))
                return shape
            case ast.Attribute(value=value, attr="T"):
                inner = self.shape(value)
                return None if inner is None else inner[::-1]
            case ast.List(elts=items) | ast.Tuple(elts=items):
                for item in items:
                    self.shape(item)
                return None
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in SIZED:
                return self.sized(name, arguments)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords):
                for word in keywords:
                    self.shape(word.value)
                return self.call(name, [self.shape(argument) for argument in arguments], _is_plain(arguments, keywords))
            case ast.Call(func=ast.Attribute(value=value, attr=name), args=arguments, keywords=keywords):
                return self.call(name, [self.shape(value)], not arguments and not keywords)
        return None

    def sized(self, name: str, arguments: Sequence[ast.expr]) -> Axes:
        sizes = [self.axes.named(ast.unparse(argument)) for argument in arguments]
        return (*sizes, *sizes) if name == "eye" and len(sizes) == 1 else tuple(sizes) if name != "full" else None

    def broadcast(self, left: Axes, right: Axes) -> Axes:
        if left is None or right is None:
            return None
        for a, b in zip(left[::-1], right[::-1], strict=False):
            self.axes.unite(a, b)
        return left if len(left) >= len(right) else right

    def product(self, left: Axes, right: Axes) -> Axes:
        if not left or not right:
            return None
        self.axes.unite(left[-1], right[-2] if len(right) > 1 else right[0])
        return left[:-1] + (right[:-2] + right[-1:] if len(right) > 1 else ())

    def call(self, name: str, arguments: list[Axes], plain: bool) -> Axes:
        """The axes of ``name(*arguments)``; ``plain`` where no further argument, such as an axis, stands."""
        first = arguments[0] if arguments else None
        if name in SQUARE and first is not None and len(first) == 2:
            self.axes.unite(*first)
        if name in TO_SCALAR:
            if name == "dot" and len(arguments) == 2:
                self.broadcast(*arguments)
            return ()
        if name in REDUCTIONS:
            return self.broadcast(*arguments) if len(arguments) == 2 else () if plain else None
        if name in ("grad", "hessian", "jacobian", "jvp"):
            return self.derivative(name, arguments)
        if name == "diag" and first:
            return first * 2 if len(first) == 1 else first[:1]
        if name == "outer" and len(arguments) == 2 and first is not None and arguments[1] is not None:
            return first + arguments[1]
        if name in ("inv", "matrix_power", "softmax", "expectation", "variance"):
            return first
        return self.elementwise(name, arguments)

    def elementwise(self, name: str, arguments: list[Axes]) -> Axes:
        if name not in ELEMENTWISE or not arguments:
            return None
        shape = arguments[0]
        for other in arguments[1:]:
            shape = self.broadcast(shape, other)
        return shape

    def derivative(self, name: str, arguments: list[Axes]) -> Axes:
        operand, *variables = arguments or [None]
        if name == "jvp":
            if len(variables) == 2:
                self.broadcast(*variables)
            return operand
        if any(variable is None for variable in variables) or (operand is None and name == "jacobian"):
            return None
        shapes = [variable or () for variable in variables]
        if name == "hessian" and len(shapes) == 1:
            shapes *= 2
        return sum(shapes, operand or () if name == "jacobian" else ())


def _is_plain(arguments: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> bool:
    return len(arguments) == 1 and not keywords
