"""Papers from files: Python files, which are executed, and TOML files, which are only parsed.

A Python file runs as a module of its own under a name that nothing else has, never through the module path: so a file
called ``random.py`` or ``checks.py`` is just a paper. Its folder is that module's package, so that a paper in several
files has its definitions once: ``from .attention import paper, A, x`` in a file beside ``attention.py``.
"""

from __future__ import annotations

import ast
import hashlib
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
    papers, error = salvage(path)
    if error:
        raise error
    return papers


def salvage(path: Path) -> tuple[list[Paper], InputError | None]:
    """The papers of the file ``path``; where it raises, they have the claims stated until then, and the error is given.

    Raises:
        InputError: the file cannot be read or parsed, or raises before it has stated any claim.
    """
    if path.suffix == ".toml":
        from derive.language import toml

        return list(toml.read(path)), None
    module, error = _execute(path)
    papers = [_own(paper, module) for paper in _distinct(_papers(vars(module).values()))]
    if error and not any(paper.claims for paper in papers):
        raise error
    return papers, error


def _compile(path: Path) -> CodeType:
    try:
        return compile(read(path), str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise InputError(f"does not parse: {error.msg}", file=str(path), line=error.lineno) from error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise InputError(f"does not parse: {error}", file=str(path)) from error


def _execute(path: Path) -> tuple[ModuleType, InputError | None]:
    """The module that ``path`` is, executed afresh, and what ended its execution early."""
    code = _compile(path)
    package = _package(path.resolve().parent)
    digest = hashlib.sha256(path.name.encode()).hexdigest()[:12]
    module = ModuleType(f"{package}.derive_paper_{digest}")
    module.__file__, module.__package__ = str(path), package
    sys.modules[module.__name__] = module  # dataclasses and pickle look a class's module up by name
    try:
        exec(code, vars(module))
    except (Exception, SystemExit) as error:
        return module, _placed(error, path, vars(module))
    return module, None


def _package(folder: Path) -> str:
    """The name of the package that ``folder`` is to the files in it; what was imported from it before is forgotten."""
    name = f"derive_papers_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    for known in [known for known in sys.modules if known.startswith(f"{name}.")]:
        del sys.modules[known]
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    return name


def _own(paper: Paper, module: ModuleType) -> Paper:
    """The paper with the claims that ``module`` states, not those of files that it imports."""
    beside = {
        getattr(other, "__file__", None)
        for name, other in sys.modules.items()
        if name.startswith(f"{module.__package__}.") and other is not module
    }
    claims = [claim for claim in paper.claims if claim.where[0] not in beside]
    others = [claim for claim in paper.claims if claim.where[0] in beside]
    return replace(paper, claims=claims, elsewhere=others) if others else paper


def _placed(error: BaseException, path: Path, names: Mapping[str, object]) -> InputError:
    """``error`` as an input error with the file, the line, and the claim that the line states."""
    found = error
    if not isinstance(found, InputError):
        found = InputError(f"raised {_summary(error)}", hint=_hint(error))
        found.__cause__ = error
    found.file = found.file or str(path)
    found.line = found.line or _line(error.__traceback__, str(path))
    found.claim = found.claim or _claim(path, found.line, names)
    return found


def _claim(path: Path, line: int | None, names: Mapping[str, object]) -> str | None:
    """The id of the claim that ``paper.claim("...", ...)`` states at ``line``, where it is written out like this."""
    for node in ast.walk(ast.parse(read(path))) if line else ():
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="claim"),
                args=[ast.Constant(value=str(claim)), *_],
                lineno=int(first),
                end_lineno=int(last),
            ) if line and first <= line <= last and isinstance(paper := names.get(name), Paper):
                return f"{paper.id}/{claim}"
    return None


def _line(trace: TracebackType | None, file: str) -> int | None:
    """The line of ``file`` that was running when the exception was raised."""
    lines = [frame.lineno for frame in traceback.extract_tb(trace) if frame.filename == file]
    return lines[-1] if lines else None


def _summary(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:300]}" if text else type(error).__name__


def _hint(error: BaseException) -> str:
    if isinstance(error, ImportError):
        return "a paper imports derive, installed packages, and files beside it as in: from .model import A, x"
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
