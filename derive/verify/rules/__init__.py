"""What each rule of the norm calculus states, as a table: a measure of something made of parts is at most (of a measure
from below, at least) a formula in measures of the parts.

Written anew from the mathematics, not from the search: the inequalities are those of Horn and Johnson, Matrix Analysis
(triangle, Hoelder, Cauchy-Schwarz, Weyl, Schur), of interval arithmetic, and the product, quotient and chain rules.
"""

from __future__ import annotations

from derive.verify.rules import norms, products, ranges, spectra
from derive.verify.rules.row import Row

Key = tuple[str, str, tuple[str, ...]]


def _table() -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for part in (products, norms, ranges, spectra):
        for row in part.rows():
            found.setdefault((row.rule, row.measure, row.premises), []).append(row)
    return found


TABLE = _table()
"""By rule, measure and the measures of the premises: what the rule may state."""

__all__ = ["TABLE", "Key", "Row"]
