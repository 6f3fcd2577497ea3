"""The tape: every primitive's slopes are those of differences, whatever the instances and directions in front."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from derive.attack.primitives import PRIMITIVES
from derive.attack.tape import Code, Node, Tape

RNG = np.random.default_rng(0)
SQUARE = RNG.standard_normal((4, 3, 3)) + 2 * np.eye(3)
VECTOR = RNG.uniform(0.2, 0.8, (4, 3))
INDEX = np.array([[0, 1], [2, 0]], dtype=np.int64)

UNARY = ("exp", "log", "sin", "cos", "atan", "erf", "abs", "fold")
BINARY = ("add", "multiply", "divide", "maximum", "minimum")
ARRAYS: dict[str, tuple[Any, tuple[int, ...]]] = {
    "inverse": (None, (3, 3)),
    "determinant": (None, ()),
    "take": ((2, INDEX.tobytes(), INDEX.shape), (2, 2)),
    "sum": ((-1,), (3,)),
    "reshape": ((2, (9,)), (9,)),
    "largest": (None, (3,)),
}


def slopes(node: Node, inputs: list[Any], inputs_of: list[Node]) -> list[Any]:
    code = Code(node.tape, [node])
    return code.gradient(code.run(inputs), node, inputs_of)


def differences(node: Node, inputs: list[Any], place: int) -> Any:
    """Central differences of the sum of the results in every entry of an input."""
    code, step = Code(node.tape, [node]), 1e-6
    found = np.zeros_like(inputs[place])
    for k in np.ndindex(*found.shape):
        ends = []
        for sign in (1, -1):
            moved = [x.copy() for x in inputs]
            moved[place][k] += sign * step
            ends.append(code.run(moved)[node.place].sum())
        found[k] = (ends[0] - ends[1]) / (2 * step)
    return found


@pytest.mark.parametrize("name", UNARY)
def test_slopes_of_a_function(name: str) -> None:
    tape = Tape()
    x = tape.input((3,))
    y = tape.entrywise(name, x)
    assert slopes(y, [VECTOR], [x])[0] == pytest.approx(differences(y, [VECTOR], 0), abs=1e-7)


def test_slopes_of_a_power() -> None:
    tape = Tape()
    x = tape.input((3,))
    y = tape.entrywise("power", x, detail=1.5)
    assert slopes(y, [VECTOR], [x])[0] == pytest.approx(differences(y, [VECTOR], 0), abs=1e-7)


@pytest.mark.parametrize("name", BINARY)
def test_slopes_of_operands_that_are_repeated(name: str) -> None:
    """A vector beside a matrix is repeated along its rows; its slope is the sum over them."""
    tape = Tape()
    x, y = tape.input((3, 3)), tape.input((3,))
    z = tape.entrywise(name, x, y)
    found = slopes(z, [SQUARE, VECTOR], [x, y])
    assert found[0] == pytest.approx(differences(z, [SQUARE, VECTOR], 0), abs=1e-6)
    assert found[1] == pytest.approx(differences(z, [SQUARE, VECTOR], 1), abs=1e-6)


@pytest.mark.parametrize("name", ARRAYS)
def test_slopes_of_an_array(name: str) -> None:
    detail, shape = ARRAYS[name]
    tape = Tape()
    x = tape.input((3, 3))
    y = tape.apply(name, (x,), shape, detail)
    assert slopes(y, [SQUARE], [x])[0] == pytest.approx(differences(y, [SQUARE], 0), abs=1e-6)


@pytest.mark.parametrize("kind", ["opnorm", "sigma_min", "nuclear"])
def test_slopes_of_singular_values(kind: str) -> None:
    tape = Tape()
    x = tape.input((3, 3))
    y = tape.apply("spectral", (x,), (), kind)
    assert slopes(y, [SQUARE], [x])[0] == pytest.approx(differences(y, [SQUARE], 0), abs=1e-6)


@pytest.mark.parametrize("kind", ["lambda_min", "lambda_max"])
def test_slopes_of_eigenvalues(kind: str) -> None:
    """Of the symmetric part: LAPACK reads one triangle."""
    tape = Tape()
    x = tape.input((3, 3))
    turned = tape.apply("take", (x,), (3, 3), (2, np.arange(9).reshape(3, 3).T.copy().tobytes(), (3, 3)))
    y = tape.apply("spectral", (x + turned,), (), kind)
    assert slopes(y, [SQUARE], [x])[0] == pytest.approx(differences(y, [SQUARE], 0), abs=1e-6)


def test_slopes_of_products() -> None:
    tape = Tape()
    x, y = tape.input((3, 3)), tape.input((3, 3))
    z = tape.apply("matmul", (x, y), (3, 3))
    found = slopes(z, [SQUARE, SQUARE[::-1]], [x, y])
    assert found[1] == pytest.approx(differences(z, [SQUARE, SQUARE[::-1].copy()], 1), abs=1e-6)


def test_a_singular_matrix_leaves_the_others_their_inverses() -> None:
    batch = np.stack([np.zeros((2, 2)), 2 * np.eye(2)])
    found = PRIMITIVES["inverse"].forward(None, batch)
    assert np.isnan(found[0]).all()
    assert found[1] == pytest.approx(np.eye(2) / 2)


def test_equal_steps_are_recorded_once() -> None:
    tape = Tape()
    x = tape.input((3,))
    assert (x * x).place == (x * x).place


def test_only_what_an_output_needs_is_run() -> None:
    tape = Tape()
    x = tape.input((3,))
    unused, used = tape.entrywise("exp", x), tape.entrywise("sin", x)
    results = Code(tape, [used]).run([VECTOR])
    assert used.place in results
    assert unused.place not in results
