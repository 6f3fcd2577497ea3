"""A proof that took the derivative of a piecewise function says nothing at its kinks."""

from __future__ import annotations

from collections.abc import Iterator

from derive.lint.subject import Examined


def examine(examined: Examined) -> Iterator[str]:
    """The piecewise functions through which a proof took a derivative."""
    proofs = (found for found in examined.evidence() if found.outcome == "proof")
    kinks = dict.fromkeys(text for found in proofs for text in found.kinks)
    if kinks:
        yield f"away from the kinks of {', '.join(kinks)}"
