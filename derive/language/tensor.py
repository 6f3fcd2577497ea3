"""Tensors: symbolic expressions with symbolic shapes, and the arithmetic that builds one from another.

An expression is an immutable tree (shared nodes are one object); every node knows its shape, and shape errors are
raised where the expression is written. Arithmetic follows NumPy; ``==``, ``<=``, ``>=``, ``>>``, ``<<`` build
relations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from math import isfinite
from numbers import Rational
from operator import mul
from typing import TYPE_CHECKING, Any, ClassVar

from derive.language.dimensions import ONE, Dimension, Shape, shape_text
from derive.language.errors import InputError, ShapeError, shorten

if TYPE_CHECKING:
    from derive.language.relations import Relation

Operand = Any
"""What stands beside a tensor in arithmetic: a tensor, an int, a Fraction or a float (read as its decimal literal)."""


class Tensor:
    """A symbolic array. ``shape`` is a tuple of dimensions; scalars have the shape ``()``."""

    shape: Shape
    __dataclass_fields__: ClassVar[dict[str, Any]]
    __array_ufunc__: ClassVar[None] = None  # NumPy must not take a tensor apart

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def T(self) -> Tensor:  # NumPy's name
        return Transpose.of(self, tuple(reversed(range(self.ndim))))

    def children(self) -> tuple[Tensor, ...]:
        """The operands, in the order of the node's fields."""
        return self._children

    @cached_property
    def _children(self) -> tuple[Tensor, ...]:
        values = [getattr(self, name) for name in self.__dataclass_fields__]
        rows = [value if isinstance(value, tuple) else (value,) for value in values]
        return tuple(item for row in rows for item in row if isinstance(item, Tensor))

    def walk(self) -> Iterator[Tensor]:
        """Every node below and including this one, each shared node once, operands first."""
        seen: set[int] = set()
        stack: list[tuple[Tensor, bool]] = [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                yield node
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.children()))

    def __add__(self, other: Operand) -> Tensor:
        return Add.of(self, tensor(other))

    def __radd__(self, other: Operand) -> Tensor:
        return Add.of(tensor(other), self)

    def __sub__(self, other: Operand) -> Tensor:
        return Add.of(self, Negative.of(tensor(other)))

    def __rsub__(self, other: Operand) -> Tensor:
        return Add.of(tensor(other), Negative.of(self))

    def __mul__(self, other: Operand) -> Tensor:
        return Multiply.of(self, tensor(other))

    def __rmul__(self, other: Operand) -> Tensor:
        return Multiply.of(tensor(other), self)

    def __truediv__(self, other: Operand) -> Tensor:
        return Divide.of(self, tensor(other))

    def __rtruediv__(self, other: Operand) -> Tensor:
        return Divide.of(tensor(other), self)

    def __pow__(self, other: Operand) -> Tensor:
        return Power.of(self, tensor(other))

    def __rpow__(self, other: Operand) -> Tensor:
        return Power.of(tensor(other), self)

    def __matmul__(self, other: Operand) -> Tensor:
        return MatMul.of(self, tensor(other))

    def __rmatmul__(self, other: Operand) -> Tensor:
        return MatMul.of(tensor(other), self)

    def __neg__(self) -> Tensor:
        return Negative.of(self)

    def __pos__(self) -> Tensor:
        return self

    def __abs__(self) -> Tensor:
        return Apply.of("abs", self)

    def __getitem__(self, items: Any) -> Tensor:
        return Index.of(self, items if isinstance(items, tuple) else (items,))

    def __iter__(self) -> Iterator[Tensor]:
        raise InputError(
            "a tensor cannot be iterated: its sizes are symbols", hint="use an index (index('i', n)), .sum() or @"
        )

    def __len__(self) -> int:
        raise InputError("a tensor has no length: its sizes are symbols", hint="use its dimension symbol")

    def __bool__(self) -> bool:
        raise InputError("a tensor has no truth value", hint="state a relation with ==, <=, >=, << or >> in a claim")

    def sum(
        self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False, over: Tensor | None = None
    ) -> Tensor:
        """The sum over all entries, over ``axis``, or over the values of an index symbol (``over=j``)."""
        if over is not None:
            return IndexSum.of(self, over)
        return Sum.of(self, axis, keepdims)

    def mean(self, axis: int | None = None, keepdims: bool = False) -> Tensor:
        count = Dimension.number(1)
        for position in _axes(self, axis):
            count = count * self.shape[position]
        return Divide.of(Sum.of(self, axis, keepdims), Size(count))

    def max(self, axis: int | None = None, keepdims: bool = False) -> Tensor:
        return Extremum.of("max", self, axis, keepdims)

    def min(self, axis: int | None = None, keepdims: bool = False) -> Tensor:
        return Extremum.of("min", self, axis, keepdims)

    def _relation(self, sign: str, other: Operand) -> Relation:
        from derive.language.relations import Relation

        return Relation.of(sign, self, tensor(other))

    def __eq__(self, other: Operand) -> Relation:  # type: ignore[override]  # CVXPY's convention
        return self._relation("==", other)

    def __ne__(self, other: Operand) -> Relation:  # type: ignore[override]  # as above: two indices that differ
        return self._relation("!=", other)

    def __le__(self, other: Operand) -> Relation:
        return self._relation("<=", other)

    def __ge__(self, other: Operand) -> Relation:
        return self._relation(">=", other)

    def __lt__(self, other: Operand) -> Relation:
        return self._relation("<", other)

    def __gt__(self, other: Operand) -> Relation:
        return self._relation(">", other)

    def __rshift__(self, other: Operand) -> Relation:
        return self._relation(">>", other)

    def __lshift__(self, other: Operand) -> Relation:
        return self._relation("<<", other)

    def __rrshift__(self, other: Operand) -> Relation:
        return tensor(other)._relation(">>", self)

    def __rlshift__(self, other: Operand) -> Relation:
        return tensor(other)._relation("<<", self)

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        from derive.language.plain import LONGEST_REPR, plain

        return plain(self, LONGEST_REPR)


