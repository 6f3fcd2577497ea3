"""The rank of a matrix: an integer, which does not depend continuously on the entries."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.dimensions import Shape, shape_text
from derive.language.errors import ShapeError
from derive.language.tensor import Tensor, tensor


@dataclass(frozen=True, eq=False, repr=False)
class Rank(Tensor):
    """The number of linearly independent rows."""

    operand: Tensor
    shape: Shape = ()


def rank(operand: Tensor) -> Tensor:
    """The rank of a matrix, NumPy's ``matrix_rank`` but exact: the number of linearly independent rows, or columns.

    Raises:
        ShapeError: the operand is no matrix.
    """
    operand = tensor(operand)
    if operand.ndim != 2:
        raise ShapeError(f"rank() needs a matrix: {operand!r} has shape {shape_text(operand.shape)}")
    return Rank(operand)
