"""Drawings of experiments: points lie where their numbers are, on axes that fit them."""

from __future__ import annotations

import pytest

from derive.record import CurveRecord, ExperimentRecord
from derive.render.experiment import along, growth


def record(**changes: object) -> ExperimentRecord:
    usual = {
        "kind": "exponent",
        "text": "exponent(rho, m, [10, 100, 1000])",
        "seeds": 3,
        "value": -1.0,
        "sizes": (10, 100, 1000),
        "means": (1.0, 0.1, 0.01),
        "least": (0.8, 0.08, 0.008),
        "most": (1.2, 0.12, 0.012),
    }
    return ExperimentRecord(**(usual | changes))  # type: ignore[arg-type]  # fields by name, of many types


def test_a_power_lies_on_its_line() -> None:
    drawing = growth(record())
    assert drawing is not None
    ((left, top), (right, bottom)) = drawing.lines[0].points
    first, middle, last = drawing.marks
    assert [first[:2], last[:2]] == [(left, top), (right, bottom)]
    assert float(middle[0]) == pytest.approx((float(left) + float(right)) / 2, abs=0.1)
    assert float(middle[1]) == pytest.approx((float(top) + float(bottom)) / 2, abs=0.1)


def test_bars_reach_from_the_least_seed_to_the_largest() -> None:
    drawing = growth(record())
    assert drawing is not None
    for _, y, low, high in drawing.marks:
        assert float(high) < float(y) < float(low)  # y downwards


@pytest.mark.parametrize(("ends", "lines"), [((None, None), 1), ((None, -0.5), 2), ((-1.5, -0.5), 3)])
def test_each_exponent_claimed_has_its_line(ends: tuple[float | None, float | None], lines: int) -> None:
    drawing = growth(record(claimed_low=ends[0], claimed_high=ends[1]))
    assert drawing is not None
    assert [line.kind for line in drawing.lines] == ["fit", *["claimed"] * (lines - 1)]


def test_everything_lies_within_the_axes() -> None:
    drawing = growth(record(claimed_low=-3.0, claimed_high=2.0))
    assert drawing is not None
    left, top, right, bottom = map(float, drawing.frame)
    places = [place for line in drawing.lines for place in line.points]
    places += [(x, y) for x, *heights in drawing.marks for y in heights]
    places += [(x, str(top)) for x, _ in drawing.across] + [(str(left), y) for y, _ in drawing.upwards]
    assert all(left - 0.1 <= float(x) <= right + 0.1 and top - 0.1 <= float(y) <= bottom + 0.1 for x, y in places)


def test_a_frequency_has_no_growth_to_draw() -> None:
    assert growth(ExperimentRecord(kind="frequency", text="", seeds=10, value=1.0)) is None


def test_sides_far_apart_have_a_logarithmic_axis_without_their_zeros() -> None:
    drawing = along(CurveRecord(steps=(0, 1, 2, 3), left=(0.0, 1e-6, 1e-5, 1e-4), right=(1e-2,) * 4))
    assert drawing is not None
    measured, claimed = drawing.lines
    assert (len(measured.points), len(claimed.points)) == (3, 4)
    gaps = [float(a[1]) - float(b[1]) for a, b in zip(measured.points, measured.points[1:], strict=False)]
    assert gaps[0] == pytest.approx(gaps[1], abs=0.2)  # decades are equally high


def test_sides_close_to_each_other_have_an_even_axis() -> None:
    drawing = along(CurveRecord(steps=(0, 1, 2), left=(0.96, 0.97, 0.98), right=(0.99,) * 3))
    assert drawing is not None
    assert [label for _, label in drawing.upwards] == ["0.96", "0.97", "0.98", "0.99"]


def test_one_step_is_no_curve() -> None:
    assert along(CurveRecord(steps=(0,), left=(1.0,), right=(2.0,))) is None


def test_what_was_measured_in_words() -> None:
    found = record(low=-1.1, high=-0.9, confidence=0.95, at={"n": 5})
    assert (
        found.words == "the measured exponent is -1.000 at n = 5, between -1.100 and -0.900 (confidence 0.95, 3 seeds)"
    )