def tensor(value: Operand) -> Tensor:
    """The tensor that ``value`` denotes; a float is read as the decimal number that it prints as.

    Raises:
        InputError: ``value`` is nothing that can stand in an expression.
    """
    match value:
        case Tensor():
            return value
        case bool():
            pass  # a comparison of Python's own numbers, most likely
        case Rational():
            return Number(Fraction(int(value.numerator), int(value.denominator)))
        case float() if isfinite(value):
            return Number(Fraction(float.__repr__(value)))
    raise InputError(
        f"{shorten(repr(value))} ({type(value).__name__}) cannot stand in an expression",
        hint="use finite numbers, dims, scalars, vectors and matrices",
    )


LARGEST_SIZE = 10**6
"""The largest number that a dimension may be fixed to."""


def dimension(value: Operand) -> Dimension:
    """The dimension that a scalar expression in sizes denotes, such as ``n*d`` or ``3``.

    Raises:
        InputError: the expression is not a polynomial in dimensions, or a number outside 1 to ``LARGEST_SIZE``.
    """
    if isinstance(value, Dimension):
        return value
    expression = tensor(value)
    found: dict[int, Dimension] = {}
    for node in expression.walk():
        part = _dimension(node, [found.get(id(child)) for child in node.children()])
        if part is None:
            raise InputError(
                f"{expression!r} is not a dimension",
                hint='write a dimension from dims("n d"), a positive integer, or a product',
            )
        found[id(node)] = part
    size = found[id(expression)]
    if not any(coefficient > 0 for _, coefficient in size.terms) or (size.value or 1) > LARGEST_SIZE:
        raise InputError(f"{expression!r} is no size of an axis", hint=f"a number is from 1 to {LARGEST_SIZE}")
    return size


