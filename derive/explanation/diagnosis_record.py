"""What is wrong with a refuted identity, as it is recorded: both sides and the claim's terms at generic instances."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from derive.diagnosis.balls import arithmetic, vanishes
from derive.diagnosis.diagnose import Diagnosis, diagnose_at
from derive.diagnosis.sides import Sides, sides
from derive.diagnosis.wording import UNEXPLAINED, term_note
from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.scope import Scope
from derive.evidence.evidence import Witness
from derive.explanation.diagnosis_points import by_sizes, generic, generic_first
from derive.language.derivatives import Definition, Derivative, Directional
from derive.language.dimensions import Dimension
from derive.language.errors import InputError
from derive.language.latex import latex
from derive.language.plain import plain
from derive.language.summands import outer_summands, summands
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, IndexSymbol, Number, Placeholder, Power, Size, Sum, Tensor
from derive.obligation import Obligation
from derive.record import DiagnosisRecord, EntryRecord, TermRecord

POINTS = 3
"""Instances at which the words have to be true."""

TRIED = 4
"""Instances that are evaluated at least, in search of one at which the claim holds."""

MOST_NAMED = 12
LONGEST_NAME = 20
"""Scalars, and arrays, of which a factor may turn out to be a multiple, and the characters of their names."""

PRECISION = 256
"""Bits of the balls: enough to see an error in the thirtieth digit."""


@dataclass(frozen=True)
class Claimed:
    """The two sides of an identity, and the terms of which the claimed one is the sum."""

    derived: Tensor
    claimed: Tensor
    terms: tuple[Tensor, ...]


@dataclass(frozen=True)
class Found:
    """Points at which the sides differ, the most generic first, and the number of those where they agree."""

    failing: tuple[tuple[Point, Sides], ...]
    agreeing: int


def diagnosis_record(
    obligation: Obligation, derived: Tensor, claimed: Tensor, witness: Witness | None
) -> DiagnosisRecord | None:
    """What is wrong at the first generic instance at which the claim fails; None where no instance can be evaluated."""
    points = generic_first(obligation, witness)
    splits = (summands(claimed), outer_summands(claimed))
    for terms in splits if len(splits[0]) > len(splits[1]) else splits[:1]:
        found = _at_points(Claimed(derived, claimed, terms), points)
        if not found.failing:
            return None
        diagnosis = diagnose_at([both for _, both in found.failing], found.agreeing)
        if diagnosis.coefficients:
            break
    words = () if diagnosis.coefficients or found.agreeing else _left_words(derived, claimed, found)
    if words:
        diagnosis = replace(diagnosis, words=(*words, *(w for w in diagnosis.words if w not in UNEXPLAINED)))
    return _recorded(found.failing[0][0], diagnosis, terms)


def _left_words(derived: Tensor, claimed: Tensor, found: Found) -> tuple[str, ...]:
    """Which terms of the left side are wrong, if the right one is taken to be right: nothing is derived in an identity
    without derivatives, so that the error may be on either side.
    """
    terms = summands(derived)
    if len(terms) == 1 or any(isinstance(node, (Derivative, Directional)) for node in derived.walk()):
        return ()
    turned = [_evaluated(Claimed(claimed, derived, terms), point) for point, _ in found.failing]
    points = [both for both in turned if both is not None]
    coefficients = diagnose_at(points).coefficients if points else ()
    wrong = [(k, c) for k, c in enumerate(coefficients) if c.value != 1]
    return tuple(f"on the left side, {points[0].term(k)} {term_note(c)}" for k, c in wrong)


def _at_points(claimed: Claimed, points: Sequence[Point]) -> Found:
    """Points at which the sides differ, of sizes that tell dimensions apart, and how many agree among the first."""
    failing: list[tuple[Point, Sides]] = []
    agreeing = tried = 0
    waiting = list(points)
    while waiting and (len(failing) < POINTS or tried < TRIED):
        point = waiting.pop(0)
        both = _evaluated(claimed, point)
        if both is None:
            continue
        tried += 1
        if both.wrong.any():
            failing.append((point, both))
            waiting = by_sizes(waiting, [point for point, _ in failing])
        elif generic(point) and not vanishes(both.reference):
            agreeing += 1
    return Found(tuple(failing[:POINTS]), agreeing)


def _evaluated(claimed: Claimed, point: Point) -> Sides | None:
    balls = Balls(PRECISION)
    with balls.context():
        scope = scope_at(point, balls)
        try:
            left, right = scope.value(claimed.claimed), scope.value(claimed.derived)
            terms = [(plain(term), scope.value(term)) for term in claimed.terms]
        except (EvaluationError, InputError):
            return None
        scalars, arrays = _scalars(claimed, scope), _arrays(claimed, scope)
    axes = (claimed.claimed if claimed.claimed.ndim else claimed.derived).shape
    with arithmetic():
        factored = [_factors(axis, point) for axis in axes]
        counted = len(claimed.terms) == len(_printed_terms(claimed.claimed))
        return sides(
            left,
            right,
            terms,
            scalars=scalars,
            factored=factored,
            arrays=arrays,
            sizes=point.sizes,
            counted=counted,
        )


def _scalars(claimed: Claimed, scope: Scope) -> dict[str, Any]:
    """The numbers with a name: dimensions, the scalars in the claim, the sums of its vectors; not those that are 1."""
    found = {name: scope.system.rational(Fraction(size)) for name, size in scope.sizes.items()}
    scalars = [node for node in _nodes(claimed) if not node.shape]
    vectors = [Sum.of(node) for node in _nodes(claimed) if isinstance(node, (Symbol, Definition)) and node.ndim == 1]
    scalars.sort(key=lambda node: not isinstance(node, (Symbol, Definition)))  # the author's names first
    found |= {name: value.item() for name, value in _values([*scalars, *vectors], scope).items()}
    return {name: value for name, value in found.items() if not value.contains(0) and not value.contains(1)}


def _arrays(claimed: Claimed, scope: Scope) -> dict[str, Any]:
    """The arrays with a name, those of the claim that are elementwise functions, and the squares of the former."""
    named = [node for node in _nodes(claimed) if node.shape and isinstance(node, (Symbol, Definition))]
    functions = [node for node in _nodes(claimed) if node.shape and isinstance(node, (Apply, Power))]
    return _values([*named, *functions, *(node**2 for node in named)], scope)


def _nodes(claimed: Claimed) -> list[Tensor]:
    """What may give a factor its name, as it is met in the claim."""
    nodes = (node for side in (claimed.claimed, claimed.derived) for node in side.walk())
    nameless = (Number, Size, Placeholder, IndexSymbol, Derivative, Directional)
    return [node for node in nodes if not isinstance(node, nameless)]


def _printed_terms(node: Tensor) -> list[Tensor]:
    """The terms that a reader of the printed expression counts: a definition is one."""
    return [*_printed_terms(node.left), *_printed_terms(node.right)] if isinstance(node, Add) else [node]


def _values(nodes: Sequence[Tensor], scope: Scope) -> dict[str, Any]:
    """Values by the text of the nodes, of the first few with a short one."""
    found: dict[str, Any] = {}
    for node in nodes:
        name = plain(node)
        if name not in found and len(name) <= LONGEST_NAME and len(found) < MOST_NAMED:
            with suppress(EvaluationError, InputError):
                found[name] = scope.value(node)
    return found


def _factors(axis: Dimension, point: Point) -> tuple[int, ...]:
    """The sizes that an axis runs through: two for the rows of ``kron(A, B)`` or the entries of ``vec(X)``."""
    if len(axis.terms) == 1 and axis.terms[0][1] == 1 and len(axis.terms[0][0]) == 2:
        return tuple(point.sizes[name] for name in axis.terms[0][0])
    return (axis.size(point.sizes),)


def _recorded(point: Point, found: Diagnosis, terms: Sequence[Tensor]) -> DiagnosisRecord:
    return DiagnosisRecord(
        sizes=dict(point.sizes),
        wrong=found.wrong,
        total=found.total,
        entries=tuple(
            EntryRecord(
                index=entry.index,
                claimed=entry.claimed,
                reference=entry.reference,
                absolute=entry.absolute,
                relative=entry.relative,
            )
            for entry in found.entries
        ),
        cosine=found.cosine,
        norm_ratio=found.norm_ratio,
        words=found.words,
        terms=tuple(
            TermRecord(tex=latex(term), coefficient=str(coefficient), note=term_note(coefficient))
            for term, coefficient in zip(terms, found.coefficients, strict=bool(found.coefficients))
        ),
    )
