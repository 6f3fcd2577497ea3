"""Drawings in the appendix: LaTeX's picture environment, and nothing that needs a package."""

from __future__ import annotations

import re

import pytest

from derive.record import ExperimentRecord
from derive.render.experiment import Drawing, growth
from derive.render.picture import LONGEST, picture


@pytest.fixture
def drawing() -> Drawing:
    record = ExperimentRecord(
        kind="exponent",
        text="",
        seeds=3,
        value=-1.0,
        sizes=(10, 100, 1000),
        means=(1.0, 0.1, 0.01),
        least=(0.8, 0.08, 0.008),
        most=(1.2, 0.12, 0.012),
        claimed_high=-0.5,
    )
    found = growth(record)
    assert found is not None
    return found


def test_every_mark_and_label_is_drawn(drawing: Drawing) -> None:
    text = picture(drawing, "m")
    assert text.count(r"\circle*") == 3
    assert "$m$" in text
    assert {"$10^{1}$", "$10^{2}$", "$10^{3}$"} <= set(re.findall(r"\$10\^\{\d\}\$", text))


def test_only_commands_of_the_kernel_are_used(drawing: Drawing) -> None:
    commands = {"setlength", "unitlength", "begin", "end", "put", "line", "makebox", "scriptsize", "qbezier", "circle"}
    assert set(re.findall(r"\\([a-z]+)", picture(drawing, "m"))) == commands


def test_no_curve_is_too_long_for_tex(drawing: Drawing) -> None:
    places = r"\(([-\d.]+),([-\d.]+)\)"
    for x, y, _, _, a, b in re.findall(r"\\qbezier" + 3 * places, picture(drawing, "m")):
        assert max(abs(float(x) - float(a)), abs(float(y) - float(b))) <= LONGEST + 0.2


def test_a_claimed_line_is_dashed(drawing: Drawing) -> None:
    """The fitted line is whole pieces that meet, the claimed one is broken."""
    fit, claimed = (line for line in drawing.lines)
    assert (fit.kind, claimed.kind) == ("fit", "claimed")
    whole = picture(drawing, "m").count(r"\qbezier")
    alone = picture(Drawing(**(vars(drawing) | {"lines": (fit,)})), "m").count(r"\qbezier")
    assert whole - alone == 12
