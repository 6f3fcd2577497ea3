"""A move of a symbol, such as a constant added to softmax's argument, changes one side and not the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Nested, Point, entries
from derive.evaluate.system import Array, boxed
from derive.evidence.trials.comparison import compare, largest
from derive.evidence.witness.verification import admitted
from derive.instances import rational
from derive.instances.draft import nested
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.language.symbols import Symbol
from derive.lint.moves import Move, moves
from derive.lint.subject import Examined
from derive.obligation import Obligation

INSTANCES = 2
"""Instances at which a move must change one side and leave the other."""

LOOKED_AT = 24
"""Instances among which those are looked for."""

WORK = 40_000
"""Entries that may be computed for one relation."""

PRECISION = 128

Sides = tuple[Array, Array]


def examine(examined: Examined) -> Iterator[str]:
    """The first move that changes the left side of a refuted relation alone, and the first that changes the right."""
    if examined.refuted is None:
        return
    obligation = examined.refuted[0]
    instances = list(_generic(obligation, examined.drawn_for(obligation)))
    turned = examined.as_written(obligation)[0] is not obligation.left
    told: dict[int, str] = {}
    for words, changed in _telling(obligation, instances) if len(instances) == INSTANCES else ():
        side, other = ("left", "right") if (changed == 0) is not turned else ("right", "left")
        told.setdefault(changed, f"{words} changes the {side} side and not the {other}")
    yield from told.values()


def _generic(obligation: Obligation, drawn: Drawn) -> Iterator[Point]:
    """Instances without an axis of one entry, no two entries of an array alike: there no move does nothing."""
    stated = symbols(obligation.left, obligation.right)
    source = drawn.found if obligation.given else islice(drawn, LOOKED_AT)  # a draw under hypotheses may take long
    points = (instance.point for instance in source)
    roomy = (point for point in points if min(point.sizes.values(), default=2) > 1)
    return islice((point for point in roomy if all(_distinct(point.values[name]) for name in stated)), INSTANCES)


def _distinct(value: Nested) -> bool:
    sizes = [abs(entry) for entry in entries(value)]
    return all(sizes) and len(set(sizes)) == len(sizes)


def _telling(obligation: Obligation, instances: list[Point]) -> Iterator[tuple[str, int]]:
    """What is done, and the number of the side that it changes."""
    both = symbols(obligation.left).keys() & symbols(obligation.right).keys()
    found = {name: symbol for name, symbol in symbols(*obligation.expressions).items() if name in both}
    work = 0
    before = [_sides(obligation, point) for point in instances]
    for move in moves(found):
        if obligation.sign != "==" and len(move.names) == 1:  # a true bound may vary where what it bounds does not
            continue
        changed: set[int | None] = set()
        for point, (sides, cost) in zip(instances, before, strict=True):
            work += cost
            if sides is None or work > WORK:
                return
            changed.add(_changed(obligation, move, found, point, sides))
            if None in changed:
                break
        if len(changed) == 1 and None not in changed:
            yield move.words, next(number for number in changed if number is not None)


def _changed(
    obligation: Obligation, move: Move, found: Mapping[str, Symbol], point: Point, before: Sides
) -> int | None:
    """The number of the only side that the move certainly changes; None where it changes both or none, or may not be
    made under the hypotheses."""
    shapes = {name: tuple(axis.size(point.sizes) for axis in found[name].shape) for name in move.names}
    arrays = {name: rational.array(entries(point.values[name]), shape) for name, shape in shapes.items()}
    moved = move.apply(arrays)
    if moved is None:
        return None
    values = {name: nested(array) for name, array in moved.items()}
    there = Point(point.sizes, point.indices, {**point.values, **values})
    after, _ = _sides(obligation, there) if admitted(obligation, there) else (None, 0)
    if after is None:
        return None
    changes = [_differ(*pair) for pair in zip(before, after, strict=True)]
    return changes.index("violated") if sorted(changes) == ["holds", "violated"] else None


def _differ(before: Array, after: Array) -> str:
    """``violated`` where two values of a side certainly differ, ``holds`` where narrow balls do not tell them apart."""
    with Balls(PRECISION).context():
        size = largest(before, after)
        scale = boxed(size if size > 0 else arb(1))
        return compare("==", before, after, lambda: scale, PRECISION // 2).outcome


def _sides(obligation: Obligation, point: Point) -> tuple[Sides | None, int]:
    """Both sides at a point, None where one has no value, and the work that this took."""
    balls = Balls(PRECISION)
    with balls.context():
        scope = scope_at(point, balls)
        try:
            return (scope.value(obligation.left), scope.value(obligation.right)), scope.tally.work
        except EvaluationError:
            return None, scope.tally.work
