"""Derivatives and substitutions as expressions: what is to be derived, not yet derived."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from derive.language.arrays import Vec
from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Index, Operand, Tensor, Transpose, tensor


@dataclass(frozen=True, eq=False, repr=False)
class Definition(Tensor):
    """A named expression of a paper (``paper.let``), printed by its name."""

    name: str
    operand: Tensor
    shape: Shape
    tex: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Derivative(Tensor):
    """The array of partial derivatives of ``operand`` in each of ``variables`` in turn.

    Axes: those of the operand, then those of each variable. A variable is a symbol, or a view of one: an entry, a
    column, ``vec(X)``, a transpose. The entries of a symbol are independent, also where it is declared symmetric.
    """

    kind: str
    operand: Tensor
    variables: tuple[Tensor, ...]
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Directional(Tensor):
    """The derivative of ``operand`` along ``direction``: ``d/dt operand(variable + t*direction)`` at ``t = 0``."""

    operand: Tensor
    variable: Tensor
    direction: Tensor
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Substitution(Tensor):
    """``operand`` with a symbol replaced by ``value``, derivatives inside taken before."""

    operand: Tensor
    symbol: Symbol
    value: Tensor
    shape: Shape


ORDERS = {0: ("abs",), 1: ("2", "1", "inf"), 2: ("op", "fro")}
"""The norms in which an expression may be measured, by its number of axes; the first is the usual one."""


@dataclass(frozen=True, eq=False, repr=False)
class Lipschitz(Tensor):
    """The least K with ``||T(x) - T(y)|| <= K ||x - y||`` for all x and y that satisfy the hypotheses."""

    operand: Tensor
    variable: Symbol
    order: str
    shape: tuple[()] = ()

    def __lt__(self, other: Operand) -> Relation:
        from derive.language.one_sided import Infinity

        infinite = isinstance(other, float) and other == inf
        return Relation("<", self, Infinity() if infinite else tensor(other))


def underlying(variable: Tensor) -> Symbol:
    """The symbol whose entries ``variable`` shows.

    Raises:
        InputError: the variable is not a symbol nor a view of one.
    """
    view = variable
    while isinstance(view, (Definition, Vec, Index, Transpose)):
        view = view.operand
    if isinstance(view, Symbol):
        return view
    raise InputError(
        f"cannot differentiate in {variable!r}: it is not a symbol",
        hint="differentiate in a symbol, an entry x[i], a column Y[:, i] or vec(X)",
    )


def flattened(node: Derivative | Directional) -> tuple[Tensor, tuple[Tensor, ...]]:
    """What is differentiated, and in what: a derivative of a derivative is one of higher order."""
    if isinstance(node, Directional):
        return node.operand, (node.variable,)
    operand = node.operand
    while isinstance(operand, Definition):
        operand = operand.operand
    if isinstance(operand, Derivative):
        below, variables = flattened(operand)
        return below, variables + node.variables
    return node.operand, node.variables


def derivative_order(root: Tensor) -> int:
    """The highest order of a derivative: 2 for ``hessian(L, x)`` and for ``jacobian(grad(L, x), y)``."""
    orders: dict[int, int] = {}
    for node in root.walk():
        inside = {id(child): orders[id(child)] for child in node.children()}
        if isinstance(node, Derivative):
            inside[id(node.operand)] += len(node.variables)
        elif isinstance(node, Directional):
            inside[id(node.operand)] += 1
        orders[id(node)] = max(inside.values(), default=0)
    return orders[id(root)]


def _derivative(kind: str, operand: Tensor, *variables: Tensor) -> Tensor:
    operand = tensor(operand)
    shape = operand.shape
    for variable in variables:
        if not isinstance(variable, Tensor):
            raise InputError(f"cannot differentiate in {variable!r}", hint="differentiate in a symbol")
        underlying(variable)
        shape = shape + variable.shape
    return Derivative(kind, operand, tuple(variables), shape)


def grad(operand: Tensor, variable: Tensor) -> Tensor:
    """The gradient of a scalar; it has the variable's shape.

    Raises:
        ShapeError: the operand is not a scalar.
    """
    operand = tensor(operand)
    if operand.shape:
        raise ShapeError(
            f"grad() needs a scalar: {operand!r} has shape {shape_text(operand.shape)}",
            hint="use jacobian() for a vector or matrix",
        )
    return _derivative("grad", operand, variable)


def jacobian(operand: Tensor, variable: Tensor) -> Tensor:
    """All partial derivatives: axes of the operand, then axes of the variable."""
    return _derivative("jacobian", operand, variable)


def hessian(operand: Tensor, variable: Tensor, second: Tensor | None = None) -> Tensor:
    """Second derivatives of a scalar: axes of the first variable, then of the second (the same by default).

    Raises:
        ShapeError: the operand is not a scalar.
    """
    operand = tensor(operand)
    if operand.shape:
        raise ShapeError(
            f"hessian() needs a scalar: {operand!r} has shape {shape_text(operand.shape)}",
            hint="use jacobian(jacobian(F, x), x)",
        )
    return _derivative("hessian", operand, variable, variable if second is None else second)


def jvp(operand: Tensor, variable: Tensor, direction: Operand) -> Tensor:
    """The derivative of ``operand`` in ``variable`` along ``direction``.

    Raises:
        ShapeError: the direction has not the variable's shape.
    """
    operand, direction = tensor(operand), tensor(direction)
    underlying(variable)
    if direction.shape != variable.shape:
        raise ShapeError(
            f"jvp() needs a direction of the variable's shape {shape_text(variable.shape)}:"
            f" {direction!r} has {shape_text(direction.shape)}"
        )
    return Directional(operand, variable, direction, operand.shape)


def subs(operand: Tensor, variable: Tensor, value: Operand) -> Tensor:
    """``operand`` at another point: ``variable``, a symbol, replaced by ``value``; derivatives inside are taken before.

    Raises:
        InputError: the variable is not a symbol.
        ShapeError: the value has another shape.
    """
    operand, value = tensor(operand), tensor(value)
    if not isinstance(variable, Symbol):
        raise InputError(f"subs() replaces a symbol, not {variable!r}")
    if value.shape != variable.shape:
        raise ShapeError(
            f"subs() needs a value of shape {shape_text(variable.shape)} for {variable!r}:"
            f" {value!r} has {shape_text(value.shape)}"
        )
    return Substitution(operand, variable, value, operand.shape)
