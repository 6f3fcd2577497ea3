"""The value of an expression at a point: one walk over the tree, for every arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial, reduce
from math import prod
from operator import add, mul
from typing import Any

from derive.language.arrays import (
    BlockDiag,
    Composite,
    Determinant,
    Diag,
    Eye,
    Full,
    Inverse,
    Kron,
    Literal,
    Norm,
    Spectral,
    Vec,
)
from derive.language.chance import Expectation
from derive.language.combinatorics import Binomial, Factorial
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.dimensions import Dimension
from derive.language.iteration import AtTime, Run
from derive.language.matrix_powers import MatrixPower
from derive.language.one_sided import Jump
from derive.language.rank import Rank
from derive.language.symbols import Symbol
from derive.language.tangents import Generic
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
    Power,
    Size,
    Sum,
    Tensor,
    Transpose,
)
from derive.verify import arrays, linear, one_sided
from derive.verify.arithmetic import Arithmetic, Unknown
from derive.verify.arrays import Array, build, elementwise, reduced, total
from derive.verify.counts import count
from derive.verify.differentiation import derivative
from derive.verify.elementary import FUNCTIONS, Elementary
from derive.verify.jets import Jet
from derive.verify.means import mean
from derive.verify.mixtures import Mixtures
from derive.verify.powers import power, square
from derive.verify.runs import at_time
from derive.verify.scope import Names, Scope


@dataclass
class Evaluation:
    """Values at given sizes, each computed once."""

    arithmetic: Arithmetic
    sizes: Mapping[str, int]
    names: Names = field(default_factory=Names)
    known: dict[tuple[Tensor, tuple[int, ...]], Array] = field(default_factory=dict)
    _over_chance: Evaluation | None = None
    approach: int = 0
    runs: dict[tuple[Run, tuple[int, ...]], list[Scope]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.functions = Elementary(self.arithmetic, self.approach)
        self.zero, self.one = self.functions.number(0), self.functions.number(1)

    def value(self, node: Tensor, scope: Scope) -> Array:
        """The value of ``node``.

        Raises:
            Unknown: it has none here, or this arithmetic cannot tell.
        """
        key = (node, scope.versions(self.names.of(node)))
        if key not in self.known:
            self.known[key] = self._value(node, scope)
        return self.known[key]

    def over_chance(self) -> Evaluation:
        """Values at the same sizes where random entries stand for numbers."""
        if self._over_chance is None:
            self._over_chance = Evaluation(Mixtures(self.arithmetic), self.sizes, self.names)
        return self if isinstance(self.arithmetic, Mixtures) else self._over_chance

    def size(self, dimension: Dimension) -> int:
        return dimension.size(self.sizes)

    def _scalar(self, number: Any) -> Array:
        return Array((), (number,))

    def _value(self, node: Tensor, scope: Scope) -> Array:
        at = partial(self.value, scope=scope)
        match node:
            case Symbol(name=name):
                found: Array = scope[name]
                return found
            case Definition(operand=operand):
                return at(operand)
            case Number(value=value):
                return self._scalar(self.functions.number(value))
            case Constant(name=name):
                return self._scalar(self.arithmetic.constant(name))
            case Size(dimension=dimension):
                return self._scalar(self.functions.number(self.size(dimension)))
            case IndexSymbol(name=name):
                return self._scalar(self.functions.number(scope[name]))
            case Add(left=left, right=right):
                return elementwise(add, at(left), at(right))
            case Negative(operand=operand):
                return elementwise(lambda z: -z, at(operand))
            case Multiply(left=left, right=right):
                return elementwise(mul, at(left), at(right))
            case Divide(left=left, right=right):
                return elementwise(self.functions.divide, at(left), at(right))
            case Power(base=Norm(order="2" | "fro", operand=operand), exponent=Number(value=k)) if k % 2 == 0:
                return square(self, at(operand), k / 2)
            case Power(base=base, exponent=exponent):
                return power(self, at(base), exponent, scope)
            case Apply(function=function, arguments=arguments):
                return elementwise(partial(FUNCTIONS[function], self.functions), *map(at, arguments))
            case MatMul(left=left, right=right):
                return arrays.matmul(at(left), at(right), self.zero)
            case Sum(operand=operand, axes=axes, keepdims=keepdims):
                return reduced(at(operand), axes, keepdims, lambda group: total(group, self.zero))
            case Extremum(kind=kind, operand=operand, axes=axes, keepdims=keepdims):
                return reduced(at(operand), axes, keepdims, self._extremum(kind))
            case IndexSum(operand=operand, index=index):
                return self._index_sum(operand, index, scope)
            case MatrixPower(base=base, exponent=exponent):
                return linear.power(at(base), at(exponent).scalar, self.functions)
            case Composite():
                return at(node.expand())
        return self._array(node, scope)

    def _array(self, node: Tensor, scope: Scope) -> Array:
        at = partial(self.value, scope=scope)
        shape = tuple(map(self.size, node.shape))
        match node:
            case Transpose(operand=operand, permutation=permutation):
                return arrays.transposed(at(operand), permutation)
            case Index(operand=operand, items=items):
                return _indexed(at(operand), items, shape, scope)
            case Eye():
                return build(shape, lambda p: self.one if p[0] == p[1] else self.zero)
            case Full(value=value):
                return Array(shape, at(value).entries * prod(shape))
            case Literal(entries=entries):
                return Array(shape, tuple(map(self.functions.number, entries)))
            case Vec(operand=operand, order=order):
                array = at(operand)
                axes = tuple(reversed(range(len(array.shape))))
                return Array(shape, (arrays.transposed(array, axes) if order == "F" else array).entries)
            case Kron(left=left, right=right):
                return arrays.kron(at(left), at(right))
            case Diag(operand=operand) if len(shape) == 2:
                array = at(operand)
                return build(shape, lambda p: array.entries[p[0]] if p[0] == p[1] else self.zero)
            case Diag(operand=operand):
                array = at(operand)
                return build(shape, lambda p: array[(p[0], p[0])])
            case BlockDiag(operand=operand):
                return _blocks(at(operand), shape, self.zero)
            case Inverse(operand=operand):
                return linear.inverse(at(operand), self.functions)
            case Determinant(operand=operand):
                return self._scalar(linear.determinant(at(operand), self.functions))
            case Binomial() | Factorial() | Generic():
                return self._scalar(self.functions.number(count(node, lambda part: at(part).scalar, self.size)))
            case Rank(operand=operand):
                return self._scalar(self._spectral("rank", at(operand)))
            case Spectral(kind=kind, operand=operand):
                return self._scalar(self._spectral(kind, at(operand)))
            case Substitution(operand=operand, symbol=symbol, value=value):
                return self.value(operand, scope.binding(symbol.name, at(value)))
            case Derivative() | Directional():
                return derivative(self, node, scope)
            case Jump():
                return self._scalar(one_sided.jump(self, node, scope))
            case Expectation():
                return mean(self, node, scope)
            case AtTime():
                return at_time(self, node, scope)
        raise Unknown(f"{type(node).__name__} has no value")

    def _extremum(self, kind: str) -> Callable[[list[Any]], Any]:
        function = self.functions.maximum if kind == "max" else partial(FUNCTIONS["minimum"], self.functions)
        return lambda group: reduce(function, group)

    def _index_sum(self, operand: Tensor, index: IndexSymbol, scope: Scope) -> Array:
        values = [self.value(operand, scope.binding(index.name, k)) for k in range(self.size(index.dimension))]
        return reduce(partial(elementwise, add), values)

    def _spectral(self, kind: str, matrix: Array) -> Any:
        if any(isinstance(entry, Jet) for entry in matrix.entries):
            raise Unknown(f"a derivative of {kind}")
        return self.arithmetic.spectral(kind, matrix.rows)


def _indexed(operand: Array, items: tuple[Any, ...], shape: arrays.Shape, scope: Scope) -> Array:
    """Entries, rows and columns, and new axes of size one."""

    def entry(position: arrays.Position) -> Any:
        rest = iter(position)
        chosen: list[int] = []
        for item in items:
            if not isinstance(item, str):
                chosen.append(scope[item.name] if isinstance(item, IndexSymbol) else item)
            else:
                position_of_axis = next(rest)
                chosen += [position_of_axis] if item == ":" else []  # an axis of size one is added
        return operand[chosen]

    return build(shape, entry)


def _blocks(operand: Array, shape: arrays.Shape, zero: Any) -> Array:
    _, height, width = operand.shape

    def entry(position: arrays.Position) -> Any:
        (row, i), (column, j) = divmod(position[0], height), divmod(position[1], width)
        return operand[(row, i, j)] if row == column else zero

    return build(shape, entry)
