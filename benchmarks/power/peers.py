"""The peers themselves, each with the defaults of the function that it offers for this purpose.

None of them is asked to differentiate: the claimed derivative is handed over as the rule of a function of the peer's
own kind. jax, PyTorch and autograd see the function in their own arrays, the others in NumPy's.
"""

from __future__ import annotations

import contextlib
import io
import logging
from typing import Any

import numpy as np

from .models import Floats, Function
from .problems import Problem
from .verdicts import ABSTAINED, Answer, Check, Checker, accepts, passes


def _pulled_back(cotangent: Any, derivative: Floats) -> Floats:
    """v^T J for an output cotangent v of shape [] or [m]."""
    return np.tensordot(cotangent, derivative, np.ndim(cotangent))


def _jax(problem: Problem) -> tuple[Function, Function, Any]:
    import jax

    jax.config.update("jax_enable_x64", True)
    return problem.value(jax.numpy), problem.claimed(), jax.numpy.asarray(problem.x)


def jax_check_vjp(problem: Problem, seed: int) -> Check:
    value, claimed, x = _jax(problem)
    from jax.test_util import check_vjp

    def with_pullback(at: Any) -> tuple[Any, Function]:
        return value(at), lambda v: (_pulled_back(np.asarray(v), claimed(np.asarray(at))),)

    return lambda: passes(lambda: check_vjp(value, with_pullback, (x,)))


def jax_check_jvp(problem: Problem, seed: int) -> Check:
    value, claimed, x = _jax(problem)
    from jax.test_util import check_jvp

    def with_tangent(point: tuple[Any], tangent: tuple[Any]) -> tuple[Any, Any]:
        return value(*point), claimed(np.asarray(*point)) @ np.asarray(*tangent)

    return lambda: passes(lambda: check_jvp(value, with_tangent, (x,)))


def torch_gradcheck(problem: Problem, fast: bool) -> Check:
    import torch

    torch.set_num_threads(1)
    value, claimed = problem.value(torch), problem.claimed()

    class Claimed(torch.autograd.Function):
        @staticmethod
        def forward(context: Any, x: Any) -> Any:
            context.at = x.numpy().copy()
            return value(x)

        @staticmethod
        def backward(context: Any, v: Any) -> Any:
            return torch.from_numpy(_pulled_back(v.numpy(), claimed(context.at)))

    x = torch.tensor(problem.x, requires_grad=True)
    return lambda: accepts(torch.autograd.gradcheck(Claimed.apply, (x,), raise_exception=False, fast_mode=fast))


def autograd_check_grads(problem: Problem, seed: int) -> Check:
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads

    value, claimed = primitive(problem.value()), problem.claimed()
    defvjp(value, lambda _, x: lambda v: _pulled_back(v, claimed(x)))
    check = check_grads(value, modes=["rev"], order=1)

    def run() -> Answer:
        np.random.seed(seed)  # autograd draws its directions from NumPy's global generator
        return passes(lambda: check(problem.x))

    return run


def derivcheck_assert_deriv(problem: Problem, seed: int) -> Check:
    from derivcheck import assert_deriv

    value, claimed = problem.value(), problem.claimed()

    def run() -> Answer:
        try:
            return passes(lambda: assert_deriv(value, claimed, problem.x))
        except FloatingPointError:
            return ABSTAINED

    return run


def pyadjoint_taylor_test(problem: Problem, seed: int) -> Check:
    """The rate that its documentation asks for: above 1.9."""
    from pyadjoint import AdjFloat, taylor_test

    logging.disable(logging.WARNING)  # it warns of remainders at machine precision
    value, claimed = problem.value(), problem.claimed()
    h = np.random.default_rng(seed).standard_normal(problem.x.size)
    x, direction = ([AdjFloat(entry) for entry in vector] for vector in (problem.x, h))

    def run() -> Answer:
        slope = claimed(problem.x) @ h
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            rate = taylor_test(lambda at: value(np.array(at, dtype=float)), x, direction, dJdm=slope)
        return accepts(rate > 1.9)

    return run


def numdifftools_allclose(problem: Problem, seed: int) -> Check:
    import numdifftools

    value, claimed = problem.value(), problem.claimed()
    scalar = np.ndim(value(problem.x)) == 0
    numeric = numdifftools.Gradient(value) if scalar else numdifftools.Jacobian(value)
    return lambda: accepts(np.allclose(claimed(problem.x), numeric(problem.x)))


def scipy_check_grad(problem: Problem, seed: int) -> Check:
    """It returns the norm of the error and leaves the rule to the user: here below 1e-6."""
    from scipy.optimize import check_grad

    value, claimed = problem.value(), problem.claimed()
    return lambda: accepts(check_grad(value, claimed, problem.x) < 1e-6)


def scipy_differentiate(problem: Problem, seed: int) -> Check:
    """Its Jacobian beside the claimed one, by ``numpy.allclose``; abstains where an entry did not converge."""
    from scipy.differentiate import jacobian

    value, claimed = problem.value(), problem.claimed()
    scalar = np.ndim(value(problem.x)) == 0

    def columns(points: Any) -> Any:
        values = np.apply_along_axis(value, 0, points)
        return values[None] if scalar else values

    def run() -> Answer:
        found = jacobian(columns, problem.x)
        if not np.all(found.success):
            return ABSTAINED
        return accepts(np.allclose(np.atleast_2d(claimed(problem.x)), found.df))

    return run


PEERS = (
    Checker("jax check_vjp, f64", jax_check_vjp, "jax"),
    Checker("jax check_jvp, f64", jax_check_jvp, "jax"),
    Checker("torch gradcheck, slow", lambda problem, seed: torch_gradcheck(problem, fast=False), "torch"),
    Checker("torch gradcheck, fast", lambda problem, seed: torch_gradcheck(problem, fast=True), "torch"),
    Checker("autograd check_grads", autograd_check_grads, "autograd"),
    Checker("derivcheck assert_deriv", derivcheck_assert_deriv, "derivcheck"),
    Checker("pyadjoint rate > 1.9", pyadjoint_taylor_test, "pyadjoint-ad", scalar_only=True),
    Checker("numdifftools, allclose", numdifftools_allclose, "numdifftools"),
    Checker("scipy check_grad < 1e-6", scipy_check_grad, "scipy"),
    Checker("scipy.differentiate, allclose", scipy_differentiate, "scipy"),
)
