"""Means under exponential weights, ``m = sum_k p_k v_k`` with p = softmax(z): how they lie and how they move.

Along a direction in which z moves by z' and v stands still (L. D. Brown, Fundamentals of Statistical Exponential
Families, 1986, chapter 2: derivatives of a tilted mean are joint cumulants)

    m' = Cov(z', v),   m'' = Cov(z'', v) + E (z' - E z')^2 (v - E v) = Cov(z'', v) + Cov((z' - E z')^2, v),

and ``|Cov(s, v)| <= (max s - min s)(max v - min v)/4`` (G. Gruess, Math. Z. 39, 1935).
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import ENTRY_JETS, JETS, RANGES, SPREADS, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.softmax import alike, logits, unnamed
from derive.bounds.value import Value
from derive.language.arrays import Diag, Full, Inverse, Softmax
from derive.language.tensor import Add, Apply, Divide, MatMul, Multiply, Negative, Number, Sum, Tensor


def tilted(node: MatMul) -> tuple[Tensor, Tensor] | None:
    """``(z, v)`` where the node is ``softmax(z) @ v``, of a vector or of every row of a matrix z."""
    weights, values = unnamed(node.left), node.right
    if weights.ndim == 1:
        z = logits(weights)
        return None if z is None else (z, values)
    z = _row_logits(weights)
    if z is not None:
        return z, values
    # inv(diag(M 1)) (M v), however the product is bracketed
    inner = unnamed(values)
    if isinstance(inner, MatMul) and _divides_by_sums(weights, inner.left):
        z = _exponent(inner.left)
        return None if z is None else (z, inner.right)
    return None


def _row_logits(node: Tensor) -> Tensor | None:
    """z where every row of the matrix is the softmax of that of z, by whichever notation."""
    match node:
        case Softmax(operand=operand, axis=1) if node.ndim == 2:
            return operand
        case Divide(left=top, right=bottom) if _is_row_sum(unnamed(bottom), top, keepdims=True):
            return _exponent(top)
        case MatMul(left=left, right=right) if _divides_by_sums(unnamed(left), right):
            return _exponent(right)
    return None


def _divides_by_sums(node: Tensor, matrix: Tensor) -> bool:
    """Is the node ``inv(diag(M 1))`` of this matrix M?"""
    if not isinstance(node, Inverse):
        return False
    diagonal = unnamed(node.operand)
    if not isinstance(diagonal, Diag) or diagonal.operand.ndim != 1:
        return False
    return _is_row_sum(unnamed(diagonal.operand), matrix, keepdims=False)


def _is_row_sum(node: Tensor, matrix: Tensor, *, keepdims: bool) -> bool:
    match node:
        case Sum(operand=operand, axes=(1,)) if node.keepdims == keepdims:
            return operand.ndim == 2 and alike(operand, matrix)
        case MatMul(left=left, right=right) if not keepdims and left.ndim == 2 and right.ndim == 1:
            ones = unnamed(right)
            return isinstance(ones, Full) and _is_one(ones.value) and alike(left, matrix)
    return False


def _is_one(node: Tensor) -> bool:
    return isinstance(node, Number) and node.value == 1


def _exponent(node: Tensor) -> Tensor | None:
    node = unnamed(node)
    return node.arguments[0] if isinstance(node, Apply) and node.function == "exp" else None


def _mean(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    del p
    found = tilted(node)
    if found is not None:
        yield (lambda t: t), ((measure, found[1]),)


def _movement(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """Of an entry, by the ranges of z', z'' and v; the first derivative also where v moves."""
    found = tilted(node)
    if found is None:
        return
    z, v = found
    quarter = p.number(1) / p.number(4)
    ends = ("upper", v), ("lower", v)
    if measure == "E1":
        yield (lambda s, top, low, dv: quarter * s * (top - low) + dv), (("S1", z), *ends, ("E1", v))
    if measure == "E2":

        def second(bend: Value, s: Value, top: Value, low: Value, dv: Value) -> Value | None:
            return quarter * (bend + s * s) * (top - low) if dv.is_zero else None

        yield second, (("S2", z), ("S1", z), *ends, ("E1", v))


def _multiple(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    """``s T`` for a scalar s that moves and an array T that does not: the range of T times the movement of s."""
    del p
    moved = measure.replace("S", "D")
    for scalar, array in ((node.left, node.right), (node.right, node.left)):
        if not scalar.ndim and array.shape == node.shape:
            wanted = (moved, scalar), ("upper", array), ("lower", array), ("D1", array)
            yield (lambda s, top, low, still: s * (top - low) if still.is_zero else None), wanted


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.left.shape == node.right.shape:
        yield (lambda s, t: s + t), ((measure, node.left), (measure, node.right))


def _negative(measure: str, node: Negative, p: Parameters) -> Iterator[Scheme]:
    del p
    yield (lambda t: t), ((measure, node.operand),)


def _spread(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """Two entries differ by at most twice the largest."""
    k = measure.removeprefix("S")
    two = p.number(2)
    yield (lambda t: two * t), ((f"D{k}", node),)


def _entries(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    del p
    yield (lambda t: t), ((measure.replace("E", "D"), node),)


def _euclidean(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    if measure in ("D1", "D2") and _has_mean(node):
        root = p.entries(node.shape).sqrt()
        yield (lambda t: root * t), ((measure.replace("D", "E"), node),)


def _has_mean(node: Tensor) -> bool:
    """Is it a mean under exponential weights, or a sum of such means and others?"""
    match unnamed(node):
        case Add(left=left, right=right):
            return _has_mean(left) or _has_mean(right)
        case Negative(operand=operand):
            return _has_mean(operand)
        case MatMul() as product:
            return tilted(product) is not None
    return False


RULES = (
    Rule("a mean lies between its values", RANGES | {"inf"}, MatMul, _mean, "weights >= 0 of sum 1"),
    Rule("movement of a tilted mean", ENTRY_JETS, MatMul, _movement, "cumulants; Gruess' inequality"),
    Rule("range of a moving multiple", SPREADS, Multiply, _multiple, "(s T)' = s' T"),
    Rule("range of a moving sum", SPREADS | ENTRY_JETS, Add, _sum, "triangle inequality"),
    Rule("range of a moving sum", SPREADS | ENTRY_JETS, Negative, _negative, "definition"),
)

CONVERSIONS = (
    Rule("two entries differ by twice the norm at most", SPREADS, Tensor, _spread, "triangle inequality"),
    Rule("an entry moves with the whole", ENTRY_JETS, Tensor, _entries, "an entry is at most the norm"),
    Rule("entries that move", JETS, Tensor, _euclidean, "||T||_F <= sqrt(number of entries) max |T_ij|"),
)
