"""Claims judged, for the tests of the lint."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import derive as dv
from derive.instances.drawn import Drawn
from derive.judge import numeric_methods, symbolic_methods
from derive.lint.subject import Examined
from derive.obligation import obligations
from derive.verdict import decide

COSTLY = frozenset({"attack", "enclosure", "Taylor regression", "identity test modulo a prime", "complex step"})
"""Methods that the flags of the tests do not need."""


@cache
def _methods() -> tuple[Any, ...]:
    return tuple(method for name, method in (*symbolic_methods(), *numeric_methods()) if name not in COSTLY)


def examined(statement: Any, *given: Any) -> Examined:
    """A claim with what the cheaper methods find of it."""
    claim = dv.Paper("lint").claim("c", statement, given=given)
    drawn = [Drawn(obligation, seed=0) for obligation in obligations(claim)]
    findings = [[method(shared.obligation, shared) for method in _methods()] for shared in drawn]
    return Examined(claim, decide(findings), findings, drawn)


def flagged(check: str, statement: Any, *given: Any) -> list[str]:
    """What one check says of a claim."""
    return list(import_module(f"derive.lint.checks.{check}").examine(examined(statement, *given)))
