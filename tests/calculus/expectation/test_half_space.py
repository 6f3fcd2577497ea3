"""Random integrands with a unit step have the value of quadrature in coordinates along the edge of the half space.

One coordinate runs from the edge outwards, where the step is 1, the other along the edge: both integrands are smooth.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from derive.calculus.lower import lower_together
from derive.language.api import dim, exp, expectation, gaussian, heaviside, norm, relu, scalar, vector
from derive.language.tensor import Tensor

from ..form_values import FormValues

d = dim("d")
x, y, t, w = vector("x", d), vector("y", d), scalar("t"), gaussian("w", d)

Values = Callable[[np.ndarray, dict[str, np.ndarray]], np.ndarray]

FACTORS: list[tuple[Tensor, Values]] = [
    (w @ y, lambda at, known: at @ known["y"]),
    (w[1], lambda at, known: at[:, 1]),
    (norm(w) ** 2, lambda at, known: (at**2).sum(axis=1)),
    (exp(w @ y), lambda at, known: np.exp(at @ known["y"])),
    (relu(w @ x + t), lambda at, known: at @ known["x"] + known["t"]),
]


def quadrature(values: Callable[[np.ndarray], np.ndarray], normal: np.ndarray, offset: float) -> float:
    """The integral of ``values`` against the Gaussian density over ``normal.w + offset >= 0`` in the plane."""
    length = float(np.linalg.norm(normal))
    outwards, along = normal / length, np.array([-normal[1], normal[0]]) / length
    nodes, weights = np.polynomial.legendre.leggauss(120)
    start, stop = -offset / length, 12.0
    far = start + (stop - start) * (nodes + 1) / 2
    share = weights * (stop - start) / 2 * np.exp(-(far**2) / 2) / math.sqrt(2 * math.pi)
    across, other = np.polynomial.hermite_e.hermegauss(40)
    points = far[:, None, None] * outwards + across[None, :, None] * along
    product = share[:, None] * other[None, :] / math.sqrt(2 * math.pi)
    return float((values(points.reshape(-1, 2)) * product.reshape(-1)).sum())


@pytest.mark.parametrize("seed", range(40))
def test_the_mean_over_a_half_space(seed: int) -> None:
    random, draw = Random(seed), np.random.default_rng(seed)
    chosen = random.choices(FACTORS, k=random.randint(0, 3))
    known = {"x": draw.uniform(0.4, 1, 2) * draw.choice([-1, 1], 2), "y": draw.uniform(-0.6, 0.6, 2)}
    known["t"] = np.array(draw.uniform(-1, 1) if random.random() < 0.7 else 0.0)
    operand: Tensor = heaviside(w @ x + t)
    for tensor, _ in chosen:
        operand = operand * tensor
    lowering, [array] = lower_together([expectation(operand)])
    found = float(FormValues({"d": 2}, {}, known, lowering.splits).array(array.form, array.axes))

    def integrand(at: np.ndarray) -> np.ndarray:
        return math.prod((value(at, known) for _, value in chosen), start=np.ones(len(at)))

    assert found == pytest.approx(quadrature(integrand, known["x"], float(known["t"])), rel=1e-6, abs=1e-9)
