"""Relations that are watched along a run: their two sides in doubles, and whether they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array
from derive.language.arrays import lambda_max
from derive.language.chance import Event, Every
from derive.language.tensor import Tensor, tensor
from derive.obligation import TURNED

SIGNS: dict[str, np.ufunc] = {"==": np.equal, "<=": np.less_equal, "<": np.less}


@dataclass(frozen=True)
class Watched:
    """``left sign right`` in every entry, with the sign ``<=``, ``<`` or ``==``."""

    sign: str
    left: Tensor
    right: Tensor

    def holds(self, left: Array, right: Array, slack: float = 0.0) -> Array:
        """For each instance whether the relation holds, given the values of its sides. What is no number holds not.

        With ``slack`` the right side is so much larger, relative to the size of both: what roundings may have done.
        """
        left, right = aligned(left, right)
        with np.errstate(invalid="ignore"):
            size = np.abs(left) + np.abs(right)
            spare = slack * np.where(np.isfinite(size), size, 0.0)  # an event that never happens stays so
            if slack and self.sign == "==":
                found = np.abs(left - right) <= spare
            else:
                found = SIGNS[self.sign](left, right + spare if slack else right)
        return np.asarray(found.reshape(len(found), -1).all(axis=1))


def watched(event: Tensor) -> Iterator[Watched]:
    """The relations of an event; one in the Loewner order is one of the largest eigenvalue of the difference.

    Raises:
        Unavailable: the event is no conjunction of relations, or a relation that two doubles do not decide.
    """
    if isinstance(event, Every):
        for part in event.events:
            yield from watched(part)
    elif isinstance(event, Event):
        yield _turned(event)
    else:
        raise Unavailable(f"the event {event!r} inside of another")


def _turned(event: Event) -> Watched:
    sign, left, right = event.sign, event.left, event.right
    if sign in TURNED:
        sign, left, right = TURNED[sign], right, left
    if sign == "<<":
        return Watched("<=", lambda_max(left - right), tensor(0))
    if sign not in SIGNS:
        raise Unavailable(f"a relation {sign} of doubles")
    return Watched(sign, left, right)


def aligned(left: Array, right: Array) -> tuple[Array, Array]:
    """Two arrays with an axis of instances in front, repeated to one shape as their tensors are."""
    rank = max(left.ndim, right.ndim)
    left, right = (x.reshape((len(x),) + (1,) * (rank - x.ndim) + x.shape[1:]) for x in (left, right))
    left, right = np.broadcast_arrays(left, right)
    return left, right


def margins(left: Array, right: Array) -> tuple[Array, Array]:
    """Both sides at the entry where they come nearest to a violation, for each instance."""
    left, right = aligned(left, right)
    rows = len(left)
    left, right = left.reshape(rows, -1), right.reshape(rows, -1)
    with np.errstate(invalid="ignore"):
        worst = np.argmax(left - right, axis=1)
    return left[np.arange(rows), worst], right[np.arange(rows), worst]
