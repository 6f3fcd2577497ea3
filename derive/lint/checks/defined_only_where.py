"""The hypotheses leave a side without a value somewhere; the claim speaks of the other places alone."""

from __future__ import annotations

from collections.abc import Iterator

from derive.lint.subject import Examined
from derive.lint.undefined import undefined_somewhere


def examine(examined: Examined) -> Iterator[str]:
    """The conditions that the hypotheses do not imply, each failed by an instance of them."""
    undefined = dict.fromkeys(text for found in examined.evidence() for text in found.undefined)
    undefined |= dict.fromkeys(text for o in examined.obligations for text in undefined_somewhere(o))
    if undefined:
        yield f"defined only where {', '.join(undefined)}"
