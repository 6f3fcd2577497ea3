"""A constant of the claim is so large or so small that no double holds it, though the parameters are moderate."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice

from derive.lint.closed import constants
from derive.lint.mentions import sides
from derive.lint.moderate import moderate_points, place, power_of_ten
from derive.lint.subject import Examined


def examine(examined: Examined) -> Iterator[str]:
    """The constants that overflow or underflow, each with its powers of ten."""
    claim = examined.claim
    every = (side for relation in (*claim.relations, *claim.given) for side in sides(relation))
    found = {repr(constant): constant for side in every for constant in constants(side)}
    for text, constant in found.items():
        points = islice(moderate_points(claim.given, constant), 2)
        known = [(power, point) for point in points if (power := power_of_ten(constant, point)) is not None]
        if known and abs(known[0][0]) > sys.float_info.max_10_exp:
            told = [f"10**{power} at {place(point)}" for power, point in known]
            extreme = "large" if known[0][0] > 0 else "small"
            yield f"{text} is {' and '.join(reversed(told))}, where no double is as {extreme}"
