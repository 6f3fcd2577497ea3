"""Every name that an author imports from ``derive``."""

from __future__ import annotations

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
from derive.language.calls import e, elementwise, max, min, pi, sum  # noqa: A004  # NumPy's names
from derive.language.derivatives import grad, hessian, jacobian, jvp, subs
from derive.language.errors import InputError
from derive.language.paper import Claim, Paper
from derive.language.relations import Relation
from derive.language.symbols import dim, dims, index, matrix, scalar, symbol, vector
from derive.language.tensor import Tensor

inf = float("inf")

abs = elementwise["abs"]  # noqa: A001  # NumPy's name
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

__all__ = [name for name in dir() if not name.startswith("_") and name not in ("annotations", "elementwise")]
