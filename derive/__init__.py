"""derive: symbolic and numeric checks of the derivations in machine-learning theory papers."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The author's language, imported when it is first used: ``derive --help`` needs none of it."""
    if name.startswith("_") and name != "__all__":
        raise AttributeError(name)
    try:
        return getattr(import_module("derive.language.api"), name)
    except AttributeError:
        raise AttributeError(f"derive has no name {name!r}") from None


def __dir__() -> list[str]:
    return sorted(import_module("derive.language.api").__all__)
