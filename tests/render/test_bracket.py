"""The drawing of a bracket: all within its frame, in the order of the numbers, whatever their signs and sizes."""

from __future__ import annotations

import pytest

from derive.record import SampleRecord
from derive.render.bracket import Drawing, draw

LOOSE = {"claimed": "40", "attack_lower": "0.57", "derived_upper": "1.4"}
BELOW = {"claimed": "-4", "attack_upper": "-0.24", "derived_lower": "-1"}
MIXED = {"claimed": "-1", "attack_upper": "0.5", "derived_lower": "-3"}
ASTRONOMICAL = {"claimed": "9.424e+139", "derived_upper": "2"}
BEYOND_DOUBLES = {"claimed": "1e+5000", "derived_upper": "1e-5000"}
ENCLOSED = {"claimed": "-0.241", "enclosed_lower": "-0.241", "enclosed_upper": "-0.2404088"}
ZERO = {"claimed": "0", "attack_upper": "0"}
SAMPLES = [LOOSE, BELOW, MIXED, ASTRONOMICAL, BEYOND_DOUBLES, ENCLOSED, ZERO]


def drawing(numbers: dict[str, str]) -> Drawing:
    found = draw(SampleRecord(numbers=numbers))
    assert found is not None
    return found


@pytest.mark.parametrize("numbers", SAMPLES, ids=lambda numbers: numbers["claimed"])
def test_everything_lies_within_the_frame(numbers: dict[str, str]) -> None:
    found = drawing(numbers)
    left, top, right, bottom = map(float, found.frame)
    places = [x for row in found.rows for x in row.marks] + [x for x, _ in found.ticks] + list(found.band or ())
    assert all(left <= float(x) <= right for x in places)
    assert all(top <= float(row.down) <= bottom for row in found.rows)


@pytest.mark.parametrize("numbers", [LOOSE, BELOW, MIXED, ASTRONOMICAL], ids=lambda numbers: numbers["claimed"])
def test_marks_have_the_order_of_the_numbers(numbers: dict[str, str]) -> None:
    places = {row.kind: float(row.marks[0]) for row in drawing(numbers).rows}
    ranked = sorted(numbers, key=lambda key: float(numbers[key]))
    assert sorted(places, key=places.__getitem__) == [key.partition("_")[0] for key in ranked]


def test_equal_ratios_are_equally_far_apart() -> None:
    found = drawing({"claimed": "100", "attack_lower": "1", "derived_upper": "10"})
    worst, derived, claimed = (float(row.marks[0]) for row in found.rows)
    assert derived - worst == pytest.approx(claimed - derived, abs=0.2)


def test_the_true_constant_lies_between_what_is_reached_and_what_is_derived() -> None:
    found = drawing(LOOSE)
    assert found.band == (found.rows[0].marks[0], found.rows[1].marks[0])


def test_an_enclosure_has_two_ends() -> None:
    row = next(row for row in drawing(ENCLOSED).rows if row.kind == "enclosed")
    assert len(row.marks) == 2
    assert row.number == "−0.241 to −0.2404088"


def test_a_power_of_ten_is_written_as_one() -> None:
    assert drawing(ASTRONOMICAL).rows[-1].number == "9.424·10¹³⁹"


def test_the_claimed_constant_alone_is_not_drawn() -> None:
    assert draw(SampleRecord(numbers={"claimed": "4"})) is None
