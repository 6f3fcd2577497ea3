"""NumPy's functions of whole arrays that do not reduce to elementwise ones: products, norms, linear algebra."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from derive.evaluate.generic.arithmetic import Arithmetic, NotGeneric
from derive.evaluate.generic.array import unwrapped, wrapped


def _product(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that NumPy computes by sums of products alone."""

    def own(a: Arithmetic, *operands: Any, **options: Any) -> Any:
        return wrapped(function(*(unwrapped(x, a) for x in operands), **options), a)

    return own


def _vdot(a: Arithmetic, left: Any, right: Any) -> Any:
    return np.dot(np.ravel(left), np.ravel(right))


def _tensordot(a: Arithmetic, left: Any, right: Any, axes: Any = 2) -> Any:
    return wrapped(np.tensordot(unwrapped(left, a), unwrapped(right, a), axes), a)


def _einsum(a: Arithmetic, subscripts: str, *operands: Any, optimize: Any = False) -> Any:
    return wrapped(np.einsum(subscripts, *(unwrapped(x, a) for x in operands), optimize=optimize), a)


def _norm(a: Arithmetic, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """Vector norms of order 1, 2 and inf, and the Frobenius norm."""
    rank = np.ndim(x) if axis is None else 1 if isinstance(axis, int) else len(axis)
    if ord is None or (rank == 2 and ord == "fro") or (rank == 1 and ord == 2):
        return np.sqrt(np.sum(np.square(x), axis=axis, keepdims=keepdims))
    if rank == 1 and ord == 1:
        return np.sum(np.abs(x), axis=axis, keepdims=keepdims)
    if rank == 1 and ord == np.inf:
        return np.max(np.abs(x), axis=axis, keepdims=keepdims)
    raise NotGeneric(f"np.linalg.norm of order {ord!r}")


def _inv(a: Arithmetic, matrix: Any) -> Any:
    return wrapped(a.system.inverse(unwrapped(matrix, a)), a)


def _det(a: Arithmetic, matrix: Any) -> Any:
    return wrapped(a.system.determinant(unwrapped(matrix, a)), a)


def _slogdet(a: Arithmetic, matrix: Any) -> Any:
    determinant = _det(a, matrix)
    return np.sign(determinant), np.log(np.abs(determinant))


def _solve(a: Arithmetic, matrix: Any, right: Any) -> Any:
    return np.matmul(_inv(a, matrix), right)


def _trace(a: Arithmetic, matrix: Any) -> Any:
    return np.sum(np.diagonal(matrix))


def _mean(a: Arithmetic, x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    total = np.sum(x, axis=axis, keepdims=keepdims)
    return total / _count(x, total)


def _count(x: Any, total: Any) -> int:
    return int(np.size(x)) // (total.size if isinstance(total, np.ndarray) else 1)


def _var(a: Arithmetic, x: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    squares = np.square(x - _mean(a, x, axis, keepdims=True))
    total = np.sum(squares, axis=axis, keepdims=keepdims)
    return total / (_count(x, total) - ddof)


def _std(a: Arithmetic, x: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    return np.sqrt(_var(a, x, axis, ddof, keepdims))


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    **{function: _product(function) for function in (np.dot, np.inner, np.outer, np.kron, np.cross)},
    np.vdot: _vdot,
    np.tensordot: _tensordot,
    np.einsum: _einsum,
    np.linalg.norm: _norm,
    np.linalg.inv: _inv,
    np.linalg.det: _det,
    np.linalg.slogdet: _slogdet,
    np.linalg.solve: _solve,
    np.trace: _trace,
    np.mean: _mean,
    np.var: _var,
    np.std: _std,
}
"""NumPy's function -> ours; any other runs NumPy's own code on objects."""

AS_NUMPY = frozenset({np.dot, np.inner, np.outer, np.tensordot, np.einsum, np.trace, np.mean})
"""Those of them whose code in NumPy does the same to plain numbers, without comparing them or making them floats."""
