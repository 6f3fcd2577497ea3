"""Where results are kept: with the user, not in the directory of the papers.

A folder that comes along with somebody's papers could hold verdicts that nobody found. So the place is the user's own
(XDG base directory specification), and another one is taken only where the user names it.
"""

from __future__ import annotations

import os
from pathlib import Path


def usual_place() -> Path | None:
    """``$XDG_CACHE_HOME/derive``, or ``~/.cache/derive``; None where the user has no home."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if Path(named).is_absolute():  # others are to be ignored, as the specification says
        return Path(named) / "derive"
    try:
        return Path.home() / ".cache" / "derive"
    except RuntimeError:
        return None
