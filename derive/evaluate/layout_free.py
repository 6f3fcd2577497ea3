"""Rules that hold however values are laid out: of nodes that are numbers, and of nodes that stand for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from derive.evaluate import stepping
from derive.evaluate.errors import Unavailable
from derive.evaluate.run_limits import converges
from derive.evaluate.scope import Scope
from derive.language.arrays import Composite
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.experiment import Experiment, Exponent, Frequency, Least
from derive.language.iteration import Always, AtTime, Converges, HittingTime
from derive.language.tensor import Constant, IndexSymbol, Number, Size, Tensor

Rule = Callable[[Any, Scope], Any]


def _number(node: Number, scope: Scope) -> Any:
    return scope.system.rational(node.value)


def _constant(node: Constant, scope: Scope) -> Any:
    return scope.system.constant(node.name)


def _size(node: Size, scope: Scope) -> Any:
    return scope.system.rational(Fraction(node.dimension.size(scope.sizes)))


def _index(node: IndexSymbol, scope: Scope) -> Any:
    if node.name not in scope.indices:
        raise InputError(f"the index {node.name} has no position")
    return scope.system.rational(Fraction(scope.indices[node.name]))


def _composite(node: Composite, scope: Scope) -> Any:
    return scope.value(scope.tally.expanded(node))


def _definition(node: Definition, scope: Scope) -> Any:
    return scope.value(node.operand)


def _derivative(node: Derivative, scope: Scope) -> Any:
    return scope.differentiation.derivative(node, scope)


def _directional(node: Directional, scope: Scope) -> Any:
    return scope.differentiation.directional(node, scope)


def _substitution(node: Substitution, scope: Scope) -> Any:
    return scope.child(arrays={node.symbol.name: scope.value(node.value)}).value(node.operand)


def _measured(node: Experiment | Least, scope: Scope) -> Any:
    raise Unavailable("what is measured with seeds")


RULES: Mapping[type[Tensor], Rule] = {
    Number: _number,
    Constant: _constant,
    Size: _size,
    IndexSymbol: _index,
    Composite: _composite,
    Definition: _definition,
    Derivative: _derivative,
    Directional: _directional,
    Substitution: _substitution,
    Exponent: _measured,
    Frequency: _measured,
    Least: _measured,
    AtTime: stepping.at_time,
    Always: stepping.always,
    HittingTime: stepping.hitting_time,
    Converges: converges,
}
"""The value of a node of each of these kinds in a scope, by the values that the scope gives."""
