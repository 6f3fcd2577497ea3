"""Papers from files: Python files, which are executed, and TOML files, which are only parsed.

A Python file runs as a module of its own under a name that nothing else has, never through the module path: so a file
called ``random.py`` or ``checks.py`` is just a paper.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, ModuleType, TracebackType

from derive.language.errors import InputError
from derive.language.files import read
from derive.language.paper import Paper


def load(path: Path) -> list[Paper]:
    """The papers of the file ``path``, in the order in which it makes them; none where it makes none.

    Raises:
        InputError: the file cannot be read or parsed, or raises; the message says where.
    """
    if path.suffix == ".toml":
        from derive.language import toml

        return list(toml.read(path))
    return list(_distinct(_papers(vars(_execute(path)).values())))


def _compile(path: Path) -> CodeType:
    try:
        return compile(read(path), str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise InputError(f"does not parse: {error.msg}", file=str(path), line=error.lineno) from error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise InputError(f"does not parse: {error}", file=str(path)) from error


def _execute(path: Path) -> ModuleType:
    """The module that ``path`` is, executed afresh."""
    code = _compile(path)
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    module = ModuleType(f"derive_paper_{digest}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses and pickle look a class's module up by name
    try:
        exec(code, vars(module))
    except InputError as error:
        error.file = error.file or str(path)
        error.line = error.line or _line(error.__traceback__, str(path))
        raise
    except (Exception, SystemExit) as error:
        raise InputError(
            f"raised {_summary(error)}",
            file=str(path),
            line=_line(error.__traceback__, str(path)),
            hint=_hint(error),
        ) from error
    return module


def _line(trace: TracebackType | None, file: str) -> int | None:
    """The line of ``file`` that was running when the exception was raised."""
    lines = [frame.lineno for frame in traceback.extract_tb(trace) if frame.filename == file]
    return lines[-1] if lines else None


def _summary(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:300]}" if text else type(error).__name__


def _hint(error: BaseException) -> str:
    if isinstance(error, ImportError):
        return "a paper is one file: it imports derive and installed packages, no file beside it"
    return "correct this line; a paper only states definitions and claims"


def _papers(values: Iterable[object]) -> Iterator[Paper]:
    """The papers among ``values`` and in the lists, tuples and dictionaries among them."""
    for value in values:
        if isinstance(value, Paper):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (item for item in value if isinstance(item, Paper))
        elif isinstance(value, dict):
            yield from (item for item in value.values() if isinstance(item, Paper))


def _distinct(papers: Iterable[Paper]) -> Iterator[Paper]:
    """Each paper once, whatever the number of names it goes by."""
    seen: set[int] = set()
    for paper in papers:
        if id(paper) not in seen:
            seen.add(id(paper))
            yield paper
