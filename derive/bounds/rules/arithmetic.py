"""Norms of sums, multiples and entrywise products."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.bounds.bound import NORMS, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.value import Value
from derive.language.arrays import Eye, Full
from derive.language.tensor import Add, Apply, Divide, Multiply, Negative, Number, Power, Size, Tensor


def repeated(order: str, node: Tensor, p: Parameters) -> Value | None:
    """The norm of the array of ones in the shape of ``node``."""
    match order:
        case "inf":
            return p.number(1)
        case "1":
            return p.entries(node.shape)
        case "2" | "fro" | "op":
            return p.entries(node.shape).sqrt()
    return p.size(node.shape[1]).sqrt() if order == "rows" else None


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """``||S + T|| <= ||S|| + ||T||``; a scalar stands for a constant array."""
    factors = []
    for side in (node.left, node.right):
        if side.shape != node.shape and side.ndim:
            return
        factors.append(p.number(1) if side.shape == node.shape else repeated(measure, node, p))
    left, right = factors
    if left is not None and right is not None:
        yield (lambda s, t: left * s + right * t), ((measure, node.left), (measure, node.right))


def _multiple(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    """``||c T|| = |c| ||T||``."""
    del p
    for scalar, array in ((node.left, node.right), (node.right, node.left)):
        if not scalar.ndim and array.shape == node.shape:
            yield (lambda c, t: c * t), (("inf", scalar), (measure, array))


HOELDER = {
    "1": (("1", "inf"), ("2", "2"), ("inf", "1")),
    "2": (("2", "inf"), ("inf", "2")),
    "inf": (("inf", "inf"),),
    "fro": (("fro", "inf"), ("inf", "fro")),
    "op": (("op", "op"),),
    "rows": (("rows", "inf"), ("inf", "rows")),
}
"""Norms of the factors that bound a norm of an entrywise product; for ``op`` this is Schur's inequality."""


def hoelder(order: str, node: Tensor) -> Iterator[tuple[str, str]]:
    """The pairs of norms for the factors of ``node``: among arrays with several axes the Euclidean norm is ``fro``."""
    for pair in HOELDER.get(order, ()):
        first, second = ("fro" if norm == "2" and node.ndim > 1 else norm for norm in pair)
        yield first, second


def _hadamard(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.left.shape == node.right.shape and node.ndim:
        for left, right in hoelder(measure, node):
            yield (lambda s, t: s * t), ((left, node.left), (right, node.right))


def _quotient(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    """``||T / c|| <= ||T|| / min c`` for a positive scalar c."""
    del p
    if not node.right.ndim:
        yield (lambda t, c: t / c if c.positive else None), ((measure, node.left), ("lower", node.right))


def _constant(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """Numbers, sizes, the identity, constant arrays."""
    if isinstance(node, Eye):
        root = p.size(node.size).sqrt()
        norms = {"op": p.number(1), "inf": p.number(1), "rows": p.number(1), "fro": root, "1": p.size(node.size)}
        if measure in norms:
            yield (lambda: norms[measure]), ()
    elif isinstance(node, Full):
        factor = repeated(measure, node, p)
        if factor is not None:
            yield (lambda c: factor * c), (("inf", node.value),)
    elif isinstance(node, (Number, Size)):
        value = p.scalar(node)
        assert value is not None
        yield (lambda: value if value.nonnegative else value.apply(sp.Abs)), ()


def _power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    """``|t^k| = |t|^k`` for a scalar and a whole k >= 0; a square entrywise is a product."""
    del p
    exponent = node.exponent
    if not isinstance(exponent, Number) or exponent.value < 0 or exponent.value.denominator != 1:
        return
    k = exponent.value
    if measure == "inf":
        yield (lambda t: t.power(k)), (("inf", node.base),)
    elif k == 2:
        yield from _squared(measure, node.base)


def _squared(measure: str, base: Tensor) -> Iterator[Scheme]:
    for left, right in hoelder(measure, base):
        yield (lambda s, t: s * t), ((left, base), (right, base))


def _square(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.function == "square":
        yield from _squared(measure, node.arguments[0])


RULES = (
    Rule("triangle inequality", NORMS, Add, _sum, "definition of a norm"),
    Rule("sign", NORMS, Negative, lambda m, node, p: [(lambda t: t, ((m, node.operand),))], "definition of a norm"),
    Rule("scalar multiple", NORMS, Multiply, _multiple, "definition of a norm"),
    Rule("Hoelder's inequality", NORMS - {"op"}, Multiply, _hadamard, "Hoelder, entrywise"),
    Rule(
        "Schur's inequality",
        frozenset({"op"}),
        Multiply,
        _hadamard,
        "||S o T|| <= ||S|| ||T||; Horn and Johnson, Topics, 5.1",
    ),
    Rule("positive divisor", NORMS, Divide, _quotient, "definition of a norm"),
    Rule("constant", NORMS, (Number, Size, Eye, Full), _constant, "by counting entries"),
    Rule("power", NORMS, Power, _power, "Hoelder, entrywise"),
    Rule("square", NORMS, Apply, _square, "Hoelder, entrywise"),
)
