"""Convexity and smoothness of a scalar: the smallest and the largest eigenvalue of its Hessian in the variables."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.affine import Argument, through
from derive.bounds.bound import CURVATURES, JETS, Rule, Scheme
from derive.bounds.multilinear import degree, euclidean
from derive.bounds.parameters import Parameters
from derive.bounds.rules.jets import DERIVATIVES
from derive.bounds.rules.products import inner_product
from derive.bounds.value import Value
from derive.language.arrays import Norm
from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Divide, IndexSum, MatMul, Multiply, Negative, Number, Power, Sum, Tensor

OTHER = {"smoothness": "convexity", "convexity": "smoothness"}


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    del p
    if not node.left.ndim and not node.right.ndim:
        yield (lambda s, t: s + t), ((measure, node.left), (measure, node.right))


def _negative(measure: str, node: Negative, p: Parameters) -> Iterator[Scheme]:
    del p
    yield (lambda t: -t), ((OTHER[measure], node.operand),)


def _multiple(measure: str, node: Multiply | Divide, p: Parameters) -> Iterator[Scheme]:
    """A number times a scalar, or what does not move and is nonnegative."""
    sides = ((node.left, node.right), (node.right, node.left)) if isinstance(node, Multiply) else ()
    for number, scalar in sides:
        factor = None if isinstance(number, Number) or scalar.ndim else p.scalar(number)
        if factor is not None and factor.nonnegative:
            yield (lambda still, t, c=factor: c * t if still.is_zero else None), (("D1", number), (measure, scalar))
        if isinstance(number, Number) and not scalar.ndim:
            c = p.number(number.value)
            yield (lambda t, c=c: c * t), ((measure if number.value >= 0 else OTHER[measure], scalar),)
    if isinstance(node, Divide) and isinstance(node.right, Number):
        c = p.number(node.right.value)
        yield (lambda t: t / c), ((measure if node.right.value > 0 else OTHER[measure], node.left),)


def squared(node: Tensor) -> Tensor | None:
    """v where the scalar is ``||v||^2``, else None."""
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value == 2:
        base = node.base
        return base.operand if isinstance(base, Norm) and base.order in ("2", "fro") else None if base.ndim else base
    if isinstance(node, MatMul) and node.left.ndim == node.right.ndim == 1 and node.left is node.right:
        return node.left
    factors = inner_product(node)
    return factors[0] if factors is not None and factors[0] is factors[1] else None


def _square(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``||v||^2 / 2``: the Hessian is ``Dv^T Dv`` and a term with D^2 v, which vanishes where v is affine."""
    vector = squared(node)
    if vector is None:
        return
    two = p.number(2)
    if measure == "convexity":
        wanted = (("D2", vector),)
        yield (lambda bend: p.number(0) if bend.is_zero else None), wanted
        yield (lambda size, bend: -(two * size * bend)), ((euclidean(vector), vector), ("D2", vector))
        yield from _stretched(vector, p)
    else:
        wanted3 = (("D1", vector), (euclidean(vector), vector), ("D2", vector))
        yield (lambda slope, size, bend: two * (slope * slope + size * bend)), wanted3
        yield (lambda slope, bend: two * slope * slope if bend.is_zero else None), (("D1", vector), ("D2", vector))


def _square_of_affine(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``||v||^2`` of an affine v: the second derivative is ``2 Dv^T Dv``, the third zero."""
    vector, k = squared(node), degree(measure)
    if vector is not None and k >= 2:
        most = p.number(2 if k == 2 else 0)
        wanted = (("D1", vector), ("D2", vector))
        yield (lambda slope, bend: most * slope * slope if bend.is_zero else None), wanted


def _stretched(vector: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``||M v||^2`` for a variable v: at least twice the square of the smallest singular value."""
    two = p.number(2)
    if isinstance(vector, MatMul) and vector.left.ndim == 2 and isinstance(vector.right, (Symbol, Argument)):
        wanted = (("sigma_min", vector.left), ("D1", vector.left), ("identity", vector.right))
        yield (lambda s, still, _: two * s * s if still.is_zero and s.nonnegative else None), wanted
    if isinstance(vector, (Symbol, Argument)):
        yield (lambda _: two), (("identity", vector),)


def _affine(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``L(x) = l(M x)``: the Hessian is ``M^T (D^2 l) M``."""
    del p
    found = through(node)
    if found is None:
        return
    inner, argument = found
    matrix = argument.left
    moves = ("D1", matrix), ("identity", argument.right)
    if measure == "smoothness":
        yield _most, ((measure, inner), ("op", matrix), *moves)
        return
    yield _least, ((measure, inner), ("sigma_min", matrix), *moves)
    yield _least_negative, ((measure, inner), ("op", matrix), *moves)


def _most(m: Value, a: Value, still: Value, _: Value) -> Value | None:
    return m * a * a if m.nonnegative and still.is_zero else None


def _least(m: Value, s: Value, still: Value, _: Value) -> Value | None:
    return m * s * s if m.nonnegative and s.nonnegative and still.is_zero else None


def _least_negative(m: Value, a: Value, still: Value, _: Value) -> Value | None:
    return m * a * a if (-m).nonnegative and still.is_zero else None


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    number = p.size(node.index.dimension)
    yield (lambda t: None if p.depends(t, node.index) else number * t), ((measure, node.operand),)


def _separable(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """``sum_i phi(z_i)`` for affine z: the Hessian is ``Dz^T diag(phi'') Dz``."""
    inner = node.operand.operand if isinstance(node.operand, Definition) else node.operand
    if node.ndim or not isinstance(inner, Apply) or inner.function not in DERIVATIVES:
        return
    argument, bend = inner.arguments[0], p.constant(DERIVATIVES[inner.function][1])
    sign = bend if measure == "smoothness" else -bend
    wanted = (("D1", argument), ("D2", argument))
    yield (lambda slope, affine: sign * slope * slope if affine.is_zero else None), wanted


def _from_derivative(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``-||D^2 L|| <= lambda <= ||D^2 L||``."""
    del p
    if not node.ndim:
        yield (lambda t: t if measure == "smoothness" else -t), (("D2", node),)


RULES = (
    Rule("Hessian of a sum", CURVATURES, Add, _sum, "Weyl's inequality"),
    Rule("sign of a Hessian", CURVATURES, Negative, _negative, "definition"),
    Rule("multiple of a Hessian", CURVATURES, (Multiply, Divide), _multiple, "definition"),
    Rule("Hessian of a square", CURVATURES, (Power, MatMul, Sum), _square, "D^2 ||v||^2/2 = Dv^T Dv + <v, D^2 v>"),
    Rule("Hessian of a square", JETS, (Power, MatMul, Sum), _square_of_affine, "D^2 ||v||^2/2 = Dv^T Dv"),
    Rule("affine change of variables", CURVATURES, Tensor, _affine, "D^2 (l o M) = M^T (D^2 l) M"),
    Rule("sum over an index", CURVATURES, IndexSum, _index_sum, "Weyl's inequality"),
    Rule("separable sum of an affine argument", CURVATURES, Sum, _separable, "D^2 = Dz^T diag(phi'') Dz"),
    Rule("norm of the second derivative", CURVATURES, Tensor, _from_derivative, "an eigenvalue is at most the norm"),
)
