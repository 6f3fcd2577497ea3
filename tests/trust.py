"""The sentences of the trust page, as patterns: what a report may say of a claim."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "trust.md"

QUOTED = re.compile(r'"([^"]+)"')
PLURAL = re.compile(r"\b(step|fact|instance|seed)s\b")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?")


@cache
def sentences(of: str) -> tuple[re.Pattern[str], ...]:
    """Those of the rows that begin with ``of``: a verdict, or ``a flag``.

    In them ``...`` stands for any text, and a number for any number; what follows a sentence is left open.
    """
    cells = [line.split("|")[1].strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    rows = [cell for cell in cells if cell.startswith(of)]
    return tuple(re.compile(_pattern(text), re.DOTALL) for row in rows for text in QUOTED.findall(row))


def _pattern(text: str) -> str:
    parts = [re.escape(NUMBER.sub("0", part.strip())).replace("0", NUMBER.pattern) for part in text.split("...")]
    pattern = ".*".join(parts)
    return PLURAL.sub(r"\1s?", pattern).replace(r"\ agree", r"\ agrees?")


def explained(of: str, told: str) -> bool:
    """Does the trust page say what stands behind this?"""
    return any(pattern.match(told) for pattern in sentences(of))
