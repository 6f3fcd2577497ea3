"""Where the built-in catalogue and the report templates lie: in an installed package, beside it in a source tree."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _directory(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def catalogue() -> Path:
    """The folder of the built-in papers, one file a paper."""
    return _directory("checks")


def templates() -> Path:
    """The folder of the report templates, one folder a format."""
    return _directory("reports")
