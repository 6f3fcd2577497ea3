"""What several tests share: papers as files, and the command line in this process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from derive.cli import exit_code


@pytest.fixture(scope="session", autouse=True)
def nothing_is_known_from_before() -> Iterator[None]:
    """What a test runs is examined: no result of an earlier run stands in its place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DERIVE_NO_CACHE", "1")
        yield


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code, and what it printed, colours taken out."""

    code: int
    out: str
    err: str


Derive = Callable[..., Outcome]


@pytest.fixture
def derive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Derive:
    """Run ``derive`` with the given arguments in an empty working directory, without starting a Python."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Outcome:
        capfd.readouterr()
        code = exit_code([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Outcome(code, click.unstyle(out), click.unstyle(err))

    return run
