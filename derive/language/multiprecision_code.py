"""Expressions as NumPy code whose numbers are mpmath's: they tell apart what doubles cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from derive.language.arrays import Determinant, Inverse, LogSumExp, Norm, Spectral
from derive.language.chance import OverOutcomes
from derive.language.difference_code import DIFFERENCES, DifferenceWriter
from derive.language.errors import InputError
from derive.language.numpy_code import Code
from derive.language.plain import ATOM, PRODUCT
from derive.language.tensor import Constant, Number, Size, Tensor

NAMES = {
    **{
        name: name
        for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf", "expm1", "log1p")
    },
    "arctan": "atan",
}
"""Elementwise functions that mpmath has, and what it calls them."""

LIFTED = {name: f"{name} = np.frompyfunc(mp.{call}, 1, 1)" for name, call in NAMES.items()}
"""mpmath's functions, entry by entry."""

DEFINED = {
    "sigmoid": ("exp", "def sigmoid(z):\n    return 1 / (1 + exp(-z))"),
    "silu": ("exp", "def silu(z):\n    return z / (1 + exp(-z))"),
    "softplus": ("log exp", "def softplus(z):\n    return log(1 + exp(z))"),
    "gelu": ("erf", "def gelu(z):\n    return z * (1 + erf(z / mp.sqrt(2))) / 2"),
    "relu": ("", "def relu(z):\n    return np.maximum(z, 0)"),
    "softmax": ("exp", "def softmax(z, axis):\n    return exp(z) / np.sum(exp(z), axis=axis, keepdims=True)"),
    "inv": ("", "def inv(M):\n    return np.array(mp.inverse(mp.matrix(M.tolist())).tolist(), object)"),
    "det": ("", "def det(M):\n    return mp.det(mp.matrix(M.tolist()))"),
    "opnorm": ("", "def opnorm(M):\n    return max(mp.svd_r(mp.matrix(M.tolist()), compute_uv=False))"),
    "nuclear": ("", "def nuclear(M):\n    return sum(mp.svd_r(mp.matrix(M.tolist()), compute_uv=False))"),
    "sigma_min": (
        "",
        "def sigma_min(M):\n"
        "    full = M.shape[0] >= M.shape[1]\n"
        "    return min(mp.svd_r(mp.matrix(M.tolist()), compute_uv=False)) if full else mp.mpf(0)",
    ),
    "lambda_min": ("", "def lambda_min(M):\n    return min(mp.eigsy(mp.matrix(M.tolist()), eigvals_only=True))"),
    "lambda_max": ("", "def lambda_max(M):\n    return max(mp.eigsy(mp.matrix(M.tolist()), eigvals_only=True))"),
}
"""Other functions: the lifted ones that they need, and their source."""


@dataclass
class MultiprecisionWriter(DifferenceWriter):
    """A writer for arrays of mpmath's numbers. It has no functions with jumps."""

    sources: ClassVar[dict[str, str]] = DIFFERENCES | LIFTED | {name: source for name, (_, source) in DEFINED.items()}

    def own(self, name: str, *arguments: Tensor | str) -> Code:
        if name not in self.sources:
            raise InputError(f"{name} is not written out in mpmath's numbers")
        self.functions |= set(DEFINED.get(name, ("",))[0].split())
        return super().own(name, *arguments)

    def apply(self, function: str, arguments: tuple[Tensor, ...]) -> Code:
        return self.own(function, *arguments) if function in self.sources else super().apply(function, arguments)

    def written(self, expression: Tensor) -> Code:
        match expression:
            case Number(value=value) if value.denominator != 1:
                return f"mp.mpf({value.numerator}) / {value.denominator}", PRODUCT
            case Size(dimension=dimension):
                return f"mp.mpf({self.size(dimension)[0]})", ATOM
            case Constant(name=name):
                return f"+mp.{name}", PRODUCT
        return super().written(expression)

    def array(self, expression: Tensor) -> Code:
        match expression:
            case OverOutcomes():
                raise InputError("a mean is not written out in mpmath's numbers")
            case Inverse(operand=operand):
                return self.own("inv", operand)
            case Determinant(operand=operand):
                return self.own("det", operand)
            case Norm() | LogSumExp():
                return self.code(expression.expand())
            case Spectral(kind=kind, operand=operand):
                return self.own(kind, operand)
        return super().array(expression)
