"""Nodes that only move entries about, and the entries of a symbol that such a view shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, boxed
from derive.language.arrays import Vec
from derive.language.derivatives import Definition, underlying
from derive.language.errors import InputError
from derive.language.tensor import Index, IndexSymbol, Tensor, Transpose


def rearranged(node: Transpose | Index | Vec, array: Array, indices: Mapping[str, int]) -> Array:
    """The entries of ``array``, the operand's value, in the order that ``node`` shows them."""
    if isinstance(node, Transpose):
        return array.transpose(node.permutation)
    if isinstance(node, Vec):
        return array.reshape(-1, order="F" if node.order == "F" else "C")
    return boxed(array[tuple(_place(item, indices) for item in node.items)])


def _place(item: Any, indices: Mapping[str, int]) -> Any:
    if isinstance(item, IndexSymbol):
        if item.name not in indices:
            raise InputError(f"the index {item.name} has no position")
        return indices[item.name]
    if isinstance(item, str):
        return slice(None) if item == ":" else None
    return item


def positions(variable: Tensor, scope: Scope) -> npt.NDArray[np.intp]:
    """Which entries of the underlying symbol (row-major) the view ``variable`` shows, in the variable's shape."""
    if isinstance(variable, Definition):
        return positions(variable.operand, scope)
    if isinstance(variable, (Vec, Index, Transpose)):
        below: Array = positions(variable.operand, scope)
        return np.asarray(rearranged(variable, below, scope.indices), dtype=np.intp)
    shape = scope.shape(underlying(variable).shape)
    return np.arange(int(np.prod(shape, dtype=int))).reshape(shape)
