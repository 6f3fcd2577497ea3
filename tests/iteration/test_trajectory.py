"""A run in doubles is what the evaluator steps, for every instance of a batch."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

import derive as dv
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evaluate.system import Array
from derive.iteration.trajectory import Simulation
from derive.simulation.compiled import Key

n, d = dv.dims("n d")
A, B, x, v, x0 = dv.matrix("A", n, d), dv.matrix("B", d, d), dv.vector("x", d), dv.vector("v", d), dv.vector("x0", d)
b, t, i = dv.vector("b", n), dv.time("t"), dv.index("i", d)
L = dv.norm(dv.softmax(A @ x) - b) ** 2 / 2
SIZES = {"n": 3, "d": 2}
COUNT = 4

RUNS = {
    "gradient descent": dv.iterate(x, x - dv.grad(L, x) / 4, start=x0),
    "from its own symbol": dv.iterate(x, x - dv.grad(L, x) / 4),
    "heavy ball": dv.iterate([x, v], [x - v, v / 2 + dv.grad(L, x) / 4], start=[x0, dv.zeros(d)]),
    "power map": dv.iterate(x, (B @ x) / dv.norm(B @ x), start=x0),
    "from a computed start": dv.iterate(x, dv.tanh(B @ x), start=A.T @ b),
}


def values() -> dict[Key, Array]:
    rng = np.random.default_rng(3)
    shapes = {"A": (3, 2), "B": (2, 2), "b": (3,), "x0": (2,), "x": (2,)}
    return {name: rng.uniform(-1, 1, (COUNT, *shape)) for name, shape in shapes.items()}


@pytest.mark.parametrize("name", RUNS)
def test_a_batch_of_runs(name: str) -> None:
    run, drawn = RUNS[name], values()
    observed = [x[i], dv.norm(x), dv.norm(x - run(x, 0))]
    for steps, found in enumerate(islice(Simulation.of(run, observed, SIZES, {"i": 1}).along(drawn), 6)):
        for k in range(COUNT):
            point = Point(SIZES, {"i": 1}, {str(name): array[k] for name, array in drawn.items()} | {"t": steps})
            expected = [evaluate(run(expression, steps), point, Float64())[()] for expression in observed]
            assert [array[k] for array in found] == pytest.approx(expected, rel=1e-12)


def test_what_is_chosen_at_each_step_is_said_to_have_no_value() -> None:
    with pytest.raises(Unavailable, match="what is chosen at each step"):
        Simulation.of(dv.iterate(x, B @ x, choose=B), [x], SIZES)
