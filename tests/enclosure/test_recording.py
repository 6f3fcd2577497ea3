"""Recorded code: at a point it computes what the evaluator computes, derivatives included."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest

from derive.enclosure.code import Code
from derive.enclosure.leaf_balls import LeafBalls
from derive.enclosure.recording import Tape
from derive.enclosure.scope import recorded_scope
from derive.evaluate.balls import Balls
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point, nest
from derive.evaluate.system import array_of
from derive.instances.patterns import symbols
from tests.enclosure.claims import B, obligation

EXPRESSIONS = [
    B,
    "softmax(x) @ y",
    "logsumexp(x)",
    "hessian(logsumexp(x), x)",
    "jacobian(softmax(x), x)",
    "tanh(x) + sigmoid(y)*softplus(x)",
    "grad(tanh(x) @ sigmoid(y), x)",
    "hessian(sum(softplus(x)), x)",
    "abs(x) - relu(y)",
    "grad(relu(x) @ abs(y), x)",
    "maximum(x, y) - minimum(x, 2*y)",
    "max(x) + norm(y, inf)",
    "inv(S @ S + eye(n)) @ x",
    "det(S)",
    "norm(x - y)**3/(1 + norm(x, 1))",
    "gelu(x)*sin(y) + arctan(x)/cos(y)",
    "t**x",
]

SIZES = {"n": 3, "m": 2}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_the_code_computes_the_expression(text: str) -> None:
    side = obligation(f"{text} <= {text}").left
    own = symbols(side)
    shapes = {name: tuple(axis.size(SIZES) for axis in symbol.shape) for name, symbol in own.items()}
    counts = {name: prod(shape) for name, shape in shapes.items()}
    numbers = [Fraction((7 * k + 3) % 11 + 1, 8) for k in range(sum(counts.values()))]
    tape = Tape(len(numbers))
    places, values, arrays = iter(tape.arguments), iter(numbers), {}
    point = {}
    for name, count in counts.items():
        arrays[name] = array_of([next(places) for _ in range(count)], shapes[name], object)
        point[name] = nest([next(values) for _ in range(count)], shapes[name])
    recorded = recorded_scope(tape, SIZES, {}, arrays).value(side)
    system = LeafBalls(strict=True)
    with system.context():
        found = Code(tape.program(list(recorded.flat)), system).run([system.rational(x) for x in numbers])
    expected = evaluate(side, Point(SIZES, {}, point), Balls(64))
    assert all(x.overlaps(y) and x.rad() < 1e-9 for x, y in zip(found, expected.flat, strict=True))


def test_equal_steps_are_recorded_once_and_numbers_are_folded() -> None:
    tape = Tape(2)
    x, y = tape.arguments
    assert (x * y + y * x).place == (y * x + x * y).place
    assert (x * tape.number(Fraction(0))).value == 0
    assert (x + tape.number(Fraction(0))) is x


def test_a_program_keeps_only_what_its_outputs_need() -> None:
    tape = Tape(2)
    x, y = tape.arguments
    tape.apply("exp", (y,))
    total = x * x + x
    assert [step.operation for step in tape.program([total]).steps] == ["square", "add"]
    assert tape.needs(total) == {0}