def _dimension(node: Tensor, below: Sequence[Dimension | None]) -> Dimension | None:
    """The dimension that ``node`` denotes, from those of its operands; None where it denotes none."""
    from derive.language.derivatives import Definition

    match node, below:
        case Size(dimension=size), _:
            return size
        case Number(value=number), _ if number.denominator == 1 and abs(number) <= LARGEST_SIZE:
            return Dimension.number(int(number))
        case Definition(), [Dimension() as operand]:
            return operand
        case Negative(), [Dimension() as operand]:
            return -operand
        case Add(), [Dimension() as left, Dimension() as right]:
            return left + right
        case Multiply(), [Dimension() as left, Dimension() as right]:
            return left * right
        case Power(exponent=Number(value=e)), [Dimension() as base, _] if e.denominator == 1 and 0 < e <= 64:
            return reduce(mul, [base] * int(e))
    return None


@dataclass(frozen=True, eq=False, repr=False)
class Number(Tensor):
    """An exact rational constant."""

    value: Fraction
    shape: Shape = ()


@dataclass(frozen=True, eq=False, repr=False)
class Constant(Tensor):
    """A named irrational constant: ``pi`` or ``e``."""

    name: str
    shape: Shape = ()


@dataclass(frozen=True, eq=False, repr=False)
class Size(Tensor):
    """A dimension standing as a number."""

    dimension: Dimension
    shape: Shape = ()


@dataclass(frozen=True, eq=False, repr=False)
class IndexSymbol(Tensor):
    """A fixed but arbitrary position ``0 <= name < dimension`` along an axis."""

    name: str
    dimension: Dimension
    tex: str | None = None
    shape: Shape = ()


def broadcast(left: Tensor, right: Tensor, sign: str) -> Shape:
    """NumPy's broadcast shape of two operands.

    Raises:
        ShapeError: the shapes do not conform.
    """
    a, b = left.shape, right.shape
    rank = max(len(a), len(b))
    result = []
    for x, y in zip((ONE,) * (rank - len(a)) + a, (ONE,) * (rank - len(b)) + b, strict=True):
        if x != y and ONE not in (x, y):
            raise ShapeError(
                f"shapes do not conform: {left!r} has shape {shape_text(a)} and"
                f" {right!r} has shape {shape_text(b)} in '{sign}'",
                hint="transpose, index or sum one side so that the axes agree",
            )
        result.append(y if x == ONE else x)
    return tuple(result)


@dataclass(frozen=True, eq=False, repr=False)
class Add(Tensor):
    left: Tensor
    right: Tensor
    shape: Shape

    @classmethod
    def of(cls, left: Tensor, right: Tensor) -> Tensor:
        return cls(left, right, broadcast(left, right, "-" if isinstance(right, Negative) else "+"))


@dataclass(frozen=True, eq=False, repr=False)
class Negative(Tensor):
    operand: Tensor
    shape: Shape

    @classmethod
    def of(cls, operand: Tensor) -> Tensor:
        if isinstance(operand, Number):
            return Number(-operand.value)
        return cls(operand, operand.shape)


@dataclass(frozen=True, eq=False, repr=False)
class Multiply(Tensor):
    """The elementwise (Hadamard) product, broadcast."""

    left: Tensor
    right: Tensor
    shape: Shape

    @classmethod
    def of(cls, left: Tensor, right: Tensor) -> Tensor:
        return cls(left, right, broadcast(left, right, "*"))


@dataclass(frozen=True, eq=False, repr=False)
class Divide(Tensor):
    """The elementwise quotient, broadcast."""

    left: Tensor
    right: Tensor
    shape: Shape

    @classmethod
    def of(cls, left: Tensor, right: Tensor) -> Tensor:
        if isinstance(right, Number) and right.value == 0:
            raise InputError(f"division by zero: {left!r} / 0")
        if isinstance(left, Number) and isinstance(right, Number):
            return Number(left.value / right.value)
        return cls(left, right, broadcast(left, right, "/"))


