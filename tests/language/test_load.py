"""Papers from files."""

import sys
from pathlib import Path

import pytest

from derive.language.errors import InputError
from derive.language.load import load, salvage

PAPER = """
from derive import Paper, matrix, vector, dims, grad
n, d = dims("n d")
x = vector("x", n)
paper = Paper("demo", title="A demonstration")
paper.claim("gradient", grad(x @ x, x) == 2 * x)
"""


def write(folder: Path, text: str | bytes, name: str = "paper.py") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def failure(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load(path)
    return caught.value


def test_a_python_file_gives_its_papers(tmp_path: Path) -> None:
    (paper,) = load(write(tmp_path, PAPER))
    assert [claim.id for claim in paper.claims] == ["demo/gradient"]


def test_papers_come_in_order_each_once_also_from_lists(tmp_path: Path) -> None:
    text = "from derive import Paper\na = b = Paper('a')\nmore = [Paper('b'), Paper('c')]\nlast = {'d': Paper('d')}\n"
    assert [paper.id for paper in load(write(tmp_path, text))] == ["a", "b", "c", "d"]


def test_a_file_is_executed_afresh_each_time(tmp_path: Path) -> None:
    path = write(tmp_path, PAPER)
    (first,), (second,) = load(path), load(path)
    assert first is not second
    assert len(second.claims) == 1


@pytest.mark.parametrize("name", ["random.py", "checks.py", "derive.py", "numpy.py", "a paper.py"])
def test_a_files_name_stands_for_nothing(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = dict.fromkeys(sys.modules)
    assert [paper.id for paper in load(write(tmp_path, PAPER, name))] == ["demo"]
    added = set(sys.modules) - set(before)
    assert not added & {"random", "checks", "numpy", name.removesuffix(".py")} - {"derive"}


def test_a_claim_knows_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, PAPER)
    (paper,) = load(path)
    assert paper.claims[0].where == (str(path), 6)


@pytest.mark.parametrize("text", ["", "# nothing here\n", "x = 1\n"])
def test_a_file_without_a_paper_gives_none(tmp_path: Path, text: str) -> None:
    assert load(write(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("x = 1\n\ny = = 2\n", 3, "does not parse"),
        ("\n\n1/0\n", 3, "raised ZeroDivisionError: division by zero"),
        ("def f():\n    return undefined\n\nf()\n", 2, "raised NameError: name 'undefined' is not defined"),
        ("import sys\nsys.exit(1)\n", 2, "raised SystemExit: 1"),
        ("import common_definitions\n", 1, "raised ModuleNotFoundError"),
        (
            "from derive import vector, dims\nn, d = dims('n d')\nx, y = vector('x', n), vector('y', d)\nx + y\n",
            4,
            "shapes do not conform",
        ),
        (
            "from derive import Paper\npaper = Paper('p')\npaper.claim('c', 1 == 1)\n",
            3,
            "expected a relation, found True",
        ),
        ("from derive import scalar\nx = scalar('x')\nif x <= 1:\n    pass\n", 3, "has no truth value"),
        ("def f(n):\n    return f(n + 1)\nf(0)\n", 2, "raised RecursionError"),
        (PAPER + "paper.claim('gradient', x == x)\n", 7, "there is already a claim of this id"),
        (b"\xff\xfe\x00", None, "does not parse"),
        ("x = '\0'", None, "does not parse"),
        ("(" * 5000, None, "does not parse"),
    ],
)
def test_a_file_at_fault_is_an_input_error_with_its_line(
    tmp_path: Path, text: str | bytes, line: int | None, message: str
) -> None:
    path = write(tmp_path, text)
    error = failure(path)
    assert error.file == str(path)
    assert message in error.message
    if line is not None:
        assert error.line == line


@pytest.mark.parametrize(
    ("rest", "line", "claim", "message"),
    [
        ("paper.claim('shapes', A @ A == A)\npaper.claim('third', x == x)\n", 8, "demo/shapes", "do not conform"),
        ("paper.claim(\n    'shapes',\n    A @ A == A,\n)\n", 10, "demo/shapes", "do not conform"),
        ("paper.claim('gradient', x == x)\n", 8, "demo/gradient", "there is already a claim of this id"),
        ("paper.claim('number', x == 1/0)\n", 8, "demo/number", "raised ZeroDivisionError"),
        ("for name in 'a':\n    paper.claim(name, 1)\n", 9, "demo/a", "expected a relation"),
        ("1/0\n", 8, None, "raised ZeroDivisionError"),
    ],
)
def test_a_file_that_raises_keeps_the_claims_before_and_names_line_and_claim(
    tmp_path: Path, rest: str, line: int, claim: str | None, message: str
) -> None:
    path = write(tmp_path, PAPER + "A = matrix('A', n, d)\n" + rest)
    (paper,), error = salvage(path)
    assert error is not None
    assert [kept.id for kept in paper.claims] == ["demo/gradient"]
    assert (error.file, error.line, error.claim) == (str(path), line, claim)
    assert message in error.message
    assert error.hint


def test_a_file_that_raises_before_its_first_claim_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="division by zero"):
        salvage(write(tmp_path, "from derive import Paper\npaper = Paper('p')\n1/0\n"))


def test_a_sound_file_has_no_error(tmp_path: Path) -> None:
    papers, error = salvage(write(tmp_path, PAPER))
    assert (len(papers), error) == (1, None)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    error = failure(tmp_path / "missing.py")
    assert "No such file" in str(error)
    assert error.hint


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    assert "is larger than" in str(failure(write(tmp_path, b"#" * (5 * 2**20))))
