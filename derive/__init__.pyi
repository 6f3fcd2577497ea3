"""What ``derive`` offers, told to type checkers: the names of ``derive.language.api``, imported when first used."""

from derive.language.api import (
    Claim as Claim,
)
from derive.language.api import (
    InputError as InputError,
)
from derive.language.api import (
    Paper as Paper,
)
from derive.language.api import (
    Relation as Relation,
)
from derive.language.api import (
    ShapeError as ShapeError,
)
from derive.language.api import (
    Tensor as Tensor,
)
from derive.language.api import (
    UndefinedName as UndefinedName,
)
from derive.language.api import (
    abs as abs,
)
from derive.language.api import (
    arctan as arctan,
)
from derive.language.api import (
    array as array,
)
from derive.language.api import (
    block_diag as block_diag,
)
from derive.language.api import (
    cos as cos,
)
from derive.language.api import (
    cosh as cosh,
)
from derive.language.api import (
    det as det,
)
from derive.language.api import (
    diag as diag,
)
from derive.language.api import (
    dim as dim,
)
from derive.language.api import (
    dims as dims,
)
from derive.language.api import (
    dot as dot,
)
from derive.language.api import (
    e as e,
)
from derive.language.api import (
    erf as erf,
)
from derive.language.api import (
    exp as exp,
)
from derive.language.api import (
    expm1 as expm1,
)
from derive.language.api import (
    eye as eye,
)
from derive.language.api import (
    full as full,
)
from derive.language.api import (
    gelu as gelu,
)
from derive.language.api import (
    grad as grad,
)
from derive.language.api import (
    hadamard as hadamard,
)
from derive.language.api import (
    heaviside as heaviside,
)
from derive.language.api import (
    hessian as hessian,
)
from derive.language.api import (
    index as index,
)
from derive.language.api import (
    inf as inf,
)
from derive.language.api import (
    inv as inv,
)
from derive.language.api import (
    jacobian as jacobian,
)
from derive.language.api import (
    jvp as jvp,
)
from derive.language.api import (
    kron as kron,
)
from derive.language.api import (
    lambda_max as lambda_max,
)
from derive.language.api import (
    lambda_min as lambda_min,
)
from derive.language.api import (
    log as log,
)
from derive.language.api import (
    log1p as log1p,
)
from derive.language.api import (
    logdet as logdet,
)
from derive.language.api import (
    logsumexp as logsumexp,
)
from derive.language.api import (
    matrix as matrix,
)
from derive.language.api import (
    max as max,
)
from derive.language.api import (
    maximum as maximum,
)
from derive.language.api import (
    mean as mean,
)
from derive.language.api import (
    min as min,
)
from derive.language.api import (
    minimum as minimum,
)
from derive.language.api import (
    norm as norm,
)
from derive.language.api import (
    ones as ones,
)
from derive.language.api import (
    opnorm as opnorm,
)
from derive.language.api import (
    outer as outer,
)
from derive.language.api import (
    pi as pi,
)
from derive.language.api import (
    relu as relu,
)
from derive.language.api import (
    scalar as scalar,
)
from derive.language.api import (
    sigma_min as sigma_min,
)
from derive.language.api import (
    sigmoid as sigmoid,
)
from derive.language.api import (
    sign as sign,
)
from derive.language.api import (
    silu as silu,
)
from derive.language.api import (
    sin as sin,
)
from derive.language.api import (
    sinh as sinh,
)
from derive.language.api import (
    softmax as softmax,
)
from derive.language.api import (
    softplus as softplus,
)
from derive.language.api import (
    sqrt as sqrt,
)
from derive.language.api import (
    square as square,
)
from derive.language.api import (
    subs as subs,
)
from derive.language.api import (
    sum as sum,
)
from derive.language.api import (
    symbol as symbol,
)
from derive.language.api import (
    tan as tan,
)
from derive.language.api import (
    tanh as tanh,
)
from derive.language.api import (
    trace as trace,
)
from derive.language.api import (
    vec as vec,
)
from derive.language.api import (
    vector as vector,
)
from derive.language.api import (
    zeros as zeros,
)

__version__: str
