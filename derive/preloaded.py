"""What the server has imported that processes are forked from: all that examinations come to import.

Each process would import it for itself otherwise, which takes longer than a short examination.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import pkgutil

import derive
from derive.cache.edition import LATER

UNUSED = LATER | {"testing", "verify"}
"""Folders and modules of derive that no process of a run needs."""

LATE = ("highspy", "numpy.ma", "numpy.random", "symengine", "sympy.codegen.ast")
"""Packages that are imported only once they are needed."""


def preload() -> None:
    """Import all of it, and leave it out of the collection of garbage."""
    for info in pkgutil.iter_modules(derive.__path__):
        if info.name not in UNUSED:
            _import_with_all_below(f"derive.{info.name}")
    for name in LATE:
        if importlib.util.find_spec(name.partition(".")[0]):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is here stays: no process has to look through it for garbage, nor get a copy of it


def _import_with_all_below(name: str) -> None:
    module = importlib.import_module(name)
    for info in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
        importlib.import_module(info.name)


preload()
