"""Symmetric matrices: ``symmetric`` of M is 1 where M is its own transpose, by its form or by a hypothesis."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import SYMMETRIC, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.combinations import terms
from derive.bounds.rules.softmax import alike, unnamed
from derive.language.arrays import Diag, Eye, Full, Kron, Literal, Outer
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Tensor,
    Transpose,
)


def transposes(first: Tensor, second: Tensor) -> bool:
    """Is one the other's transpose?"""
    first, second = unnamed(first), unnamed(second)
    if isinstance(first, Diag) and first.ndim == 2 and alike(first, second):
        return True
    return any(
        isinstance(a, Transpose) and a.ndim == 2 and alike(a.operand, b) for a, b in ((first, second), (second, first))
    )


def _operands(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """Entrywise operations, transposes and Kronecker products of symmetric matrices; a scalar with one."""
    if node.ndim == 2:
        parts = [child for child in node.children() if child.ndim]
        if all(part.ndim == 2 and part.shape[0] == part.shape[1] for part in parts):
            yield (lambda *_: p.number(1)), tuple((measure, part) for part in parts)


def _elementwise(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    if isinstance(node.exponent, Number):
        yield (lambda _: p.number(1)), ((measure, node.base),)


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    yield (lambda _: p.number(1)), ((measure, node.operand),)


def _pair(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """``S + S^T``, also ``u v^T + v u^T``."""
    del measure
    first, second = unnamed(node.left), unnamed(node.right)
    turned = isinstance(first, Outer) and isinstance(second, Outer) and _turned(first, second)
    if turned or transposes(first, second):
        yield (lambda: p.number(1)), ()


def _literal(measure: str, node: Literal, p: Parameters) -> Iterator[Scheme]:
    del measure
    if node.ndim == 2 and _mirrored(node, node):
        yield (lambda: p.number(1)), ()


def _pairs(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """A sum of symmetric matrices, and of pairs of one with its transpose."""
    rest = terms(node)
    single: list[Tensor] = []
    while rest:
        c, term = rest.pop(0)
        partner = next((k for k, (d, other) in enumerate(rest) if c == d and _mirrored(term, other)), None)
        if partner is None:
            single.append(term)
        else:
            rest.pop(partner)
    if len(single) < len(terms(node)):
        yield (lambda *_: p.number(1)), tuple((measure, term) for term in single)


def _mirrored(first: Tensor, second: Tensor) -> bool:
    """Is one the other's transpose: u v^T and v u^T, S and S^T, and Kronecker products of such?"""
    first, second = unnamed(first), unnamed(second)
    if isinstance(first, Outer) and isinstance(second, Outer):
        return _turned(first, second)
    if isinstance(first, Kron) and isinstance(second, Kron):
        return _mirrored(first.left, second.left) and _mirrored(first.right, second.right)
    if isinstance(first, Literal) and isinstance(second, Literal):
        rows, columns = (int(str(size)) for size in first.shape)
        turned = [first.entries[i * columns + j] for j in range(columns) for i in range(rows)]
        return first.shape == second.shape[::-1] and list(second.entries) == turned
    return transposes(first, second)


def _turned(first: Outer, second: Outer) -> bool:
    return alike(first.left, second.right) and alike(first.right, second.left)


def _itself(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """Diagonal matrices, the identity, constant square matrices."""
    del measure
    if node.ndim == 2 and node.shape[0] == node.shape[1]:
        yield (lambda: p.number(1)), ()


def _outer(measure: str, node: Outer, p: Parameters) -> Iterator[Scheme]:
    del measure
    if alike(node.left, node.right):
        yield (lambda: p.number(1)), ()


def _congruence(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """``A^T A``, and ``A^T M A`` of a symmetric M."""
    if node.ndim != 2:
        return
    left, right = unnamed(node.left), unnamed(node.right)
    if transposes(left, right):
        yield (lambda: p.number(1)), ()
    if isinstance(left, MatMul) and left.left.ndim == 2 and transposes(left.left, right):
        yield (lambda _: p.number(1)), ((measure, left.right),)
    if isinstance(right, MatMul) and right.right.ndim == 2 and transposes(left, right.right):
        yield (lambda _: p.number(1)), ((measure, right.left),)


ENTRYWISE = (Add, Negative, Multiply, Divide, Apply, Transpose, Kron)

RULES = (
    Rule("made of symmetric matrices", SYMMETRIC, ENTRYWISE, _operands, "entrywise"),
    Rule("made of symmetric matrices", SYMMETRIC, Power, _elementwise, "entrywise"),
    Rule("made of symmetric matrices", SYMMETRIC, IndexSum, _index_sum, "entrywise"),
    Rule("a matrix and its transpose", SYMMETRIC, Add, _pairs, "(S + S^T)^T = S^T + S"),
    Rule("a matrix and its transpose", SYMMETRIC, Add, _pair, "(S + S^T)^T = S^T + S"),
    Rule("equal to its transpose", SYMMETRIC, (Diag, Eye, Full), _itself, "definition"),
    Rule("equal to its transpose", SYMMETRIC, Literal, _literal, "entry by entry"),
    Rule("equal to its transpose", SYMMETRIC, Outer, _outer, "(u u^T)^T = u u^T"),
    Rule("equal to its transpose", SYMMETRIC, MatMul, _congruence, "(A^T M A)^T = A^T M^T A"),
)
