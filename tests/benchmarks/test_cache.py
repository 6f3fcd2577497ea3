"""The benchmark of the cache: what it runs is what a user runs, and a cache that lies or does nothing is noticed."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.cache import RATIO, SECONDS, Report, faults, measured
from tests import papers

COLD = Report(seconds=100.0, claims=200, kept=190, content=b"record")
WARM = replace(COLD, seconds=5.0)
ADDED = replace(COLD, seconds=6.0, claims=201, kept=191, content=b"more")


def test_a_cache_that_does_what_it_should_has_no_fault() -> None:
    assert faults(COLD, WARM, ADDED) == []


@pytest.mark.parametrize(
    ("warm", "added", "says"),
    [
        (replace(WARM, content=b"other"), ADDED, "the record differs"),
        (replace(WARM, seconds=SECONDS + 1), ADDED, "took more than 15 s"),
        (replace(WARM, seconds=COLD.seconds / RATIO + 1), ADDED, "1/10 of the first run"),
        (WARM, replace(ADDED, kept=190), "not one result"),
        (WARM, replace(ADDED, kept=250), "not one result"),
    ],
)
def test_each_aim_that_is_missed_is_told(warm: Report, added: Report, says: str) -> None:
    assert any(says in text for text in faults(COLD, warm, added))


@pytest.mark.timeout(400)
def test_the_runs_are_measured_as_a_user_has_them(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "good.py").write_text(papers.GOOD)
    cold, warm, added = measured([tmp_path / "papers"], jobs=2)
    assert (cold.claims, cold.kept) == (2, 2)
    assert warm.content == cold.content
    assert (added.claims, added.kept) == (3, 3)
