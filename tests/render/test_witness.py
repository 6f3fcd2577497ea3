"""A witness reads as in a paper."""

import pytest

from derive.record import WitnessRecord
from derive.render import witness
from derive.render.portable import portable_fault


@pytest.mark.parametrize(
    ("entries", "tex"),
    [
        ("-3/2", r"-\tfrac{3}{2}"),
        ("7", "7"),
        (["1", "0"], r"(1,\ 0)^\top"),
        (["1"], "(1)"),
        ([["1", "1/3"], ["0", "2"]], r"\begin{pmatrix} 1 & \tfrac{1}{3} \\ 0 & 2 \end{pmatrix}"),
        ([["5"]], "(5)"),
        ([[["1", "2"]], [["3"]]], r"(\begin{pmatrix} 1 & 2 \end{pmatrix},\ (3))"),
        ("[0.5 +/- 1e-9]", r"\mathrm{[0.5\ +/-\ 1e-9]}"),
    ],
)
def test_values(entries: str, tex: str) -> None:
    assert witness.value(entries) == tex
    assert portable_fault(tex) is None


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("A", "A"),
        ("A1", "A_{1}"),
        ("x_12", "x_{12}"),
        ("alpha", r"\alpha"),
        ("eta_2", r"\eta_{2}"),
        ("max_x", r"\mathrm{max\_x}"),
    ],
)
def test_symbols(name: str, tex: str) -> None:
    assert witness.symbol(name) == tex
    assert portable_fault(tex) is None


def test_an_assignment_names_sizes_before_values() -> None:
    found = WitnessRecord(sizes={"n": 2}, values={"x": ["1", "2"]})
    assert witness.assignments(found) == ["n = 2", r"x = (1,\ 2)^\top"]


def test_entries_are_counted_from_one() -> None:
    assert witness.entry((0, 2)) == "(1, 3)"
    assert witness.entry((3,)) == "4"
