"""Do linear inequalities contradict each other? Exactly, by Fourier's elimination.

A system of linear inequalities over the reals has no solution if and only if some nonnegative combination of them reads
``c <= 0`` with c > 0, or ``0 < 0`` (Farkas 1902; Motzkin's transposition theorem for strict ones). Eliminating one
unknown after the other (Fourier 1826) finds the combination, and with it which inequalities it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST_ROWS = 200
"""Inequalities above which the elimination gives up: then nothing is known."""


@dataclass(frozen=True)
class Row:
    """``sum(coefficients[a] * a) + constant <= 0``, or ``< 0`` where strict, for the reasons given."""

    coefficients: Mapping[str, Fraction]
    constant: Fraction
    strict: bool
    reasons: frozenset[str]

    @property
    def impossible(self) -> bool:
        return not self.coefficients and (self.constant > 0 or (self.strict and self.constant == 0))


def exclusion(rows: Sequence[Row]) -> frozenset[str] | None:
    """Reasons that exclude each other, none of them superfluous; None where no contradiction was found."""
    found = _eliminated(rows)
    if found is None:
        return None
    for reason in sorted(found):
        fewer = _eliminated([row for row in rows if row.reasons <= found - {reason}])
        found = found if fewer is None else fewer
    return found


def _eliminated(rows: Iterable[Row]) -> frozenset[str] | None:
    system = _distinct(rows)
    while True:
        impossible = next((row for row in system if row.impossible), None)
        if impossible is not None:
            return impossible.reasons
        unknown = _cheapest(system)
        if unknown is None:
            return None
        above = [row for row in system if row.coefficients.get(unknown, 0) > 0]
        below = [row for row in system if row.coefficients.get(unknown, 0) < 0]
        rest = [row for row in system if unknown not in row.coefficients]
        if len(rest) + len(above) * len(below) > MOST_ROWS:
            return None
        system = _distinct([*rest, *(_combined(a, b, unknown) for a in above for b in below)])


def _cheapest(system: Sequence[Row]) -> str | None:
    """The unknown whose elimination leaves the fewest inequalities; None where no unknown is left."""
    above: dict[str, int] = {}
    below: dict[str, int] = {}
    for row in system:
        for unknown, coefficient in row.coefficients.items():
            side = above if coefficient > 0 else below
            side[unknown] = side.get(unknown, 0) + 1
    unknowns = sorted(above.keys() | below.keys())
    return min(unknowns, key=lambda unknown: above.get(unknown, 0) * below.get(unknown, 0), default=None)


def _combined(above: Row, below: Row, unknown: str) -> Row:
    """The positive combination of the two in which the unknown cancels."""
    a, b = 1 / above.coefficients[unknown], -1 / below.coefficients[unknown]
    total = {name: a * coefficient for name, coefficient in above.coefficients.items()}
    for name, coefficient in below.coefficients.items():
        total[name] = total.get(name, Fraction(0)) + b * coefficient
    return Row(
        {name: coefficient for name, coefficient in total.items() if coefficient},
        a * above.constant + b * below.constant,
        above.strict or below.strict,
        above.reasons | below.reasons,
    )


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Of inequalities with proportional coefficients the tightest, with the fewest reasons; none that always hold."""
    tightest: dict[tuple[tuple[str, Fraction], ...], Row] = {}
    for row in rows:
        if not row.coefficients and not row.impossible:
            continue
        scale = abs(row.coefficients[min(row.coefficients)]) if row.coefficients else Fraction(1)
        scaled = Row({a: c / scale for a, c in row.coefficients.items()}, row.constant / scale, row.strict, row.reasons)
        key = tuple(sorted(scaled.coefficients.items()))
        known = tightest.get(key)
        if known is None or _rank(scaled) > _rank(known):
            tightest[key] = scaled
    return list(tightest.values())


def _rank(row: Row) -> tuple[Fraction, bool, int]:
    return row.constant, row.strict, -len(row.reasons)
