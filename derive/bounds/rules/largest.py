"""Largest entries that a claim names: ``max_i a_i |b_i|^p`` bounds every ``|a_i b_i^p|``, where no a_i is negative."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.bounds.bound import Premise, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.softmax import alike, unnamed
from derive.bounds.value import Value
from derive.language.tensor import Apply, Extremum, Multiply, Power, Tensor


def _named(measure: str, node: Multiply | Power, p: Parameters) -> Iterator[Scheme]:
    """``max |T|`` where a parameter is the maximum of the product of the absolute values of the factors of T."""
    del measure
    if not node.ndim:
        return
    for symbol, largest in p.nodes.items():
        if isinstance(largest, Extremum) and largest.kind == "max" and largest.operand.shape == node.shape:
            signed = _without_sign(node, largest.operand)
            if signed is not None:
                yield _value(p.symbols[symbol.name]), tuple(signed)


def _value(largest: Value) -> Callable[..., Value | None]:
    return lambda *lower: largest if all(bound.nonnegative for bound in lower) else None


def _without_sign(node: Tensor, absolute: Tensor) -> list[Premise] | None:
    """The factors that must not be negative, for ``absolute`` to be the absolute value of ``node``; None otherwise."""
    node, absolute = unnamed(node), unnamed(absolute)
    match node, absolute:
        case _, Apply(function="abs", arguments=(inside,)) if alike(node, inside):
            return []
        case Power(base=base, exponent=e), Power(base=Apply(function="abs", arguments=(inside,)), exponent=f):
            return [] if alike(base, inside) and alike(e, f) else None
        case Multiply(left=left, right=right), Multiply(left=first, right=second):
            parts = _without_sign(left, first), _without_sign(right, second)
            if parts[0] is not None and parts[1] is not None:
                return [*parts[0], *parts[1]]
    return [("lower", node)] if alike(node, absolute) else None


RULES = (Rule("largest entry named", frozenset({"inf"}), (Multiply, Power), _named, "|a b| = |a| |b|, |b^p| = |b|^p"),)
