"""The drawing of a remainder: points on the guide line where the slope is right, nothing outside the frame."""

from __future__ import annotations

import msgspec
import pytest

from derive.record import RemainderRecord
from derive.render.remainder import plot

STEPS = tuple(4.0**-k for k in range(2, 11))
RIGHT = RemainderRecord(order=1, steps=STEPS, sizes=tuple(t**2 / 2 for t in STEPS), slope=2.0)
WRONG = RemainderRecord(order=1, steps=STEPS, sizes=tuple(t / 10 for t in STEPS), slope=1.0)
HESSIAN = RemainderRecord(order=2, steps=STEPS, sizes=tuple(t**3 for t in STEPS), slope=3.0)
SYMMETRIC = msgspec.structs.replace(RIGHT, sizes=tuple(t**4 for t in STEPS), slope=4.0)
EXACT = RemainderRecord(order=1, steps=STEPS, sizes=(0.0,) * len(STEPS))


@pytest.mark.parametrize(
    ("remainder", "words"),
    [
        (RIGHT, "the slope should be 2, it is 2.00"),
        (WRONG, "the slope should be 2, it is 1.00"),
        (HESSIAN, "the slope should be 3, it is 3.00"),
        (SYMMETRIC, "the slope should be at least 2, it is 4.00"),
        (EXACT, "nothing is left: on this line the model is a polynomial of degree 1 at most"),
    ],
)
def test_words(remainder: RemainderRecord, words: str) -> None:
    assert remainder.words == words


def offset(remainder: RemainderRecord) -> float:
    """The largest distance of a point from the guide line, upwards, among points beside it."""
    drawing = plot(remainder)
    assert drawing is not None
    (x0, y0), (x1, y1) = ((float(x), float(y)) for x, y in drawing.guide)
    points = [(float(x), float(y)) for x, y in drawing.points]
    return max(abs(y - y0 - (y1 - y0) * (x - x0) / (x1 - x0)) for x, y in points if min(x0, x1) <= x <= max(x0, x1))


@pytest.mark.parametrize("remainder", [RIGHT, HESSIAN])
def test_points_of_a_right_claim_lie_on_the_guide(remainder: RemainderRecord) -> None:
    assert offset(remainder) < 0.5


def test_points_of_a_wrong_claim_leave_the_guide() -> None:
    assert offset(WRONG) > 20


@pytest.mark.parametrize("remainder", [RIGHT, WRONG, HESSIAN, SYMMETRIC])
def test_everything_lies_within_the_frame(remainder: RemainderRecord) -> None:
    drawing = plot(remainder)
    assert drawing is not None
    left, top, right, bottom = map(float, drawing.frame)
    for x, y in (*drawing.points, *drawing.guide):
        assert left <= float(x) <= right
        assert top <= float(y) <= bottom
    assert len(drawing.across) >= 2
    assert len(drawing.upwards) >= 2


def test_nothing_is_drawn_of_an_exact_model() -> None:
    assert plot(EXACT) is None
