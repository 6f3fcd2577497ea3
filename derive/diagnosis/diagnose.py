"""The diagnosis: what is wrong with a claimed array, from its values at one point or at several.

The habits are those of gradient checkers, taken together: a table with the worst entry first, the cosine and the ratio
of the norms beside it, so that cosine 1 and ratio 2 reads "a global factor 2". To these come the search for a pattern
in the difference and the regression on the claim's own terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from derive.diagnosis import permutations, places, proportion
from derive.diagnosis.balls import arithmetic, finite, middle
from derive.diagnosis.finding import Finding, Kind
from derive.diagnosis.reading import Reading, read
from derive.diagnosis.regression import fit
from derive.diagnosis.sides import Entry, Sides, cosine, norm_ratio, sides, wrong_entries
from derive.diagnosis.sizes import Doubt
from derive.diagnosis.wording import words

SHARPNESS = 1e-3
"""Patterns are looked for where the error bars are below this part of the largest difference."""

MOST_WORDS = 4

CONCLUSIVE = (Kind.CLAIMS_ZERO, Kind.SHOULD_BE_ZERO, Kind.FACTOR, Kind.PERMUTED)
"""Findings beside which no other is worth telling."""

TELLING = (*CONCLUSIVE, Kind.ARRAY_FACTOR, Kind.TERM_FACTOR, Kind.TERM_PERMUTED, Kind.OFFSET, Kind.IDENTITY)
"""Findings that say what to change."""

TELLING_HERE = (Kind.FACTOR, Kind.PERMUTED, Kind.OFFSET, Kind.PLACE)
"""Findings that are worth telling of a single instance."""


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong.

    Attributes:
        wrong, total: entries that differ by more than their error bars, and all entries.
        entries: the wrong ones, the worst first, ten at most.
        cosine: of the angle between claimed array and reference; None where one is zero or both are single numbers.
        norm_ratio: Euclidean norm of the claimed array over that of the reference; None where one of them is zero.
        words: what that means, the most telling first.
        coefficients: by which number each term of the claim would have to be multiplied; empty where no such numbers
            exist or the values do not determine them.
    """

    wrong: int
    total: int
    entries: tuple[Entry, ...]
    cosine: float | None
    norm_ratio: float | None
    words: tuple[str, ...]
    coefficients: tuple[Reading, ...] = ()


def diagnose(
    claimed: Any,
    reference: Any,
    terms: Sequence[tuple[str, Any]] = (),
    error: Any = 0,
    *,
    scalars: Mapping[str, Any] | None = None,
    axes: Sequence[str] = (),
) -> Diagnosis:
    """What is wrong with ``claimed``, which should equal ``reference``.

    Args:
        claimed: numbers of any kind (floats, Fractions, mpmath or FLINT numbers), in any shape.
        reference: what they should be, of a shape that broadcasts with that of ``claimed``.
        terms: name and value of each term of the claim, of which ``claimed`` is the sum.
        error: the absolute error bar of each entry of ``claimed - reference`` (broadcast): both sides' together.
        scalars: named numbers of which a factor may be a multiple, such as a dimension.
        axes: names of the axes, for words such as "indices i and l are swapped".

    Raises:
        ValueError: the shapes do not broadcast together.
    """
    with arithmetic():
        return diagnose_at([sides(claimed, reference, terms, error=error, scalars=scalars, axes=axes)])


def diagnose_at(points: Sequence[Sides], agreeing: int = 0) -> Diagnosis:
    """The diagnosis from several points: table and cosine of the first, words that hold at all of them.

    What was found at the first alone is said to hold "at this instance"; what one point cannot tell from an accident
    (two numbers always have a ratio) is said only where another point confirms it. ``agreeing`` is the number of
    further points at which both sides were equal: then no words hold everywhere. A number that may be
    a function of sizes, as far as the points' sizes tell, is said to hold at this instance, and no size in doubt named.
    """
    with arithmetic():
        first = points[0]
        entries = wrong_entries(first)
        doubt = Doubt.of(points)
        joined = _coefficients(points)
        coefficients = None if joined is None else tuple(map(doubt.reading, joined))
        found = [*map(doubt.finding, _common(points)), *_term_findings(first, coefficients)]
        return Diagnosis(
            wrong=int(first.wrong.sum()),
            total=int(first.claimed.size),
            entries=entries,
            cosine=cosine(first),
            norm_ratio=norm_ratio(first),
            words=tuple(_words(found, agreeing)) if entries else (),
            coefficients=coefficients or (),
        )


def _words(found: Sequence[Finding], agreeing: int) -> Iterator[str]:
    told = _told(found)
    if not agreeing or any(finding.kind is Kind.SIGN for finding in told):
        yield from map(words, told)
        return
    yield "right at some instances and wrong at others"
    yield from (f"where it is wrong, {words(finding)}" for finding in told if not finding.only_here)