@dataclass(frozen=True, eq=False, repr=False)
class Power(Tensor):
    """The elementwise power ``base ** exponent``; the exponent is a scalar or broadcasts."""

    base: Tensor
    exponent: Tensor
    shape: Shape

    LARGEST: ClassVar[int] = 64

    @classmethod
    def of(cls, base: Tensor, exponent: Tensor) -> Tensor:
        if (
            isinstance(exponent, Number)
            and max(abs(exponent.value.numerator), exponent.value.denominator) > cls.LARGEST
        ):
            raise InputError(
                f"the exponent {exponent!r} is too large", hint=f"exponents up to {cls.LARGEST} are decided exactly"
            )
        return cls(base, exponent, broadcast(base, exponent, "**"))


@dataclass(frozen=True, eq=False, repr=False)
class MatMul(Tensor):
    """NumPy's matrix product: vectors are rows on the left and columns on the right; leading axes broadcast."""

    left: Tensor
    right: Tensor
    shape: Shape

    @classmethod
    def of(cls, left: Tensor, right: Tensor) -> Tensor:
        a, b = left.shape, right.shape
        if not a or not b:
            raise ShapeError(
                f"'@' needs vectors or matrices: {left!r} has shape {shape_text(a)}, {right!r} {shape_text(b)}",
                hint="use * with a scalar",
            )
        inner = b[-2] if len(b) > 1 else b[0]
        if a[-1] != inner:
            raise ShapeError(
                f"shapes do not conform: {left!r} has shape {shape_text(a)} and"
                f" {right!r} has shape {shape_text(b)} in '@' ({a[-1]} against {inner})",
                hint="transpose one of them (.T), or use outer(u, v) for u v^T",
            )
        lead_a, lead_b = a[:-2], b[:-2]
        lead = broadcast(Placeholder(lead_a), Placeholder(lead_b), "@") if lead_a and lead_b else lead_a or lead_b
        return cls(left, right, lead + a[-2:-1] + (b[-1:] if len(b) > 1 else ()))


@dataclass(frozen=True, eq=False, repr=False)
class Placeholder(Tensor):
    """A shape without an expression, for shape rules and for placing operands in derivation steps."""

    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Apply(Tensor):
    """An elementwise function of the table ``FUNCTIONS``, of one argument or of two that broadcast."""

    function: str
    arguments: tuple[Tensor, ...]
    shape: Shape

    @classmethod
    def of(cls, function: str, *arguments: Tensor) -> Tensor:
        shape = arguments[0].shape if len(arguments) == 1 else broadcast(arguments[0], arguments[1], function)
        return cls(function, arguments, shape)


def _axes(operand: Tensor, axis: int | tuple[int, ...] | None) -> tuple[int, ...]:
    if axis is None:
        return tuple(range(operand.ndim))
    chosen = axis if isinstance(axis, tuple) else (axis,)
    for position in chosen:
        if not isinstance(position, int) or not -operand.ndim <= position < operand.ndim:
            raise ShapeError(f"{operand!r} with shape {shape_text(operand.shape)} has no axis {position}")
    axes = sorted(position % operand.ndim for position in chosen)
    if len(set(axes)) < len(axes):
        raise ShapeError(f"an axis of {operand!r} is named twice: axis={shorten(str(axis))}")
    return tuple(axes)


def _reduced(operand: Tensor, axes: tuple[int, ...], keepdims: bool) -> Shape:
    if keepdims:
        return tuple(ONE if k in axes else d for k, d in enumerate(operand.shape))
    return tuple(d for k, d in enumerate(operand.shape) if k not in axes)


