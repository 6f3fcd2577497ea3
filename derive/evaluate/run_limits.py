"""Does a run converge to a point? A limit of a run whose update is continuous there is a fixed point of the update."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.evaluate.errors import Unavailable
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, boxed
from derive.language import arrays, tensor
from derive.language.binding import names_read
from derive.language.derivatives import Definition
from derive.language.iteration import Converges
from derive.language.symbols import Symbol

JUMPS = frozenset({"sign", "heaviside"})
"""Functions that are not continuous where they are defined."""

CONTINUOUS = (
    Symbol,
    Definition,
    *(tensor.Number, tensor.Constant, tensor.Size, tensor.IndexSymbol, tensor.Add, tensor.Negative, tensor.Multiply),
    *(tensor.Divide, tensor.Power, tensor.MatMul, tensor.Apply, tensor.Sum, tensor.IndexSum, tensor.Extremum),
    *(tensor.Transpose, tensor.Index, arrays.Composite, arrays.Eye, arrays.Full, arrays.Literal, arrays.Vec),
    *(arrays.Kron, arrays.Diag, arrays.BlockDiag, arrays.Inverse, arrays.Determinant, arrays.Spectral),
)
"""Nodes that are continuous where they have a value, but for ``JUMPS``."""


def converges(node: Converges, scope: Scope) -> Any:
    """1 where the run starts at one of the points and stays there, 0 where none of them is fixed by the update.

    Raises:
        Unavailable: neither is certain.
    """
    (state,), (update,), (start,) = node.run.state_names, node.run.updates, node.run.starts
    for part in update.walk():
        if not isinstance(part, CONTINUOUS) or _may_jump(part, state):
            raise Unavailable(f"{part!r} need not be continuous, so that limits need not be fixed points")
    fixed = []
    for point in node.points:
        value = scope.value(point)
        after = scope.child(arrays={state: value}).value(update)
        if not _differ(after, value, scope):
            fixed.append((value, after))
    if not fixed:
        return scope.system.rational(Fraction(0))
    if any(_equal(after, value, scope) and _equal(scope.value(start), value, scope) for value, after in fixed):
        return scope.system.rational(Fraction(1))
    raise Unavailable("whether the run converges to a fixed point of it")


def _may_jump(node: tensor.Tensor, state: str) -> bool:
    """Is it a function with a jump, or a power whose exponent moves: ``t ** s`` has no limit at zeros of both."""
    if isinstance(node, tensor.Power):
        return state in names_read(node.exponent)
    return isinstance(node, tensor.Apply) and node.function in JUMPS


def _differ(first: Array, second: Array, scope: Scope) -> bool:
    """Do two arrays certainly differ?"""
    less = scope.system.certainly_less
    pairs = zip(boxed(first).flat, boxed(second).flat, strict=True)
    return any(less(x, y) or less(y, x) for x, y in pairs)


def _equal(first: Array, second: Array, scope: Scope) -> bool:
    """Are two arrays certainly equal?"""
    gaps = (scope.system.exact(x - y) for x, y in zip(boxed(first).flat, boxed(second).flat, strict=True))
    return all(gap == 0 for gap in gaps)
