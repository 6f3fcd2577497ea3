"""The versions of all that a result may depend on."""

from __future__ import annotations

import platform
from importlib import metadata

NAMED_VERSIONS = (
    "derive-check",
    "sympy",
    "numpy",
    "mpmath",
    "python-flint",
    "symengine",
    "highspy",
    "cvxpy",
    "clarabel",
)


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that a result may depend on."""
    found = {"python": platform.python_version()}
    for name in NAMED_VERSIONS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
