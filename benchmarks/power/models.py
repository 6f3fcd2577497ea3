"""Functions with their derivatives, each written once for every array library, as an author would in NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Function = Callable[[Any], Any]
Library = Any
"""``numpy``, or an array library of the same names: of it ``asarray``, ``exp`` and ``maximum`` or ``relu`` are used."""


class Model(Protocol):
    """A function of x in R^d and its derivative, of shape [d] where the function is scalar, else [m, d]."""

    def value(self, library: Library) -> Function: ...

    def derivative(self, library: Library) -> Function: ...


@dataclass(frozen=True)
class SoftmaxRegression:
    """L(x) = 1/2 ||softmax(A x) - b||^2 + constant, whose gradient is A^T (f * c - <f, c> f) with c = f - b.

    ``second`` multiplies the gradient's second term; it is 1 where the gradient is right.
    """

    A: Floats
    b: Floats
    constant: float = 0.0
    second: float = 1.0

    def value(self, library: Library) -> Function:
        A, b = library.asarray(self.A), library.asarray(self.b)

        def loss(x: Any) -> Any:
            u = library.exp(A @ x)
            c = u / u.sum() - b
            return c @ c / 2 + self.constant

        return loss

    def derivative(self, library: Library) -> Function:
        def gradient(x: Any) -> Any:
            u = library.exp(self.A @ x)
            f = u / u.sum()
            c = f - self.b
            return self.A.T @ (f * c - self.second * (f @ c) * f)

        return gradient


@dataclass(frozen=True)
class ReluRegression:
    """L(x) = 1/2 ||max(A x, 0) - b||^2, whose gradient is A^T (1{A x > 0} * (A x - b))."""

    A: Floats
    b: Floats

    def value(self, library: Library) -> Function:
        A, b = library.asarray(self.A), library.asarray(self.b)

        def loss(x: Any) -> Any:
            z = A @ x
            r = (library.relu(z) if hasattr(library, "relu") else library.maximum(z, 0.0)) - b
            return r @ r / 2

        return loss

    def derivative(self, library: Library) -> Function:
        def gradient(x: Any) -> Any:
            z = self.A @ x
            return self.A.T @ ((z > 0) * (z - self.b))

        return gradient


@dataclass(frozen=True)
class Softmax:
    """f(x) = softmax(A x) in R^m, whose Jacobian is diag(f) A - f f^T A."""

    A: Floats

    def value(self, library: Library) -> Function:
        A = library.asarray(self.A)

        def softmax(x: Any) -> Any:
            u = library.exp(A @ x)
            return u / u.sum()

        return softmax

    def derivative(self, library: Library) -> Function:
        def jacobian(x: Any) -> Any:
            u = library.exp(self.A @ x)
            f = u / u.sum()
            return f[:, None] * (self.A - f @ self.A)

        return jacobian


@dataclass(frozen=True)
class Bowl:
    """q(x) = curvature ||x||^2 / 2, whose gradient is curvature x."""

    curvature: float

    def value(self, library: Library) -> Function:
        return lambda x: self.curvature * (x @ x) / 2

    def derivative(self, library: Library) -> Function:
        return lambda x: self.curvature * x
