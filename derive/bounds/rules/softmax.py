"""Facts about probability vectors ``u / <u, 1>``, the softmax among them."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import NORMS, RANGES, Rule, Scheme
from derive.bounds.closed_form import is_ones
from derive.bounds.parameters import Parameters
from derive.language.arrays import Softmax
from derive.language.derivatives import Definition
from derive.language.plain import identity
from derive.language.tensor import Apply, Divide, MatMul, Multiply, Power, Sum, Tensor

NORMALISED = (Softmax, Divide, Multiply)


def unnamed(node: Tensor) -> Tensor:
    """What a name stands for."""
    while isinstance(node, Definition):
        node = node.operand
    return node


def alike(first: Tensor, second: Tensor) -> bool:
    """The same expression, as far as its text tells."""
    first, second = unnamed(first), unnamed(second)
    return first is second or identity(first) == identity(second)


def logits(node: Tensor) -> Tensor | None:
    """``z`` where the vector is softmax(z), also written as ``exp(z) / sum(exp(z))``; else None."""
    node = unnamed(node)
    if node.ndim != 1:
        return None
    if isinstance(node, Softmax):
        return node.operand
    for numerator, denominator in _quotients(node):
        top, bottom = unnamed(numerator), unnamed(denominator)
        if isinstance(bottom, Sum) and not bottom.ndim and alike(bottom.operand, top):
            return top.arguments[0] if isinstance(top, Apply) and top.function == "exp" else None
    return None


def _quotients(node: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    """The ways to read a node as a quotient by a scalar."""
    if isinstance(node, Divide):
        yield node.left, node.right
    elif isinstance(node, Multiply):
        for scalar, array in ((node.left, node.right), (node.right, node.left)):
            bare = unnamed(scalar)
            if isinstance(bare, Divide) and not bare.ndim and repr(bare.left) == "1":
                yield array, bare.right
            elif isinstance(bare, Power) and not bare.ndim and repr(bare.exponent) == "-1":
                yield array, bare.base


def _norms(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """Entries of sum 1, none negative: all norms are at most 1."""
    if logits(node) is not None:
        yield (lambda: p.number(1)), ()


def _normalised(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``u / sum(u)`` where u has no negative entry: the 1-norm is 1, and no norm is larger."""
    for numerator, denominator in _quotients(node):
        if node.ndim == 1 and _is_sum_of(unnamed(denominator), numerator):
            yield (lambda least: p.number(1) if p.nonnegative_there(least) else None), (("lower", numerator),)


def _is_sum_of(scalar: Tensor, entries: Tensor) -> bool:
    """Is it ``sum(u)``, also written ``u @ ones(n)``?"""
    match scalar:
        case Sum(operand=operand, shape=()):
            return alike(operand, entries)
        case MatMul(left=left, right=right, shape=()):
            return (is_ones(left) and alike(right, entries)) or (is_ones(right) and alike(left, entries))
    return False


def _range(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    if logits(node) is not None:
        yield (lambda: p.number(1 if measure == "upper" else 0)), ()


def _matrix_range(measure: str, node: Softmax, p: Parameters) -> Iterator[Scheme]:
    yield (lambda: p.number(1 if measure == "upper" else 0)), ()


def _rows(measure: str, node: Softmax, p: Parameters) -> Iterator[Scheme]:
    """The rows of a row-wise softmax are probability vectors."""
    if node.ndim == 2 and node.axis == 1 and measure in ("rows", "inf"):
        yield (lambda: p.number(1)), ()


RULES = (
    Rule("probability vector", frozenset({"1", "2", "inf"}), NORMALISED, _norms, "entries >= 0 of sum 1"),
    Rule("nonnegative entries of sum 1", frozenset({"1", "2", "inf"}), NORMALISED, _normalised, "the 1-norm is 1"),
    Rule("probability vector", RANGES, NORMALISED, _range, "entries >= 0 of sum 1"),
    Rule("probability vector", RANGES, Softmax, _matrix_range, "entries >= 0 of sum 1"),
    Rule("rows of probabilities", NORMS, Softmax, _rows, "entries >= 0 of sum 1"),
)
