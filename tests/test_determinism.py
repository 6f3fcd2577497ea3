"""The same seed gives the same bytes of every file of a report, apart from seconds; another seed other instances."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PAPER = """
import numpy as np
from derive import Paper, diag, dims, grad, heaviside, hessian, norm, relu, softmax, outer, vector, matrix
n, d = dims("n d")
A, x, b = matrix("A", n, d), vector("x", d), vector("b", n)
f = softmax(A @ x)
paper = Paper("seeded")

def loss(x):
    return float(np.sum(np.asarray([float(entry) for entry in x]) ** 2))

F = paper.function("F", loss, d)
paper.claim("right", grad(norm(f - b)**2 / 2, x) == A.T @ (f * (f - b) - f * (f @ (f - b))))
paper.claim("wrong", grad(norm(f - b)**2 / 2, x) == A.T @ (f * (f - b) + f * (f @ (f - b))))
paper.claim("curvature", hessian(norm(A @ x - b)**2, x) == 2 * A.T @ A)
paper.claim("kinks", grad(relu(A @ x).sum(), x) == A.T @ heaviside(A @ x))
paper.claim("bounded", norm(A @ x) <= 1, given=[norm(x) <= 1, norm(A, "fro") <= 2])
paper.claim("code", grad(F(x), x) == 2 * x)
"""

FOOTER = "<footer"
"""Where a page has its versions and seconds; the other formats have none."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two reports with seed 3, in processes that hash differently and do a different number of things at a time."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "paper.py").write_text(PAPER)
    return [written(folder, "--mutate", "-j", str(k), seed="3", hashing=str(k)) for k in (1, 2)]


def written(folder: Path, *more: str, seed: str, hashing: str = "1") -> Path:
    out = folder / f"seed{seed}-{hashing}"
    command = [sys.executable, "-m", "derive", "report", "paper.py", "--seed", seed, *more]
    environment = {**os.environ, "PYTHONHASHSEED": hashing}
    done = subprocess.run(
        [*command, "--out", str(out), "--format", "html,tex,json,md"],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr  # one claim is wrong
    return out


def untimed(found: Any) -> Any:
    """A record without its seconds."""
    if isinstance(found, dict):
        return {key: untimed(value) for key, value in found.items() if key != "seconds"}
    return [untimed(value) for value in found] if isinstance(found, list) else found


def record(report: Path) -> Any:
    return json.loads((report / "results.json").read_text())


def claims_of(report: Path) -> dict[str, Any]:
    """The claims by the last part of their ids."""
    return {claim["id"].partition("/")[2]: claim for claim in record(report)["papers"][0]["claims"]}


def remainders(report: Path) -> list[Any]:
    """Those of the right claim, along random lines through random points."""
    return [found["remainder"]["sizes"] for found in claims_of(report)["right"]["evidence"] if "remainder" in found]


@pytest.mark.timeout(600)
def test_the_same_seed_gives_the_same_record(reports: list[Path]) -> None:
    first, second = (json.dumps(untimed(record(report))) for report in reports)
    assert first == second


@pytest.mark.timeout(600)
def test_another_seed_draws_others(reports: list[Path]) -> None:
    other = written(reports[0].parent, "-k", "right or wrong", seed="4")
    assert remainders(other) != remainders(reports[0])


@pytest.mark.timeout(600)
def test_the_same_seed_gives_the_same_bytes_of_every_other_file(reports: list[Path]) -> None:
    first, second = (
        {path.name: path.read_text().partition(FOOTER)[0] for path in report.iterdir() if path.suffix != ".json"}
        for report in reports
    )
    assert first.keys() == {"appendix.tex", "report.html", "standalone.tex", "summary.md"}
    assert first == second


@pytest.mark.timeout(600)
def test_all_that_is_drawn_at_random_is_in_these_reports(reports: list[Path]) -> None:
    """Remainders to plot, a diagnosis, a witness, kinks and regions, planted errors: those are what was compared."""
    claims = claims_of(reports[0])
    assert remainders(reports[0])
    assert claims["wrong"]["diagnosis"]["words"]
    assert claims["bounded"]["witness"]
    assert any(found.get("regions", 0) > 1 and found["kinks"] for found in claims["kinks"]["evidence"])
    assert claims["right"]["mutation"]["planted"] > 0
