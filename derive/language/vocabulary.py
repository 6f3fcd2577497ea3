"""The words of the text form: every function and method by name, taken from the calls that an author imports."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from derive.language import (
    arrays,
    calls,
    chance,
    combinatorics,
    derivatives,
    experiment,
    iteration,
    lipschitz,
    matrix_powers,
    one_sided,
    rank,
    tangents,
)
from derive.language.tensor import Constant, Tensor

Call = Callable[..., Tensor]

_ARRAYS: tuple[Call, ...] = (
    arrays.array,
    arrays.block_diag,
    arrays.det,
    arrays.diag,
    arrays.dot,
    arrays.eye,
    arrays.full,
    arrays.hadamard,
    arrays.inv,
    arrays.kron,
    arrays.lambda_max,
    arrays.lambda_min,
    matrix_powers.matrix_power,
    arrays.logdet,
    arrays.logsumexp,
    arrays.norm,
    arrays.ones,
    arrays.opnorm,
    arrays.outer,
    combinatorics.binomial,
    combinatorics.factorial,
    rank.rank,
    tangents.generic,
    tangents.tangent_gram,
    arrays.sigma_min,
    arrays.softmax,
    arrays.trace,
    arrays.vec,
    arrays.zeros,
)
_REDUCTIONS: tuple[Call, ...] = (calls.sum, calls.mean, calls.max, calls.min)
_DERIVATIVES: tuple[Call, ...] = (
    derivatives.grad,
    derivatives.hessian,
    derivatives.jacobian,
    derivatives.jvp,
    derivatives.subs,
    lipschitz.lipschitz,
    one_sided.oscillation,
)
_CHANCE: tuple[Call, ...] = (chance.expectation, chance.indicator, chance.probability, chance.variance)
_EXPERIMENTS: tuple[Call, ...] = (experiment.exponent, experiment.frequency, experiment.least)

CALLS: dict[str, Call] = calls.elementwise | {
    call.__name__: call for call in (*_ARRAYS, *_REDUCTIONS, *_DERIVATIVES, *_CHANCE, *_EXPERIMENTS, iteration.iterate)
}
"""Functions, written ``name(...)``."""

METHODS: dict[str, Call] = {
    "sum": Tensor.sum,
    "mean": Tensor.mean,
    "max": Tensor.max,
    "min": Tensor.min,
    "first": iteration.Run.first,
    "always": iteration.Run.always,
    "converges": iteration.Run.converges,
}
"""Methods of a tensor, written ``A.name(...)``."""

CONSTANTS: dict[str, Constant] = {"pi": calls.pi, "e": calls.e}

SIGNATURES: dict[Call, inspect.Signature] = {
    call: inspect.signature(call) for call in (*CALLS.values(), *METHODS.values(), iteration.Run.__call__)
}


def bind(call: Call, arguments: list[Any], keywords: dict[str, Any]) -> inspect.BoundArguments:
    """Which parameter of ``call`` each argument belongs to.

    Raises:
        TypeError: they do not fit; the message says how.
    """
    return SIGNATURES[call].bind(*arguments, **keywords)


def usage(call: Call) -> str:
    """How ``call`` is written: ``softmax(operand, axis=-1)``."""
    parameters = [parameter.replace(annotation=parameter.empty) for parameter in SIGNATURES[call].parameters.values()]
    if call is iteration.Run.__call__:
        return f"run{inspect.Signature(parameters[1:])}"
    method = call in METHODS.values()
    signature = inspect.Signature(parameters[method:])
    return f"{'.' if method else ''}{call.__name__}{signature}".replace(", /", "")
