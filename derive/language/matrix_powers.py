"""Powers of a square matrix, with exponents that may be symbols."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce

from derive.language.arrays import Composite, eye, inv
from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.iteration import iterate
from derive.language.symbols import Symbol
from derive.language.tensor import Add, MatMul, Multiply, Negative, Number, Operand, Power, Size, Tensor, tensor

HINT = 'an integer, time("j"), or sums and products of such'


@dataclass(frozen=True, eq=False, repr=False)
class MatrixPower(Composite):
    """``base @ base @ ...``, as many factors as the exponent says: 0, 1, 2, ..."""

    base: Tensor
    exponent: Tensor
    shape: Shape

    def expand(self) -> Tensor:
        return self._definition

    @cached_property
    def _definition(self) -> Tensor:
        """The product of a number of factors, else the state of an iteration that starts at the identity."""
        if isinstance(self.exponent, Number):
            return reduce(MatMul.of, [self.base] * int(self.exponent.value))
        taken = {node.name for node in self.base.walk() if isinstance(node, Symbol)}
        name = "power"
        while name in taken:
            name += "_"
        power = Symbol(name, self.shape, frozenset(), None)
        return iterate(power, power @ self.base, start=eye(Size(self.shape[0])))(power, self.exponent)


def matrix_power(base: Tensor, exponent: Operand) -> Tensor:
    """NumPy's power of a square matrix: the product of ``exponent`` factors, of the inverse where that is negative.

    The exponent may be an integer symbol that is not negative, ``time("j")``, or be made of such by sums and products;
    ``-j`` gives the inverse of the power.

    Raises:
        ShapeError: the base is no square matrix.
        InputError: the exponent is no integer, or an integer beyond 64.
    """
    base, exponent = tensor(base), tensor(exponent)
    if base.ndim != 2 or base.shape[0] != base.shape[1]:
        raise ShapeError(f"matrix_power() needs a square matrix: {base!r} has shape {shape_text(base.shape)}")
    if exponent.ndim or not all(_is_integer(node) for node in exponent.walk()):
        raise InputError(f"the exponent {exponent!r} of a matrix is no integer", hint=HINT)
    match exponent:
        case Negative(operand=operand):
            return inv(matrix_power(base, operand))
        case Number(value=value) if abs(value) > Power.LARGEST:
            raise InputError(f"the exponent {exponent!r} is too large", hint=f"exponents up to {Power.LARGEST}")
        case Number(value=value) if value < 0:
            return inv(matrix_power(base, -value))
        case Number(value=value) if value <= 1:
            return base if value else eye(Size(base.shape[0]))
    return MatrixPower(base, exponent, base.shape)


def _is_integer(node: Tensor) -> bool:
    """Is a node an integer where its operands are?"""
    match node:
        case Symbol(properties=properties):
            return "integer" in properties
        case Number(value=value):
            return value.denominator == 1
    return isinstance(node, (Add, Multiply, Negative, Size))
