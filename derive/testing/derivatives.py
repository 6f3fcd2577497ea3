"""Checks of gradients, Jacobians and Hessians: each ``check_*`` returns a ``Finding``, each ``assert_*`` demands it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from derive.testing.check import check
from derive.testing.claimed import Claimed
from derive.testing.code import Code, as_floats
from derive.testing.finding import Finding
from derive.testing.question import Question
from derive.testing.repeatability import unrepeatable
from derive.testing.symmetry import symmetric

Function = Callable[..., Any]


def check_gradient(f: Function, g: Function | Any, x: Any, *args: Any, seed: int = 0) -> Finding:
    """Is ``g`` the gradient of the scalar function ``f`` at ``x``?

    Args:
        f: ``f(x, *args)``, a scalar.
        g: ``g(x, *args)``, of the shape of ``x``; or the gradient at ``x`` as an array.
        x: the point: an array of NumPy, JAX or PyTorch, or a number.
        seed: from which, with the names of the functions, the random directions follow.

    Returns:
        A finding with the verdict ``agrees``, ``differs`` or ``undecided``. There is no tolerance: a difference counts
        where it exceeds the error bars of the reference and of the claimed floats.

    Raises:
        ValueError: the point is not finite, or the shapes do not go together.
        Exception: whatever ``f`` or ``g`` raises when called with floats.
    """
    question = _question(f, g, x, args, seed, "gradient")
    return check(question)


def check_jacobian(f: Function, jacobian: Function | Any, x: Any, *args: Any, seed: int = 0) -> Finding:
    """Is ``jacobian`` the array of partial derivatives of ``f``, of shape (output..., x...)? See ``check_gradient``."""
    return check(_question(f, jacobian, x, args, seed, "Jacobian"))


def check_hessian(
    f: Function, hessian: Function | Any, x: Any, *args: Any, gradient: Function | None = None, seed: int = 0
) -> Finding:
    """Is ``hessian`` the Hessian of the scalar function ``f``, of shape (x..., x...)?

    It is looked at in the order in which mistakes are found best: the gradient, if one is given, then the symmetry of
    the Hessian, then its values, against the gradient's derivative or against second differences of ``f``.
    """
    return _second_order(f, hessian, x, args, gradient, seed, columnwise=False)


def check_hvp(
    f: Function, product: Function, x: Any, *args: Any, gradient: Function | None = None, seed: int = 0
) -> Finding:
    """Is ``product(x, v, *args)`` the Hessian of ``f`` times ``v``? Linear in ``v`` and symmetric, it is then compared
    like a Hessian."""
    return _second_order(f, product, x, args, gradient, seed, columnwise=True)


def assert_gradient(f: Function, g: Function | Any, x: Any, *args: Any, seed: int = 0) -> Finding:
    """``check_gradient``, which must agree.

    Raises:
        AssertionError: it differs; the message says where, by how much, and in what way.
        Undecided: it could not be told (an AssertionError too); the message says why.
    """
    return check_gradient(f, g, x, *args, seed=seed).demand()


def assert_jacobian(f: Function, jacobian: Function | Any, x: Any, *args: Any, seed: int = 0) -> Finding:
    """``check_jacobian``, which must agree; raises like ``assert_gradient``."""
    return check_jacobian(f, jacobian, x, *args, seed=seed).demand()


def assert_hessian(
    f: Function, hessian: Function | Any, x: Any, *args: Any, gradient: Function | None = None, seed: int = 0
) -> Finding:
    """``check_hessian``, which must agree; raises like ``assert_gradient``."""
    return check_hessian(f, hessian, x, *args, gradient=gradient, seed=seed).demand()


def assert_hvp(
    f: Function, product: Function, x: Any, *args: Any, gradient: Function | None = None, seed: int = 0
) -> Finding:
    """``check_hvp``, which must agree; raises like ``assert_gradient``."""
    return check_hvp(f, product, x, *args, gradient=gradient, seed=seed).demand()


def _second_order(
    f: Function, hessian: Any, x: Any, args: tuple[Any, ...], gradient: Function | None, seed: int, *, columnwise: bool
) -> Finding:
    if gradient is not None:
        first = check_gradient(f, gradient, x, *args, seed=seed)
        if first.verdict == "differs":
            return first
    question = _question(gradient or f, hessian, x, args, seed, "Hessian", columnwise, order=1 if gradient else 2)
    return unrepeatable(question) or symmetric(question) or check(question)


def _question(
    f: Function,
    derivative: Function | Any,
    x: Any,
    args: tuple[Any, ...],
    seed: int,
    kind: str,
    columnwise: bool = False,
    order: Any = 1,
) -> Question:
    point = as_floats(x)
    if not np.isfinite(point).all() or not point.size:
        raise ValueError("the point has entries that are not finite" if point.size else "the point has no entries")
    function = Code(f, args, x)
    source = Code(derivative, args, x) if callable(derivative) else derivative
    named = f" {source.name}" if isinstance(source, Code) and source.name != "the function" else ""
    subject = f"the {kind}{named} of {function.name}"
    return Question(function, Claimed(source, point.shape, subject, columnwise), point, subject, seed, order)
