"""Every name that an author imports from ``derive``."""

from __future__ import annotations

from derive.language.abstract import convexity, function
from derive.language.arrays import (
    array,
    block_diag,
    det,
    diag,
    dot,
    eye,
    full,
    hadamard,
    inv,
    kron,
    lambda_max,
    lambda_min,
    logdet,
    logsumexp,
    norm,
    ones,
    opnorm,
    outer,
    sigma_min,
    softmax,
    trace,
    vec,
    zeros,
)
from derive.language.calls import e, elementwise, max, mean, min, pi, sum
from derive.language.chance import (
    bernoulli,
    expectation,
    gaussian,
    indicator,
    one_hot,
    probability,
    rademacher,
    sphere,
    uniform,
    variance,
)
from derive.language.combinatorics import binomial, factorial
from derive.language.derivatives import grad, hessian, jacobian, jvp, subs
from derive.language.errors import InputError, ShapeError, UndefinedName
from derive.language.experiment import exponent, frequency, least
from derive.language.iteration import Run, iterate, time
from derive.language.lipschitz import lipschitz
from derive.language.matrix_powers import matrix_power
from derive.language.one_sided import oscillation
from derive.language.paper import Claim, Paper
from derive.language.rank import rank
from derive.language.relations import Relation
from derive.language.symbols import dim, dims, index, matrix, scalar, symbol, vector
from derive.language.symmetric import SymmetricTensor, power_sum
from derive.language.tangents import generic, tangent_gram
from derive.language.tensor import Tensor

inf = float("inf")

abs = elementwise["abs"]
arctan = elementwise["arctan"]
cos = elementwise["cos"]
cosh = elementwise["cosh"]
erf = elementwise["erf"]
exp = elementwise["exp"]
expm1 = elementwise["expm1"]
gelu = elementwise["gelu"]
heaviside = elementwise["heaviside"]
log = elementwise["log"]
log1p = elementwise["log1p"]
maximum = elementwise["maximum"]
minimum = elementwise["minimum"]
relu = elementwise["relu"]
sigmoid = elementwise["sigmoid"]
sign = elementwise["sign"]
silu = elementwise["silu"]
sin = elementwise["sin"]
sinh = elementwise["sinh"]
softplus = elementwise["softplus"]
sqrt = elementwise["sqrt"]
square = elementwise["square"]
tan = elementwise["tan"]
tanh = elementwise["tanh"]

__all__ = [
    "Claim",
    "InputError",
    "Paper",
    "Relation",
    "Run",
    "ShapeError",
    "SymmetricTensor",
    "Tensor",
    "UndefinedName",
    "abs",
    "arctan",
    "array",
    "bernoulli",
    "binomial",
    "block_diag",
    "convexity",
    "cos",
    "cosh",
    "det",
    "diag",
    "dim",
    "dims",
    "dot",
    "e",
    "erf",
    "exp",
    "expectation",
    "expm1",
    "exponent",
    "eye",
    "factorial",
    "frequency",
    "full",
    "function",
    "gaussian",
    "gelu",
    "generic",
    "grad",
    "hadamard",
    "heaviside",
    "hessian",
    "index",
    "indicator",
    "inf",
    "inv",
    "iterate",
    "jacobian",
    "jvp",
    "kron",
    "lambda_max",
    "lambda_min",
    "least",
    "lipschitz",
    "log",
    "log1p",
    "logdet",
    "logsumexp",
    "matrix",
    "matrix_power",
    "max",
    "maximum",
    "mean",
    "min",
    "minimum",
    "norm",
    "one_hot",
    "ones",
    "opnorm",
    "oscillation",
    "outer",
    "pi",
    "power_sum",
    "probability",
    "rademacher",
    "rank",
    "relu",
    "scalar",
    "sigma_min",
    "sigmoid",
    "sign",
    "silu",
    "sin",
    "sinh",
    "softmax",
    "softplus",
    "sphere",
    "sqrt",
    "square",
    "subs",
    "sum",
    "symbol",
    "tan",
    "tangent_gram",
    "tanh",
    "time",
    "trace",
    "uniform",
    "variance",
    "vec",
    "vector",
    "zeros",
]
