"""One instance tried: both sides compared in balls, at growing precision while that may settle what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, OutsideDomain, Unavailable
from derive.evaluate.evaluation import scope_at
from derive.evaluate.kinks import Kink, Region, kinked, region
from derive.evaluate.point import Point
from derive.evaluate.scope import Differentiation, Scope
from derive.evidence.trials.comparison import Comparison, compare
from derive.evidence.trials.precision import cost, out_of_reach, rungs
from derive.evidence.trials.terms import sizes_of_terms
from derive.language.tensor import Tensor
from derive.obligation import Obligation

WORK = 40_000
"""Entries computed for one claim: about a fifth of a second."""

Fate = Literal["holds", "violated", "outside", "kink", "open", "lacking"]


@dataclass(frozen=True)
class Oracle:
    """How well a method knows a value.

    Attributes:
        method: its name.
        strength: what an agreement of the sides rests on.
        differentiation: how it takes derivatives.
        precision: bits of the balls, to begin with.
        agreement: the part of the bits in which sides must agree; the method may lose the rest.
        work: the budget, in entries computed.
    """

    method: str
    strength: str
    differentiation: Differentiation
    precision: int
    agreement: Fraction
    work: int = WORK


@dataclass(frozen=True)
class Trial:
    """What became of an instance.

    Attributes:
        fate: ``kink``: a derivative is taken where there is none; ``outside``: a side certainly has no value;
            ``lacking``: the method cannot compute one; ``open``: the balls stay too wide.
        precision: bits of the balls that told.
        comparison: of both sides, if they have values.
        kink: where the instance stands at one.
        error: why there is no value.
        region: the piece of the piecewise functions that the instance lies in.
        work: entries computed for it.
    """

    fate: Fate
    precision: int
    comparison: Comparison | None = None
    kink: str = ""
    error: OutsideDomain | Unavailable | None = None
    region: Region = ()
    work: int = 0


def tried(oracle: Oracle, obligation: Obligation, point: Point) -> Trial:
    """The trial of ``obligation`` at ``point``: the first precision that settles it, or the last that is of use."""
    work, before = 0, float("inf")
    for precision in rungs(oracle.precision):
        trial, lacking = _at(oracle, obligation, point, precision)
        work += trial.work * cost(precision)
        if out_of_reach(before, lacking, precision):
            break
        before = lacking
    return replace(trial, work=work)


def _at(oracle: Oracle, obligation: Obligation, point: Point, precision: int) -> tuple[Trial, float]:
    """The trial at one precision, and how many bits it lacks; 0 where more are of no use."""
    balls = Balls(precision, agreement=int(precision * oracle.agreement))
    with balls.context():
        scope = scope_at(point, balls, oracle.differentiation)
        trial, lacking = _outcome(oracle, obligation, scope, precision)
        return replace(trial, work=scope.tally.work), lacking


def _outcome(oracle: Oracle, obligation: Obligation, scope: Scope, precision: int) -> tuple[Trial, float]:
    sides = obligation.left, obligation.right
    try:
        values = [scope.value(side) for side in sides]
        bits = int(precision * oracle.agreement)
        comparison = compare(obligation.sign, values[0], values[1], lambda: sizes_of_terms(*sides, scope), bits)
    except OutsideDomain as error:
        fate: Fate = "outside" if error.certain else "open"
        return Trial(fate, precision, error=error), 0.0 if error.certain else float("inf")
    except AtKink as error:
        kink = first_kink(sides, scope)
        return Trial("kink", precision, kink=str(kink or repr(error.subject))), _doubt(kink)
    except Unavailable as error:
        return Trial("lacking", precision, error=error), 0.0
    if comparison.outcome != "open":
        found = tuple(signs for side in sides for signs in region(side, scope))
        return Trial(comparison.outcome, precision, comparison, region=found), 0.0
    kink = first_kink(sides, scope)
    if kink is not None and kink.certain:
        return Trial("kink", precision, comparison, str(kink)), 0.0
    return Trial("kink" if kink else "open", precision, comparison, str(kink or "")), comparison.lacking


def _doubt(kink: Kink | None) -> float:
    """More bits are of use unless the point certainly is at a kink: it may be next to one."""
    return 0.0 if kink is not None and kink.certain else float("inf")


def first_kink(sides: tuple[Tensor, ...], scope: Scope) -> Kink | None:
    """A subexpression that stands at a kink, preferably certainly."""
    found = list(_kinks(sides, scope))
    return next((kink for kink in found if kink.certain), found[0] if found else None)


def _kinks(sides: tuple[Tensor, ...], scope: Scope) -> Iterator[Kink]:
    for side in sides:
        yield from kinked(side, scope)


def kink_at(oracle: Oracle, obligation: Obligation, point: Point, precision: int) -> str:
    """The kink at which ``point`` stands, as far as balls of ``precision`` bits tell; empty if at none."""
    balls = Balls(precision)
    with balls.context():
        kink = first_kink((obligation.left, obligation.right), scope_at(point, balls, oracle.differentiation))
    return "" if kink is None else str(kink)
