"""Which relations like the claim's are worth the attempt of a proof, with more hypotheses or fewer."""

from __future__ import annotations

from derive.language.tensor import Tensor
from derive.obligation import Obligation

LARGEST = 60
"""Nodes of a relation above which no proof is attempted."""


def nodes(obligation: Obligation) -> set[Tensor]:
    """All nodes of both sides."""
    return {node for side in (obligation.left, obligation.right) for node in side.walk()}


def small(obligation: Obligation) -> bool:
    """Is a proof found, or given up, in a moment?"""
    return len(nodes(obligation)) <= LARGEST
