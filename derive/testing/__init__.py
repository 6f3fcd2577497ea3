"""Gradients, Jacobians and Hessians checked in one line of any test suite, against values of the function alone.

    from derive.testing import assert_gradient

    assert_gradient(loss, gradient, x)

There is no tolerance to choose: a difference counts where it exceeds the error bars of the reference. A function in
NumPy is run in balls of 67 digits and more, unchanged; JAX, PyTorch and other code in floats, with an estimated error.
"""

from derive.testing.derivatives import (
    assert_gradient,
    assert_hessian,
    assert_hvp,
    assert_jacobian,
    check_gradient,
    check_hessian,
    check_hvp,
    check_jacobian,
)
from derive.testing.finding import Finding, Undecided

__all__ = [
    "Finding",
    "Undecided",
    "assert_gradient",
    "assert_hessian",
    "assert_hvp",
    "assert_jacobian",
    "check_gradient",
    "check_hessian",
    "check_hvp",
    "check_jacobian",
]
