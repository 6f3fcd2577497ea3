"""A hypothesis speaks of nothing that the statement does."""

from __future__ import annotations

from collections.abc import Iterator

from derive.lint.mentions import unrelated
from derive.lint.subject import Examined


def examine(examined: Examined) -> Iterator[str]:
    """The hypotheses without a name in common with the statement, directly or by way of other hypotheses."""
    claim = examined.claim
    yield from (f"unused hypothesis: {relation!r}" for relation in unrelated(claim.given, claim.relations))