def _common(points: Sequence[Sides]) -> list[Finding]:
    """The findings of the first point, each with what the others make of it."""
    everywhere = [list(_patterns(point)) for point in points]
    return [finding for first in everywhere[0] for finding in _confirmed(first, everywhere[1:])]


def _confirmed(first: Finding, others: Sequence[Sequence[Finding]]) -> Iterator[Finding]:
    joined: Finding | None = first
    for findings in others:
        common = (joined.common(finding) for finding in findings) if joined is not None else ()
        joined = next((finding for finding in common if finding is not None), None)
    if joined is not None and joined.certain:
        yield joined
    elif first.certain:
        yield replace(first, here=True)


def _patterns(point: Sides) -> Iterator[Finding]:
    """All patterns at one point, none where the numbers are too coarse."""
    yield from (finding for look in (places.sign, places.place) if (finding := look(point)) is not None)
    if not _sharp(point):
        return
    single = (
        proportion.zeros,
        proportion.global_factor,
        proportion.array_factor,
        permutations.permuted,
        permutations.permuted_term,
        places.offset,
        places.identity_multiple,
        places.rank_one,
    )
    yield from (finding for look in single if (finding := look(point)) is not None)
    for several in (proportion.line_factors, proportion.entrywise, places.not_symmetric):
        yield from several(point)


def _sharp(point: Sides) -> bool:
    gap = point.difference
    if not finite(gap):
        return False
    return max(float(x.rad()) for x in gap.flat) <= SHARPNESS * max(abs(middle(x)) for x in gap.flat)


def _coefficients(points: Sequence[Sides]) -> tuple[Reading, ...] | None:
    """What the terms would have to be multiplied by: () where nothing will do, None where that cannot be told.

    Each point by itself, so that a factor may be a size; all together where single points have too few entries.
    """
    if not all(_sharp(point) for point in points):
        return None
    fits = [fit([point]) for point in points]
    if any(found is None for found in fits):
        together = fit(points) if len(points) > 1 else None
        return None if together is None or not together.explains else tuple(map(read, together.coefficients))
    if not all(found is not None and found.explains for found in fits):
        return ()
    rows = [
        [read(c, point.scalars) for c in found.coefficients]
        for point, found in zip(points, fits, strict=True)
        if found is not None
    ]
    joined = [reduce(_common_reading, column) for column in zip(*rows, strict=True)]
    return tuple(joined) if all(reading.certain for reading in joined) else None


def _common_reading(left: Reading, right: Reading) -> Reading:
    """What both may be; a number that changes from point to point is told by its digits at the first."""
    return left.common(right) or Reading((), left.digits, varies=True)


def _term_findings(first: Sides, coefficients: tuple[Reading, ...] | None) -> Iterator[Finding]:
    if coefficients is None:
        return
    if not coefficients:
        yield Finding(Kind.UNEXPLAINED, place="one" if len(first.terms) == 1 else "several")
    if len(coefficients) > 1:
        wrong = ((k, c) for k, c in enumerate(coefficients) if c.value != 1)
        yield from (Finding(Kind.TERM_FACTOR, coefficient, first.term(k)) for k, coefficient in wrong)


def _told(found: Sequence[Finding]) -> list[Finding]:
    """The findings worth telling, the most telling first: none that follows from another."""
    ordered = sorted(found, key=lambda finding: (finding.here, finding.kind))
    conclusive = [finding for finding in ordered if finding.kind in CONCLUSIVE and not finding.here]
    if conclusive:
        return conclusive[:1]
    here = [finding for finding in ordered if finding.here and finding.kind in TELLING_HERE]
    ordered = [finding for finding in ordered if not finding.here and finding.kind not in _implied(ordered)]
    if all(finding.kind is Kind.UNEXPLAINED for finding in ordered):
        ordered += here[:1]
    return ordered[:MOST_WORDS]


def _implied(found: Sequence[Finding]) -> set[Kind]:
    """Kinds that say nothing new beside what was found everywhere."""
    everywhere = [finding for finding in found if not finding.here]
    kinds = {finding.kind for finding in everywhere}
    single_entry = any(f.kind is Kind.PLACE and f.number is not None for f in everywhere)
    implied = {Kind.PLACE} if Kind.IDENTITY in kinds else set()
    if kinds & {Kind.ROW_FACTORS, Kind.COLUMN_FACTORS, Kind.CONSTANT_SUM, Kind.CONSTANT_PRODUCT, Kind.SIGNS}:
        implied |= {Kind.UNEXPLAINED, Kind.RANK_ONE}
    if Kind.SIGN in kinds:
        implied |= {Kind.UNEXPLAINED, Kind.RANK_ONE} if single_entry else {Kind.PLACE, Kind.UNEXPLAINED, Kind.RANK_ONE}
    if Kind.ARRAY_FACTOR in kinds:
        implied.add(Kind.PLACE)
    if single_entry or kinds & set(TELLING):
        implied |= {Kind.UNEXPLAINED, Kind.RANK_ONE, Kind.SIGNS, Kind.ROW_FACTORS, Kind.COLUMN_FACTORS}
    return implied
