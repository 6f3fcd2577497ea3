"""What is checked: a function, a point, and the derivative that is claimed, with its planted error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .models import Bowl, Floats, Function, Library, Model, ReluRegression, Softmax, SoftmaxRegression

SEED = 20240610
"""Problem k of every column of the same model and size comes from the generator of (SEED, sizes, k)."""

JAX_DIRECTION = np.random.RandomState(0).randn(5)
"""The direction in R^5 in which ``jax.test_util`` checks in every run: its generator is made anew from the seed 0."""

TORCH_DIRECTION = np.array(
    [0.267295241355896, 0.8725283145904541, 0.3352888226509094, 0.4030158519744873, 0.7871196866035461]
)
"""The direction in R^5 of PyTorch's fast mode, up to its norm: a ``torch.Generator()`` with its default seed."""

Claim = Callable[[Model, Library], Function]
"""From a model to the derivative that is claimed for it."""


@dataclass(frozen=True)
class Problem:
    """A function, a point in R^d, and the derivative claimed for the function at every point."""

    model: Model
    x: Floats
    claim: Claim

    def value(self, library: Library = np) -> Function:
        return self.model.value(library)

    def claimed(self, library: Library = np) -> Function:
        return self.claim(self.model, library)


Draw = Callable[[int], Problem]


def right(model: Model, library: Library) -> Function:
    return model.derivative(library)


def regression(n: int = 8, d: int = 5, scale: float = 1.0, constant: float = 0.0) -> Draw:
    """Softmax regression: A and x standard normal, A then scaled; b uniform on the simplex."""

    def draw(k: int) -> Problem:
        random = np.random.default_rng([SEED, n, d, k])
        A, x, b = random.standard_normal((n, d)), random.standard_normal(d), random.dirichlet(np.ones(n))
        return Problem(SoftmaxRegression(scale * A, b, constant), x, right)

    return draw


def kinked(distance: float, n: int = 8, d: int = 5) -> Draw:
    """ReLU regression with its first argument at a distance from 0, on either side by turns.

    The entries have ten binary places, so that at the distance 0 the argument vanishes in every arithmetic.
    """

    def draw(k: int) -> Problem:
        random = np.random.default_rng([SEED, n, d, k])
        A, x = (np.round(1024 * random.standard_normal(shape)) / 1024 for shape in ((n, d), d))
        A[0] = 0.0
        A[0, : d // 2 * 2] = np.stack([x[1:d:2], -x[0 : d // 2 * 2 : 2]], axis=1).ravel()
        A[0] += (-1) ** k * distance * x / (x @ x)
        return Problem(ReluRegression(A, random.standard_normal(n)), x, right)

    return draw


def softmax(m: int, d: int = 5) -> Draw:
    def draw(k: int) -> Problem:
        random = np.random.default_rng([SEED, m, d, k])
        return Problem(Softmax(random.standard_normal((m, d))), random.standard_normal(d), right)

    return draw


def bowl(curvature: float, d: int = 5) -> Draw:
    return lambda k: Problem(Bowl(curvature), np.random.default_rng([SEED, d, k]).standard_normal(d), right)


def scaled(factor: float, draw: Draw) -> Draw:
    """The whole derivative multiplied."""

    def claim(model: Model, library: Library) -> Function:
        derivative = model.derivative(library)
        return lambda x: factor * derivative(x)

    return lambda k: replace(draw(k), claim=claim)


def entry(relative: float, draw: Draw) -> Draw:
    """One entry of the gradient off by a relative error: which one is drawn."""

    def planted(k: int) -> Problem:
        problem = draw(k)
        factors = np.ones(problem.x.size)
        factors[np.random.default_rng([SEED, k]).integers(problem.x.size)] += relative

        def claim(model: Model, library: Library) -> Function:
            derivative = model.derivative(library)
            return lambda x: factors * derivative(x)

        return replace(problem, claim=claim)

    return planted


def second_term(relative: float, draw: Draw) -> Draw:
    """The second term of the gradient of softmax regression off by a relative error."""

    def claim(model: Model, library: Library) -> Function:
        assert isinstance(model, SoftmaxRegression)
        return replace(model, second=1 + relative).derivative(library)

    return lambda k: replace(draw(k), claim=claim)


def orthogonal(direction: Floats, draw: Draw) -> Draw:
    """A gradient wrong by eight times its own norm, orthogonally to a direction."""

    def planted(k: int) -> Problem:
        problem = draw(k)
        error = np.random.default_rng([SEED, k]).standard_normal(direction.size)
        error -= (error @ direction) / (direction @ direction) * direction
        error *= 8 * np.linalg.norm(problem.model.derivative(np)(problem.x)) / np.linalg.norm(error)

        def claim(model: Model, library: Library) -> Function:
            derivative = model.derivative(library)
            return lambda x: derivative(x) + error

        return replace(problem, claim=claim)

    return planted
