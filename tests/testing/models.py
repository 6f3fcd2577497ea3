"""Value functions in NumPy with their gradients, and gradients that are wrong in planted ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Regression:
    """``L(x) = 0.5 ||softmax(A x) - b||^2 + constant`` and its gradient, the sum of two terms."""

    A: np.ndarray
    b: np.ndarray
    x: np.ndarray
    constant: float = 0.0

    @classmethod
    def drawn(
        cls, seed: int, n: int = 8, d: int = 5, scale: float = 1.0, constant: float = 0.0, x: float = 1.0
    ) -> Regression:
        rng = np.random.default_rng(seed)
        return cls(
            scale * rng.standard_normal((n, d)), rng.standard_normal(n), x * rng.standard_normal(d), constant=constant
        )

    def softmax(self, x: Any) -> Any:
        u = np.exp(self.A @ x)
        return u / u.sum()

    def loss(self, x: Any) -> Any:
        c = self.softmax(x) - self.b
        return 0.5 * c @ c + self.constant

    def float_loss(self, x: Any) -> float:
        """The loss in code that runs on floats alone."""
        return float(self.loss(np.asarray(x, dtype=float)))

    def terms(self, x: Any) -> tuple[Any, Any]:
        f = self.softmax(x)
        c = f - self.b
        return self.A.T @ (f * c), self.A.T @ (f * (f @ c))

    def gradient(self, x: Any) -> Any:
        first, second = self.terms(x)
        return first - second

    def float_gradient(self, x: Any) -> Any:
        return self.gradient(np.asarray(x, dtype=float))

    def hessian(self, x: Any) -> Any:
        """``A.T @ (J.T J + sum_i c_i H_i) @ A`` by the product rule on the softmax."""
        f = self.softmax(x)
        c = f - self.b
        J = np.diag(f) - np.outer(f, f)
        w = f * c - f * (f @ c)
        second = np.diag(w) - np.outer(w, f) - np.outer(f, w) + 0 * J
        return self.A.T @ (J @ J + second) @ self.A


def with_error(gradient: Callable[[Any], Any], relative: float, entry: int = 1) -> Callable[[Any], Any]:
    """The gradient with one entry off by a relative error."""

    def wrong(x: Any) -> Any:
        found = np.array(gradient(x))
        found[entry] = found[entry] * (1 + relative)
        return found

    return wrong


PLANTED: dict[str, Callable[[Regression], Callable[[Any], Any]]] = {
    "twice": lambda m: lambda x: 2 * m.gradient(x),
    "one entry off by 1e-2": lambda m: with_error(m.gradient, 1e-2),
    "one entry off by 1e-4": lambda m: with_error(m.gradient, 1e-4),
    "one entry off by 1e-6": lambda m: with_error(m.gradient, 1e-6),
    "one entry off by 1e-9": lambda m: with_error(m.gradient, 1e-9),
    "the second term off by 1 %": lambda m: lambda x: m.terms(x)[0] - 1.01 * m.terms(x)[1],
}
