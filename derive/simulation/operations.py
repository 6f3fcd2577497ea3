"""What a compiled program computes with: the primitives of the tape, views of arrays, and contractions."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np

from derive.attack.primitives import PRIMITIVES
from derive.evaluate.system import Array

Operation = Callable[..., Array]
"""``operation(detail, *operands)``; the last axes are the tensor's, the first one counts instances."""


def _swap(detail: None, x: Array) -> Array:
    return np.swapaxes(x, -1, -2)


def _repeat(detail: tuple[tuple[int, ...], tuple[int, ...]], x: Array) -> Array:
    """``x`` with the tensor axes ``detail[0]``, repeated to ``detail[1]``."""
    narrow, wide = detail
    lead = x.shape[: x.ndim - len(narrow)] if narrow else x.shape
    return np.broadcast_to(x.reshape(lead + narrow), lead + wide)


def _view(detail: tuple[int, int, tuple[int, ...], tuple[int, ...]], x: Array) -> Array:
    """The entries ``offset + sum_k steps[k] i_k`` of the flattened tensor, for i over ``shape``: nothing is copied."""
    rank, offset, steps, shape = detail
    lead = x.shape[: x.ndim - rank]
    flat = np.ascontiguousarray(x).reshape((*lead, -1))[..., offset:]
    strides = flat.strides[:-1] + tuple(step * flat.strides[-1] for step in steps)
    return np.lib.stride_tricks.as_strided(flat, lead + shape, strides, writeable=False)


def _scatter(detail: tuple[int, bytes, tuple[int, ...], tuple[int, ...]], x: Array) -> Array:
    """The transpose of ``take``: every entry of ``x`` added where it was taken from."""
    rank, places, _, shape = detail
    lead = x.shape[: x.ndim - rank]
    found = np.zeros((*lead, prod(shape)))
    rows, values = found.reshape((-1, found.shape[-1])), x.reshape((prod(lead), -1))
    for row, value in zip(rows, values, strict=True):
        np.add.at(row, np.frombuffer(places, dtype=np.int64), value)
    return found.reshape(lead + shape)


def _spectral_slope(kind: str, x: Array) -> Array:
    """The gradient of a function of the singular values or eigenvalues."""
    (found,) = PRIMITIVES["spectral"].backward(np.ones(x.shape[:-2]), np.ones(()), kind, x)
    return np.zeros_like(x) if found is None else found


def _power_slope(p: float, x: Array) -> Array:
    """``p x^(p-1)``, and zero at x = 0 where that is infinite."""
    (found,) = PRIMITIVES["power"].backward(np.ones_like(x), np.ones(()), p, x)
    return np.zeros_like(x) if found is None else found


OPERATIONS: dict[str, Operation] = {name: primitive.forward for name, primitive in PRIMITIVES.items()} | {
    "exp": lambda detail, x: np.exp(x),
    "square": lambda detail, x: np.square(x),
    "variable": lambda detail, x: x,
    "swap": _swap,
    "repeat": _repeat,
    "view": _view,
    "scatter": _scatter,
    "spectral_slope": _spectral_slope,
    "power_slope": _power_slope,
}
"""By name. The tape's exponential is cut off for the sake of quotients; a run has to diverge where it does."""

VIEWS = frozenset({"input", "constant", "variable", "held", "reshape", "swap", "repeat", "view"})
"""Those whose result is, or may be, the memory of an operand."""

INTO: dict[str, Callable[..., Array]] = {
    "add": np.add,
    "multiply": np.multiply,
    "divide": np.divide,
    "square": np.square,
    "exp": np.exp,
    "log": np.log,
    "abs": np.abs,
    "matmul": np.matmul,
}
"""Those that may write their result into an array that is given as ``out``."""

ENTRYWISE = frozenset(INTO) - {"matmul"}
"""Those of them that may write it over an operand of the same shape."""