@dataclass(frozen=True, eq=False, repr=False)
class Sum(Tensor):
    operand: Tensor
    axes: tuple[int, ...]
    keepdims: bool
    shape: Shape

    @classmethod
    def of(cls, operand: Tensor, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Tensor:
        axes = _axes(operand, axis)
        return cls(operand, axes, keepdims, _reduced(operand, axes, keepdims))


@dataclass(frozen=True, eq=False, repr=False)
class Extremum(Tensor):
    """The largest or smallest entry along an axis, or of all entries."""

    kind: str
    operand: Tensor
    axes: tuple[int, ...]
    keepdims: bool
    shape: Shape

    @classmethod
    def of(cls, kind: str, operand: Tensor, axis: int | None = None, keepdims: bool = False) -> Tensor:
        axes = _axes(operand, axis)
        return cls(kind, operand, axes, keepdims, _reduced(operand, axes, keepdims))


@dataclass(frozen=True, eq=False, repr=False)
class IndexSum(Tensor):
    """The sum of ``operand`` over all values of an index symbol."""

    operand: Tensor
    index: IndexSymbol
    shape: Shape

    @classmethod
    def of(cls, operand: Tensor, index: Tensor) -> Tensor:
        if not isinstance(index, IndexSymbol):
            raise InputError(
                f"sum(over=...) needs an index symbol, not {index!r}", hint='declare one: j = index("j", n)'
            )
        return cls(operand, index, operand.shape)


@dataclass(frozen=True, eq=False, repr=False)
class Transpose(Tensor):
    """Axes permuted: axis ``k`` of the result is axis ``permutation[k]`` of the operand."""

    operand: Tensor
    permutation: tuple[int, ...]
    shape: Shape

    @classmethod
    def of(cls, operand: Tensor, permutation: tuple[int, ...]) -> Tensor:
        if permutation == tuple(range(operand.ndim)):
            return operand
        if isinstance(operand, Transpose) and operand.ndim == 2:
            return operand.operand
        return cls(operand, permutation, tuple(operand.shape[k] for k in permutation))


Item = int | IndexSymbol | str
"""One place of an index: an integer, an index symbol, ``":"`` for a whole axis, ``"None"`` for a new axis of size 1."""


@dataclass(frozen=True, eq=False, repr=False)
class Index(Tensor):
    """NumPy's basic indexing: entries, rows and columns, new axes. ``items`` cover every axis of the operand."""

    operand: Tensor
    items: tuple[Item, ...]
    shape: Shape

    @classmethod
    def of(cls, operand: Tensor, items: tuple[Any, ...]) -> Tensor:
        count = sum(item is not None for item in items if item is not Ellipsis)
        if count > operand.ndim:
            raise ShapeError(
                f"too many indices: {operand!r} has shape {shape_text(operand.shape)} and {count} were given"
            )
        padding = (slice(None),) * (operand.ndim - count)
        places = [k for k, item in enumerate(items) if item is Ellipsis]
        full = items[: places[0]] + padding + items[places[0] + 1 :] if places else items + padding
        normal: list[Item] = []
        shape: list[Dimension] = []
        axes = iter(operand.shape)
        for item in full:
            if item is None:
                normal.append("None")
                shape.append(ONE)
                continue
            axis = next(axes)
            if isinstance(item, slice):
                if item != slice(None):
                    raise InputError(
                        f"only whole slices ':' are understood, not {item} of {operand!r}",
                        hint="index single entries, or multiply by a selection matrix",
                    )
                normal.append(":")
                shape.append(axis)
            else:
                normal.append(_position(operand, item, axis))
        return cls(operand, tuple(normal), tuple(shape))

    @cached_property
    def _children(self) -> tuple[Tensor, ...]:
        return (self.operand, *(item for item in self.items if isinstance(item, IndexSymbol)))


def _position(operand: Tensor, item: Any, axis: Dimension) -> int | IndexSymbol:
    if isinstance(item, Number) and item.value.denominator == 1:
        item = int(item.value)
    if isinstance(item, IndexSymbol):
        if item.dimension != axis:
            raise ShapeError(
                f"the index {item.name} runs over {item.dimension}, but this axis of {operand!r} has size {axis}"
            )
        return item
    if isinstance(item, int) and not isinstance(item, bool):
        if axis.value is not None and not -axis.value <= item < axis.value:
            raise ShapeError(f"index {item} is out of range for an axis of size {axis} of {operand!r}")
        if item < 0 and axis.value is None:
            raise InputError(f"index {item} counts from an end that is symbolic ({axis})", hint="use an index symbol")
        return item if item >= 0 else item + (axis.value or 0)
    raise InputError(
        f"{item!r} is no index of {operand!r}", hint='use an integer, ":" or an index symbol index("i", n)'
    )
