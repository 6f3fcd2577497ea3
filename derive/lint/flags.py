"""All checks of the lint on one claim: the folder ``checks`` is the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import derive.lint.checks
from derive.lint.subject import Examined
from derive.verdict import what_was_raised

Check = Callable[[Examined], Iterator[str]]

FAILED = "lint-failed"
"""The code of the flag that says that a check raised."""


@dataclass(frozen=True)
class Flag:
    """One remark: the stable code of its check, and the reason in the author's symbols."""

    code: str
    text: str


@cache
def checks() -> tuple[tuple[str, Check], ...]:
    """Every check: code and function, one a module of ``derive.lint.checks``, in the order of their names."""
    names = sorted(info.name for info in iter_modules(derive.lint.checks.__path__))
    modules = [import_module(f"derive.lint.checks.{name}") for name in names]
    return tuple((name.replace("_", "-"), module.examine) for name, module in zip(names, modules, strict=True))


def flags(examined: Examined) -> tuple[Flag, ...]:
    """The flags of a claim. A check that raises leaves the others, and the verdict, as they are."""
    return tuple(flag for code, check in checks() for flag in _flags(code, check, examined))


def _flags(code: str, check: Check, examined: Examined) -> list[Flag]:
    try:
        return [Flag(code, text) for text in check(examined)]
    except Exception as error:  # shown beside the verdict
        return [Flag(FAILED, f"{code}: {what_was_raised(error)}")]
