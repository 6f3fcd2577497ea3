"""The bracket of an obligation, put together from all that was found of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

import sympy as sp

from derive.bounds.constant import Constant
from derive.bounds.goals import goals
from derive.bounds.reading import read
from derive.bounds.telling import value_tex, value_text
from derive.bracket import decimals
from derive.bracket.decimals import rounded, value
from derive.bracket.instance import instance_record, parameters, reached
from derive.bracket.samples import At, examples, sample, symbols
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence
from derive.obligation import Obligation
from derive.record import BracketRecord, SampleRecord

NOTHING = Decimal("1e-25")
"""A part of the claimed constant that is no more than the width of a ball: where it is reached, zero may be."""

Told = tuple[str, str]
"""A number or a closed form in LaTeX and as text."""


def bracket(obligation: Obligation, findings: Iterable[object]) -> BracketRecord | None:
    """The bracket of an inequality; None where nothing but the claim itself is known of its constant."""
    evidence = [finding for finding in findings if isinstance(finding, Evidence)]
    point = next((point for found in evidence if (point := _worst(found)) is not None), None)
    enclosure = next((found for found in evidence if found.bracket), None)
    constant = next((found.constant for found in evidence if found.constant is not None), None)
    if constant is None and (point is not None or enclosure is not None):
        constant = next(filter(None, map(read, goals(obligation))), None)
    if constant is None:
        return None
    return _record(obligation, constant, point, enclosure)


def _worst(found: Evidence) -> Point | None:
    """The instance that came nearest to a violation, or is one."""
    if found.nearest is None and found.witness is not None and not found.witness.end:
        return Point(found.witness.sizes, found.witness.indices, found.witness.values)
    return found.nearest


def _record(
    obligation: Obligation, constant: Constant, point: Point | None, enclosure: Evidence | None
) -> BracketRecord | None:
    enclosed = {} if enclosure is None else {key: _decimal(number) for key, number in enclosure.bracket.items()}
    place = None if point is None else _place(obligation, constant, point)
    told: dict[str, Told] = {"claimed": _told(constant.claimed, constant)}
    if constant.derived is not None:
        told["derived_lower" if constant.below else "derived_upper"] = _told(constant.derived, constant)
    if place is not None:
        told["attack_upper" if constant.below else "attack_lower"] = _part(constant, *place)
    told |= {key: (decimals.tex(number), decimals.text(number)) for key, number in enclosed.items()}
    if len(told) == 1:
        return None
    slack = _slack(constant)
    return BracketRecord(
        measure=constant.measure,
        below=constant.below,
        **{key: tex for key, (tex, _) in told.items()},
        enclosed_sizes=tuple(dict(sizes) for sizes in enclosure.sizes if sizes) if enclosure is not None else (),
        text={"measure": constant.measure_text} | {key: text for key, (_, text) in told.items()},
        slack_tex=slack[0],
        slack_text=slack[1],
        proved=constant.proved,
        replaceable=constant.proved and not constant.strict and constant.claimed != constant.derived,
        samples=tuple(_samples(constant, place, enclosed)),
        instance=None if point is None else instance_record(obligation, point),
    )


def _place(obligation: Obligation, constant: Constant, point: Point) -> tuple[At, Decimal] | None:
    """The parameters of the worst instance found, and what it reaches."""
    at = parameters(constant, symbols(constant), point)
    claimed = None if at is None else value(constant.claimed, at)
    if at is None or claimed is None:
        return None
    found = reached(constant, obligation, claimed, point)
    return None if found is None or abs(found) <= NOTHING * abs(claimed) else (at, found)


def _samples(
    constant: Constant, place: tuple[At, Decimal] | None, enclosed: dict[str, Decimal]
) -> Iterator[SampleRecord]:
    """The worst instance, then examples where there are parameters to choose; an enclosure is of numbers alone."""
    ends = [] if symbols(constant) else list(enclosed.items())
    found = [] if place is None else [sample(constant, *place, enclosed=ends)]
    chosen = list(examples(constant))
    if not any(_slack(constant)):  # the numbers compare alike everywhere
        chosen = chosen[: place is None]
    found += [sample(constant, at, enclosed=ends) for at in chosen]
    yield from (each for each in found if each is not None)


def _part(constant: Constant, at: At, number: Decimal) -> Told:
    """What is reached as a part of the claimed constant: ``0.57 ||A||^3`` of a claimed ``40 ||A||^3``."""
    rest = constant.claimed.as_coeff_Mul()[1]
    size = value(rest, at)
    if rest == 1 or constant.claimed == 0 or not size:
        shown = rounded(number, up=constant.below)
        return decimals.tex(shown), decimals.text(shown)
    shown = rounded(number / size, up=constant.below == (size > 0))
    tex, text = _told(rest, constant)
    if rest.is_Add:
        tex, text = rf"\left({tex}\right)", f"({text})"
    return f"{decimals.tex(shown)} {tex}", f"{decimals.text(shown)}*{text}"


def _told(expression: sp.Expr, constant: Constant) -> Told:
    return value_tex(expression, constant.tex), value_text(expression, constant.nodes)


def _slack(constant: Constant) -> Told:
    """``claimed / derived`` where it depends on parameters."""
    if constant.derived is None or constant.derived == 0:
        return "", ""
    ratio = sp.cancel(sp.powsimp(constant.claimed / constant.derived))
    return _told(ratio, constant) if ratio.free_symbols else ("", "")


def _decimal(number: str) -> Decimal:
    exact = Fraction(number)
    return Decimal(exact.numerator) / Decimal(exact.denominator)
