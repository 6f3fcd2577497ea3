"""Functions of which a claim says no more than its hypotheses do: "let L be twice differentiable ..."."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.symbols import check_name
from derive.language.tensor import Operand, Tensor, dimension, tensor


@dataclass(frozen=True, eq=False, repr=False)
class AbstractValue(Tensor):
    """The value of an abstract function at ``arguments``, printed as a call."""

    name: str
    arguments: tuple[Tensor]
    shape: Shape = ()
    tex: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Convexity(Tensor):
    """The largest mu for which ``operand - mu |variable|^2/2`` is a convex function of the variable."""

    operand: Tensor
    variable: Tensor
    shape: Shape = ()


@dataclass(frozen=True)
class AbstractFunction:
    """A real function of a vector, or of a number, that is any function for which the hypotheses of a claim hold."""

    name: str
    shape: Shape
    tex: str | None = None

    def __call__(self, argument: Operand) -> Tensor:
        """The value at ``argument``.

        Raises:
            ShapeError: it is no number, or no vector of the function's size.
        """
        found = tensor(argument)
        if found.shape != self.shape:
            raise ShapeError(
                f"the argument of {self.name} has shape {shape_text(self.shape)}, but {found!r} has shape"
                f" {shape_text(found.shape)}"
            )
        return AbstractValue(self.name, (found,), (), self.tex)


def function(name: str, size: Operand | None = None, tex: str | None = None) -> AbstractFunction:
    """An abstract function of a vector of ``size`` entries: ``L = function("L", d)``, then ``grad(L(x), x)``.

    Without a size it is one of a number: ``g = function("g")``, then ``grad(g(t), t)``.

    It is as often differentiable as the claim needs. What else is known of it are the claim's hypotheses, among which
    ``lipschitz(hessian(L(x), x), x) <= M`` may be.
    """
    return AbstractFunction(check_name(name), () if size is None else (dimension(size),), tex)


def convexity(operand: Operand, variable: Tensor) -> Tensor:
    """The constant of strong convexity of an abstract function: ``convexity(L(x), x) >= mu`` is said of all points.

    Raises:
        InputError: the operand is no value of an abstract function at the variable.
    """
    found = tensor(operand)
    if not isinstance(found, AbstractValue) or found.arguments[0] is not variable:
        raise InputError(
            f"convexity() is about a function of which nothing else is known, at a symbol: not {found!r}",
            hint='write convexity(L(x), x) with L = function("L", d)',
        )
    return Convexity(found, variable)


def abstract_values(*expressions: Tensor) -> dict[str, AbstractValue]:
    """The abstract functions that occur, by name, each with its first value."""
    found: dict[str, AbstractValue] = {}
    for expression in expressions:
        for node in expression.walk():
            if isinstance(node, AbstractValue):
                found.setdefault(node.name, node)
    return found
