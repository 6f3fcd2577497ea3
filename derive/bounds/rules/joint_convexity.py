"""Functions that are convex or concave in several things at once, though in none of the products that make them."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import CONVEXITIES, Premise, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.convexity import affine, one, where_nonnegative
from derive.bounds.rules.curvature import squared
from derive.bounds.rules.softmax import alike, unnamed
from derive.language.arrays import Determinant, Inverse, Trace
from derive.language.tensor import Add, Apply, Divide, MatMul, Multiply, Negative, Number, Power, Size, Sum, Tensor


def _entropy(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    """``s log(s / t)`` and ``s (log s - log t)`` for s, t >= 0: the perspective of -log; ``s log s``."""
    if measure != "convex":
        return
    for s, factor in ((node.left, node.right), (node.right, node.left)):
        found = _logarithm(unnamed(factor))
        if found is None or not alike(s, found[0]):
            continue
        t = found[1]
        if t is None:
            yield one(p), affine(s)
        else:
            wanted = (("lower", s), ("lower", t), *affine(s, t))
            yield (lambda a, b, *_: p.number(1) if a.nonnegative and b.nonnegative else None), wanted


def _logarithm(node: Tensor) -> tuple[Tensor, Tensor | None] | None:
    """``(s, t)`` of ``log(s / t)`` or ``log s - log t``, ``(s, None)`` of ``log s``."""
    if isinstance(node, Add) and isinstance(node.right, Negative):
        first, second = unnamed(node.left), unnamed(node.right.operand)
        if all(isinstance(side, Apply) and side.function == "log" for side in (first, second)):
            return first.children()[0], second.children()[0]
    if not isinstance(node, Apply) or node.function != "log":
        return None
    inner = unnamed(node.arguments[0])
    return (inner.left, inner.right) if isinstance(inner, Divide) else (inner, None)


def _square_over(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    """``u^2 / t`` and ``||u||^2 / t`` for an affine u and a concave t >= 0."""
    vector = _square_of(node.left)
    if measure == "convex" and vector is not None:
        yield where_nonnegative(p), (("lower", node.right), ("concave", node.right), *affine(vector))


def _square_of(node: Tensor) -> Tensor | None:
    """u where the node is its square, entry by entry or as ``||u||^2``."""
    node = unnamed(node)
    if isinstance(node, Apply) and node.function == "square":
        return node.arguments[0]
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value == 2 and node.ndim:
        return node.base
    if isinstance(node, Multiply) and alike(node.left, node.right):
        return node.left
    return None if node.ndim else squared(node)


def _square(measure: str, node: Multiply | MatMul, p: Parameters) -> Iterator[Scheme]:
    """``u u``, ``<u, u>``, and ``u^T P u`` with a positive semidefinite P that does not move."""
    if measure != "convex":
        return
    if alike(node.left, node.right) and (isinstance(node, Multiply) or node.left.ndim == node.right.ndim == 1):
        yield one(p), affine(node.left)
    form = _quadratic_form(node)
    if form is None:
        return
    u, matrix = form
    wanted = (("lambda_min", matrix), ("D1", matrix), *affine(u))
    yield (lambda least, move, *_: p.number(1) if least.nonnegative and move.is_zero else None), wanted
    inner = unnamed(matrix)
    if isinstance(inner, Inverse):  # the matrix fractional function, Boyd and Vandenberghe, example 3.4
        yield where_nonnegative(p), (*_positive(inner.operand), *affine(u))


def _quadratic_form(node: Tensor) -> tuple[Tensor, Tensor] | None:
    """``(u, P)`` of ``u @ P @ u``."""
    if not isinstance(node, MatMul) or node.ndim:
        return None
    left, right = unnamed(node.left), unnamed(node.right)
    if isinstance(left, MatMul) and left.left.ndim == 1 and left.right.ndim == 2 and alike(left.left, right):
        return left.left, left.right
    if isinstance(right, MatMul) and right.left.ndim == 2 and right.right.ndim == 1 and alike(left, right.right):
        return right.right, right.left
    return None


def _positive(matrix: Tensor) -> tuple[Premise, ...]:
    """Premises by which a matrix is affine, symmetric and, by the first, positive semidefinite."""
    return ("lambda_min", matrix), ("symmetric", matrix), *affine(matrix)


def _trace_of_inverse(measure: str, node: Trace, p: Parameters) -> Iterator[Scheme]:
    inner = unnamed(node.operand)
    if measure == "convex" and isinstance(inner, Inverse):
        yield where_nonnegative(p), _positive(inner.operand)


def _mean_of_logarithms(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """``log det M``, ``(det M)^(1/n)`` and the geometric mean ``exp(mean(log x))``."""
    if measure != "concave":
        return
    if node.function == "log" and isinstance(inner := unnamed(node.arguments[0]), Determinant):
        yield where_nonnegative(p), _positive(inner.operand)
    quotient = unnamed(node.arguments[0])
    if node.function != "exp" or not isinstance(quotient, Divide) or not isinstance(quotient.right, Size):
        return
    logarithm = unnamed(quotient.left)
    if isinstance(logarithm, Apply) and logarithm.function == "log":
        inner = unnamed(logarithm.arguments[0])
        if isinstance(inner, Determinant) and inner.operand.shape[0] == quotient.right.dimension:
            yield where_nonnegative(p), _positive(inner.operand)
    if isinstance(logarithm, Sum) and logarithm.operand.shape == (quotient.right.dimension,):
        inner = unnamed(logarithm.operand)
        if isinstance(inner, Apply) and inner.function == "log":
            yield one(p), affine(inner.arguments[0])


def _log_sum(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """``log(sum(exp(z)))`` of convex z."""
    summed = unnamed(node.arguments[0]) if node.function == "log" and measure == "convex" else None
    inner = unnamed(summed.operand) if isinstance(summed, Sum) else None
    if isinstance(inner, Apply) and inner.function == "exp":
        yield one(p), (("convex", inner.arguments[0]),)


RULES = (
    Rule("relative entropy", CONVEXITIES, Multiply, _entropy, "Boyd and Vandenberghe, 3.2.6: perspective of -log"),
    Rule("square over a concave function", CONVEXITIES, Divide, _square_over, "Boyd and Vandenberghe, 3.1.5 and 3.2.4"),
    Rule("convex quadratic form", CONVEXITIES, (Multiply, MatMul), _square, "u^T P u with P >= 0"),
    Rule("trace of an inverse", CONVEXITIES, Trace, _trace_of_inverse, "Boyd and Vandenberghe, exercise 3.18"),
    Rule("log-determinant and geometric mean", CONVEXITIES, Apply, _mean_of_logarithms, "Boyd and Vandenberghe, 3.1.5"),
    Rule("log-sum-exp of convex functions", CONVEXITIES, Apply, _log_sum, "convex, increasing in each entry"),
)
