"""The built wheel carries what it needs: installed into an empty environment it reports like the source tree."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    (built,) = folder.glob("derive_check-*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel alone, which sees the dependencies installed here but not this source tree."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True, timeout=100)
    (site,) = home.glob("lib/python*/site-packages")
    # A .pth file names a folder; the .pth files in that folder, this source tree's among them, do not count.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, timeout=100, check=False)


def test_the_wheel_holds_the_catalogue_the_templates_and_the_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "derive/checks/softmax_regression.py" in names
    assert any(name.startswith("derive/reports/html/") for name in names)
    assert "derive/py.typed" in names


def test_the_wheel_holds_the_package_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"derive", "derive_check"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_is_the_one_that_runs(environment: Path, tmp_path: Path) -> None:
    done = run(tmp_path, environment / "bin" / "python", "-c", "import derive; print(derive.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(environment)


@pytest.mark.parametrize("command", [["derive"], ["python", "-m", "derive"]], ids=" ".join)
def test_the_installed_package_reports_its_catalogue_in_an_empty_directory(
    environment: Path, tmp_path: Path, command: list[str]
) -> None:
    program, *arguments = command
    arguments += ["report", "-k", "softmax-regression/gradient", "--format", "html,tex,md"]
    done = run(tmp_path, environment / "bin" / program, *arguments)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "build" / "derive").iterdir()}
    assert names >= {"results.json", "report.html", "appendix.tex", "standalone.tex", "summary.md"}
    assert str(environment) not in (tmp_path / "build" / "derive" / "results.json").read_text()
