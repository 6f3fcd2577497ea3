"""Reports, each rendered from the record of a run alone.

The modules of ``derive.render.formats`` are the formats: ``write(record, out)`` of the module ``x`` writes the format
``x`` into the directory ``out`` and returns what it wrote.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from derive.record import Record
from derive.render import formats as _formats

FORMATS: tuple[str, ...] = tuple(sorted(module.name for module in pkgutil.iter_modules(_formats.__path__)))
"""The names of all formats."""


class RenderError(RuntimeError):
    """A format that could not be written; the message is one sentence for the reader."""


class Unavailable(RenderError):
    """A format that cannot be written on this machine; the message says what is missing and where to get it."""


@dataclass(frozen=True)
class Rendering:
    """The files written; the reasons why a format is unavailable here, and why one failed, by its name."""

    paths: tuple[Path, ...]
    unavailable: dict[str, str]
    failures: dict[str, str]


def render(record: Record, formats: Sequence[str], out: Path) -> Rendering:
    """Write ``record`` in each of ``formats`` into the directory ``out``, which is made where it is missing.

    A format that fails is named with its reason and takes no other along. Raises ValueError for an unknown format and
    OSError where ``out`` cannot be made.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ValueError(f"unknown format {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    out.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    unavailable: dict[str, str] = {}
    failures: dict[str, str] = {}
    for name in dict.fromkeys(formats):
        try:
            paths += importlib.import_module(f"{_formats.__name__}.{name}").write(record, out)
        except Unavailable as error:
            unavailable[name] = str(error)
        except RenderError as error:
            failures[name] = str(error)
        except Exception as error:  # a fault of one format, whatever it is, must not cost the reader the others
            failures[name] = f"{type(error).__name__}: {error}"
    return Rendering(tuple(paths), unavailable, failures)
